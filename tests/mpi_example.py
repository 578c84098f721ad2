#!/usr/bin/env python3
"""Runs the methods of examples/mpi on 1, 2 and 4 ranks and has their traces judged; plants each fault in a rank and asks that it be
found there, and named where it is one of the known mistakes.

    tests/mpi_example.py TOUCHSTONE MPI_METHODS     exit status 1 where something is not as it should be; 77 where the data or
                                                    mpirun are missing
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

DATA = "/usr/share/doc/liblinear-tools/examples/heart_scale"
ITERATIONS = 100
METHODS = ("diana", "ec-sgd-diana", "ec-lsvrg-diana")
FAULTS = {  # and a method that has it, the iteration whose step is wrong first, and the mistake's name if it is one of the known
    "forgotten-scale": ("diana", 0, "scale-forgotten"),
    "stale-iterate": ("diana", 1, "previous-iterate"),
    "shift-first": ("ec-sgd-diana", 0, None),
    "shared-subset": ("diana", 0, None),
    "no-memory": ("ec-sgd-diana", 0, "memory-lost"),
    "shared-coin": ("ec-lsvrg-diana", 3, "coin-ignored"),
}
FIRST_OF_RANK_1 = 5  # of ten workers on two ranks


def lines_of(path):
    with open(path) as lines:
        return [json.loads(line) for line in lines]


def first_wrong(touchstone, trace):
    """What `touchstone check` finds: None, or the first wrong step as (iteration, worker, names of mistakes)."""
    checked = subprocess.run([touchstone, "check", trace], check=False, capture_output=True, text=True)
    assert checked.returncode in (0, 1), checked.stderr
    if checked.returncode == 0:
        return None
    place = re.search(r"FIRST WRONG +iteration (\d+) \(line \d+\), worker (\d+)", checked.stdout)
    assert place, checked.stdout
    return int(place[1]), int(place[2]), re.findall(r"mistake +([a-z-]+)[,:]", checked.stdout)


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

        for method in METHODS:
            texts = []
            for ranks in (1, 2, 4):
                trace = run(ranks, method)
                found = first_wrong(touchstone, trace)
                print(f"{method} on {ranks} ranks: first wrong step: {found}")
                wrong += found is not None
                with open(trace) as text:
                    texts.append(text.read())
            check_shape(trace)
            if len(set(texts)) != 1:
                print(f"{method}: not the same bytes on 1, 2 and 4 ranks")
                wrong += 1
        for fault, (method, iteration, name) in FAULTS.items():
            found = first_wrong(touchstone, run(2, method, "--fault", fault, "--fault-rank", "1"))
            print(f"{method} with {fault} in rank 1: first wrong step: {found}, expected iteration {iteration}, {name}")
            wrong += not (found and found[0] == iteration and found[1] >= FIRST_OF_RANK_1 and (not name or name in found[2]))
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
