"""Random choices: where they come from, and how they are written down."""

from __future__ import annotations

from typing import Iterable, NamedTuple, Optional, SupportsIndex

from touchstone._numbers import whole

SERVER = -1
"""The place of choices that no worker makes."""


class Choice(NamedTuple):
    """One question and its answer.

    Attributes
    ----------
    kind : str
        "choose" (uniform on 0, ..., n-1), "subset" (k of n, ascending), "permutation" (of 0, ..., n-1),
        "bernoulli" (n = 2, answer 0 or 1) or "pick" (one of n, with given weights).
    n, k : int
        How many there are to choose from, and how many are chosen.
    answer : tuple of int
        k numbers.
    iteration, worker, draw : int
        Its place; draw counts the choices of this worker in this iteration from 0.
    """

    kind: str
    n: int
    k: int
    answer: tuple[int, ...]
    iteration: int
    worker: int
    draw: int


RawChoice = tuple[str, int, int, list[int], int, int, int]
RawDraws = tuple[int, int, int, int, Optional[list[RawChoice]]]


def noted(raw: Iterable[RawChoice]) -> list[Choice]:
    """As the catalog noted them."""
    return [Choice(kind, n, k, tuple(answer), *place) for kind, n, k, answer, *place in raw]


def draws(seed: Optional[SupportsIndex], stream: SupportsIndex, iteration: SupportsIndex, worker: SupportsIndex,
          choices: Optional[Iterable[Choice]]) -> RawDraws:
    """From a seed or from choices; one of them must be given."""
    if (seed is None) == (choices is None):
        raise ValueError("seed, choices: found " + ("neither" if seed is None else "both") + ", expected one of them")
    given: Optional[list[RawChoice]] = None
    if choices is not None:
        given = []
        for i, choice in enumerate(choices):
            given.append(_raw(f"choices[{i}]", choice))
    return (whole("seed", 0 if seed is None else seed, 0, 2**64 - 1), whole("stream", stream, 0, 2**64 - 1),
            whole("iteration", iteration, 0, 2**62), whole("worker", worker, SERVER, 2**31), given)


def _raw(where: str, choice: Choice) -> RawChoice:
    if not isinstance(choice, tuple) or len(choice) != 7 or not isinstance(choice[0], str):
        raise ValueError(f"{where}: found {choice!r}, expected a touchstone.Choice")
    kind, n, k, answer, iteration, worker, draw = choice
    return (kind, whole(where, n, 0, 2**31), whole(where, k, 0, 2**31),
            [whole(f"{where}.answer", index, -2**31, 2**31) for index in answer],
            whole(where, iteration, 0, 2**62), whole(where, worker, SERVER, 2**31), whole(where, draw, 0, 2**62))
