"""Arrays that are written in place and names that stand for more than one of them in turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import tangentx as tx


def a_new_array_in_each_iteration(x: Any, n: int) -> Any:
    u = np.sin(x)
    y = u * u
    s = 0.0
    for _ in range(n):
        u = x * 1.0
        u[0] = 2.0
        s = s + np.sum(u * u * u)
    return s + np.sum(y) * np.sum(u)


def a_new_array_in_a_branch(x: Any, n: int) -> Any:
    u = np.sin(x)
    y = u * u
    if n > 1:
        u = x * 1.0
        u[0] = 2.0
    return np.sum(y) * np.sum(u * u)


def a_name_that_becomes_the_buffer(x: Any, n: int) -> Any:
    u = x.copy()
    v = x * 1.5
    for _ in range(3):
        v = np.cos(x[::-1] * v)
    for _ in range(n):
        u[1:] = -1.0
        v = u
    return np.sum(v * x)


def an_alias_that_is_read_before_the_write(x: Any, n: int) -> Any:
    u = x * 2.0
    y = x
    for _ in range(n):
        w = u
        y = y - y * w
        u[:] = 0.5
        y = y + np.sum(u)
        u = y * 1.0
    return np.sum(y * u)


FUNCTIONS = [
    a_new_array_in_each_iteration,
    a_new_array_in_a_branch,
    a_name_that_becomes_the_buffer,
    an_alias_that_is_read_before_the_write,
]


@pytest.mark.parametrize("f", FUNCTIONS)
@pytest.mark.parametrize("n", [0, 1, 3])
def test_gradient(f: Callable[..., Any], n: int) -> None:
    """Right after no, one and several trips."""
    x = np.arange(1.0, 5.0) / 3
    steps = np.eye(4) * 1e-6
    expected = [(f(x + e, n) - f(x - e, n)) / 2e-6 for e in steps]
    np.testing.assert_allclose(tx.grad(f)(x, n), expected, rtol=1e-5, atol=1e-7)
