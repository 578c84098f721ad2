"""Compressors: contract, law, draws, arrays, refusals."""

import threading
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

import touchstone
from touchstone import Choice

EXAMPLES = ["identity", "rand-k:2", "rand-k-unscaled:2", "bernoulli:1/3", "bernoulli-unscaled:0.25",
            "independent-sparsification:1/2,1/3,1", "l1-sampling", "dithering-1:2", "dithering-inf:2",
            "natural-dithering-inf:2", "tern-grad", "natural", "exp-stochastic:3", "exp-round:2", "top-k:2",
            "scaled-sign", "scaled-sign-plus", "random-column:3x1:1"]
X = [Fraction(1), Fraction(-2), Fraction(1, 3)]


def squared_norm(v):
    return sum(number * number for number in v)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_law_keeps_the_contract(name):
    compressor = touchstone.compressor(name)
    law = compressor.law(X)
    assert sum(probability for probability, _ in law) == 1
    assert len({outcome for _, outcome in law}) == len(law)
    error = sum(p * squared_norm(a - b for a, b in zip(outcome, X)) for p, outcome in law)
    omega, delta = compressor.omega(3), compressor.delta(3)
    assert omega is not None or delta is not None
    if omega is not None:
        assert [sum(p * outcome[i] for p, outcome in law) for i in range(3)] == X
        assert error <= omega * squared_norm(X)
    if delta is not None:
        assert error <= (1 - delta) * squared_norm(X)


def test_seeded_outcomes_are_in_the_law_and_vary():
    compressor = touchstone.compressor("rand-k:1")
    law = {outcome for _, outcome in compressor.law(X)}
    seen = {compressor.compress_exact(X, seed=3, iteration=k) for k in range(40)}
    assert seen == law
    assert seen == {compressor.compress_exact(X, seed=3, worker=w) for w in range(40)}
    assert seen == {compressor.compress_exact(X, seed=3, stream=s) for s in range(40)}


def test_choices_are_noted_and_replayed():
    compressor, x = touchstone.compressor("rand-k:1"), np.array([1.0, 2.0, 4.0])
    place = {"iteration": 5, "worker": 2}
    choices = compressor.choices(x, seed=9, **place)
    assert [(c.kind, c.n, c.k, c.iteration, c.worker, c.draw) for c in choices] == [("subset", 3, 1, 5, 2, 0)]
    np.testing.assert_array_equal(compressor.compress(x, choices=choices, **place),
                                  compressor.compress(x, seed=9, **place))
    other = [Choice("subset", 3, 1, (2,), 5, 2, 0)]
    np.testing.assert_array_equal(compressor.compress(x, choices=other, **place), [0, 0, 12])
    with pytest.raises(ValueError, match="found a choice of iteration 5, worker 2"):
        compressor.compress(x, choices=other)
    with pytest.raises(ValueError, match="expected choose, subset, permutation, bernoulli or pick"):
        compressor.compress(x, choices=[Choice("coin", 3, 1, (2,), 5, 2, 0)], **place)
    with pytest.raises(ValueError, match="expected 0 <= answer < 3"):
        compressor.compress(x, choices=[Choice("subset", 3, 1, (3,), 5, 2, 0)], **place)
    with pytest.raises(ValueError, match="goes on"):
        compressor.compress(x, choices=other * 2, **place)


def test_arrays_are_left_alone_and_results_are_new():
    identity = touchstone.compressor("identity")
    x = np.array([1.0, 2.0])
    x.flags.writeable = False
    y = identity.compress(x, seed=0)
    assert y.dtype == np.float64 and y.flags.writeable and not np.shares_memory(x, y)
    y[:] = 0
    assert x[0] == 1
    np.testing.assert_array_equal(identity.compress(np.arange(6.0)[::2], seed=0), [0, 2, 4])
    np.testing.assert_array_equal(identity.compress(np.float32([1, 2]), seed=0), [1, 2])
    np.testing.assert_array_equal(identity.compress(np.array([1, 2]), seed=0), [1, 2])


