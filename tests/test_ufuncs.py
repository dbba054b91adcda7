"""Keywords that every ufunc has: ``dtype``, ``out`` and ``where``, right or refused; and functions of two results."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

import tangentx as tx
from tangentx.errors import NotDifferentiable, UnsupportedSyntax

POINT = np.array([0.5, 2.0, -1.5])


def narrowed(x):
    return np.sum(np.exp(x, dtype=np.float32) * np.multiply(x, 2.0, dtype="f4"))


def widened(x):
    return np.sum(np.square(x, dtype=np.float64))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(("f", "slope"), [(narrowed, lambda x: 2.0 * np.exp(x) * (1.0 + x)), (widened, lambda x: 2.0 * x)])
def test_the_type_of_the_result(f: Any, slope: Any, dtype: Any) -> None:
    x = POINT.astype(dtype)
    gradient = tx.grad(f)(x)
    assert gradient.dtype == dtype
    np.testing.assert_allclose(gradient, slope(POINT), rtol=1e-6)
    value, tangent = tx.jvp(f)(x, x_dot=np.ones(3, dtype))
    assert tangent.dtype == value.dtype
    assert tangent == pytest.approx(np.sum(slope(POINT)), rel=1e-6)


def written(x):
    out = np.zeros(3)
    np.power(x, 2.0, out=out, where=x > 0.0)
    return np.sum(out * x)


def changed(x):
    y = x * 1.0
    np.nan_to_num(y, copy=False, nan=3.0)
    return np.sum(y * y)


def bounded(x):
    y = x * 1.0
    np.clip(y, -1.0, 1.0, out=y)
    return np.sum(y * x)


@pytest.mark.parametrize(
    ("f", "x", "expected"),
    [
        (written, POINT, [0.75, 12.0, 0.0]),
        (changed, np.array([0.5, np.nan, -1.5]), [1.0, 0.0, -3.0]),
        (bounded, POINT, [1.0, 1.0, -1.0]),
    ],
)
def test_results_that_are_written(f: Any, x: Any, expected: Any) -> None:
    np.testing.assert_allclose(tx.grad(f)(x), expected)
    assert tx.jvp(f)(x, x_dot=np.ones(3))[1] == pytest.approx(np.sum(expected))


def unwritten(x):
    return np.sum(np.exp(x, where=x > 0.0))


def cast(x):
    return np.sum(np.exp(x, casting="unsafe"))


def two_outputs(x):
    whole, part = np.zeros(3), np.zeros(3)
    np.modf(x, out=(part, whole))
    return np.sum(part * x)


def unknown_copy(x, copy=True):
    return np.sum(np.nan_to_num(x, copy=copy))


def modulus(x):
    return pow(x, 2, 3)


def period(x):
    return np.sum(np.unwrap(POINT, x[0]))


@pytest.mark.parametrize(
    ("f", "error", "reason"),
    [
        (unwritten, NotDifferentiable, "'where'"),
        (cast, NotDifferentiable, "'casting'"),
        (two_outputs, UnsupportedSyntax, "out= writes into its argument"),
        (unknown_copy, UnsupportedSyntax, "only known while running"),
        (modulus, NotDifferentiable, "this call of pow has no derivative"),
        (period, NotDifferentiable, "'discont'"),
    ],
)
def test_what_is_refused(f: Any, error: type[Exception], reason: str) -> None:
    with pytest.raises(error, match=reason):
        tx.grad(f)(POINT)


def parts(x):
    mantissa, exponent = np.frexp(x)
    rest, whole = np.modf(x)
    quotient, remainder = np.divmod(x, 0.4)
    return np.sum(mantissa * exponent + rest * whole + quotient * remainder)


def parts_of_a_number(x):
    both = math.modf(x)
    mantissa, exponent = math.frexp(x)
    last = divmod(x, 0.4)
    return both[0] * both[1] + mantissa * exponent + last[0] * last[1]


@pytest.mark.parametrize("x", [2.3, -2.3, 0.15, 77.7])
def test_two_results(x: float) -> None:
    expected = math.ldexp(1.0, -math.frexp(x)[1]) * math.frexp(x)[1] + math.trunc(x) + x // 0.4
    assert tx.grad(parts)(np.array([x])) == pytest.approx(expected)
    assert tx.grad(parts_of_a_number)(x) == pytest.approx(expected)
    assert tx.jvp(parts_of_a_number)(x, x_dot=1.0)[1] == pytest.approx(expected)
    assert tx.hvp(parts)(np.array([x]), x_dot=np.ones(1)) == 0.0
