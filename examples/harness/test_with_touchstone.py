"""The oracle from a Python project's own tests: a pytest case for every contract of every subject.

TOUCHSTONE=build/release/bin/touchstone pytest test_with_touchstone.py

Without TOUCHSTONE the program is looked for on the path; without the program there is one case, which is skipped.
HARNESS is the command that is judged; here the example beside this file.
"""

import functools
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HARNESS = [sys.executable, str(Path(__file__).with_name("numpy_harness.py"))]
PROGRAM = shutil.which(os.environ.get("TOUCHSTONE", "touchstone"))


@functools.cache
def report():
    """What `touchstone conform` says of the harness. Exit status 1 says that a contract fails: then there is a report."""
    run = subprocess.run([PROGRAM, "conform", "--json", "-", "--", *HARNESS], capture_output=True, text=True, timeout=900)
    if run.returncode > 1:
        raise RuntimeError(run.stderr.strip())
    return json.loads(run.stdout)


def cases():
    if PROGRAM is None:
        skip = pytest.mark.skip(reason="touchstone is not installed; TOUCHSTONE names the program")
        return [pytest.param(None, None, id="touchstone", marks=skip)]
    return [
        pytest.param(subject["name"], line, id=f"{subject['name']}/{line['contract']}")
        for subject in report()["subjects"]
        for line in subject["contracts"]
    ]


@pytest.mark.parametrize("subject, line", cases())
def test_contract(subject, line):
    if line["verdict"] in ("skip", "xfail"):
        pytest.skip(line.get("detail", line["verdict"]))
    witness = json.dumps(line.get("witness"), indent=2)
    assert line["verdict"] != "fails", f"{subject}: {line['contract']}: {line.get('detail')}\n{witness}"


def test_the_harness_lasts():
    if PROGRAM is None:
        pytest.skip("touchstone is not installed")
    assert report().get("harness_failure") is None
