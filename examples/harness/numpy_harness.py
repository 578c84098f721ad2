"""NumPy behind the protocol of touchstone: touchstone conform -- python3 numpy_harness.py"""

import hashlib
import json
import sys

import numpy as np


# --- the code under test: RandK and TernGrad, drawing from a `random` that has subset(n, k) and bernoulli(p) ---
def rand_k(x, random, K):
    y = np.zeros_like(x)
    kept = random.subset(len(x), K)
    y[kept] = len(x) / K * x[kept]
    return y


def tern_grad(x, random):
    largest = np.max(np.abs(x))
    return largest * np.sign(x) * np.array([random.bernoulli(p) for p in np.abs(x) / (largest or 1)])


WAYS = {"kind": "compressor", "ways": ["injected", "replayed", "black-box"]}  # --- the harness ---
RAND_K = {"name": "rand-k", "reference": "rand-k:{K}", "parameters": {"K": [2, 1, 3]}, **WAYS}
TERN_GRAD = {"name": "tern-grad", "reference": "tern-grad", **WAYS}


class Choices:
    """NumPy's generator, or the oracle's tape, whose end raises LookupError with the question."""

    def __init__(self, request):
        self.generator = np.random.default_rng([request.get("seed", 0), request.get("worker", 0)])
        self.tape, self.made = request.get("tape"), []

    def answer(self, question, draw):
        if self.tape is not None and len(self.made) == len(self.tape):
            raise LookupError(question)
        self.made.append({**question, "answer": draw() if self.tape is None else self.tape[len(self.made)]})
        return self.made[-1]["answer"]

    def subset(self, n, k):
        draw = lambda: sorted(self.generator.choice(n, k, replace=False).tolist())
        return self.answer({"kind": "subset", "n": n, "k": k}, draw)

    def bernoulli(self, p):
        return self.answer({"kind": "bernoulli", "p": float(p)}, lambda: [int(self.generator.random() < p)])[0]


def reply(request, random):
    call, parameters, random.made = request["call"], request.get("parameters", {}), []
    K, d = parameters.get("K", 1), request.get("d") or len(request.get("x", []))
    if call == "start":
        return {"protocol": 1, "implementation": "example in NumPy", "subjects": [RAND_K, TERN_GRAD]}
    if call not in ("describe", "compress"):
        return {} if call == "stop" else {"unsupported": call}
    x = np.array(request.get("x", 0), dtype=np.float64)  # "nan" and "inf" are understood
    if K > d or not np.all(np.isfinite(x)):
        return {"refused": "x is not finite, or K greater than d"}
    if call == "describe":
        return {"omega": f"{d - K}/{K}" if "K" in parameters else d**0.5 / 2}
    probe, states = request.get("probe"), lambda: hashlib.md5(repr(np.random.get_state()).encode()).hexdigest()
    before = states() if probe else ""
    y = {"rand-k": rand_k, "tern-grad": tern_grad}[request["subject"]](x, random, **parameters)
    told = {"x_after": x.tolist(), "generator_before": before, "generator_after": states()} if probe else {}
    return {"y": y.tolist(), "choices": random.made, **told}


for line in sys.stdin:
    request = json.loads(line)
    random = Choices(request)
    for _ in range(request.get("count", 1)):
        try:
            answer = reply(request, random)
        except LookupError as question:
            answer = {"ask": question.args[0]}
        print(json.dumps({"id": request["id"], **answer}))
        if "refused" in answer:
            break
    sys.stdout.flush()
