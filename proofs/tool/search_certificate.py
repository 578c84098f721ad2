#!/usr/bin/env python3
"""Search for the certificate of a rate and for the witness that it is tight.

Reads a problem that export_problems wrote and writes a stored certificate: exact fractions, found by csdp, a solver of
semidefinite programs (Debian package coinor-csdp), and rounded. What counts in the end is the project's own check,
which trusts nothing done here. The README beside this file explains the method.

Exit status 0: found; 1: there is none, or no rounding holds; 2: the call is wrong, or a file cannot be read or written.
"""
import argparse
import json
import math
import os
import re
import subprocess
import sys
import tempfile
from fractions import Fraction

ONE = ""  # the name of the constant in an expression, which is a dict from names to coefficients
RATE = "rate"
MARGIN = "margin"
WITNESS_V = 100  # V of a witness is at most this, so that its numbers are of moderate size


class SearchError(Exception):
    """One line for the user: there is no solution."""

    status = 1


class InputError(SearchError):
    """One line for the user: something cannot be read, run or written."""

    status = 2


# Expressions


def add(*scaled):
    """The sum of factor * expression over the pairs (factor, expression)."""
    total = {}
    for factor, expression in scaled:
        for name, c in expression.items():
            total[name] = total.get(name, 0) + factor * c
    return {name: c for name, c in total.items() if c}


def substitute(expression, solution):
    return add(*((c, solution.get(name, {name: 1})) for name, c in expression.items()))


def value(expression, point):
    return sum((c * (1 if name == ONE else point[name]) for name, c in expression.items()), Fraction(0))


def solve(equations):
    """Expressions for some unknowns in the others, such that every equation is zero."""
    solution = {}
    for equation in equations:
        rest = substitute(equation, solution)
        pivot = min((name for name in rest if name != ONE), default=None)
        if pivot is None:
            if rest:
                raise SearchError("the equations have no solution")
            continue
        found = {name: -c / rest[pivot] for name, c in rest.items() if name != pivot}
        solution = {name: substitute(e, {pivot: found}) for name, e in solution.items()}
        solution[pivot] = found
    return solution


# Matrices, of numbers or of expressions


def is_positive_semidefinite(matrix):
    rows = [list(row) for row in matrix]
    for k, pivot_row in enumerate(rows):
        pivot = pivot_row[k]
        if pivot < 0 or (pivot == 0 and any(row[k] for row in rows[k + 1 :])):
            return False
        for row in rows[k + 1 :] if pivot else []:
            factor = row[k] / pivot
            for j in range(k + 1, len(rows)):
                row[j] -= factor * pivot_row[j]
    return True


def identity(size):
    return [[int(i == j) for j in range(size)] for i in range(size)]


def kernel(matrix):
    """A basis of the vectors that the matrix maps to zero, one a row."""
    names = ["%04d" % i for i in range(len(matrix))]
    solution = solve([dict(zip(names, row)) for row in matrix])
    return [[solution.get(n, {n: 1}).get(free, 0) for n in names] for free in names if free not in solution]


def congruent(basis, matrix):
    """basis * matrix * basis^T"""
    size = range(len(matrix))
    return [[add(*((u[i] * v[j], matrix[i][j]) for i in size for j in size)) for v in basis] for u in basis]


def mapped(function, matrix):
    return [[function(entry) for entry in row] for row in matrix]


# The solver


def minimise(objective, matrices, csdp):
    """Unknowns, as floats, that minimise the objective while every matrix of expressions is semidefinite."""
    entries = [e for matrix in matrices for row in matrix for e in row]
    unknowns = sorted({n for e in entries + [objective] for n in e if n != ONE})
    lines = ["%d" % len(unknowns), "%d" % len(matrices), " ".join("%d" % len(m) for m in matrices)]
    lines.append(" ".join("%.17g" % objective.get(name, 0) for name in unknowns))
    for number, name in enumerate([ONE] + unknowns):
        for b, matrix in enumerate(matrices, 1):
            for i, row in enumerate(matrix, 1):
                for j, entry in enumerate(row, 1):
                    if i <= j and name in entry:
                        sign = -1 if name == ONE else 1
                        lines.append("%d %d %d %d %.17g" % (number, b, i, j, sign * entry[name]))
    with tempfile.TemporaryDirectory() as folder:
        problem, solution = os.path.join(folder, "problem.dat-s"), os.path.join(folder, "solution")
        with open(problem, "w") as out:
            out.write("\n".join(lines) + "\n")
        said = run([csdp, problem, solution], folder)
        if "infeasible" in said or not os.path.exists(solution):
            raise SearchError("csdp finds no solution: " + (said.split("\n")[-1] or "it says nothing"))
        with open(solution) as file:
            return dict(zip(unknowns, map(float, file.readline().split())))


