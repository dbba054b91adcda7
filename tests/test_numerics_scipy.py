"""The partial derivatives of the rules of SciPy against mpmath, as in ``test_numerics``: far out, near zeros and singularities.

Where a line allows more units, the functions of SciPy that the derivative is made of are no better, or an exponent is rounded.
"""

from __future__ import annotations

import types
from typing import Any

import pytest
from test_numerics import Case, check_digits, mp, written_to

HEADER = "import numpy as np\nfrom scipy import special, stats\n\n"

ALONG = [-700.0, -30.0, -3.0, -0.3, -1e-9, 1e-300, 1e-9, 0.3, 3.0, 30.0, 700.0]
POSITIVE = [1e-300, 1e-9, 0.3, 1.0, 3.0, 30.0, 1e4, 1e12]
NEAR_ONE = [1.0 - 2.0**-k for k in (1, 2, 5, 20, 50)]
UNIT = [1e-300, 1e-9, 0.3, *NEAR_ONE]
RATIOS = [(a, a * r) for a in (1e-200, 0.3, 7.0, 1e200) for r in (0.999999, 1.0000001, 0.5, 3.0, 1e-90, 1e90)]


def normal(x: Any) -> Any:
    return mp.erfc(-x / mp.sqrt(2)) / 2


def case(text: str, exact: Any, points: list[Any], ulps: Any = 8.0, digits: int = 120) -> Case:
    return Case(text, exact, points, ulps if callable(ulps) else lambda *x: ulps, digits)


