#!/usr/bin/env python3
"""The exact law of Rand-K at a vector, its mean and its variance, and what one seed makes of it.

    PYTHONPATH=build/release/python python3 examples/python/law_of_rand_k.py
"""

import touchstone

x = touchstone.compressor("identity").compress_exact([1, 2, "1/3"], seed=0)
rand_k = touchstone.compressor("rand-k:1")
law = rand_k.law(x)
for probability, outcome in law:
    print(f"{probability}   ", *outcome)

mean = [sum(probability * outcome[i] for probability, outcome in law) for i in range(len(x))]
variance = sum(probability * sum((a - b) ** 2 for a, b in zip(outcome, x)) for probability, outcome in law)
print("E Q(x) =", *mean)
print("E|Q(x) - x|^2 =", variance, "=", rand_k.omega(len(x)), "|x|^2")
print("seed 1:", rand_k.compress([1.0, 2.0, 1 / 3], seed=1))
