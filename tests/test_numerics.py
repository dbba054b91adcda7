"""The partial derivatives of the elementwise rules against mpmath, from the smallest numbers to the largest and near singularities.

Each line of the table: an expression of ``x`` (and ``y``), the same function in mpmath, where it is defined, and how many units
in the last place the derivative may be off.  A line that needs more than a few says why.
"""

from __future__ import annotations

import importlib.util
import sys
import types
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tangentx as tx

mpmath = pytest.importorskip("mpmath")
mp = mpmath.mp

TINY, HUGE, EPS = 2.3e-308, 1.7e308, 2.0**-52
HEADER = "import math\nimport operator\n\nimport numpy as np\n\n"


def spread(low: float, high: float, count: int = 12, seed: int = 1) -> list[float]:
    """Magnitudes between two powers of ten, evenly by their logarithm, of both signs."""
    rng = np.random.default_rng(seed)
    sizes = 10.0 ** rng.uniform(low, high, count)
    return [float(s) for size in sizes for s in (size, -size)]


REAL = [*spread(-300.0, 300.0), *spread(-3.0, 3.0)]
MODERATE = [*spread(-300.0, 0.0), *spread(-3.0, 2.8)]  # exp does not overflow
POSITIVE = [x for x in REAL if x > 0]
SMALL = [*spread(-300.0, 2.0), *spread(-1.0, 1.0)]
NEAR_ONE = [1.0 - 2.0**-k for k in (1, 2, 5, 20, 50, 53)]
UNIT = [*[x for x in MODERATE if abs(x) < 1], *NEAR_ONE, *[-x for x in NEAR_ONE]]
ABOVE_ONE = [*[1.0 + 2.0**-k for k in (0, 1, 5, 20, 50, 52)], *[x for x in POSITIVE if x > 1]]
ABOVE_MINUS_ONE = [*[-x for x in NEAR_ONE], *POSITIVE, *[x for x in UNIT if x < 0]]
SHIFTS = (0.0, 1e-9, -1e-3, 0.7, -2.0, 30.0, -500.0, 800.0)
GAPS = [(a, a + shift) for a in (0.0, 3.0, -1e5, 1e15) for shift in SHIFTS]
PLANE = [(a, b) for a in spread(-300.0, 300.0, 3, 2) + spread(-2.0, 2.0, 3, 3) for b in spread(-300.0, 300.0, 2, 4) + spread(-2.0, 2.0, 2, 5)]
LIKE = [(a, a * r) for a in spread(-290.0, 290.0, 6, 6) for r in (1.0, -0.3, 1e-9, 1e9)]
MULTIPLES = [(a, b) for a in (7.3, -7.3, 1e-9, 3.00007e8, -1.0000003e15) for b in (1.7, -1.7, 0.3, 1.1e-3, -1012.3)]
BASES = [(a, b) for a in (1e-300, 1e-9, 0.3, 1.0, 1.5, 40.0, 1e9, 1e300) for b in (-1.0, -0.5, 1e-9, 0.5, 1.0, 1.02, 2.0, 2.5)]


@dataclass(frozen=True)
class Case:
    """One expression, its function in mpmath, the points, and the error allowed in units in the last place."""

    text: str
    exact: Callable[..., Any]
    points: list[Any]
    ulps: Callable[..., float] = lambda *x: 4.0
    digits: int = 420


def numpy_and_math(name: str, other: str, exact: Callable[..., Any], points: list[Any], ulps: Callable[..., float] = Case.ulps) -> list[Case]:
    """The function of both libraries."""
    return [Case(f"np.{name}({{}})", exact, points, ulps), Case(f"math.{other}({{}})", exact, points, ulps)]


