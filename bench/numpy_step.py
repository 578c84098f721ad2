#!/usr/bin/env python3
"""SAGA, L-SVRG and DIANA(RandK) steps in straightforward NumPy beside touchstone's, on the same data in the same run.

    bench/numpy_step.py build/release/bin/bench         TOUCHSTONE_DATA=FOLDER takes FOLDER/a9a, as bench does; without
                                                        it, data of a9a's shape

A step is the method's pseudocode, vectorised where NumPy can, over the rows as a matrix (straightforward: NumPy has
no sparse matrices) and over compressed sparse rows in three arrays (what an expert makes of it). Prints milliseconds
a step and how many times faster touchstone is than each; to reach: 10, beside the straightforward one.
"""
import json
import os
import subprocess
import sys
import time

import numpy as np

WORKERS, KEPT, LAMBDA, GAMMA = 20, 12, 1e-3, 1e-3
COMPONENT_STEPS = 10_000  # of bench's double/SAGA and double/L-SVRG


def read_libsvm(path, features):
    starts, columns, entries, labels = [0], [], [], []
    with open(path) as file:
        for line in file:
            label, *pairs = line.split()
            labels.append(float(label))
            for pair in pairs:
                column, entry = pair.split(":")
                columns.append(int(column) - 1)
                entries.append(float(entry))
            starts.append(len(columns))
    return np.array(starts), np.array(columns), np.array(entries), np.array(labels), features


def made_up(rows=32_561, features=123, ones=14):
    random = np.random.default_rng(1)
    columns = np.concatenate([np.sort(random.choice(features, ones, replace=False)) for _ in range(rows)])
    labels = np.where(random.integers(0, 4, rows) == 0, 1.0, -1.0)
    return np.arange(0, rows * ones + 1, ones), columns, np.ones(rows * ones), labels, features


class MatrixRows:
    def __init__(self, starts, columns, entries, labels, features):
        self.d, self.m = features, len(labels)
        self.A = np.zeros((self.m, self.d))
        self.A[np.repeat(np.arange(self.m), np.diff(starts)), columns] = entries * np.repeat(labels, np.diff(starts))

    def component_gradient(self, j, x):
        a = self.A[j]
        return LAMBDA * x - a / (1 + np.exp(a @ x))

    def gradient(self, first, last, x):
        A = self.A[first:last]
        return LAMBDA * x - A.T @ (1 / (1 + np.exp(A @ x))) / (last - first)


class CompressedRows:
    def __init__(self, starts, columns, entries, labels, features):
        self.starts, self.columns, self.d, self.m = starts, columns, features, len(labels)
        self.entries = entries * np.repeat(labels, np.diff(starts))

    def component_gradient(self, j, x):
        row = slice(self.starts[j], self.starts[j + 1])
        columns, entries = self.columns[row], self.entries[row]
        g = LAMBDA * x
        g[columns] -= entries / (1 + np.exp(entries @ x[columns]))
        return g

    def gradient(self, first, last, x):
        block = slice(self.starts[first], self.starts[last])
        columns, entries = self.columns[block], self.entries[block]
        margins = np.add.reduceat(entries * x[columns], self.starts[first:last] - self.starts[first])
        slopes = np.repeat(1 / (1 + np.exp(margins)), np.diff(self.starts[first:last + 1]))
        return LAMBDA * x - np.bincount(columns, weights=entries * slopes, minlength=self.d) / (last - first)


def saga(f, steps, random):
    x, table, mean = np.zeros(f.d), np.zeros((f.m, f.d)), np.zeros(f.d)
    for _ in range(steps):
        j = random.integers(f.m)
        gradient = f.component_gradient(j, x)
        change = gradient - table[j]
        x -= GAMMA * (change + mean)
        mean += change / f.m
        table[j] = gradient


def l_svrg(f, steps, random):
    x, w = np.zeros(f.d), np.zeros(f.d)
    reference = f.gradient(0, f.m, w)
    for _ in range(steps):
        j = random.integers(f.m)
        g = f.component_gradient(j, x) - f.component_gradient(j, w) + reference
        if random.random() < 1e-7:
            w, reference = x.copy(), f.gradient(0, f.m, x)
        x -= GAMMA * g


def diana(f, steps, random):
    x, shifts = np.zeros(f.d), np.zeros((WORKERS, f.d))
    bounds = [i * f.m // WORKERS for i in range(WORKERS + 1)]
    for _ in range(steps):
        g = np.zeros(f.d)
        for i in range(WORKERS):
            difference = f.gradient(bounds[i], bounds[i + 1], x) - shifts[i]
            kept = random.choice(f.d, KEPT, replace=False)
            message = np.zeros(f.d)
            message[kept] = f.d / KEPT * difference[kept]
            g += (shifts[i] + message) / WORKERS
            shifts[i] += 0.05 * message
        x -= GAMMA * g


def milliseconds(method, f, steps):
    """The least of five."""
    random = np.random.default_rng(2)
    method(f, min(steps, 10), random)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        method(f, steps, random)
        times.append((time.perf_counter() - start) / steps * 1e3)
    return min(times)


def touchstone(bench):
    """Milliseconds a step."""
    command = [bench, "--benchmark_filter=double/(SAGA|L-SVRG|DIANA)", "--benchmark_format=json",
               "--benchmark_repetitions=3"]
    report = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    times = {}
    for run in report["benchmarks"]:
        if run.get("run_type") == "aggregate":
            continue
        name = run["name"].split("/")[1].split("(")[0]
        steps = 1 if name == "DIANA" else COMPONENT_STEPS
        times[name] = min(times.get(name, np.inf), run["real_time"] / steps)
    return times


def main():
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    folder = os.environ.get("TOUCHSTONE_DATA")
    data = read_libsvm(os.path.join(folder, "a9a"), 123) if folder else made_up()
    ours = touchstone(sys.argv[1])
    slow = False
    print(f"{'':8}{'touchstone ms':>14}{'NumPy ms':>12}{'times':>8}{'NumPy, sparse ms':>19}{'times':>8}")
    for name, method, steps in [("SAGA", saga, 5_000), ("L-SVRG", l_svrg, 5_000), ("DIANA", diana, 10)]:
        matrix = milliseconds(method, MatrixRows(*data), steps)
        compressed = milliseconds(method, CompressedRows(*data), steps)
        print(f"{name:8}{ours[name]:14.5f}", end="")
        print(f"{matrix:12.5f}{matrix / ours[name]:8.1f}{compressed:19.5f}{compressed / ours[name]:8.1f}")
        slow = slow or matrix / ours[name] < 10
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
