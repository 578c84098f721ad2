"""Problems, methods and theory."""

from fractions import Fraction

import numpy as np
import pytest

import touchstone


def diana(problem, **changed):
    parameters = {"gamma": "1/4", "alpha": "1/2", "compressor": "rand-k:1", **changed}
    return touchstone.method("diana", problem, **parameters)


def test_a_quadratic(parabolas):
    assert (parabolas.workers, parabolas.dimension, parabolas.components(1)) == (2, 2, 1)
    assert parabolas.constants_exact == touchstone.Constants(2, 1, [2, 2], [[2], [2]])
    assert parabolas.gradient_exact([1, "1/2"]) == (0, 0)
    np.testing.assert_array_equal(parabolas.gradient([0, 0], worker=1), [-4, -1])
    np.testing.assert_array_equal(parabolas.gradient([0, 0], worker=1, component=0), [-4, -1])
    assert parabolas.value_exact([1, 1]) == Fraction(1) + Fraction(1, 2) - 2 - Fraction(1, 2)
    assert parabolas.value([1, 1]) == -1


def test_the_constants_are_bounds_of_the_eigenvalues():
    A = np.array([[2.0, 0.3, 0.1], [0.3, 1.0, 0.2], [0.1, 0.2, 0.5]])
    eigenvalues = np.linalg.eigvalsh(A)
    constants = touchstone.quadratic([(A, [0, 0, 0])]).constants
    assert eigenvalues[-1] <= constants.L <= eigenvalues[-1] * (1 + 1e-6)
    assert eigenvalues[0] * (1 - 1e-6) <= constants.mu <= eigenvalues[0]


@pytest.mark.parametrize(("workers", "line"), [
    ([], "n >= 1 workers"),
    ([[]], "m >= 1 components"),
    ([([[1, 2], [0, 1]], [0, 0])], "symmetric"),
    ([([[1, 2], [2, 1]], [0, 0])], "positive semidefinite"),
    ([([[1]], [0, 0])], "a row of A is as long as b"),
    ([([[1, 0]], [0, 0])], "d x d matrix"),
    ([([[float("nan")]], [0])], r"workers\[0\]\[0\].A\[0\]\[0\]: found nan"),
    ([([[1]], ["x"])], r"workers\[0\]\[0\].b\[0\]: found 'x'"),
    ([3], r"workers\[0\]: found 3"),
    ([[([[1]],)]], r"workers\[0\]\[0\]: found tuple"),
])
def test_refused_quadratics(workers, line):
    with pytest.raises(ValueError, match=line):
        touchstone.quadratic(workers)


def test_logistic_regression(tmp_path):
    path = tmp_path / "data"
    path.write_text("+1 1:1 2:0.5\n-1 2:1\n+1 1:-1\n-1 1:0.5 2:2\n")
    f = touchstone.logistic_regression(path, workers=2, lambda_="1/10")
    rows, labels = np.array([[1, 0.5], [0, 1], [-1, 0], [0.5, 2]]), np.array([1, -1, 1, -1])
    x = np.array([0.3, -0.2])
    margins = labels * (rows @ x)
    np.testing.assert_allclose(f.value(x), np.log1p(np.exp(-margins)).mean() + 0.05 * x @ x, rtol=1e-14)
    np.testing.assert_allclose(f.gradient(x), rows.T @ (-labels / (1 + np.exp(margins))) / 4 + 0.1 * x, rtol=1e-13)
    assert f.constants.mu == 0.1
    with pytest.raises(ValueError, match="found logistic regression"):
        f.gradient_exact([0, 0])
    with pytest.raises(ValueError, match="1 <= n <= M"):
        touchstone.logistic_regression(path, workers=5, lambda_=1)
    with pytest.raises(ValueError, match="/nowhere"):
        touchstone.logistic_regression("/nowhere", lambda_=1)
    path.write_text("+1 1:1\n-1 1:x\n")
    with pytest.raises(ValueError, match="data:2: found"):
        touchstone.logistic_regression(path, lambda_=1)


def numpy_diana(x, h, compress):
    """The page of DIANA, for A = diag(2, 1), b = (0, 0) and (4, 1), gamma = 1/4, alpha = 1/2."""
    A, b = np.diag([2.0, 1.0]), np.array([[0.0, 0.0], [4.0, 1.0]])
    m = np.array([compress(i, A @ x - b[i] - h[i]) for i in range(2)])
    return x - 0.25 * (h + m).mean(axis=0), h + 0.5 * m