CASES = [
    *numpy_and_math("exp", "exp", mp.exp, MODERATE),
    *numpy_and_math("expm1", "expm1", mp.expm1, MODERATE),
    *numpy_and_math("exp2", "exp2", lambda x: mp.mpf(2) ** x, MODERATE),
    *numpy_and_math("log", "log", mp.log, POSITIVE),
    *numpy_and_math("log2", "log2", lambda x: mp.log(x, 2), POSITIVE),
    *numpy_and_math("log10", "log10", mp.log10, POSITIVE),
    *numpy_and_math("log1p", "log1p", mp.log1p, ABOVE_MINUS_ONE),
    *numpy_and_math("sqrt", "sqrt", mp.sqrt, POSITIVE),
    *numpy_and_math("cbrt", "cbrt", lambda x: mp.sign(x) * mp.cbrt(abs(x)), REAL, lambda x: 6.0),
    *numpy_and_math("sin", "sin", mp.sin, REAL),
    *numpy_and_math("cos", "cos", mp.cos, REAL),
    *numpy_and_math("tan", "tan", mp.tan, REAL),
    *numpy_and_math("arcsin", "asin", mp.asin, UNIT),
    *numpy_and_math("arccos", "acos", mp.acos, UNIT),
    *numpy_and_math("arctan", "atan", mp.atan, REAL),
    *numpy_and_math("sinh", "sinh", mp.sinh, MODERATE),
    *numpy_and_math("cosh", "cosh", mp.cosh, MODERATE),
    *numpy_and_math("tanh", "tanh", mp.tanh, MODERATE, lambda x: 4.0 * mp.cosh(x) ** 2),  # 1 - y * y is right to a unit of 1; four times as fast
    Case("np.arcsinh({})", mp.asinh, REAL, lambda x: 4.0 + abs(mp.asinh(x))),  # 1 / cosh(y) is right for complex numbers, and y is rounded
    Case("math.asinh({})", mp.asinh, REAL),
    *numpy_and_math("arccosh", "acosh", mp.acosh, ABOVE_ONE),
    *numpy_and_math("arctanh", "atanh", mp.atanh, UNIT),
    *numpy_and_math("deg2rad", "radians", mp.radians, REAL),
    *numpy_and_math("rad2deg", "degrees", mp.degrees, REAL),
    *numpy_and_math("arctan2", "atan2", mp.atan2, PLANE + LIKE),
    Case("np.hypot({})", mp.hypot, PLANE + LIKE, digits=800),
    Case("math.hypot({})", mp.hypot, PLANE + LIKE, digits=800),
    Case("np.power({})", mp.power, BASES, lambda x, y: 4.0 + abs(mp.log(x))),  # the exponent y - 1 is rounded
    Case("math.pow({})", mp.power, [p for p in BASES if 1e-99 < p[0] < 1e99], lambda x, y: 4.0 + abs(mp.log(x))),  # else it overflows: an error
    Case("np.float_power({})", mp.power, BASES, lambda x, y: 4.0 + abs(mp.log(x))),
    Case("operator.pow({})", mp.power, BASES, lambda x, y: 4.0 + abs(mp.log(x))),
    Case("np.square({})", lambda x: x * x, REAL),
    Case("np.reciprocal({})", lambda x: 1 / x, REAL),
    Case("np.true_divide({})", lambda x, y: x / y, PLANE + LIKE),
    Case(
        "np.logaddexp({})", lambda x, y: mp.log(mp.exp(x) + mp.exp(y)), GAPS, lambda x, y: 4.0 + abs(x - y)
    ),  # the logarithm of the weight is rounded
    Case("np.logaddexp2({})", lambda x, y: mp.log(mp.mpf(2) ** x + mp.mpf(2) ** y, 2), GAPS, lambda x, y: 4.0 + abs(x - y)),
    Case("np.sinc({})", mp.sincpi, SMALL, lambda x: 4.0 if abs(x) < 0.6 else 4.0 + 4.0 / abs(x * mp.diff(mp.sincpi, x))),  # it has zeros
    Case("math.erf({})", mp.erf, MODERATE, lambda x: 4.0 + x * x),  # the exponent -x * x is rounded
    Case("math.erfc({})", mp.erfc, MODERATE, lambda x: 4.0 + x * x),
    Case("np.i0({})", lambda x: mp.besseli(0, x), [x for x in MODERATE if abs(x) > 1e-30], lambda x: 4.0 + abs(x)),  # so is that of exp(x cos t)
    Case("math.gamma({})", mp.gamma, [1e-300, 1e-9, 0.3, 2.5, 30.2, 170.0, -0.5, -3.7], lambda x: 20.0),  # as good as scipy's digamma
    Case("math.lgamma({})", mp.loggamma, [1e-300, 1e-9, 0.3, 2.5, 30.2, 1e9, 1e300], lambda x: 20.0),
    Case("np.remainder({})", lambda x, y: x - y * mp.floor(x / y), MULTIPLES),
    Case("np.fmod({})", lambda x, y: x - y * (mp.floor(x / y) if x * y > 0 else mp.ceil(x / y)), MULTIPLES),
    Case("math.fmod({})", lambda x, y: x - y * (mp.floor(x / y) if x * y > 0 else mp.ceil(x / y)), MULTIPLES),
    Case("operator.mod({})", lambda x, y: x - y * mp.floor(x / y), MULTIPLES),
    Case("operator.truediv({})", lambda x, y: x / y, PLANE + LIKE),
]