def run(command, folder=None):
    """What a program prints, on one thread, so that it is the same every time."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    try:
        done = subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment)
    except OSError as error:
        raise InputError("%s: cannot be run (%s)" % (command[0], error.strerror))
    return (done.stdout + done.stderr).strip()


def interior_point(matrices, csdp):
    """Unknowns for which the least eigenvalue of all matrices is as large as can be, at most 1."""
    margin = {MARGIN: Fraction(1)}
    within = [[[{ONE: Fraction(1), MARGIN: Fraction(-1)}]]]
    for matrix in matrices:
        shift = identity(len(matrix))
        within.append([[add((1, e), (-s, margin)) for e, s in zip(*rows)] for rows in zip(matrix, shift)])
    point = minimise({MARGIN: -1}, within, csdp)
    del point[MARGIN]
    return point


def rounded(unknowns, solution, near, holds):
    """All unknowns: the ones that `solution` leaves free near the given floats, with the smallest denominators that
    hold."""
    free = {n: near.get(n, 0.0) for n in unknowns if n not in solution}
    for bits in range(64):
        point = {n: Fraction(x).limit_denominator(2**bits) for n, x in free.items()}
        point.update({n: value(e, point) for n, e in solution.items()})
        if holds(point):
            return point
    raise SearchError("no rounding holds: fewer --digits leave more room; --exact must be the best rate")


# Certificates and witnesses


def certificate_program(problem, rate):
    """What a certificate must satisfy, in the multipliers, which are named as the hypotheses, and in the rate where
    that is None: the solution of the equations, the matrices by block, and all that must be semidefinite."""

    def left_over(name):
        """The coefficient of a product or scalar in rate V - E V+ - sum of multiplier * hypothesis."""
        terms = {h: -e.get(name, 0) for h, e in problem["hypotheses"].items()}
        return add((1, terms), (problem["V"].get(name, 0), {RATE: 1} if rate is None else {ONE: rate}),
                   (-problem["next_V"].get(name, 0), {ONE: 1}))

    solution = solve([left_over(s) for s in problem["scalars"]])
    matrices = {}
    for block, products in problem["blocks"].items():
        halves = [[Fraction(1 + d, 2) for d in row] for row in identity(len(products))]
        matrices[block] = [[substitute(add((half, left_over(p))), solution) for p, half in zip(*rows)]
                           for rows in zip(products, halves)]
    signs = [substitute({h: Fraction(1)}, solution) for h in problem["hypotheses"]]
    return solution, matrices, list(matrices.values()) + [[[s]] for s in signs if s]


def smallest_rate(problem, csdp):
    return minimise({RATE: 1}, certificate_program(problem, None)[2], csdp)[RATE]


def find_certificate(problem, rate, csdp):
    solution, matrices, inequalities = certificate_program(problem, rate)

    def numbers(point):
        return {b: mapped(lambda e: value(e, point), m) for b, m in matrices.items()}

    def holds(point):
        return (all(point[h] >= 0 for h in problem["hypotheses"])
                and all(map(is_positive_semidefinite, numbers(point).values())))

    point = rounded(problem["hypotheses"], solution, interior_point(inequalities, csdp), holds)
    multipliers = {h: point[h] for h in problem["hypotheses"]}
    return {"rate": rate, "multipliers": multipliers, "matrices": numbers(point)}


def find_witness(problem, bound, csdp, certificate=None):
    """A point with E V+ >= bound V. With a certificate for this very bound: on the face where both are tight, where
    the hypotheses in use are equalities and the matrices annihilate the inner products."""
    grams = {b: mapped(lambda p: {p: Fraction(1)}, products) for b, products in problem["blocks"].items()}
    growth = add((1, problem["next_V"]), (-bound, problem["V"]))
    used = {h for h, c in certificate["multipliers"].items() if c} if certificate else set()
    equations = [e for h, e in problem["hypotheses"].items() if h in used]
    inequalities = [e for h, e in problem["hypotheses"].items() if h not in used]
    inequalities.append(add((-1, problem["V"]), (1, {ONE: Fraction(WITNESS_V)})))
    if not certificate:
        inequalities.append(growth)
    matrices = [[[e]] for e in inequalities]
    for b, gram in grams.items():
        size = range(len(gram))
        P = certificate["matrices"][b] if certificate else mapped(lambda c: 0 * c, identity(len(gram)))
        equations += [add(*((P[i][k], gram[k][j]) for k in size)) for i in size for j in size]
        matrices.append(congruent(kernel(P), gram))
    solution = solve(equations)

    def numbers(point):
        return {b: mapped(lambda e: value(e, point), m) for b, m in grams.items()}

    def holds(point):
        return (value(problem["V"], point) > 0 and value(growth, point) >= 0
                and all(value(e, point) >= 0 for e in problem["hypotheses"].values())
                and all(map(is_positive_semidefinite, numbers(point).values())))

    near = interior_point([mapped(lambda e: substitute(e, solution), m) for m in matrices if m], csdp)
    unknowns = problem["scalars"] + sorted({p for m in problem["blocks"].values() for row in m for p in row})
    point = rounded(unknowns, solution, near, holds)
    return {"bound": bound, "scalars": {s: point[s] for s in problem["scalars"]}, "matrices": numbers(point)}


# Files


def read_problem(path):
    def fractions(terms):
        return {name: Fraction(text) for name, text in terms.items()}

    try:
        with open(path) as file:
            read = json.load(file)
        return {"problem": read["problem"], "parameters": read["parameters"], "scalars": read["scalars"],
                "blocks": {b["name"]: b["products"] for b in read["blocks"]},
                "hypotheses": {h["name"]: fractions(h["terms"]) for h in read["hypotheses"]},
                "V": fractions(read["V"]), "next_V": fractions(read["next_V"]),
                "stated_rate": Fraction(read["stated_rate"])}
    except OSError as error:
        raise InputError("%s: cannot be read (%s)" % (path, error.strerror))
    except (ValueError, KeyError, TypeError, AttributeError, ZeroDivisionError) as error:
        raise InputError("%s: expected a problem of export_problems (%s: %s)" % (path, type(error).__name__, error))


def layout(data, indent=""):
    """JSON with numbers as text and a row of a matrix on one line."""
    deeper = indent + "  "
    if isinstance(data, dict):
        members = [deeper + json.dumps(name) + ": " + layout(item, deeper) for name, item in data.items()]
        return "{\n" + ",\n".join(members) + "\n" + indent + "}"
    if isinstance(data, list) and isinstance(data[0], list):
        return "[\n" + ",\n".join(deeper + layout(row) for row in data) + "\n" + indent + "]"
    if isinstance(data, list):
        return "[" + ", ".join(map(layout, data)) + "]"
    return json.dumps(str(data))


def write_whole(path, text):
    part = path + ".part"
    try:
        with open(part, "w") as file:
            file.write(text)
        os.replace(part, path)
    except OSError as error:
        raise InputError("%s: cannot be written (%s)" % (path, error.strerror))


def fraction(text):
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise argparse.ArgumentTypeError("found %r, expected a fraction such as 9/10" % text)


def digits(text):
    if not re.fullmatch("[1-9]", text):
        raise argparse.ArgumentTypeError("found %r, expected 1 to 9" % text)
    return int(text)


class Parser(argparse.ArgumentParser):
    def error(self, message):
        raise InputError(message + "; --help shows the call")


def main():
    parser = Parser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("problem", help="a JSON file that export_problems wrote")
    parser.add_argument("output", help="the file to write: proofs/certificate/stored/ID.json")
    parser.add_argument("--digits", type=digits, default=4, help="decimals of rate and bound (default 4)")
    parser.add_argument("--exact", type=fraction, metavar="P/Q",
                        help="the best rate, where it is rational: certificate and witness meet there")
    parser.add_argument("--csdp", default="csdp", metavar="PROGRAM", help="the solver (default csdp)")
    args = parser.parse_args()

    problem = read_problem(args.problem)
    version = re.search(r"(?i)csdp [0-9.]+", run([args.csdp]))
    best = smallest_rate(problem, args.csdp)
    grid = Fraction(1, 10**args.digits)
    room = grid / 50
    rate = args.exact or math.ceil((Fraction(best) + room) / grid) * grid
    bound = args.exact or math.floor((Fraction(best) - room) / grid) * grid
    if rate > problem["stated_rate"]:
        raise SearchError("%s: the best rate is about %.9f; rounded up, it exceeds the stated %s"
                          % (args.problem, best, problem["stated_rate"]))
    certificate = find_certificate(problem, rate, args.csdp)
    witness = find_witness(problem, bound, args.csdp, certificate if args.exact else None)
    found_by = (version.group(0).lower() if version else args.csdp) + " and search_certificate.py"
    write_whole(args.output, layout({"problem": problem["problem"], "parameters": problem["parameters"],
                                     "certificate": certificate, "witness": witness, "found_by": found_by}) + "\n")
    print("%s: stated %s, best about %.9f, certified %s, none below %s"
          % (problem["problem"], problem["stated_rate"], best, rate, bound))


if __name__ == "__main__":
    try:
        main()
    except SearchError as error:
        print("search_certificate.py: %s" % error, file=sys.stderr)
        sys.exit(error.status)
