"""The reference of compressed and local optimization methods, its exact laws and its theory.

Compressors, problems and methods are made by name; arrays are NumPy's in float64; what is exact is in
`fractions.Fraction`. Random choices come from counter-based streams: the same (seed, stream, iteration,
worker) makes the same choices, in every language (`Seeded`).

>>> import touchstone
>>> rand_k = touchstone.compressor("rand-k:1")
>>> rand_k.omega(2)
Fraction(1, 1)
>>> for probability, outcome in rand_k.law([1, 3]):
...     print(probability, *outcome)
1/2 2 0
1/2 0 6

Numbers that are to be exact are given as int, Fraction, float (exactly that double) or text such as "1/3",
"0.1" (one tenth), "1e-3". Bad input is answered by ValueError with one line: where, what was found, what was
expected.
"""

from touchstone import theory
from touchstone._core import version as __version__
from touchstone._choices import SERVER, Choice
from touchstone.compressors import Compressor, compressor, compressor_names
from touchstone.methods import Method, method, method_names
from touchstone.problems import Constants, Problem, logistic_regression, quadratic
from touchstone.randomness import Seeded

__all__ = [
    "SERVER", "Choice", "Compressor", "Constants", "Method", "Problem", "Seeded", "__version__", "compressor",
    "compressor_names", "logistic_regression", "method", "method_names", "quadratic", "theory",
]
