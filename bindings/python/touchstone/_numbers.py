"""Arguments as the catalog takes them; each refusal is one line."""

from __future__ import annotations

import math
import numbers
import operator
from fractions import Fraction
from typing import Any, Iterable, SupportsIndex, Union

import numpy as np
import numpy.typing as npt

from touchstone import _core

Number = Union[int, float, Fraction, str]
FloatArray = npt.NDArray[np.float64]


def whole(where: str, value: SupportsIndex, smallest: int, largest: int) -> int:
    """An int from smallest to largest."""
    try:
        number = operator.index(value)
    except TypeError:
        raise ValueError(f"{where}: found {value!r}, expected a whole number") from None
    if not smallest <= number <= largest:
        raise ValueError(f"{where}: found {number}, expected {smallest} to {largest}")
    return number


def count(where: str, value: SupportsIndex, smallest: int = 1) -> int:
    """A size or an index."""
    return whole(where, value, smallest, 2**31)


def fraction(where: str, value: Number) -> Fraction:
    """Exactly the number that is meant."""
    if isinstance(value, str):
        return _core.parse_exact(where, value)
    if isinstance(value, np.integer):
        return Fraction(int(value))
    if isinstance(value, (float, np.floating)):
        if not math.isfinite(value):
            raise ValueError(f"{where}: found {float(value)!r}, expected a finite number")
        return Fraction(*value.as_integer_ratio())
    if isinstance(value, numbers.Rational) and not isinstance(value, bool):
        return Fraction(value)
    raise ValueError(f"{where}: found {value!r}, expected an int, float, Fraction or text such as '1/7' or '0.05'")


def fractions(where: str, values: Iterable[Number]) -> list[Fraction]:
    """A vector of exact numbers."""
    if isinstance(values, (str, bytes, dict)) or not hasattr(values, "__iter__"):
        raise ValueError(f"{where}: found {values!r}, expected a vector of numbers")
    return [fraction(f"{where}[{i}]", value) for i, value in enumerate(values)]


def array(where: str, values: npt.ArrayLike, *dimensions: int) -> FloatArray:
    """A C-contiguous array in float64, itself where it is one, with one of these numbers of dimensions."""
    given: Any = np.asarray(values)
    if given.dtype.kind not in "fiu":
        raise ValueError(f"{where}: found an array of {given.dtype}, expected real numbers "
                         "(exact ones go to the ..._exact functions)")
    if given.ndim not in dimensions:
        expected = " or ".join(map(str, dimensions)) + (" dimensions" if dimensions[-1] > 1 else " dimension")
        raise ValueError(f"{where}: found an array of shape {given.shape}, expected {expected}")
    return np.ascontiguousarray(given, dtype=np.float64)