def test_exact_numbers_are_taken_exactly():
    identity = touchstone.compressor("identity")
    given = ["0.1", 0.1, Fraction(1, 10), "1/3", 10**40, -(2**70), np.float32(0.5), np.int64(7), "1e-2"]
    expected = (Fraction(1, 10), Fraction(0.1), Fraction(1, 10), Fraction(1, 3), Fraction(10**40), Fraction(-(2**70)),
                Fraction(1, 2), Fraction(7), Fraction(1, 100))
    assert identity.compress_exact(given, seed=0) == expected


@pytest.mark.parametrize(("x", "line"), [
    ([1, float("nan")], r"x\[1\]: found nan, expected a finite number"),
    ([float("inf"), 1], r"x\[0\]: found inf, expected a finite number"),
    ([[1.0, 2.0]], r"x: found an array of shape \(1, 2\), expected 1 dimension"),
    (1.0, r"x: found an array of shape \(\)"),
    ([1j, 2], "x: found an array of complex128, expected real numbers"),
    (["a", "b"], "x: found an array of <U1"),
    ([True, False], "x: found an array of bool"),
    ([Fraction(1, 3), 1], "x: found an array of object"),
    ([], ""),
    ([1.0], ""),  # K = 2 > d
])
def test_refused_arrays(x, line):
    with pytest.raises(ValueError, match=line) as refusal:
        touchstone.compressor("rand-k:2").compress(x, seed=0)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(("x", "line"), [
    ([float("nan")], r"x\[0\]: found nan, expected a finite number"),
    (["1/0"], r"x\[0\]: found '1/0', expected a number such as"),
    ([None], r"x\[0\]: found None"),
    ([True], r"x\[0\]: found True"),
    (["1e999999999"], r"x\[0\]: found '1e999999999', expected a number such as"),
    ([Decimal("1e999999999")], r"x\[0\]: found Decimal"),
    ("12", "x: found '12', expected a vector"),
    (3, "x: found 3, expected a vector"),
])
def test_refused_exact_vectors(x, line):
    with pytest.raises(ValueError, match=line):
        touchstone.compressor("identity").law(x)


@pytest.mark.parametrize("arguments", [
    {}, {"seed": 0, "choices": []}, {"seed": -1}, {"seed": 2**64}, {"seed": 1.5}, {"seed": "1"},
    {"seed": 0, "iteration": -1}, {"seed": 0, "worker": -2}, {"seed": 0, "stream": -1}, {"choices": [3]},
])
def test_refused_draws(arguments):
    with pytest.raises(ValueError, match=": found "):
        touchstone.compressor("rand-k:1").compress([1.0, 2.0], **arguments)


@pytest.mark.parametrize("name", ["", "rand", "rand-k", "rand-k:0", "rand-k:2:3", "bernoulli:2", None, 3])
def test_refused_names(name):
    with pytest.raises(ValueError, match="compressor: found .*, expected"):
        touchstone.compressor(name)


def test_what_is_not_stated_is_none_and_limits_hold():
    assert touchstone.compressor("top-k:1").omega(3) is None
    assert touchstone.compressor("rand-k:1").delta(3) is None
    with pytest.raises(ValueError, match="more than 2 outcomes"):
        touchstone.compressor("rand-k:1").law(X, limit=2)
    with pytest.raises(ValueError):
        touchstone.compressor("dithering:2").law(X)  # |x| is irrational
    with pytest.raises(ValueError, match="d: found 0, expected 1 to"):
        touchstone.compressor("rand-k:1").omega(0)


def test_other_threads_run_while_a_law_is_enumerated():
    """With the lock held throughout, the other thread would be done only after the law, every time."""
    compressor, x = touchstone.compressor("rand-k:6"), list(range(1, 17))

    def the_other_was_first():
        order = []
        other = threading.Timer(0.001, lambda: order.append("other"))
        other.start()
        assert len(compressor.law(x)) == 8008
        order.append("law")
        other.join()
        return order == ["other", "law"]

    assert any(the_other_was_first() for _ in range(10))
