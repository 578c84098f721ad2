"""What the theorems say about a method on a problem, in exact numbers.

The compressor, alpha, p and tau are those of `touchstone.method`; alpha is by default the largest that the theorem
allows, p is 1/m (marina has no default), the size of a minibatch is 1. Every function raises ValueError for a method
without a theorem here (`names`), a parameter out of the theorem's range, a compressor of the wrong kind, and a
problem that is not strongly convex where the theorem needs that.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Optional

from touchstone import _core
from touchstone._numbers import Number, fraction
from touchstone._specification import specification
from touchstone.problems import Problem

__all__ = ["alpha", "names", "p", "rate", "stepsize"]


def names() -> list[str]:
    """The methods that have a theorem here.

    >>> "svrg" in names()
    False
    """
    return _core.theory_names()


def stepsize(method: str, problem: Problem, **parameters: Any) -> Fraction:
    """The largest stepsize of the theorem; a little smaller where that is irrational.

    Parameters
    ----------
    method : str
    problem : Problem
    **parameters
        alpha, p, tau, compressor, shift_compressor, gradient, as for `touchstone.method`.

    >>> import touchstone
    >>> f = touchstone.quadratic([([[2]], [0]), ([[2]], [8])])
    >>> stepsize("diana", f, compressor="rand-k:1")
    Fraction(1, 2)
    """
    return _theory(method, problem, parameters)[0]


def alpha(method: str, problem: Problem, **parameters: Any) -> Fraction:
    """The largest stepsize of the shifts; ValueError for a method without shifts.

    >>> import touchstone
    >>> f = touchstone.quadratic([([[2, 0], [0, 1]], [0, 0])])
    >>> alpha("diana", f, compressor="rand-k:1")
    Fraction(1, 2)
    """
    largest = _theory(method, problem, {**parameters, "alpha": None})[1]
    if largest is None:
        raise ValueError(f"alpha: found none, as {method} has no shifts")
    return largest


def p(method: str, problem: Problem, **parameters: Any) -> Fraction:
    """The probability p that the theorem takes by default, 1/m; ValueError for a method without one."""
    default = _theory(method, problem, parameters)[2]
    if default is None:
        raise ValueError(f"p: found none, as {method} has no such probability")
    return default


def rate(method: str, problem: Problem, *, gamma: Optional[Number] = None, **parameters: Any) -> Fraction:
    """The factor by which the theorem's Lyapunov function contracts in a step, up to the theorem's noise.

    Parameters
    ----------
    method : str
    problem : Problem
    gamma : number, optional
        0 < gamma <= `stepsize`, which is the default.
    **parameters
        As for `stepsize`.

    >>> import touchstone
    >>> f = touchstone.quadratic([([[2, 0], [0, 1]], [0, 0])])
    >>> rate("gd", f)
    Fraction(1, 2)
    """
    text = specification(method, gamma=0, **parameters)
    return _core.rate(problem._held, text, None if gamma is None else fraction("gamma", gamma))


def _theory(method: str, problem: Problem,
            parameters: dict[str, Any]) -> tuple[Fraction, Optional[Fraction], Optional[Fraction]]:
    return _core.theory(problem._held, specification(method, gamma=0, **parameters))