def test_diana_is_the_one_of_numpy(parabolas):
    method, rand_1 = diana(parabolas), touchstone.compressor("rand-k:1")
    state = method.initial(np.array([3.0, -1.0]))
    assert list(state) == method.parts == ["x", "h"] and state["h"].shape == (2, 2)
    x, h = state["x"].copy(), state["h"].copy()
    for k in range(20):
        state = method.step(state, seed=5, iteration=k)
        x, h = numpy_diana(x, h, lambda i, v: rand_1.compress(v, seed=5, iteration=k, worker=i))
        np.testing.assert_allclose(state["x"], x, rtol=1e-13)
        np.testing.assert_allclose(state["h"], h, rtol=1e-13)
    # The check can fail: without the scale of Rand-1 it is another method.
    wrong, _ = numpy_diana(x, h, lambda i, v: rand_1.compress(v, seed=5, iteration=20, worker=i) / 2)
    assert not np.allclose(method.step(state, seed=5, iteration=20)["x"], wrong)


def test_exact_steps_agree_and_the_step_is_unbiased(parabolas):
    method = diana(parabolas)
    start = method.initial_exact(["1/3", -1])
    assert start["x"] == (Fraction(1, 3), Fraction(-1))
    after = method.step_exact(start, seed=2, iteration=1)
    np.testing.assert_allclose(method.step({"x": [1 / 3, -1], "h": np.zeros((2, 2))}, seed=2, iteration=1)["x"],
                               [float(number) for number in after["x"]])
    outcomes = method.outcomes(start)
    assert sum(probability for probability, _ in outcomes) == 1 and len(outcomes) == 4
    assert after in [state for _, state in outcomes]
    gradient = parabolas.gradient_exact(start["x"])
    for c in range(2):
        mean = sum(probability * state["x"][c] for probability, state in outcomes)
        assert mean == start["x"][c] - Fraction(1, 4) * gradient[c]


def test_choices_of_a_step_are_replayed(parabolas):
    method, state = diana(parabolas), {"x": [1.0, 2.0], "h": np.ones((2, 2))}
    choices = method.choices(state, seed=4, iteration=3)
    assert [(c.kind, c.worker, c.iteration) for c in choices] == [("subset", 0, 3), ("subset", 1, 3)]
    replayed = method.step(state, choices=choices, iteration=3)
    np.testing.assert_array_equal(replayed["x"], method.step(state, seed=4, iteration=3)["x"])
    with pytest.raises(ValueError, match="the transcript ends"):
        method.step(state, choices=choices[:1], iteration=3)


def test_derived_parts_are_computed():
    f = touchstone.quadratic([[([[1]], [0]), ([[1]], [2])]])
    saga = touchstone.method("saga", f, gamma="1/8")
    given = {"x": ["1/2"], "table": [[1], [3]]}
    for _, state in saga.outcomes(given):
        assert state["x"][0] in (Fraction(1, 2) - Fraction(1, 8) * (2 + Fraction(1, 2) - 1),
                                 Fraction(1, 2) - Fraction(1, 8) * (2 - Fraction(3, 2) - 3))


