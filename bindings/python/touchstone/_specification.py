"""A method and its parameters as JSON: what the catalog reads (verify/oracle/catalog/json_spec.hpp)."""

from __future__ import annotations

import json
from typing import Any, Iterable, Mapping, Optional, SupportsIndex, Union

from touchstone._numbers import Number, count, fraction, fractions
from touchstone.compressors import Compressor

NamedCompressor = Union[str, Compressor]


def specification(name: str, *, gamma: Number, alpha: Optional[Number] = None, p: Optional[Number] = None,
                  tau: Optional[SupportsIndex] = None, compressor: NamedCompressor = "identity",
                  shift_compressor: NamedCompressor = "identity", gradient: str = "full",
                  star_gradients: Optional[Iterable[Iterable[Number]]] = None,
                  regularizer: Optional[Mapping[str, Any]] = None) -> str:
    """Numbers as exact text; what is None is left out."""
    if not isinstance(name, str):
        raise ValueError(f"method: found {name!r}, expected a name")
    parameters: dict[str, Any] = {
        "gamma": str(fraction("gamma", gamma)), "compressor": _name("compressor", compressor),
        "shift_compressor": _name("shift_compressor", shift_compressor), "gradient": gradient,
    }
    if alpha is not None:
        parameters["alpha"] = str(fraction("alpha", alpha))
    if p is not None:
        parameters["p"] = str(fraction("p", p))
    if tau is not None:
        parameters["tau"] = count("tau", tau, 0)
    if star_gradients is not None:
        parameters["star_gradients"] = [[str(number) for number in fractions(f"star_gradients[{i}]", vector)]
                                        for i, vector in enumerate(star_gradients)]
    if regularizer is not None:
        parameters["regularizer"] = {key: _member(f"regularizer.{key}", value) for key, value in regularizer.items()}
    return json.dumps({"method": name, "parameters": parameters})


def _name(where: str, compressor: NamedCompressor) -> str:
    if isinstance(compressor, Compressor):
        return compressor.name
    if isinstance(compressor, str):
        return compressor
    raise ValueError(f"{where}: found {compressor!r}, expected a name or a touchstone.Compressor")


def _member(where: str, value: Any) -> Any:
    if isinstance(value, str):
        return value
    if hasattr(value, "__iter__"):
        return [str(number) for number in fractions(where, value)]
    return str(fraction(where, value))
