"""The numbers that textbooks print."""

from __future__ import annotations

import numpy as np
import pytest

import tangentx as tx
from tests.programs import textbook


def test_power_by_while() -> None:
    df = tx.grad(textbook.power)
    assert df(2.0, 4) == 32.0
    assert tx.grad(df)(2.0, 4) == 48.0
    assert tx.grad(tx.grad(df))(2.0, 4) == 48.0
    assert tx.jvp(textbook.power)(2.0, 4, x_dot=1.0) == (16.0, 32.0)
    assert df(2.0, 0) == 0.0


def test_griewank_in_both_modes() -> None:
    value, gradient = tx.value_and_grad(textbook.griewank, (0, 1))(2.0, 5.0)
    assert value == pytest.approx(11.652, abs=5e-4)
    assert gradient == pytest.approx((5.5, 1.716), abs=5e-4)
    forward = tx.jvp(textbook.griewank, (0, 1))
    tangents = [forward(2.0, 5.0, x1_dot=a, x2_dot=b)[1] for a, b in ((1.0, 0.0), (0.0, 1.0))]
    assert tangents == pytest.approx(gradient, rel=1e-15)


def test_tanh_ten_times() -> None:
    x, derivative = 0.7, 1.0
    for _ in range(10):
        x = np.tanh(x)
        derivative *= 1.0 - x * x
    assert tx.grad(textbook.tanh_ten)(0.7) == pytest.approx(derivative, rel=1e-14)


def test_no_perturbation_confusion() -> None:
    assert tx.grad(textbook.nested_derivative)(0.3) == 1.0
    assert tx.jvp(textbook.nested_derivative)(0.3, x_dot=1.0)[1] == 1.0


def test_the_seed_is_not_written_to() -> None:
    seed = np.array([1.0, 2.0, 3.0])

    def f(x):
        y = x * x
        y[0] = x[1] * 2.0
        return y

    value, gradient = tx.vjp(f)(np.array([0.5, 1.5, 2.5]), init_grad=seed)
    assert seed.tolist() == [1.0, 2.0, 3.0]
    assert value.tolist() == [3.0, 2.25, 6.25]
    assert gradient.tolist() == [0.0, 8.0, 15.0]
