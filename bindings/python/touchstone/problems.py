"""Problems: f(x) = (1/n) sum_i f_i(x), f_i(x) = (1/m_i) sum_j f_ij(x), x of length d."""

from __future__ import annotations

import os
from fractions import Fraction
from typing import Any, Iterable, NamedTuple, Optional, Sequence, SupportsIndex, Union

import numpy.typing as npt

from touchstone import _core
from touchstone._numbers import FloatArray, Number, array, count, fraction, fractions


class Constants(NamedTuple):
    """Smoothness L of f, L_i of f_i, L_ij of f_ij, upper bounds; strong convexity mu of f, a lower bound."""

    L: Any
    mu: Any
    L_i: list[Any]
    L_ij: list[list[Any]]


Form = tuple[Any, Iterable[Number]]


def _form(where: str, form: Any) -> tuple[list[list[Fraction]], list[Fraction]]:
    if not isinstance(form, tuple) or len(form) != 2:
        raise ValueError(f"{where}: found {type(form).__name__}, expected a tuple (A, b)")
    rows, b = form
    if isinstance(rows, str) or not hasattr(rows, "__iter__"):
        raise ValueError(f"{where}.A: found {rows!r}, expected a matrix")
    return [fractions(f"{where}.A[{r}]", row) for r, row in enumerate(rows)], fractions(f"{where}.b", b)


def quadratic(workers: Sequence[Union[Form, Sequence[Form]]]) -> Problem:
    """Convex quadratics f_ij(x) = x'A x/2 - b'x in exact numbers.

    Parameters
    ----------
    workers : sequence of length n
        For each worker a tuple (A, b), or a list of them, its components. A is symmetric, positive semidefinite,
        d x d; b has length d.

    Returns
    -------
    Problem
        With proven constants, exact for diagonal matrices. That takes exact elimination: about a second a component
        for d = 40, eight times that for d = 80.

    Raises
    ------
    ValueError
        Where shapes do not fit or a matrix is not symmetric or not positive semidefinite.

    >>> f = quadratic([([[2]], [0]), ([[2]], [8])])
    >>> f.gradient_exact([1])
    (Fraction(-2, 1),)
    """
    forms = []
    for i, worker in enumerate(workers):
        components = [worker] if isinstance(worker, tuple) else worker
        if isinstance(components, str) or not hasattr(components, "__iter__"):
            raise ValueError(f"workers[{i}]: found {worker!r}, expected a tuple (A, b) or a list of them")
        forms.append([_form(f"workers[{i}][{j}]", form) for j, form in enumerate(components)])
    return Problem(_core.quadratic(forms))


def logistic_regression(file: Union[str, "os.PathLike[str]"], *, workers: SupportsIndex = 1, lambda_: Number,
                        features: Optional[SupportsIndex] = None) -> Problem:
    """l2-regularized logistic regression on a file in LIBSVM format.

    Parameters
    ----------
    file : path
    workers : int
        n; the rows are split in order, 1 <= n <= number of rows.
    lambda_ : number
        Weight of |x|^2/2, positive. f is lambda-strongly convex.
    features : int, optional
        d, by default the largest index in the file.

    Raises
    ------
    ValueError
        Where the file cannot be read or a line is malformed ("FILE:LINE: found ..., expected ..."), or an argument
        does not fit.
    """
    d = None if features is None else count("features", features)
    return Problem(_core.logistic_regression(os.fspath(file), count("workers", workers), fraction("lambda_", lambda_),
                                             d))


class Problem:
    """A problem of the reference. Immutable; made by `quadratic` or `logistic_regression`."""

    def __init__(self, held: _core.Problem) -> None:
        """Not called by users."""
        self._held = held

    @property
    def workers(self) -> int:
        """n"""
        return self._held.workers()

    @property
    def dimension(self) -> int:
        """d"""
        return self._held.dimension()

    def components(self, worker: SupportsIndex) -> int:
        """m_i, for 0 <= worker < n."""
        return self._held.components(count("worker", worker, 0))

    @property
    def constants(self) -> Constants:
        """In float64.

        >>> quadratic([([[2]], [0])]).constants
        Constants(L=2.0, mu=2.0, L_i=[2.0], L_ij=[[2.0]])
        """
        return Constants(*self._held.constants())

    @property
    def constants_exact(self) -> Constants:
        """As Fraction; ValueError for logistic regression."""
        return Constants(*self._held.constants_exact())

    def value(self, x: npt.ArrayLike) -> float:
        """f(x) for x of shape (d,)."""
        return self._held.value(array("x", x, 1))

    def value_exact(self, x: Iterable[Number]) -> Fraction:
        """f(x) in exact numbers; ValueError for logistic regression."""
        return self._held.value_exact(fractions("x", x))

    def gradient(self, x: npt.ArrayLike, worker: Optional[SupportsIndex] = None,
                 component: Optional[SupportsIndex] = None) -> FloatArray:
        """grad f(x); of f_i where a worker is given; of f_ij where a component is given as well.

        Parameters
        ----------
        x : array_like, shape (d,)
            Finite real numbers.
        worker, component : int, optional
            0 <= worker < n, 0 <= component < m_i.

        Returns
        -------
        numpy.ndarray, shape (d,)

        Raises
        ------
        ValueError
            Where x is not finite or something does not fit.
        """
        return self._held.gradient(array("x", x, 1), *_function(worker, component))

    def gradient_exact(self, x: Iterable[Number], worker: Optional[SupportsIndex] = None,
                       component: Optional[SupportsIndex] = None) -> tuple[Fraction, ...]:
        """As `gradient`, in exact numbers; ValueError for logistic regression."""
        return self._held.gradient_exact(fractions("x", x), *_function(worker, component))


def _function(worker: Optional[SupportsIndex],
              component: Optional[SupportsIndex]) -> tuple[Optional[int], Optional[int]]:
    if worker is None and component is not None:
        raise ValueError("worker: found nothing, expected a worker, as a component is given")
    return (None if worker is None else count("worker", worker, 0),
            None if component is None else count("component", component, 0))
