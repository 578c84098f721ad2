#!/usr/bin/env python3
"""Runs the methods of examples/mpi on 1, 2 and 4 ranks and compares them with the reference; plants each fault in a rank and
asks that it be found.

    tests/mpi_example.py TOUCHSTONE MPI_METHODS     exit status 1 where something is not as it should be; 77 where the data or
                                                    mpirun are missing
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile

DATA = "/usr/share/doc/liblinear-tools/examples/heart_scale"
ITERATIONS = 100
METHODS = {  # and how the reference is called
    "diana": ["--compressor", "rand-k:3"],
    "ec-sgd-diana": ["--compressor", "top-k:2", "--shift-compressor", "rand-k:3"],
    "ec-lsvrg-diana": ["--compressor", "top-k:2", "--shift-compressor", "rand-k:3"],
}
FAULTS = {  # and a method that has it, and the iteration after which the model shows it first
    "forgotten-scale": ("diana", 1),
    "stale-iterate": ("diana", 2),
    "shift-first": ("ec-sgd-diana", 1),
    "shared-subset": ("diana", 1),
    "no-memory": ("ec-sgd-diana", 2),
    "shared-coin": ("ec-lsvrg-diana", 5),
}


def lines_of(path):
    with open(path) as lines:
        return [json.loads(line) for line in lines]


def first_difference(trace, reference):
    """The first iteration whose model differs from the reference's by more than 1e-12, if there is one."""
    found, expected = lines_of(trace)[1:], lines_of(reference)[1:]
    assert len(found) == len(expected) == ITERATIONS + 1, (len(found), len(expected))
    for here, there in zip(found, expected):
        assert here["k"] == there["k"]
        if any(abs(a - float(b)) > 1e-12 for a, b in zip(here["state"]["x"], there["x"], strict=True)):
            return here["k"]
    return None


def check_shape(trace):
    """What the format asks of a trace, and that the server's part of each step follows from the messages."""
    header, *lines = lines_of(trace)
    n, d = header["problem"]["workers"], header["problem"]["features"]
    parts = {"diana": "xh", "ec-sgd-diana": "xhe", "ec-lsvrg-diana": "xhew"}[header["method"]]
    assert (header["format"], header["version"]) == ("touchstone-trace", 1)
    for k, line in enumerate(lines):
        assert line["k"] == k and set(line["state"]) == set(parts), line["state"].keys()
        last = k + 1 == len(lines)
        vectors = [line["state"]["x"]]
        for rows in [line["state"][part] for part in parts[1:]] + ([] if last else [line["messages"]]):
            assert len(rows) == n
            vectors += rows
        assert all(len(vector) == d for vector in vectors)
        if last:
            return
        gamma = 1 / 20 if header["method"] == "diana" else 1
        shifts = line["state"]["h"] if header["method"] == "diana" else [[0.0] * d] * n
        for c in range(d):
            mean = sum(v[c] + h[c] for v, h in zip(line["messages"], shifts)) / n
            assert abs(lines[k + 1]["state"]["x"][c] - (line["state"]["x"][c] - gamma * mean)) < 1e-13, (k, c)


def main(touchstone, mpi_methods):
    if not os.path.exists(DATA) or not shutil.which("mpirun"):
        print(f"mpi_example: {DATA} or mpirun is not there")
        return 77
    # A container is often root's, has fewer cores than ranks, and runs other tests meanwhile: no rank has a core of its own,
    # and who waits makes way. Open MPI does not give back all its memory at the end.
    environment = {**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
                   "OMPI_MCA_rmaps_base_oversubscribe": "1", "OMPI_MCA_hwloc_base_binding_policy": "none",
                   "OMPI_MCA_mpi_yield_when_idle": "1", "ASAN_OPTIONS": "detect_leaks=0"}
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:

        def run(ranks, method, *options):
            trace = f"{folder}/trace.jsonl"
            subprocess.run(["mpirun", "-n", str(ranks), mpi_methods, "--method", method, "--gamma", "1/20", "--iterations",
                            str(ITERATIONS), "--trace", trace, *options], env=environment, check=True,
                           stdout=subprocess.DEVNULL)
            return trace

        for method, compressors in METHODS.items():
            reference = f"{folder}/{method}"
            # Status 1 where no theorem allows the stepsize and the run stays above a bound: of no interest here.
            subprocess.run([touchstone, "run", method, "--data", DATA, "--workers", "10", *compressors, "--stepsize", "1/20",
                            "--beyond-theory", "--iterations", str(ITERATIONS), "--trace", reference], check=False,
                           stdout=subprocess.DEVNULL)
            texts = []
            for ranks in (1, 2, 4):
                trace = run(ranks, method)
                differs = first_difference(trace, reference)
                print(f"{method} on {ranks} ranks: differs from the reference first at {differs}")
                wrong += differs is not None
                with open(trace) as text:
                    texts.append(text.read())
            check_shape(trace)
            if len(set(texts)) != 1:
                print(f"{method}: not the same bytes on 1, 2 and 4 ranks")
                wrong += 1
        for fault, (method, expected) in FAULTS.items():
            found = first_difference(run(2, method, "--fault", fault, "--fault-rank", "1"), f"{folder}/{method}")
            print(f"{method} with {fault} in rank 1: differs first at {found}, expected at {expected}")
            wrong += found != expected
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
