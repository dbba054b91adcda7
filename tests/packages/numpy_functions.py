"""NumPy's functions that are written in Python and have no rule: they are differentiated from their source."""

from __future__ import annotations

import numpy as np

from tests.packages import VECTOR, VECTOR_2, Found

SERIES = np.array([1.0, -2.0, 0.5, 0.3, 0.1])
POLYNOMIAL = "numpy.polynomial"


def polyval(p, x):
    return np.polyval(p, x)


def poly(roots):
    return np.poly(roots)


FOUND = [
    *(
        Found(f"{POLYNOMIAL}.{name}", (VECTOR, SERIES), (0, 1))
        for name in ("polynomial:polyval", "chebyshev:chebval", "legendre:legval", "hermite:hermval", "hermite_e:hermeval", "laguerre:lagval")
    ),
    *(
        Found(f"{POLYNOMIAL}.{name}", (VECTOR, 4))
        for name in (
            "polynomial:polyvander", "chebyshev:chebvander", "legendre:legvander", "hermite:hermvander", "hermite_e:hermevander",
            "laguerre:lagvander",
        )
    ),
    *(
        Found(f"{POLYNOMIAL}.{name}", (SERIES, 2))
        for name in ("polynomial:polyder", "chebyshev:chebder", "legendre:legder", "hermite:hermder", "hermite_e:hermeder", "laguerre:lagder")
    ),
    *(
        Found(f"{POLYNOMIAL}.{name}", (SERIES, 1))
        for name in ("polynomial:polyint", "chebyshev:chebint", "legendre:legint", "hermite:hermint", "hermite_e:hermeint", "laguerre:lagint")
    ),
    Found(f"{POLYNOMIAL}.polynomial:polyvalfromroots", (VECTOR, VECTOR_2), (0, 1)),
    Found(polyval, (SERIES, VECTOR), (0, 1)),
    Found(poly, (VECTOR,)),
]  # fmt: skip
