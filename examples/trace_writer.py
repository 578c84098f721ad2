#!/usr/bin/env python3
"""DIANA on a small quadratic, in plain Python, writing its trace for `touchstone check`.

    examples/trace_writer.py trace.jsonl && touchstone check trace.jsonl
    examples/trace_writer.py trace.jsonl --forget-scale     a fault that is easily made: check names it
"""

import json
import random
import sys

n, d, K, gamma, alpha = 2, 4, 2, 0.125, 0.5
A = [[1.0, 2.0, 0.5, 3.0], [3.0, 0.25, 1.0, 2.0]]  # the diagonals of A_1, A_2: grad f_i(x) = A_i x - b_i
b = [[1.0, -1.0, 2.0, 0.0], [0.0, 3.0, -1.0, 1.0]]

if len(sys.argv) not in (2, 3) or sys.argv[2:] not in ([], ["--forget-scale"]):
    sys.exit(__doc__)
scale = 1 if "--forget-scale" in sys.argv else d / K
workers = [[{"A": [[A[i][r] if r == c else 0 for c in range(d)] for r in range(d)], "b": b[i]}] for i in range(n)]
header = {"format": "touchstone-trace", "version": 1, "implementation": "examples/trace_writer.py", "method": "diana",
          "dtype": "float64", "problem": {"kind": "quadratic", "workers": workers},
          "parameters": {"gamma": gamma, "alpha": alpha, "compressor": f"rand-k:{K}"}}
random.seed(1)
x, h = [0.0] * d, [[0.0] * d for _ in range(n)]
with open(sys.argv[1], "w") as trace:
    print(json.dumps(header), file=trace)
    for k in range(100):
        line = {"k": k, "state": {"x": x, "h": h}, "choices": [], "messages": []}
        for i in range(n):
            kept = sorted(random.sample(range(d), K))
            line["choices"].append({"worker": i, "kind": "subset", "answer": kept})
            line["messages"].append([scale * (A[i][c] * x[c] - b[i][c] - h[i][c]) if c in kept else 0 for c in range(d)])
        print(json.dumps(line), file=trace)
        m = line["messages"]
        x = [x[c] - gamma * sum(h[i][c] + m[i][c] for i in range(n)) / n for c in range(d)]
        h = [[h[i][c] + alpha * m[i][c] for c in range(d)] for i in range(n)]
    print(json.dumps({"k": 100, "state": {"x": x, "h": h}}), file=trace)
