#!/usr/bin/env python3
"""Runs the console blocks of README.md and compares what they print.

    tests/readme.py PROGRAM          exit status 1, and both texts, where they differ; 77 where the data are missing
    tests/readme.py PROGRAM --fix    writes what was printed into the README
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = "/usr/share/doc/liblinear-tools/examples/heart_scale"


def commands(block):
    """The commands of a block, each with the output that is written below it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def run(command, folder, program):
    path = os.pathsep.join([str(program.parent), os.path.dirname(sys.executable), os.environ["PATH"]])
    done = subprocess.run(["bash", "-c", command], cwd=folder, env={**os.environ, "PATH": path}, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return done.stdout


def main(program, fix):
    if not os.path.exists(DATA):
        print(f"readme: {DATA} is not there")
        return 77
    readme = ROOT / "README.md"
    text = readme.read_text()
    blocks = re.findall(r"^```console\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)
    compared, different = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for name in ("reference", "examples"):
            os.symlink(ROOT / name, f"{folder}/{name}")
        for block in blocks:
            printed = ""
            for command, expected in commands(block):
                output = run(command, folder, program)
                printed += f"$ {command}\n{output}"
                compared += 1
                if output != expected and not fix:
                    different += 1
                    print(f"README.md says\n$ {command}\n{expected}but it prints\n{output}")
            text = text.replace(block, printed)
    if fix:
        readme.write_text(text)
    print(f"readme: {compared} commands, {different} print something else")
    return 0 if compared > 0 and different == 0 else 1


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or sys.argv[2:] not in ([], ["--fix"]):
        sys.exit(__doc__)
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), "--fix" in sys.argv))
