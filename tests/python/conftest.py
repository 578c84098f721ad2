"""Fixtures of the tests of the Python module; build/PRESET/python must be on PYTHONPATH."""

import pytest

import touchstone


@pytest.fixture
def parabolas():
    """f_1 = x_1^2 + x_2^2/2, f_2 = (x_1 - 2)^2 + x_2^2/2 - x_2: L = 2, mu = 1, x* = (1, 1/2)."""
    A = [[2, 0], [0, 1]]
    return touchstone.quadratic([(A, [0, 0]), (A, [4, 1])])
