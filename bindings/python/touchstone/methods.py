"""Methods by name."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Iterable, Mapping, Optional, SupportsIndex, Union

import numpy.typing as npt

from touchstone import _core
from touchstone._choices import SERVER, Choice, draws, noted
from touchstone._numbers import FloatArray, Number, array, count, fractions
from touchstone._specification import NamedCompressor, specification
from touchstone.problems import Problem

State = dict[str, FloatArray]
ExactVector = tuple[Fraction, ...]
ExactState = dict[str, Union[ExactVector, list[ExactVector]]]


def method_names() -> list[str]:
    """All names that `method` knows.

    >>> "diana" in method_names()
    True
    """
    return _core.method_names()


def method(name: str, problem: Problem, *, gamma: Number, alpha: Optional[Number] = None,
           p: Optional[Number] = None, tau: Optional[SupportsIndex] = None,
           compressor: NamedCompressor = "identity", shift_compressor: NamedCompressor = "identity",
           gradient: str = "full", star_gradients: Optional[Iterable[Iterable[Number]]] = None,
           regularizer: Optional[Mapping[str, Any]] = None) -> Method:
    """The method with this name on a problem.

    Parameters
    ----------
    name : str
        See `method_names`.
    problem : Problem
    gamma : number
        The stepsize; `touchstone.theory.stepsize` has the largest that the theorem allows.
    alpha : number, optional
        Stepsize of the shifts.
    p : number, optional
        Probability of refreshing, of sending in full.
    tau : int, optional
        Size of a minibatch; iterations of delay of the methods d-...
    compressor, shift_compressor : str or Compressor
    gradient : str
        "full", or "sampled": a worker's gradient is that of a component it draws.
    star_gradients : sequence of vectors, optional
        grad f_i(x*) of the methods ...-star, grad f_j(x*) of sgd-star.
    regularizer : mapping, optional
        {"kind": "squared-norm" or "l1", "lambda": number} or {"kind": "box", "lower": vector, "upper": vector}.

    What a method does not have is not looked at.

    Raises
    ------
    ValueError
        For an unknown name, a parameter that is missing, a compressor of the wrong kind, what does not fit the
        problem.
    """
    text = specification(name, gamma=gamma, alpha=alpha, p=p, tau=tau, compressor=compressor,
                         shift_compressor=shift_compressor, gradient=gradient, star_gradients=star_gradients,
                         regularizer=regularizer)
    return Method(_core.Method(problem._held, text), name)


class Method:
    """A method on a problem. Immutable; made by `touchstone.method`.

    A state is a dict from the names of its parts to arrays: of shape (d,) for a vector (x), of shape (count, d) for a
    list of vectors (h: one for each worker). Parts that follow from the others (the mean of a table) may be left out
    of a state that is given.
    """

    def __init__(self, held: _core.Method, name: str) -> None:
        """Not called by users."""
        self._held = held
        self._name = name

    @property
    def name(self) -> str:
        """As it was given to `touchstone.method`."""
        return self._name

    @property
    def parts(self) -> list[str]:
        """The names of the state's parts.

        >>> import touchstone
        >>> f = touchstone.quadratic([([[2]], [0])])
        >>> touchstone.method("diana", f, gamma="1/2", alpha=1).parts
        ['x', 'h']
        """
        return [name for name, _, _ in self._held.parts()]

    def bits_per_iteration(self, scalar_bits: SupportsIndex = 64) -> int:
        """What all workers send in an iteration, at most, where a scalar costs scalar_bits >= 1."""
        return self._held.bits_per_iteration(count("scalar_bits", scalar_bits))

    def initial(self, x: npt.ArrayLike) -> State:
        """The method's usual start from x, of shape (d,)."""
        return self._held.initial(array("x", x, 1))

    def initial_exact(self, x: Iterable[Number]) -> ExactState:
        """As `initial`, in exact numbers: a tuple of Fraction, or a list of such, for each part."""
        return self._held.initial_exact(fractions("x", x))

    def step(self, state: Mapping[str, npt.ArrayLike], *, seed: Optional[SupportsIndex] = None,
             stream: SupportsIndex = 0, iteration: SupportsIndex = 0,
             choices: Optional[Iterable[Choice]] = None) -> State:
        """The state after one step; the one that is given stays as it is.

        Parameters
        ----------
        state : mapping from part to array
            Finite numbers.
        seed, stream : int
            The stream of choices, each in 0, ..., 2^64 - 1.
        iteration : int
            The place in the stream, >= 0: count it, or every step makes the same choices.
        choices : iterable of Choice
            Instead of a seed: the choices to be made.

        Raises
        ------
        ValueError
            For a part that is missing, unknown, not finite or of another shape; for choices that are not those asked
            for.

        >>> import touchstone
        >>> f = touchstone.quadratic([([[2]], [8])])
        >>> gd = touchstone.method("gd", f, gamma="1/4")
        >>> gd.step({"x": [0.0]}, seed=0)
        {'x': array([2.])}
        """
        return self._held.step(_arrays(state), draws(seed, stream, iteration, SERVER, choices))[0]

    def choices(self, state: Mapping[str, npt.ArrayLike], *, seed: SupportsIndex, stream: SupportsIndex = 0,
                iteration: SupportsIndex = 0) -> list[Choice]:
        """The choices that `step` makes with these arguments."""
        return noted(self._held.step(_arrays(state), draws(seed, stream, iteration, SERVER, None))[1])

    def step_exact(self, state: Mapping[str, Any], *, seed: Optional[SupportsIndex] = None,
                   stream: SupportsIndex = 0, iteration: SupportsIndex = 0,
                   choices: Optional[Iterable[Choice]] = None) -> ExactState:
        """As `step`, in exact numbers; ValueError for logistic regression and where a compressor needs a square root."""
        return self._held.step_exact(_exact_parts(state), draws(seed, stream, iteration, SERVER, choices))[0]

    def outcomes(self, state: Mapping[str, Any], *,
                 limit: SupportsIndex = 100_000) -> list[tuple[Fraction, ExactState]]:
        """Every state that one step can lead to, with its exact probability.

        Parameters
        ----------
        state : mapping from part to vector, or to a list of vectors
            Exactly these numbers.
        limit : int
            How many answers to the choices are taken at most.

        Returns
        -------
        list of (probability, state)
            Distinct states; the probabilities are positive and sum to one.

        Raises
        ------
        ValueError
            Beyond the limit; as `step_exact`.

        >>> import touchstone
        >>> f = touchstone.quadratic([[([[1]], [0]), ([[1]], [2])]])
        >>> sgd = touchstone.method("sgd", f, gamma="1/2")
        >>> [(probability, state["x"]) for probability, state in sgd.outcomes({"x": [0]})]
        [(Fraction(1, 2), (Fraction(0, 1),)), (Fraction(1, 2), (Fraction(1, 1),))]
        """
        return self._held.outcomes(_exact_parts(state), count("limit", limit))


def _arrays(state: Mapping[str, npt.ArrayLike]) -> State:
    return {str(name): array(str(name), values, 1, 2) for name, values in _items(state)}


def _exact_parts(state: Mapping[str, Any]) -> list[tuple[str, list[list[Fraction]]]]:
    parts = []
    for name, values in _items(state):
        rows = list(values) if hasattr(values, "__iter__") and not isinstance(values, str) else [values]
        single = not rows or isinstance(rows[0], str) or not hasattr(rows[0], "__iter__")
        vectors = [rows] if single else rows
        parts.append((str(name), [fractions(f"{name}[{i}]", vector) for i, vector in enumerate(vectors)]))
    return parts


def _items(state: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    if not isinstance(state, Mapping):
        raise ValueError(f"state: found {type(state).__name__}, expected a dict from part to numbers")
    return state.items()