CASES = [
    case("special.expit({})", lambda x: 1 / (1 + mp.exp(-x)), ALONG, lambda x: 8.0 + abs(x), 500),
    case("special.log_expit({})", lambda x: -mp.log1p(mp.exp(-x)), ALONG, lambda x: 8.0 + abs(x), 500),
    case("special.softplus({})", lambda x: mp.log1p(mp.exp(x)), ALONG, lambda x: 8.0 + abs(x), 500),
    case("special.logit({})", lambda x: mp.log(x / (1 - x)), UNIT),
    case("special.log_ndtr({})", lambda x: mp.log(normal(x)), [-1e4, -40.0, -5.0, -1.0, 0.3, 3.0, 8.0, 30.0], lambda x: 20.0 + x * x * (x > 0), 500),
    case("special.ndtr({})", normal, [-30.0, -5.0, -1.0, 0.3, 3.0, 8.0], lambda x: 8.0 + x * x, 500),
    case("special.ndtri({})", lambda p: mp.sqrt(2) * mp.erfinv(2 * p - 1), [1e-9, 0.1, 0.3, 0.7, 0.99], 50.0, 80),
    case(
        "special.erfcx({})",
        lambda x: mp.exp(x * x) * mp.erfc(x),
        [-3.0, -0.1, 0.1, 3.0, 10.0, 49.0, 51.0, 1e3, 1e8],
        lambda x: 40.0 + 4.0 * x * x * (x < 50),
        200,
    ),
    case(
        "special.dawsn({})",
        lambda x: mp.sqrt(mp.pi) / 2 * mp.exp(-x * x) * mp.erfi(x),
        [0.1, 0.5, 2.0, -10.0, 30.0, -51.0],
        lambda x: 60.0 + 12.0 * x * x * (abs(x) < 50),
        1500,
    ),
    case("special.exprel({})", lambda x: mp.expm1(x) / x, [-300.0, -3.0, -1e-3, -1e-9, 1e-300, 1e-9, 1e-3, 3.0, 300.0], 60.0, 500),
    case("special.cosm1({})", lambda x: mp.cos(x) - 1, [1e-300, 1e-9, 0.3, 30.0]),
    case("special.xlogy({})", lambda x, y: x * mp.log(y), RATIOS, 8.0, 400),
    case("special.entr({})", lambda x: -x * mp.log(x), [1e-300, 1e-9, 0.3, 3.0, 1e12]),
    case("special.rel_entr({})", lambda x, y: x * mp.log(x / y), RATIOS, 8.0, 400),
    case("special.kl_div({})", lambda x, y: x * mp.log(x / y) - x + y, RATIOS, 8.0, 400),
    case(
        "special.boxcox({})",
        lambda x, l: (x**l - 1) / l,
        [(x, l) for x in (1e-3, 0.3, 2.0, 1e3) for l in (-2.0, -1e-3, 1e-9, 1e-3, 0.5, 3.0)],
        60.0,
        200,
    ),
    case(
        "special.pseudo_huber({})",
        lambda d, r: d * d * (mp.sqrt(1 + (r / d) ** 2) - 1),
        [(a, b) for a in (1e-9, 1.0, 1e9) for b in (1e-9, 0.5, 1e9)],
        20.0,
        400,
    ),
    case("special.exp1({})", mp.e1, [1e-9, 0.3, 3.0, 30.0, 600.0], lambda x: 8.0 + x, 400),
    case("special.expn(3, {})", lambda x: mp.expint(3, x), [1e-9, 0.3, 3.0, 30.0], 30.0),
    case("special.spence({})", lambda x: mp.polylog(2, 1 - x).real, [1e-9, 0.3, 1.0 - 1e-9, 1.0 + 1e-9, 1.9, 30.0, 1e6], 40.0),
    case("special.gammaln({})", mp.loggamma, [1e-300, 1e-9, 0.3, 2.5, 30.2, 1e9, 1e300], 20.0),
    case(
        "special.gammainc(2.5, {})", lambda x: mp.gammainc(2.5, 0, x, regularized=True), [1e-9, 0.3, 3.0, 30.0, 300.0], lambda x: 30.0 + 4.0 * x, 400
    ),
    case("special.betainc(2.5, 0.7, {})", lambda x: mp.betainc(2.5, 0.7, 0, x, regularized=True), [1e-9, 0.3, 0.9, 0.999], 60.0),
    case("special.j0({})", mp.j0, [1e-9, 0.3, 3.0, 30.5, 300.7], 60.0),
    case("special.jv(2.5, {})", lambda x: mp.besselj(2.5, x), [1e-3, 0.3, 3.0, 30.5], 200.0),
    case("special.iv(1.5, {})", lambda x: mp.besseli(1.5, x), [1e-3, 0.3, 3.0, 30.5, 600.0], 200.0, 400),
    case("special.kv(1.5, {})", lambda x: mp.besselk(1.5, x), [1e-3, 0.3, 3.0, 30.5, 600.0], 200.0, 400),
    case("special.i0e({})", lambda x: mp.exp(-abs(x)) * mp.besseli(0, x), [1e-9, 0.3, 3.0, -30.5, 1e4], lambda x: 60.0 + 8.0 * abs(x), 200),
    case("special.k0e({})", lambda x: mp.exp(x) * mp.besselk(0, x), [1e-9, 0.3, 3.0, 30.5], lambda x: 60.0 + 8.0 * abs(x)),
    case("special.ellipk({})", mp.ellipk, [-1e9, -3.0, -1e-9, 1e-300, 1e-9, 0.3, *NEAR_ONE], 12.0),
    case("special.ellipe({})", mp.ellipe, [-1e9, -3.0, -1e-9, 1e-300, 1e-9, 0.3, *NEAR_ONE], 12.0),
    case("special.agm({})", mp.agm, [(a, b) for a in (1e-9, 0.3, 3.0) for b in (1e-9, 0.31, 1e9)], 20.0),
    case("special.eval_legendre(5, {})", lambda x: mp.legendre(5, x), [-1.0 + 2.0**-50, -0.7, 1e-9, 0.1, 1.0 - 2.0**-50], 100.0),
    case("stats.norm.logcdf({})", lambda x: mp.log(normal(x)), [-1e4, -40.0, -5.0, 0.3, 8.0], lambda x: 30.0 + x * x, 500),
]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> types.ModuleType:
    return written_to(tmp_path_factory.mktemp("numerics_scipy"), CASES, HEADER)


@pytest.mark.parametrize("k", range(len(CASES)), ids=[c.text[:-4] for c in CASES])
def test_digits(k: int, written: types.ModuleType) -> None:
    check_digits(CASES[k], getattr(written, f"f{k}"))
