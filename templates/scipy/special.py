"""SciPy's special functions that work element by element."""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from tangentx.rules.declare import elementwise

# error functions and the normal distribution
elementwise(special.erf)(lambda y, z: 2.0 / math.sqrt(math.pi) * np.exp(-z * z))
elementwise(special.erfc)(lambda y, x: -2.0 / math.sqrt(math.pi) * np.exp(-x * x))
elementwise(special.ndtr)(lambda y, x: np.exp(-0.5 * x * x) / math.sqrt(2.0 * math.pi))
elementwise(special.log_ndtr)(lambda y, x: np.exp(-0.5 * x * x - y) / math.sqrt(2.0 * math.pi))

# the gamma function and its kin
elementwise(special.gamma)(lambda y, z: y * special.digamma(z))
elementwise(special.gammaln)(lambda y, x: special.digamma(x))
elementwise(special.digamma)(lambda y, z: special.zeta(2.0, z))
elementwise(special.zeta)(lambda y, x, q: (None, -x * special.zeta(x + 1.0, q)))
elementwise(special.polygamma)(lambda y, n, x: (None, special.polygamma(n + 1, x)))
elementwise(special.beta)(lambda y, a, b: (y * (special.digamma(a) - special.digamma(a + b)), y * (special.digamma(b) - special.digamma(a + b))))
elementwise(special.betaln)(lambda y, a, b: (special.digamma(a) - special.digamma(a + b), special.digamma(b) - special.digamma(a + b)))

# logistic functions
elementwise(special.expit)(lambda y, x: y * (1.0 - y))
elementwise(special.log_expit)(lambda y, x: special.expit(-x))
elementwise(special.logit)(lambda y, x: 1.0 / (x * (1.0 - x)))

# products with logarithms
elementwise(special.xlogy)(lambda z, x, y: (np.log(y), x / y))
elementwise(special.xlog1py)(lambda z, x, y: (np.log1p(y), x / (1.0 + y)))
elementwise(special.entr)(lambda y, x: -np.log(x) - 1.0)
elementwise(special.rel_entr)(lambda z, x, y: (np.log(x / y) + 1.0, -x / y))
elementwise(special.kl_div)(lambda z, x, y: (np.log(x / y), 1.0 - x / y))

# Bessel functions
elementwise(special.j0)(lambda y, x: -special.j1(x))
elementwise(special.j1)(lambda y, x: 0.5 * (special.j0(x) - special.jv(2, x)))
elementwise(special.i0)(lambda y, x: special.i1(x))
elementwise(special.i1)(lambda y, x: 0.5 * (special.i0(x) + special.iv(2, x)))
elementwise(special.jv)(lambda y, v, z: (None, 0.5 * (special.jv(v - 1, z) - special.jv(v + 1, z))))
elementwise(special.iv)(lambda y, v, z: (None, 0.5 * (special.iv(v - 1, z) + special.iv(v + 1, z))))
