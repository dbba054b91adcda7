"""Series of polynomials that are said in another basis: NumPy trims them, and of the zero series nothing is left."""

import numpy as np

from tests.programs import Case


def chebyshev_series(a):
    return np.sum(np.polynomial.chebyshev.poly2cheb(a) ** 3)


def power_series(a):
    return np.sum(np.polynomial.chebyshev.cheb2poly(a) ** 3)


TWICE = "an argument that is written holds one object in two places"
CASES = [Case(f, (np.array([0.5, 1.0, 1.5, 0.3]),), second=TWICE) for f in (chebyshev_series, power_series)]
