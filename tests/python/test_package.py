"""The documented stream, docstrings and their examples, stubs, the example program."""

import doctest
import importlib
import inspect
import os
import pathlib
import pkgutil
import re
import subprocess
import sys

import pytest

import touchstone
from touchstone import _core

SOURCE = pathlib.Path(os.environ.get("TOUCHSTONE_SOURCE", pathlib.Path(__file__).parents[2]))
sys.path.insert(0, str(SOURCE / "tests"))
MODULES = sorted(module.name for module in pkgutil.iter_modules(touchstone.__path__) if module.name != "_core")


def test_seeded_draws_are_those_of_numpy():
    import numpy_philox

    random = touchstone.Seeded(2**63 + 5, 7)
    for iteration, worker in ((0, touchstone.SERVER), (3, 2), (2**40, 100)):
        random.begin_iteration(iteration)
        random.worker(worker)
        for draw, (question, answer) in enumerate((
                ("choose:1000003", lambda: [random.choose(1000003)]),
                ("subset:20:7", lambda: random.subset(20, 7)),
                ("permutation:9", lambda: random.permutation(9)),
                ("bernoulli:1/3", lambda: [int(random.bernoulli("1/3"))]),
                ("pick:1/2,1/3,1/6", lambda: [random.pick(["1/2", "1/3", "1/6"])]))):
            assert random.place == (iteration, worker, draw)
            words = numpy_philox.words(2**63 + 5, 7, iteration, worker, draw)
            assert answer() == numpy_philox.answer(question, words), question


@pytest.mark.parametrize("call", [
    lambda r: r.choose(0), lambda r: r.subset(2, 3), lambda r: r.subset(2, -1), lambda r: r.bernoulli("3/2"),
    lambda r: r.bernoulli(float("nan")), lambda r: r.pick(["1/2", "1/3"]), lambda r: r.pick([]),
    lambda r: r.worker(-2), lambda r: r.begin_iteration(-1), lambda r: (r.worker(3), r.worker(1)),
    lambda r: r.permutation(2.5), lambda r: touchstone.Seeded(-1),
])
def test_refused_questions(call):
    with pytest.raises(ValueError) as refusal:
        call(touchstone.Seeded(1))
    assert str(refusal.value) and "\n" not in str(refusal.value)


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name):
    assert doctest.testmod(importlib.import_module(f"touchstone.{name}")).failed == 0


def test_there_are_examples():
    assert doctest.testmod(touchstone).attempted > 3


def test_the_example_of_the_readme():
    found = doctest.testfile(str(SOURCE / "bindings" / "README.md"), module_relative=False)
    assert found.failed == 0 and found.attempted > 5


def members(module):
    """The public classes and functions of a module, and what is in its classes."""
    for name, value in vars(module).items():
        if name.startswith("_") or not (inspect.isclass(value) or inspect.isroutine(value)):
            continue
        yield name, value
        if inspect.isclass(value) and value.__module__.startswith("touchstone"):
            for inner, held in vars(value).items():
                if not inner.startswith("_") and (callable(held) or isinstance(held, property)):
                    yield f"{name}.{inner}", held


@pytest.mark.parametrize("name", ["", *(f".{module}" for module in MODULES if not module.startswith("_"))])
def test_everything_public_has_a_docstring_and_types(name):
    seen = 0
    for path, value in members(importlib.import_module(f"touchstone{name}")):
        function = value.fget if isinstance(value, property) else value
        if not getattr(function, "__module__", "").startswith("touchstone"):
            continue
        seen += 1
        assert inspect.getdoc(value), path
        if inspect.isfunction(function):
            untyped = [p for p in inspect.signature(function).parameters.values()
                       if p.annotation is p.empty and p.name != "self"]
            assert not untyped and function.__annotations__.get("return"), path
    assert seen


def test_the_stubs_name_what_the_extension_has():
    stubs = (pathlib.Path(touchstone.__file__).parent / "_core.pyi").read_text()
    stubbed, owner = set(), None
    for line in stubs.splitlines():
        if found := re.match(r"class (\w+)", line):
            owner = found[1]
            stubbed.add(owner)
        elif found := re.match(r"( *)def (\w+)", line):
            stubbed.add(f"{owner}.{found[2]}" if found[1] else found[2])
    there = {path for path, _ in members(_core)}
    for name, value in vars(_core).items():
        if inspect.isclass(value):
            there |= {f"{name}.{inner}" for inner in vars(value) if not inner.startswith("_")} | {f"{name}.__init__"}
    stubbed |= {"Problem.__init__"}  # which is made by functions only
    assert there == stubbed
    assert (pathlib.Path(touchstone.__file__).parent / "py.typed").exists()


def test_the_example_runs():
    example = SOURCE / "examples" / "python" / "law_of_rand_k.py"
    shown = subprocess.run([sys.executable, example], capture_output=True, text=True, check=True).stdout
    assert shown.splitlines()[:4] == ["1/3    3 0 0", "1/3    0 6 0", "1/3    0 0 1", "E Q(x) = 1 2 1/3"]
