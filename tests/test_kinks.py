"""What derivatives are at kinks, edges and jumps: decided in the docstrings of ``templates/``, held here in both modes.

``second`` is the sum of the Hessian's entries at that point, ``None`` where it is infinite or has no value to speak of; then it is
not looked at, but where ``second=FINITE`` it has to be a finite number.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass

import numpy as np
import pytest
from conftest import Write

import tangentx as tx

FINITE, INF, NAN = "finite", float("inf"), float("nan")
HEADER = "import math\n\nimport numpy as np\n\n\n"


@dataclass(frozen=True)
class Kink:
    """An expression of ``x``, ``y``, ``z``, a point, and the derivatives there."""

    text: str
    point: tuple[float, ...]
    slopes: tuple[float, ...]
    second: float | str | None = 0.0


KINKS = [
    # absolute values and signs
    Kink("np.abs(x)", (0.0,), (0.0,)),
    Kink("abs(x)", (-0.0,), (0.0,)),
    Kink("np.fabs(x)", (0.0,), (0.0,)),
    Kink("math.fabs(x)", (0.0,), (0.0,)),
    Kink("x * np.sign(x)", (0.0,), (0.0,)),
    Kink("np.copysign(x, y)", (0.0, -1.0), (0.0, 0.0)),
    Kink("np.copysign(x, y)", (-2.0, 0.0), (-1.0, 0.0)),
    Kink("math.copysign(x, y)", (0.0, -1.0), (0.0, 0.0)),
    Kink("np.heaviside(x, y)", (0.0, 0.3), (0.0, 1.0)),
    Kink("np.heaviside(x, y)", (2.0, 0.3), (0.0, 0.0)),
    # ties
    Kink("np.maximum(x, y)", (1.5, 1.5), (0.5, 0.5)),
    Kink("np.minimum(x, y)", (1.5, 1.5), (0.5, 0.5)),
    Kink("np.maximum(x, y)", (-INF, -INF), (0.5, 0.5)),
    Kink("np.minimum(x, y)", (INF, INF), (0.5, 0.5)),
    Kink("np.maximum(x, y)", (-INF, 1.0), (0.0, 1.0)),
    Kink("np.maximum(x, y)", (NAN, 1.0), (NAN, NAN), None),
    Kink("np.fmax(x, y)", (1.5, 1.5), (0.5, 0.5)),
    Kink("np.fmax(x, y)", (NAN, 1.5), (0.0, 1.0)),
    Kink("np.fmin(x, y)", (1.5, NAN), (1.0, 0.0)),
    Kink("np.maximum(x, 0.0) ** 2", (0.0,), (0.0,), FINITE),
    Kink("max(x, y)", (1.5, 1.5), (0.5, 0.5)),
    Kink("min(x, y, 1.5)", (1.5, 1.5), (1.0 / 3.0, 1.0 / 3.0)),
    # bounds
    Kink("np.clip(x, -1.0, 1.0)", (1.0,), (1.0,)),
    Kink("np.clip(x, -1.0, 1.0)", (-1.0,), (1.0,)),
    Kink("np.clip(x, -1.0, 1.0)", (1.5,), (0.0,)),
    Kink("np.clip(x, y, z)", (1.0, 1.0, 1.0), (1.0, 0.0, 0.0)),
    Kink("np.clip(x, y, z)", (2.0, -1.0, 1.0), (0.0, 0.0, 1.0)),
    Kink("np.clip(x, y, z)", (-2.0, -1.0, 1.0), (0.0, 1.0, 0.0)),
    Kink("np.clip(x, y, z)", (0.0, 2.0, 1.0), (0.0, 0.0, 1.0)),
    Kink("np.clip(x, None, y)", (2.0, 1.0), (0.0, 1.0)),
    Kink("np.nan_to_num(x, nan=y)", (NAN, 2.0), (0.0, 1.0)),
    Kink("np.nan_to_num(x)", (INF,), (0.0,)),
    # roots and powers
    Kink("np.sqrt(x)", (0.0,), (INF,), None),
    Kink("np.cbrt(x)", (0.0,), (INF,), None),
    Kink("x**0", (0.0,), (0.0,)),
    Kink("x**0.0", (0.0,), (0.0,)),
    Kink("x**1", (0.0,), (1.0,)),
    Kink("x**2", (0.0,), (0.0,), 2.0),
    Kink("x**2.0", (0.0,), (0.0,), 2.0),
    Kink("x**3", (-2.0,), (12.0,), -12.0),
    Kink("x**0.5", (0.0,), (INF,), None),
    Kink("x**-1", (0.0,), (-INF,), None),
    Kink("0.0**x", (2.0,), (0.0,)),
    Kink("np.power(x, y)", (0.0, 2.0), (0.0, 0.0), 2.0),
    Kink("x**y", (0.0, 2.0), (0.0, 0.0), 2.0),
    Kink("x**y", (0.0, 1.0), (1.0, 0.0), FINITE),
    Kink("x**y", (0.0, 0.0), (0.0, 0.0), FINITE),
    Kink("math.pow(x, y)", (0.0, 0.0), (0.0, 0.0), FINITE),
    Kink("np.float_power(x, y)", (0.0, 2.0), (0.0, 0.0), 2.0),
    Kink("pow(x, y)", (0.0, 2.0), (0.0, 0.0), 2.0),
    # the origin
    Kink("np.hypot(x, y)", (0.0, 0.0), (0.0, 0.0), FINITE),
    Kink("math.hypot(x, y)", (0.0, 0.0), (0.0, 0.0), FINITE),
    Kink("math.dist([x, 1.0], [0.0, y])", (0.0, 1.0), (0.0, 0.0), FINITE),
    Kink("np.arctan2(x, y)", (0.0, 0.0), (0.0, 0.0), FINITE),
    Kink("math.atan2(x, y)", (0.0, 0.0), (0.0, 0.0), FINITE),
    Kink("np.arctan2(x, y)", (0.0, -1.0), (-1.0, -0.0), -2.0),
    Kink("np.sinc(x)", (0.0,), (0.0,), -math.pi**2 / 3.0),
    Kink("np.i0(x)", (0.0,), (0.0,), 0.5),
    Kink("math.prod([x, y, 0.0])", (0.0, 2.0), (0.0, 0.0)),
    Kink("math.prod([x, y, 3.0])", (0.0, 2.0), (6.0, 0.0), 6.0),
    # jumps
    Kink("x % y", (4.0, 2.0), (1.0, -2.0)),
    Kink("x % y", (-4.0, 2.0), (1.0, 2.0)),
    Kink("x % y", (-3.5, 2.0), (1.0, 2.0)),
    Kink("x % y", (3.5, -2.0), (1.0, 2.0)),
    Kink("np.remainder(x, y)", (-3.5, -2.0), (1.0, -1.0)),
    Kink("np.fmod(x, y)", (-3.5, 2.0), (1.0, 1.0)),
    Kink("math.fmod(x, y)", (-3.5, 2.0), (1.0, 1.0)),
    Kink("math.remainder(x, y)", (-3.5, 2.0), (1.0, 2.0)),
    Kink("divmod(x, y)[1]", (-3.5, 2.0), (1.0, 2.0)),
    Kink("np.divmod(x, y)[0] * x", (-3.5, 2.0), (-2.0, 0.0)),
    Kink("np.modf(x)[0]", (-3.5,), (1.0,)),
    Kink("math.modf(x)[1] * x", (-3.5,), (-3.0,)),
    Kink("np.floor(x) * x", (3.0,), (3.0,)),
    Kink("round(x) * x", (3.2,), (3.0,)),
    # where something is infinite
    Kink("np.logaddexp(x, y)", (-INF, -INF), (0.5, 0.5), FINITE),
    Kink("np.logaddexp(x, y)", (-INF, 1.0), (0.0, 1.0)),
    Kink("np.logaddexp(x, y)", (INF, 1.0), (1.0, 0.0)),
    Kink("np.logaddexp2(x, y)", (-INF, -INF), (0.5, 0.5), FINITE),
    Kink("np.logaddexp(x, y)", (2.0, 2.0), (0.5, 0.5)),
    Kink("np.tanh(x)", (1e9,), (0.0,)),
    Kink("np.arctan(x)", (INF,), (0.0,), None),
    Kink("x / y", (1.0, INF), (0.0, -0.0)),
    Kink("np.exp(-x * x)", (1e200,), (0.0,), None),
    # an arm of np.where that is not taken passes nothing on, whatever its slope
    Kink("np.where(x > 0.0, np.sqrt(x), 0.0)", (0.0,), (0.0,)),
    Kink("np.where(x > 0.0, x * np.log(x), 0.0)", (0.0,), (0.0,)),
    Kink("np.where(x <= 0.0, x, 1.0 / np.sqrt(np.sqrt(x)))", (0.0,), (1.0,)),
    Kink("np.where(x == 0.0, 1.0, np.sin(x) / x)", (0.0,), (0.0,)),
    Kink("np.where(x > y, 1.0 / (x - y), x)", (1.0, 1.0), (1.0, 0.0)),
    Kink("np.where(x > 0.0, x, y / 0.0)", (1.0, 1.0), (1.0, 0.0)),
    Kink("np.where(np.isfinite(x), x * x, 1.0)", (INF,), (0.0,)),
    Kink("np.where(x > 0.0, np.where(x > 1.0, np.log(x), x), -np.sqrt(-x))", (0.0,), (-INF,), None),
    Kink("np.where(x > 0.0, np.where(x > 1.0, np.log(np.log(x)), x), -np.sqrt(-x))", (1.0,), (1.0,)),
    Kink("2.0 * np.where(x > 0.0, -(x**-1), 0.0)", (0.0,), (0.0,)),
    Kink("x * np.where(x > 0.0, np.log(x), 0.0)", (0.0,), (0.0,)),
    Kink("x * np.log(x)", (0.0,), (NAN,), None),
]


@pytest.mark.parametrize("kink", KINKS, ids=[f"{k.text} at {', '.join(map(str, k.point))}" for k in KINKS])
def test_kink(kink: Kink, write_module: Write) -> None:
    names = ("x", "y", "z")[: len(kink.point)]
    scalar = any(word in kink.text for word in ("math.", "max(x", "min(x", "round", "pow(x")) and "np." not in kink.text
    f = write_module("kinks", f"{HEADER}def f({', '.join(names)}):\n    return {kink.text}\n").f
    point = kink.point if scalar else tuple(np.array([p]) for p in kink.point)
    ones = tuple(p * 0.0 + 1.0 if scalar else np.ones(1) for p in kink.point)
    seed = 1.0 if scalar else np.ones(1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        backward = tx.vjp(f, names)
        np.testing.assert_array_equal(np.ravel(backward(*point, init_grad=seed)[1]), kink.slopes)
        for k, name in enumerate(names):
            dots = {f"{n}_dot": one * (n == name) for n, one in zip(names, ones, strict=True)}
            tangent = np.ravel(tx.jvp(f, names)(*point, **dots)[1])[0]
            if not any(map(math.isinf, kink.slopes)) or len(names) == 1:
                np.testing.assert_array_equal(tangent, kink.slopes[k])
        if kink.second is not None:
            dots = {f"{n}_dot": one for n, one in zip(names, ones, strict=True)}
            twice = np.sum(tx.jvp(backward, names)(*point, **dots, init_grad=seed)[1][1])
            assert math.isfinite(twice) if kink.second == FINITE else twice == pytest.approx(kink.second, abs=1e-15)
