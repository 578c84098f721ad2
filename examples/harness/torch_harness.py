"""PyTorch behind the protocol of touchstone: touchstone conform -- python3 torch_harness.py"""

import hashlib
import json
import sys

import torch


# --- the code under test: RandK and scaled sign in single precision, drawing from a `random` that has subset(n, k) ---
def rand_k(x, random, K):
    y = torch.zeros_like(x)
    kept = random.subset(x.numel(), K)
    y[kept] = x.numel() / K * x[kept]
    return y


def scaled_sign(x, random):
    return x.abs().mean() * torch.sign(x)


WAYS = {"kind": "compressor", "dtype": "float32", "ways": ["injected", "replayed", "black-box"]}  # --- the harness ---
RAND_K = {"name": "rand-k", "reference": "rand-k:{K}", "parameters": {"K": [2, 1, 3]}, **WAYS}
SCALED_SIGN = {"name": "scaled-sign", "reference": "scaled-sign", **WAYS}


class Choices:
    """A generator of PyTorch's, or the oracle's tape, whose end raises LookupError with the question."""

    def __init__(self, request):
        seed = hashlib.sha256(f"{request.get('seed', 0)} {request.get('worker', 0)}".encode()).digest()
        self.generator = torch.Generator().manual_seed(int.from_bytes(seed[:7], "big"))
        self.tape, self.made = request.get("tape"), []

    def subset(self, n, k):
        question = {"kind": "subset", "n": n, "k": k}
        if self.tape is None:
            answer = sorted(torch.randperm(n, generator=self.generator)[:k].tolist())
        elif len(self.made) < len(self.tape):
            answer = self.tape[len(self.made)]
        else:
            raise LookupError(question)
        self.made.append({**question, "answer": answer})
        return torch.tensor(answer, dtype=torch.long)


def reply(request, random):
    call, parameters, random.made = request["call"], request.get("parameters", {}), []
    K, d = parameters.get("K", 1), request.get("d") or len(request.get("x", []))
    if call == "start":
        return {"protocol": 1, "implementation": "example in PyTorch", "subjects": [RAND_K, SCALED_SIGN]}
    if call not in ("describe", "compress"):
        return {} if call == "stop" else {"unsupported": call}
    x = torch.tensor([float(value) for value in request.get("x", [])], dtype=torch.float32)  # "nan" is understood
    if K > d or not bool(torch.isfinite(x).all()):
        return {"refused": "x is not finite, or K greater than d"}
    if call == "describe":
        return {"omega": f"{d - K}/{K}"} if "K" in parameters else {"delta": f"1/{d}"}
    probe, states = request.get("probe"), lambda: hashlib.md5(bytes(torch.get_rng_state().tolist())).hexdigest()
    before = states() if probe else ""
    y = {"rand-k": rand_k, "scaled-sign": scaled_sign}[request["subject"]](x, random, **parameters)
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
