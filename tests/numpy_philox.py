#!/usr/bin/env python3
"""Makes touchstone's seeded draws with NumPy's Philox: an example for other implementations, and a check.

Reads lines from standard input, one draw each, seven words:

    SEED STREAM ITERATION WORKER DRAW QUESTION ANSWER

WORKER is 0, ..., n-1, or -1 for the server. QUESTION is choose:n, subset:n:k, permutation:n, bernoulli:a/b or
pick:a/b,c/d,... and ANSWER is the list of indices chosen, with commas (0 or 1 for bernoulli). Exit status 0 if
NumPy draws the same, 1 with a line for every difference.
"""

import sys
from fractions import Fraction

import numpy


def words(seed, stream, iteration, worker, draw):
    """The 64-bit words of one draw: key (seed, stream), counter (block, draw, worker + 1, iteration)."""
    key = numpy.array([seed, stream], dtype=numpy.uint64)  # a list would go through double from 2^63 on
    counter = numpy.array([0, draw, worker + 1, iteration], dtype=numpy.uint64)
    generator = numpy.random.Philox(key=key, counter=counter)
    while True:
        yield int(generator.random_raw())


def choose(n, source):
    """Uniform on 0, ..., n-1: the low bits of a word; what is too large is rejected."""
    mask = (1 << (n - 1).bit_length()) - 1
    return next(word & mask for word in source if word & mask < n)


def subset(n, k, source):
    chosen = set()  # Floyd
    for j in range(n - k, n):
        t = choose(j + 1, source)
        chosen.add(j if t in chosen else t)
    return sorted(chosen)


def permutation(n, source):
    order = list(range(n))  # Fisher-Yates
    for i in range(n - 1, 0, -1):
        t = choose(i + 1, source)
        order[i], order[t] = order[t], order[i]
    return order


def pick(weights, source):
    """The least i with U < w_0 + ... + w_i, where U = 0.u_1 u_2 ... in base 2^64; words are read until it is clear."""
    low, width = Fraction(0), Fraction(1)  # low <= U < low + width
    sums = [sum(weights[: i + 1]) for i in range(len(weights))]
    while any(low < s < low + width for s in sums):
        width /= 2**64
        low += next(source) * width
    return next(i for i, s in enumerate(sums) if low < s)


def answer(question, source):
    kind, argument = question.split(":", 1)
    if kind in ("bernoulli", "pick"):
        weights = [Fraction(w) for w in argument.split(",")]
        return [pick(weights, source)] if kind == "pick" else [1 - pick([weights[0], 1 - weights[0]], source)]
    sizes = map(int, argument.split(":"))
    if kind == "choose":
        return [choose(*sizes, source)]
    return {"subset": subset, "permutation": permutation}[kind](*sizes, source)


def main():
    differences = 0
    for line in sys.stdin:
        *place, question, found = line.split()
        expected = ",".join(map(str, answer(question, words(*map(int, place)))))
        if found != expected:
            print(f"{line.strip()}: NumPy draws {expected}", file=sys.stderr)
            differences += 1
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
