"""Compressors and steps written here, with NumPy alone, against the exported vectors; then the same with a known mistake,
which the vectors must find.

    vectors_consumer.py FOLDER_OF_touchstone_vectors.py
"""
import itertools
import sys

import numpy as np
import numpy_philox

sys.path.insert(0, sys.argv[1])
import touchstone_vectors as vectors  # noqa: E402

LAWS = vectors.VECTORS["compressor-law"]
STEPS = vectors.VECTORS["step"]


def rand_k(x, K, scale=True):
    d = len(x)
    subsets = list(itertools.combinations(range(d), K))
    law = []
    for subset in subsets:
        value = np.zeros(d)
        value[list(subset)] = (d / K if scale else 1) * x[list(subset)]
        law.append((1 / len(subsets), value))
    return law


def top_k(x, K, magnitudes=True):
    order = np.argsort(-(np.abs(x) if magnitudes else x), kind="stable")
    value = np.zeros(len(x))
    value[order[:K]] = x[order[:K]]
    return [(1.0, value)]


def natural(x):
    """Each coordinate by itself to one of the powers of two around it."""
    ways = []
    for t in x:
        if t == 0:
            ways.append([(1.0, 0.0)])
            continue
        low = 2.0 ** (np.frexp(abs(t))[1] - 1)
        up = abs(t) / low - 1
        ways.append([(1 - up, np.sign(t) * low), (up, np.sign(t) * 2 * low)] if up else [(1.0, t)])
    return [(np.prod([p for p, _ in way]), np.array([v for _, v in way])) for way in itertools.product(*ways)]


def merged(law):
    total = {}
    for probability, value in law:
        key = tuple(np.asarray(value, dtype=float) + 0.0)  # -0 is 0
        total[key] = total.get(key, 0) + probability
    return {key: p for key, p in total.items() if p > 0}


def same_law(a, b):
    a, b = merged(a), merged(b)
    if len(a) != len(b):
        return False
    left, right = sorted(a.items()), sorted(b.items())
    return all(np.allclose(u, v, rtol=1e-14, atol=0) and abs(p - q) < 1e-14 for (u, p), (v, q) in zip(left, right))


def judge(name, law_of):
    """How many of the vectors of a compressor the law passes, and the ids of those that it fails."""
    passed, failed = 0, []
    for vector in LAWS:
        kind, *parameters = vector["compressor"].split(":")
        if kind != name:
            continue
        expected = [(o["probability"], o["value"]) for o in vector["outcomes"]]
        same = same_law(law_of(np.array(vector["x"]), *map(int, parameters)), expected)
        wrong = {"valid": not same, "invalid": same, "acceptable": False}[vector["result"]]
        failed += [vector["id"]] if wrong else []
        passed += not wrong
    return passed, failed


def gradient(problem, i, x):
    return np.mean([np.array(c["A"]) @ x - np.array(c["b"]) for c in problem["workers"][i]], axis=0)


def diana(problem, parameters, state, choices, forgets_alpha=False):
    K = int(parameters["compressor"].split(":")[1])
    x, h = np.array(state["x"]), np.array(state["h"])
    n, d = h.shape
    subsets = {choice["worker"]: choice["answer"] for choice in choices}
    total = np.zeros(d)
    for i in range(n):
        difference = gradient(problem, i, x) - h[i]
        message = np.zeros(d)
        kept = subsets.get(i, list(range(d)))
        message[kept] = d / K * difference[kept]
        total += h[i] + message
        h[i] += (1 if forgets_alpha else parameters["alpha"]) * message
    return {"x": x - parameters["gamma"] * total / n, "h": h}


def judge_diana(step):
    passed, failed = 0, []
    for vector in STEPS:
        parameters = vector["method"]["parameters"]
        if vector["method"]["method"] != "diana" or set(parameters) != {"gamma", "alpha", "compressor"}:
            continue
        if not parameters["compressor"].startswith("rand-k:"):
            continue
        problem = vectors.PROBLEMS[vector["problem"]]
        same = True
        for outcome in vector["outcomes"]:
            after = step(problem, parameters, vector["state"], outcome["choices"])
            same &= all(np.allclose(after[part], outcome["after"][part], rtol=1e-13, atol=1e-13) for part in after)
        wrong = {"valid": not same, "invalid": same, "acceptable": False}[vector["result"]]
        failed += [vector["id"]] if wrong else []
        passed += not wrong
    return passed, failed


def judge_diana_runs(stream=0):
    """The trajectories with choices drawn by NumPy from the seed."""
    passed, failed = 0, []
    for vector in vectors.VECTORS["trajectory"]:
        parameters = vector["method"]["parameters"]
        if vector["method"]["method"] != "diana" or set(parameters) != {"gamma", "alpha", "compressor"}:
            continue
        if not parameters["compressor"].startswith("rand-k:"):
            continue
        K = int(parameters["compressor"].split(":")[1])
        problem, state = vectors.PROBLEMS[vector["problem"]], vector["start"]
        n, d = np.shape(state["h"])
        expected = {one["k"]: one["state"] for one in vector["states"] + vector["later"]}
        same = True
        for k, drawn in enumerate(vector["choices"]):
            source = [numpy_philox.words(vector["seed"], vector["stream"] + stream, k, i, 0) for i in range(n)]
            choices = [{"worker": i, "answer": numpy_philox.subset(d, K, source[i])} for i in range(n)]
            same &= all(mine["answer"] == theirs["answer"] for mine, theirs in zip(choices, drawn))
            state = diana(problem, parameters, state, choices)
            for part, value in expected.get(k + 1, {}).items():
                same &= np.allclose(state[part], value, rtol=1e-12, atol=1e-12)
        failed += [] if same else [vector["id"]]
        passed += same
    return passed, failed


def require(condition, what):
    if not condition:
        sys.exit(str(what))


for name, law_of in (("rand-k", rand_k), ("rand-k-unscaled", lambda x, K: rand_k(x, K, False)), ("top-k", top_k),
                     ("natural", natural), ("identity", lambda x: [(1.0, x)])):
    passed, failed = judge(name, law_of)
    require(passed >= 5 and not failed, (name, passed, failed))
passed, failed = judge_diana(diana)
require(passed >= 6 and not failed, ("diana", passed, failed))
passed, failed = judge_diana_runs()
require(passed >= 2 and not failed, ("diana runs", passed, failed))
passed, failed = judge_diana_runs(stream=1)
require(passed == 0, ("diana runs on another stream", passed, failed))

_, failed = judge("rand-k", lambda x, K: rand_k(x, K, False))
require("law/rand-k:2/mixed" in failed and "law/rand-k:2/mixed/not/forgotten-scale" in failed, failed)
_, failed = judge("top-k", lambda x, K: top_k(x, K, False))
require("law/top-k:1/one-nonzero" in failed and "law/top-k:1/one-nonzero/not/largest-signed" in failed, failed)
_, failed = judge_diana(lambda *arguments: diana(*arguments, forgets_alpha=True))
require("step/diana/golden-workers/memory" in failed
        and "step/diana/golden-workers/memory/not/alpha-left-out" in failed, failed)
print("ok")
