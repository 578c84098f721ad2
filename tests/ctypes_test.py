#!/usr/bin/env python3
"""The C interface as another language sees it, through ctypes and without a compiler.

    tests/ctypes_test.py LIBRARY        exit status 1 and the place where something does not hold
"""

import ctypes
import math
import pathlib
import re
import subprocess
import sys
import tempfile
from ctypes import POINTER, byref, c_char_p, c_double, c_int, c_int32, c_int64, c_uint64, c_void_p
from fractions import Fraction

INVALID_ARGUMENT, NOT_STATED, TOO_MANY_OUTCOMES = 1, 2, 4


class Draws(ctypes.Structure):
    _fields_ = [("seed", c_uint64), ("stream", c_uint64), ("iteration", c_int64), ("worker", c_int64)]


class Choice(ctypes.Structure):
    _fields_ = [("kind", c_int32), ("n", c_int64), ("k", c_int64), ("iteration", c_int64), ("worker", c_int64),
                ("draw", c_int64), ("answer", POINTER(c_int64))]


class Parameters(ctypes.Structure):
    _fields_ = [("gamma", c_char_p), ("alpha", c_char_p), ("p", c_char_p), ("tau", c_int64),
                ("compressor", c_char_p), ("shift_compressor", c_char_p), ("sampled", c_int32)]


library = ctypes.CDLL(sys.argv[1])
library.touchstone_last_error.restype = c_char_p
library.touchstone_version.restype = c_char_p


def last_error():
    return library.touchstone_last_error().decode()


def call(name, *arguments):
    """Of a function that must succeed."""
    status = getattr(library, "touchstone_" + name)(*arguments)
    assert status == 0, f"{name}: status {status}: {last_error()}"


def refused(status, begin, name, *arguments):
    """Of a function that must refuse, with one line."""
    found = getattr(library, "touchstone_" + name)(*arguments)
    assert found == status, f"{name}: status {found}, expected {status}"
    assert last_error().startswith(begin) and "\n" not in last_error(), f"{name}: {last_error()}"


def doubles(*values):
    return (c_double * len(values))(*values)


def made(name, *arguments):
    """The handle that a function makes."""
    handle = c_void_p()
    call(name, *arguments, byref(handle))
    assert handle.value
    return handle


def test_only_the_interface_is_exported():
    symbols = subprocess.run(["nm", "-D", "--defined-only", sys.argv[1]], capture_output=True, text=True, check=True)
    names = [line.split()[-1] for line in symbols.stdout.splitlines()]
    assert len(names) > 30, names
    assert all(name.startswith("touchstone_") for name in names), names


def test_choices_are_those_of_the_documented_stream():
    try:
        from numpy.random import Philox
    except ImportError:
        return
    words = iter(Philox(key=[11, 2], counter=[0, 0, 4 + 1, 9]).random_raw(16))
    n, k, expected = 6, 2, set()
    for j in range(n - k, n):  # Floyd
        mask = (1 << j.bit_length()) - 1
        t = next(word for word in (int(w) & mask for w in words) if word <= j)
        expected.add(j if t in expected else t)
    rand_k, x, out = made("compressor_create", b"rand-k:2"), doubles(1, 2, 3, 4, 5, 6), doubles(*[0] * 6)
    call("compress", rand_k, x, c_int64(6), byref(Draws(11, 2, 9, 4)), out, None)
    assert {i for i in range(n) if out[i] != 0} == expected, (list(out), expected)
    library.touchstone_compressor_destroy(rand_k)


def test_a_law():
    dithering = made("compressor_create", b"dithering-inf:2")
    x = (c_char_p * 2)(b"1", b"-1/3")
    law = made("law_create", dithering, x, c_int64(2), c_int64(100))
    size, text = c_int64(), c_char_p()
    call("law_size", law, byref(size))
    total, mean = Fraction(0), [Fraction(0)] * 2
    for i in range(size.value):
        call("law_probability", law, c_int64(i), None, byref(text))
        probability = Fraction(text.value.decode())
        total += probability
        for c in range(2):
            call("law_coordinate", law, c_int64(i), c_int64(c), None, byref(text))
            mean[c] += probability * Fraction(text.value.decode())
    assert (total, mean) == (1, [1, Fraction(-1, 3)]), (total, mean)
    library.touchstone_law_destroy(law)
    two_norm = made("compressor_create", b"dithering:2")
    refused(INVALID_ARGUMENT, "this number type does not hold", "law_create", two_norm, x, c_int64(2), c_int64(9),
            byref(c_void_p()))
    library.touchstone_compressor_destroy(two_norm)
    library.touchstone_compressor_destroy(dithering)