@pytest.mark.parametrize(("state", "line"), [
    ({"x": [1.0, 2.0]}, "missing; found h"),
    ({"x": [1.0, 2.0], "h": np.zeros((2, 2)), "e": [0.0]}, "found e"),
    ({"x": [1.0], "h": np.zeros((2, 2))}, "found x"),
    ({"x": [1.0, 2.0], "h": np.zeros((3, 2))}, "found h, 3, 2"),
    ({"x": [1.0, float("nan")], "h": np.zeros((2, 2))}, r"x\[1\]: found nan"),
    ({"x": [1.0, 2.0], "h": np.zeros((1, 2, 2))},
     r"h: found an array of shape \(1, 2, 2\), expected 1 or 2 dimensions"),
    ([1.0, 2.0], "state: found list"),
])
def test_refused_states(parabolas, state, line):
    with pytest.raises(ValueError, match=line) as refusal:
        diana(parabolas).step(state, seed=0)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(("name", "parameters", "line"), [
    ("dianna", {}, "method: found 'dianna', expected one of gd"),
    (3, {}, "method: found 3"),
    ("diana", {"compressor": "top-k:1", "alpha": 1}, "compressor: found 'top-k:1', expected an unbiased"),
    ("diana", {"compressor": 3}, "compressor: found 3"),
    ("diana", {}, "alpha: found nothing"),
    ("gd", {"gamma": float("nan")}, "gamma: found nan"),
    ("gd", {"gamma": "fast"}, "gamma: found 'fast'"),
    ("sgd-mb", {"tau": -1}, "tau: found -1"),
    ("gd", {"gradient": "some"}, "parameters.gradient: found \"some\", expected full or sampled"),
    ("ec-gd-star", {"compressor": "top-k:1"}, "star_gradients: found 0 vectors, expected 2"),
    ("saga", {}, ""),
])
def test_refused_methods(parabolas, name, parameters, line):
    with pytest.raises(ValueError, match=line):
        touchstone.method(name, parabolas, **{"gamma": "1/4", **parameters})


def test_a_regularizer_and_star_gradients(parabolas):
    gd = touchstone.method("gd", parabolas, gamma="1/4", regularizer={"kind": "l1", "lambda": 1})
    assert gd.step_exact({"x": [0, 0]}, seed=0)["x"] == (Fraction(1, 4), 0)
    star = [parabolas.gradient_exact([1, "1/2"], worker=i) for i in range(2)]
    method = touchstone.method("ec-gd-star", parabolas, gamma="1/8", compressor="top-k:1", star_gradients=star)
    at_solution = method.initial_exact([1, "1/2"])
    assert method.step_exact(at_solution, seed=0) == at_solution


def test_theory(parabolas):
    theory = touchstone.theory
    assert theory.stepsize("gd", parabolas) == Fraction(1, 2)
    assert theory.rate("gd", parabolas, gamma="1/4") == Fraction(3, 4)
    omega, n, L = 1, 2, 2
    assert theory.stepsize("diana", parabolas, compressor="rand-k:1") == 1 / (Fraction(1 + 6 * omega // n) * L)
    assert theory.alpha("diana", parabolas, compressor=touchstone.compressor("rand-k:1")) == Fraction(1, 2)
    assert theory.p("ec-lsvrg", parabolas, compressor="top-k:1") == 1
    for name in theory.names():
        if name in ("sgd", "sgd-mb", "sgd-sr", "sgd-star", "saga", "sega", "l-svrg", "diana-single", "q-sgd-sr"):
            with pytest.raises(ValueError, match="a method of one node"):
                theory.stepsize(name, parabolas)
            continue
        parameters = {"p": "1/2", "tau": 1}
        gamma = theory.stepsize(name, parabolas, **parameters)
        assert 0 < gamma and 0 <= theory.rate(name, parabolas, **parameters) < 1
        with pytest.raises(ValueError, match="gamma: found"):
            theory.rate(name, parabolas, gamma=2 * gamma, **parameters)
    for wrong, line in (({"alpha": 1}, "alpha: found 1, expected 0 < alpha <= 1/2"), ({"tau": -1}, "tau: found -1")):
        with pytest.raises(ValueError, match=line):
            theory.stepsize("diana", parabolas, compressor="rand-k:1", **wrong)
    with pytest.raises(ValueError, match="mu: found 0"):
        theory.stepsize("gd", touchstone.quadratic([([[1, 0], [0, 0]], [0, 0])]))
    with pytest.raises(ValueError, match="has no shifts"):
        theory.alpha("gd", parabolas)


def test_the_rate_is_kept(parabolas):
    """Gradient descent at the theorem's stepsize: |x - x*|^2 shrinks by the rate at least, every time."""
    gamma, rate = touchstone.theory.stepsize("gd", parabolas), touchstone.theory.rate("gd", parabolas)
    method, state = touchstone.method("gd", parabolas, gamma=gamma), {"x": (Fraction(5), Fraction(-7))}
    for _ in range(5):
        before = (state["x"][0] - 1) ** 2 + (state["x"][1] - Fraction(1, 2)) ** 2
        state = method.step_exact(state, seed=0)
        after = (state["x"][0] - 1) ** 2 + (state["x"][1] - Fraction(1, 2)) ** 2
        assert after <= rate * before