def written_to(folder: Path, cases: list[Case], header: str = HEADER) -> types.ModuleType:
    """The expressions as functions of one module file; those of ``math`` take their points one by one."""
    lines = []
    for k, case in enumerate(cases):
        names = "x, y" if isinstance(case.points[0], tuple) else "x"
        hints = names.replace(",", ": float,") + ": float" if case.text.startswith("math") else names
        lines.append(f"def f{k}({hints}):\n    return {case.text.format(names)}\n")
    path = folder / f"{folder.name}.py"
    path.write_text(header + "\n\n".join(lines), encoding="utf-8")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = sys.modules[path.stem] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> types.ModuleType:
    return written_to(tmp_path_factory.mktemp("numerics"), CASES)


def partial(f: Callable[..., Any], point: tuple[float, ...], k: int, digits: int) -> Any:
    """The exact partial derivative: a central difference with hundreds of digits."""
    with mp.workdps(digits):
        at = [mp.mpf(x) for x in point]
        h = mp.mpf(10) ** -40 * min(abs(at[k]), 1 - abs(at[k]) if abs(at[k]) < 1 else 1, abs(abs(at[k]) - 1) or 1)
        h = h or mp.mpf(10) ** -40
        ends = [f(*at[:k], at[k] + step, *at[k + 1 :]) for step in (h, -h)]
        return (ends[0] - ends[1]) / (2 * h)


def computed(case: Case, f: Callable[..., Any]) -> list[tuple[Any, ...]]:
    """The gradient at each point."""
    points = [p if isinstance(p, tuple) else (p,) for p in case.points]
    wrt = tuple(range(len(points[0])))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if case.text.startswith("math"):
            df = tx.grad(f, wrt)
            return [df(*p) for p in points]
        columns = [np.array(column) for column in zip(*points, strict=True)]
        return list(zip(*tx.vjp(f, wrt)(*columns, init_grad=np.ones(len(points)))[1], strict=True))


def check_digits(case: Case, f: Callable[..., Any]) -> None:
    """Every partial derivative is as near to the exact one as the case says."""
    wrong = []
    for point, gradient in zip(case.points, computed(case, f), strict=True):
        point = point if isinstance(point, tuple) else (point,)
        for place, got in enumerate(gradient):
            exact = partial(case.exact, point, place, case.digits)
            off = abs(mp.mpf(float(got)) - exact) / (EPS * abs(exact)) if TINY < abs(exact) < HUGE else 0.0
            if not off <= case.ulps(*point):
                wrong.append((point, place, float(got), float(exact), float(off)))
    assert wrong == [], "\n".join(map(str, wrong[:8]))


@pytest.mark.parametrize("k", range(len(CASES)), ids=[case.text[:-4] for case in CASES])
def test_digits(k: int, written: types.ModuleType) -> None:
    check_digits(CASES[k], getattr(written, f"f{k}"))
