"""Hypergeometric functions and orthogonal polynomials (DLMF chapters 13 to 16 and 18), with respect to the argument, to any order.

Refused: parameters and degrees, which have no derivative in closed form.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from tangentx.rules.declare import adjoint, d, elementwise, tangent

# DLMF 15.5.1, 13.3.15, 13.3.22
elementwise(special.hyp0f1)(lambda y, v, z: (None, special.hyp0f1(v + 1.0, z) / v))
elementwise(special.hyp1f1)(lambda y, a, b, x: (None, None, special.hyp1f1(a + 1.0, b + 1.0, x) * a / b))
elementwise(special.hyp2f1)(lambda y, a, b, c, z: (None, None, None, special.hyp2f1(a + 1.0, b + 1.0, c + 1.0, z) * a * b / c))
elementwise(special.hyperu)(lambda y, a, b, x: (None, None, -a * special.hyperu(a + 1.0, b + 1.0, x)))
elementwise(special.wright_bessel)(lambda y, a, b, x: (None, None, special.wright_bessel(a, a + b, x)))


@elementwise(getattr(special, "log_wright_bessel", None))
def log_wright_bessel(y, a, b, x):
    return None, None, np.exp(special.log_wright_bessel(a, a + b, x) - y)


# DLMF 18.9.15 to 18.9.28
elementwise(special.eval_jacobi)(lambda y, n, a, b, x: (None, None, None, 0.5 * (n + a + b + 1) * special.eval_jacobi(n - 1, a + 1, b + 1, x)))
elementwise(special.eval_sh_jacobi)(lambda y, n, p, q, x: (None, None, None, n * special.eval_sh_jacobi(n - 1, p + 2, q + 1, x)))
elementwise(special.eval_gegenbauer)(lambda y, n, a, x: (None, None, 2.0 * a * special.eval_gegenbauer(n - 1, a + 1, x)))
elementwise(special.eval_legendre)(lambda y, n, x: (None, special.eval_gegenbauer(n - 1, 1.5, x)))
elementwise(special.eval_sh_legendre)(lambda y, n, x: (None, 2.0 * special.eval_gegenbauer(n - 1, 1.5, 2.0 * x - 1.0)))
elementwise(special.eval_chebyt)(lambda y, n, x: (None, n * special.eval_chebyu(n - 1, x)))
elementwise(special.eval_chebyu)(lambda y, n, x: (None, 2.0 * special.eval_gegenbauer(n - 1, 2.0, x)))
elementwise(special.eval_sh_chebyt)(lambda y, n, x: (None, 2.0 * n * special.eval_chebyu(n - 1, 2.0 * x - 1.0)))
elementwise(special.eval_sh_chebyu)(lambda y, n, x: (None, 4.0 * special.eval_gegenbauer(n - 1, 2.0, 2.0 * x - 1.0)))
elementwise(special.eval_chebyc)(lambda y, n, x: (None, n * special.eval_chebys(n - 1, x)))
elementwise(special.eval_chebys)(lambda y, n, x: (None, special.eval_gegenbauer(n - 1, 2.0, 0.5 * x)))
elementwise(special.eval_laguerre)(lambda y, n, x: (None, -special.eval_genlaguerre(n - 1, 1.0, x)))
elementwise(special.eval_genlaguerre)(lambda y, n, a, x: (None, None, -special.eval_genlaguerre(n - 1, a + 1, x)))
elementwise(special.assoc_laguerre)(lambda y, x, n, k=0.0: (-special.eval_genlaguerre(n - 1, k + 1, x), None, None))
elementwise(special.eval_hermite)(lambda y, n, x: (None, 2.0 * n * special.eval_hermite(np.abs(n - 1), x)))
elementwise(special.eval_hermitenorm)(lambda y, n, x: (None, n * special.eval_hermitenorm(np.abs(n - 1), x)))
elementwise(special.lpmv)(lambda y, m, v, x: (None, None, (v * x * y - (m + v) * special.lpmv(m, v - 1, x)) / (x * x - 1.0)))  # DLMF 14.10.5


@adjoint(special.pbdv, special.pbvv)
def parabolic(y, v, x):  # DLMF 12.2.4
    """
    >>> special.pbdv(1.5, V)
    >>> special.pbvv(0.5, S)[0]
    """
    d[x] = d[y][0] * y[1] + d[y][1] * ((0.25 * x * x - v - 0.5) * y[0])


@tangent(special.pbdv, special.pbvv)
def parabolic_tangent(y, v, x):
    d[y] = (d[x] * y[1], d[x] * ((0.25 * x * x - v - 0.5) * y[0]))
