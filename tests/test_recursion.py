"""Recursion that returns containers of its own, which its caller changes: right to first order (a list in a pair is not seen as one yet)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import tangentx as tx
from tests.differences import difference


def leaves(t):
    if not isinstance(t, tuple):
        return [t]
    found = leaves(t[0])
    found.extend(leaves(t[1]))
    return found


def powers(n, x):
    if n == 0:
        return {"value": x}
    found = powers(n - 1, x)
    found["value"] = found["value"] * x
    return found


def list_of_leaves(x):
    q = leaves((x, (2.0 * x, x * x)))
    return q[0] * q[1] + q[2]


def dict_of_powers(x):
    return powers(3, x)["value"]


def local_list_of_its_own(x):
    def rec(v, n):
        if n == 0:
            return [v]
        left = rec(v * 1.1, n - 1)
        left.append(v * x)
        left.extend(rec(v, n - 1))
        return left

    return sum(rec(x, 3))


@pytest.mark.parametrize("f", [list_of_leaves, dict_of_powers, local_list_of_its_own])
def test_containers_that_come_back(f: Callable[..., Any]) -> None:
    expected, _ = difference(lambda t: float(f(0.7 + t)))
    value, gradient = tx.value_and_grad(f)(0.7)
    np.testing.assert_allclose([value, gradient], [f(0.7), expected], rtol=1e-8)
    np.testing.assert_allclose(tx.jvp(f)(0.7, x_dot=1.0), [f(0.7), expected], rtol=1e-8)
