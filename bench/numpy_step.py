#!/usr/bin/env python3
"""SAGA, L-SVRG and DIANA(RandK) steps in straightforward NumPy beside touchstone's, on the same data in the same run.

    bench/numpy_step.py build/release/bin/bench         TOUCHSTONE_DATA=FOLDER takes FOLDER/a9a, as bench does; without
                                                        it, data of a9a's shape

The rows are a compressed sparse matrix in three arrays; a step is the method's pseudocode, vectorised where NumPy can.
Prints milliseconds a step and how many times faster touchstone is; to reach: 10.
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


class LogisticRegression:
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
    command = [bench, "--benchmark_filter=double/(SAGA|L-SVRG|DIANA)", "--benchmark_format=json", "--benchmark_repetitions=3"]
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
    f = LogisticRegression(*(read_libsvm(os.path.join(folder, "a9a"), 123) if folder else made_up()))
    ours = touchstone(sys.argv[1])
    slow = False
    print(f"{'':12}{'NumPy ms':>12}{'touchstone ms':>15}{'times faster':>14}")
    for name, method, steps in [("SAGA", saga, 5_000), ("L-SVRG", l_svrg, 5_000), ("DIANA", diana, 10)]:
        theirs = milliseconds(method, f, steps)
        print(f"{name:12}{theirs:12.5f}{ours[name]:15.5f}{theirs / ours[name]:14.1f}")
        slow = slow or theirs / ours[name] < 10
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