def test_a_method_steps_as_its_page_says():
    problem = made("quadratic_create", c_int64(2), c_int64(1), c_int64(1), doubles(2, 2), doubles(0, 8))
    value = c_double()
    call("theory_stepsize", problem, b"gd", byref(Parameters(tau=-1)), byref(value), None)
    assert value.value == 0.5
    method = made("method_create", problem, b"ec-gd", byref(Parameters(gamma=b"1/4", tau=-1, compressor=b"top-k:1")))
    state = made("method_initial", method, doubles(1), c_int64(1))
    after = c_void_p()
    call("method_step", method, state, byref(Draws(0, 0, 0, -1)), byref(after), None)
    x = doubles(0)
    call("state_get", after, b"x", x, c_int64(1))
    assert x[0] == 1 - 0.25 * -2, x[0]
    for kind, handle in (("state", after), ("state", state), ("method", method), ("problem", problem)):
        getattr(library, f"touchstone_{kind}_destroy")(handle)


def test_refusals():
    out, handle = doubles(0, 0), c_void_p()
    rand_k, top_k = made("compressor_create", b"rand-k:2"), made("compressor_create", b"top-k:1")
    draws = byref(Draws(0, 0, 0, 0))
    refused(INVALID_ARGUMENT, "x[0]: found inf", "compress", rand_k, doubles(math.inf, 1), c_int64(2), draws, out,
            None)
    refused(INVALID_ARGUMENT, "d: found -1", "compress", rand_k, doubles(1), c_int64(-1), draws, out, None)
    refused(INVALID_ARGUMENT, "an iteration is >= 0", "compress", rand_k, doubles(1, 2), c_int64(2),
            byref(Draws(0, 0, -1, 0)), out, None)
    refused(NOT_STATED, "omega: top-k:1", "compressor_omega", top_k, c_int64(2), byref(c_double()), None)
    refused(INVALID_ARGUMENT, "x[1]: found 'one'", "law_create", rand_k, (c_char_p * 2)(b"1", b"one"), c_int64(2),
            c_int64(9), byref(handle))
    refused(INVALID_ARGUMENT, "x[1]: found NULL", "law_create", rand_k, (c_char_p * 2)(b"1", None), c_int64(2),
            c_int64(9), byref(handle))
    problem = made("quadratic_create", c_int64(1), c_int64(1), c_int64(1), doubles(2), doubles(0))
    for json, begin in ((b"{", "json: found a text that is not JSON"), (b"[]", ""), (b"{}", "method: found nothing"),
                        (b'{"method": "gd", "parameters": {"gamma": null}}', "parameters.gamma: found null"),
                        (b'{"method": "diana", "parameters": {"gamma": 1, "alpha": 1, "compressor": "top-k:1"}}',
                         "compressor: found 'top-k:1', expected an unbiased compressor"),
                        (b'{"method": "\xff", "parameters": {"gamma": 1}}', "json: found a text that is not JSON")):
        refused(INVALID_ARGUMENT, begin, "method_from_json", problem, json, byref(handle))
    refused(INVALID_ARGUMENT, "gamma: found NULL", "method_create", problem, b"gd", byref(Parameters(tau=-1)),
            byref(handle))
    assert handle.value is None
    for kind, made_handle in (("compressor", rand_k), ("compressor", top_k), ("problem", problem)):
        getattr(library, f"touchstone_{kind}_destroy")(made_handle)


def test_the_example_of_the_readme():
    source = pathlib.Path(__file__).resolve().parents[1]
    text = (source / "bindings" / "README.md").read_text()
    program, shown = re.search(r"```c\n(.*?)```\n\nprints `(.*?)`", text, re.DOTALL).groups()
    folder = pathlib.Path(sys.argv[1]).parent
    with tempfile.TemporaryDirectory() as work:
        built = f"{work}/example"
        subprocess.run(["cc", "-std=c99", "-pedantic", "-Wall", "-Wextra", "-Werror", "-x", "c", "-", "-o", built,
                        f"-I{source}/bindings/c", f"-L{folder}", f"-Wl,-rpath,{folder}", "-ltouchstone"],
                       input=program, text=True, check=True)
        assert subprocess.run([built], capture_output=True, text=True, check=True).stdout == shown + "\n"


def test_null_is_refused_everywhere():
    """Every function but those that take none: with nothing but NULL and zero."""
    symbols = subprocess.run(["nm", "-D", "--defined-only", sys.argv[1]], capture_output=True, text=True, check=True)
    tried = 0
    for name in (line.split()[-1] for line in symbols.stdout.splitlines()):
        if name in ("touchstone_version", "touchstone_last_error"):
            continue
        function = getattr(library, name)
        function.restype = c_int
        status = function(*[c_void_p()] * 7)
        if not name.endswith("_destroy"):
            assert status == INVALID_ARGUMENT, f"{name}: status {status}"
            assert last_error(), name
            tried += 1
    assert tried > 20


for name, test in list(globals().items()):
    if name.startswith("test_"):
        test()
