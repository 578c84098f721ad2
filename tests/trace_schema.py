#!/usr/bin/env python3
"""Validates traces against verify/oracle/schemas.

    tests/trace_schema.py TRACE...     exit status 1, and what is wrong, where one is not valid; 77 without python3-jsonschema
"""

import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    print("trace_schema: python3-jsonschema is not there")
    sys.exit(77)

SCHEMAS = pathlib.Path(__file__).resolve().parent.parent / "verify" / "oracle" / "schemas"


def validator(name):
    schema = json.loads((SCHEMAS / f"trace-{name}.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


header, iteration = validator("header"), validator("iteration")
wrong = 0
for path in sys.argv[1:]:
    for number, line in enumerate(open(path), 1):
        for error in (header if number == 1 else iteration).iter_errors(json.loads(line)):
            print(f"{path}:{number}: {error.message}")
            wrong += 1
sys.exit(1 if wrong else 0)
