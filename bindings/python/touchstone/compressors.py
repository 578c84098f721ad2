"""Compressors by name."""

from __future__ import annotations

from fractions import Fraction
from typing import Iterable, Optional, SupportsIndex

import numpy.typing as npt

from touchstone import _core
from touchstone._choices import Choice, draws, noted
from touchstone._numbers import FloatArray, Number, array, count, fractions


def compressor_names() -> list[str]:
    """All names that `compressor` knows, without their parameters.

    >>> "top-k" in compressor_names()
    True
    """
    return _core.compressor_names()


def compressor(name: str) -> Compressor:
    """The compressor with this name.

    Parameters
    ----------
    name : str
        Such as "rand-k:2", "top-k:1", "natural", "dithering:4", "bernoulli:1/3", "svd-rank-r:4x3:1"; see
        `compressor_names`.

    Raises
    ------
    ValueError
        Where the name or its parameter is not one; the line lists what there is.

    >>> compressor("top-k:1").delta(4)
    Fraction(1, 4)
    """
    if not isinstance(name, str):
        raise ValueError(f"compressor: found {name!r}, expected a name")
    return Compressor(_core.Compressor(name))


class Compressor:
    """A compressor of the reference. Immutable; made by `touchstone.compressor`."""

    def __init__(self, held: _core.Compressor) -> None:
        """Not called by users."""
        self._held = held

    @property
    def name(self) -> str:
        """As it was given to `touchstone.compressor`."""
        return self._held.name()

    def __repr__(self) -> str:
        return f"touchstone.compressor({self.name!r})"

    @property
    def flags(self) -> dict[str, bool]:
        """What is promised for all x: linear, odd, homogeneous, two_homogeneous, deterministic,
        attained_everywhere.

        >>> compressor("rand-k:1").flags["linear"]
        True
        """
        return self._held.flags()

    def omega(self, d: SupportsIndex) -> Optional[Fraction]:
        """omega with E|Q(x) - x|^2 <= omega |x|^2 for x of length d >= 1, rounded up where it is irrational; None
        for a compressor that is not unbiased.

        Raises
        ------
        ValueError
            Where d is below 1 or the compressor's parameter does not fit it.
        """
        return self._held.omega(count("d", d))

    def delta(self, d: SupportsIndex) -> Optional[Fraction]:
        """delta with E|C(x) - x|^2 <= (1 - delta) |x|^2 for x of length d >= 1; None for a compressor that is not
        contractive.

        Raises
        ------
        ValueError
            As `omega`.
        """
        return self._held.delta(count("d", d))

    def bits(self, d: SupportsIndex, scalar_bits: SupportsIndex = 64) -> int:
        """Bits of one message for x of length d >= 1, at most, where a scalar costs scalar_bits >= 1.

        >>> compressor("identity").bits(3, 32)
        96
        """
        return self._held.message_bits(count("d", d), count("scalar_bits", scalar_bits))

    def compress(self, x: npt.ArrayLike, *, seed: Optional[SupportsIndex] = None, stream: SupportsIndex = 0,
                 iteration: SupportsIndex = 0, worker: SupportsIndex = 0,
                 choices: Optional[Iterable[Choice]] = None) -> FloatArray:
        """What the receiver decodes, in float64.

        Parameters
        ----------
        x : array_like, shape (d,)
            Finite real numbers, which are left as they are; d >= 1.
        seed, stream : int
            The stream of choices, each in 0, ..., 2^64 - 1.
        iteration, worker : int
            The place in the stream, iteration >= 0, worker >= 0 or `touchstone.SERVER`.
        choices : iterable of Choice
            Instead of a seed: the choices to be made, at the place that is given.

        Returns
        -------
        numpy.ndarray, shape (d,)

        Raises
        ------
        ValueError
            For NaN, infinities, a shape or parameter that does not fit, choices that are not those asked for.

        >>> compressor("top-k:1").compress([1.0, -3.0], seed=0)
        array([ 0., -3.])
        """
        return self._held.compress(array("x", x, 1), draws(seed, stream, iteration, worker, choices))[0]

    def compress_exact(self, x: Iterable[Number], *, seed: Optional[SupportsIndex] = None, stream: SupportsIndex = 0,
                       iteration: SupportsIndex = 0, worker: SupportsIndex = 0,
                       choices: Optional[Iterable[Choice]] = None) -> tuple[Fraction, ...]:
        """As `compress`, in exact numbers. A compressor that needs square roots is refused with ValueError.

        >>> compressor("top-k:1").compress_exact(["1/3", "0.1"], seed=0)
        (Fraction(1, 3), Fraction(0, 1))
        """
        return self._held.compress_exact(fractions("x", x), draws(seed, stream, iteration, worker, choices))[0]

    def choices(self, x: npt.ArrayLike, *, seed: SupportsIndex, stream: SupportsIndex = 0,
                iteration: SupportsIndex = 0, worker: SupportsIndex = 0) -> list[Choice]:
        """The choices that `compress` makes with these arguments.

        >>> for choice in compressor("rand-k:1").choices([1.0, 2.0], seed=1):
        ...     print(choice.kind, choice.n, choice.k, choice.iteration, choice.worker)
        subset 2 1 0 0
        """
        return noted(self._held.compress(array("x", x, 1), draws(seed, stream, iteration, worker, None))[1])

    def law(self, x: Iterable[Number], *,
            limit: SupportsIndex = 100_000) -> list[tuple[Fraction, tuple[Fraction, ...]]]:
        """Everything that can come out at x, with its exact probability.

        Parameters
        ----------
        x : iterable of int, float, Fraction or str, length d
            Exactly these numbers.
        limit : int
            How many answers to the compressor's choices are taken at most.

        Returns
        -------
        list of (probability, outcome)
            Distinct outcomes; the probabilities are positive and sum to one.

        Raises
        ------
        ValueError
            Beyond the limit; where the compressor needs square roots; as `compress`.

        >>> compressor("bernoulli:1/4").law([1])
        [(Fraction(3, 4), (Fraction(0, 1),)), (Fraction(1, 4), (Fraction(4, 1),))]
        """
        return self._held.law(fractions("x", x), count("limit", limit))
