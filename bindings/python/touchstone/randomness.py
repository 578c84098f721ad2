"""The counter-based streams from which all choices are drawn."""

from __future__ import annotations

from typing import Iterable, SupportsIndex

from touchstone import _core
from touchstone._choices import SERVER
from touchstone._numbers import Number, count, fraction, fractions, whole


LONGEST = 10**7


class Seeded:
    """Choices drawn from Philox4x64-10: a choice is a function of (seed, stream, iteration, worker, draw) alone.

    Its words are those of numpy.random.Philox(key=[seed, stream], counter=[0, draw, worker + 1, iteration]); how a
    choice is made of them is said in touchstone/randomness/seeded.hpp.

    >>> random = Seeded(1)
    >>> random.worker(0)
    >>> random.place
    (0, 0, 0)
    >>> len(random.subset(5, 2))
    2
    >>> random.place
    (0, 0, 1)
    """

    def __init__(self, seed: SupportsIndex, stream: SupportsIndex = 0) -> None:
        """Both in 0, ..., 2^64 - 1; ValueError otherwise. The first choices are the server's, in iteration 0."""
        self._held = _core.Seeded(whole("seed", seed, 0, 2**64 - 1), whole("stream", stream, 0, 2**64 - 1))

    def begin_iteration(self, iteration: SupportsIndex) -> None:
        """The choices that follow are the server's, in this iteration >= 0."""
        self._held.begin_iteration(whole("iteration", iteration, 0, 2**62))

    def worker(self, worker: SupportsIndex) -> None:
        """The choices that follow are this worker's; within an iteration workers come in ascending order."""
        self._held.worker(whole("worker", worker, SERVER, 2**31))

    @property
    def place(self) -> tuple[int, int, int]:
        """(iteration, worker, draw) of the next choice."""
        return self._held.place()

    def choose(self, n: SupportsIndex) -> int:
        """Uniform on 0, ..., n-1; n >= 1."""
        return self._held.choose(count("n", n))

    def subset(self, n: SupportsIndex, k: SupportsIndex) -> list[int]:
        """Uniform on the k-subsets of 0, ..., n-1, ascending; 0 <= k <= n <= 10^7."""
        return self._held.subset(whole("n", n, 0, LONGEST), whole("k", k, 0, LONGEST))

    def permutation(self, n: SupportsIndex) -> list[int]:
        """Uniform on the orders of 0, ..., n-1; 0 <= n <= 10^7."""
        return self._held.permutation(whole("n", n, 0, LONGEST))

    def bernoulli(self, p: Number) -> bool:
        """True with probability p, exactly; 0 <= p <= 1."""
        return self._held.bernoulli(fraction("p", p))

    def pick(self, weights: Iterable[Number]) -> int:
        """i with probability weights[i], exactly; they are nonnegative and sum to one."""
        return self._held.pick(fractions("weights", weights))
