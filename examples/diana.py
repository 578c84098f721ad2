#!/usr/bin/env python3
"""An implementation of DIANA under test: it makes touchstone's random choices and is compared, iterate by iterate,
with the trace of the reference.

    touchstone run diana --data FILE --workers 10 --compressor rand-k:3 --trace trace.jsonl
    examples/diana.py trace.jsonl                 the same trajectory
    examples/diana.py trace.jsonl --forget-scale  a fault that is easily made: found where it first shows

Exit status 0 if all iterates agree, 1 if not.
"""

import json
import sys
from fractions import Fraction

import numpy


def words(seed, iteration, worker):
    """The 64-bit words of the worker's first draw in the iteration (reference/touchstone/randomness/seeded.hpp)."""
    philox = numpy.random.Philox(key=[seed, 0], counter=[0, 0, worker + 1, iteration])
    while True:
        yield int(philox.random_raw())


def subset(n, k, source):
    """A uniform k-subset of 0, ..., n-1: Floyd's algorithm, every index from the low bits of a word."""
    chosen = set()
    for j in range(n - k, n):
        mask = (1 << j.bit_length()) - 1
        index = next(word & mask for word in source if word & mask <= j)
        chosen.add(j if index in chosen else index)
    return sorted(chosen)


def read_libsvm(path, d):
    rows, labels = [], []
    for line in open(path):
        label, *entries = line.split()
        row = numpy.zeros(d)
        for entry in entries:
            index, value = entry.split(":")
            row[int(index) - 1] = float(value)
        rows.append(row)
        labels.append(float(label))
    return numpy.array(rows), numpy.array(labels)


def main(path, forget_scale):
    header, *reference = [json.loads(line) for line in open(path)]
    n, d, seed, lam = header["workers"], header["features"], header["seed"], header["lambda"]
    K = int(header["compressor"].removeprefix("rand-k:"))
    gamma, alpha = float(Fraction(header["stepsize"])), K / d
    a, b = read_libsvm(header["data"], d)
    shards = numpy.array_split(numpy.arange(len(b)), n)

    x, h = numpy.zeros(d), numpy.zeros((n, d))
    for line in reference:
        k, expected = line["k"], numpy.array(line["x"], dtype=float)
        worst = numpy.argmax(abs(x - expected))
        if abs(x[worst] - expected[worst]) > 1e-12:
            print(f"iteration {k}, coordinate {worst}: found {x[worst]:.6g}, the reference has {expected[worst]:.6g}")
            return 1
        total = numpy.zeros(d)
        for i, rows in enumerate(shards):
            slopes = b[rows] / (1 + numpy.exp(b[rows] * (a[rows] @ x)))
            difference = lam * x - n / len(b) * (a[rows].T @ slopes) - h[i]
            kept = subset(d, K, words(seed, k, i))
            message = numpy.zeros(d)
            message[kept] = difference[kept] * (1 if forget_scale else d / K)
            total += h[i] + message
            h[i] += alpha * message
        x = x - gamma / n * total
    print(f"all {len(reference)} iterates agree to 1e-12")
    return 0


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or sys.argv[2:] not in ([], ["--forget-scale"]):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], "--forget-scale" in sys.argv))
