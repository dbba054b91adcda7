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


# ------------------------------------------------------------------------------------------- tangents that are written

A = np.arange(1.0, 10.0).reshape(3, 3) / 4
W = np.cos(np.arange(9.0)).reshape(3, 3)


def a_part_that_is_a_view_by_its_layout(a: Any) -> Any:
    z = 2.0 * a
    y = z.ravel()
    y[1] = 0.0
    np.ascontiguousarray(z)[0, 2] = a[1, 1] * a[2, 2]
    return (z.T * W).sum()


def the_same_of_a_transpose(a: Any) -> Any:
    z = (2.0 * a).copy(order="F")
    y = z.T.reshape(-1)
    y[1] = a[0, 2] ** 2
    return (z.T * W).sum()


def joined(a: Any) -> Any:
    z = np.concatenate([a, a])
    z[0, 1] = a[0, 0] * 0.25
    return (z * z).sum()


@pytest.mark.parametrize("f", [a_part_that_is_a_view_by_its_layout, the_same_of_a_transpose, joined])
@pytest.mark.parametrize("order", ["C", "F"])
def test_layout_of_tangents(f: Callable[..., Any], order: str) -> None:
    """What is written through a view of an array is written into its tangent and its adjoint, however these lie in memory."""
    direction = np.asarray(W + 1.0, order=order)
    expected = (f(A + 1e-6 * direction) - f(A - 1e-6 * direction)) / 2e-6
    np.testing.assert_allclose(tx.jvp(f)(A, a_dot=direction)[1], expected, rtol=1e-6)
    np.testing.assert_allclose(np.vdot(tx.grad(f)(A), direction), expected, rtol=1e-6)


def test_layout_of_cotangents() -> None:
    """A cotangent that lies in another way than its value."""

    def f(a: Any) -> Any:
        z = 2.0 * a
        y = z.ravel()
        y[1] = 0.0
        return z

    expected = 2.0 * W
    expected[0, 1] = 0.0
    np.testing.assert_array_equal(tx.vjp(f)(A, init_grad=np.asfortranarray(W))[1], expected)


@pytest.mark.parametrize("f", [a_part_that_is_a_view_by_its_layout, joined])
def test_tangents_of_whole_numbers(f: Callable[..., Any]) -> None:
    """They hold fractions where these are written."""
    whole = np.arange(9).reshape(3, 3)
    np.testing.assert_array_equal(tx.jvp(f)(A, a_dot=whole)[1], tx.jvp(f)(A, a_dot=whole.astype(float))[1])
