"""Eigenvalues that coincide: what is read belongs to those that do not, or is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import tangentx as tx
from tangentx.errors import NotDifferentiable
from tests.differences import directional

U = np.array([1.0, 2.0, 2.0])
FLAT = np.outer(U, U) / 9  # 0, 0, 1
TWICE = 3.0 * FLAT - np.eye(3)  # -1, -1, 2
X = np.array([[0.3, -1.2], [0.7, 0.5], [1.1, 0.4], [-0.2, 0.6]])
C = np.array([[0.3, 0.2, 0.5], [0.2, -0.4, 0.7], [0.5, 0.7, 0.1]])


def largest_vector(k):
    w, v = np.linalg.eigh(k)
    return v[0, -1] ** 2


def largest_pair(k):
    w, v = np.linalg.eigh(k)
    return w[-1] * v[0, -1] * v[1, -1] + np.exp(w[-1])


def upper_triangle(k):
    w, v = np.linalg.eigh(k, "U")
    return v[0, 2] * v[2, 2]


def largest_value(k):
    return np.linalg.eigvalsh(k)[-1] ** 3


def sum_of_values(k):
    return np.sum(np.linalg.eigvalsh(k)) ** 2


def complex_vector(k):
    w, v = np.linalg.eigh(k + 0.1j * (k @ k - (k @ k).T))
    return np.abs(v[0, -1]) ** 2 * w[-1]


def principal_component(x):
    w, v = np.linalg.eigh(x @ x.T)
    return v[0, -1] * v[1, -1] * w[-1]


def exponential(k):
    w, v = np.linalg.eigh(k)
    return np.sum(C * ((v * np.exp(w)) @ v.T))


def projector(k):
    w, v = np.linalg.eigh(k)
    return (v[:, :2] @ v[:, :2].T)[0, 1]


def rounded(k):
    w, v = np.linalg.eigh(k)
    return np.sum(C * ((v * (np.exp(w) - 1.0)) @ v.T))


def itself(k):
    w, v = np.linalg.eigh(k)
    return np.sum(C * ((v * w) @ v.T))


def sum_of_exponentials(k):
    return np.sum(np.exp(np.linalg.eigvalsh(k)))


def sum_of_squares(k):
    return np.sum(np.linalg.eigvalsh(k) ** 2)


def ridge(x):
    w, v = np.linalg.eigh(x @ x.T)
    return np.sum((v.T @ X[:, 0]) ** 2 / (w + 0.3))


ALONE = [(f, k) for f in (largest_vector, largest_pair, upper_triangle, largest_value, complex_vector) for k in (TWICE, FLAT)]
ALONE += [(largest_vector, np.diag([2.0, 2.0, 5.0])), (sum_of_values, TWICE), (sum_of_values, FLAT), (principal_component, X)]


def slopes(f: Callable[..., Any], x: Any, inward: Any) -> tuple[Any, Any]:
    """The derivative in a direction, and how far it is known."""
    slope, error = directional(f, (x,), {0: inward})
    return slope, 1e-6 * (1.0 + abs(slope)) + 10 * np.max(error)


@pytest.mark.parametrize(("f", "x"), [*ALONE, (ridge, X)])
def test_first_order(f: Callable[..., Any], x: Any) -> None:
    """Both modes read the vectors that are known."""
    inward = np.random.default_rng(0).normal(size=x.shape)
    slope, close = slopes(f, x, inward)
    assert abs(np.sum(inward * tx.grad(f)(x)) - slope) < close
    (name,) = tx.jvp(f).__code__.co_varnames[:1]
    assert abs(tx.jvp(f)(x, **{f"{name}_dot": inward})[1] - slope) < close


@pytest.mark.parametrize(("f", "x"), ALONE)
def test_second_order(f: Callable[..., Any], x: Any) -> None:
    """The turn of vectors that nobody reads makes no difference; over forward mode it is refused."""
    rng = np.random.default_rng(1)
    inward, outward = rng.normal(size=x.shape), rng.normal(size=x.shape)
    df, name = tx.grad(f), f.__code__.co_varnames[0]
    slope, close = slopes(lambda k: np.sum(outward * df(k)), x, inward)
    for of in (lambda: tx.jvp(df, 0)(x, **{f"{name}_dot": inward})[1] * outward, lambda: tx.vjp(df, 0)(x, init_grad=outward)[1] * inward):
        try:
            assert abs(np.sum(of()) - slope) < close
        except NotDifferentiable:
            # where the cotangents are zero, they do not tell what is read
            assert (f is largest_vector and x[0, 1] == 0.0) or (x is FLAT and f in (largest_pair, largest_value, complex_vector)) or x is X
    pushed = tx.jvp(f, 0)
    try:
        bar = tx.vjp(pushed, 0)(x, **{f"{name}_dot": outward}, init_grad=(0.0, 1.0))[1]
        assert abs(np.sum(bar * inward) - slope) < close
    except NotDifferentiable:
        pass


@pytest.mark.parametrize("f", [exponential, projector, itself])
@pytest.mark.parametrize("x", [TWICE, np.diag([1.0, 1.0, 3.0]), np.diag([0.0, 0.0, 1.0])])
def test_vectors_of_one_value_are_refused(f: Callable[..., Any], x: Any) -> None:
    """What depends on them is refused in reverse mode, and is no number in forward mode."""
    with pytest.raises(NotDifferentiable, match="comes twice"):
        tx.grad(f)(x)
    assert np.isnan(tx.jvp(f)(x, k_dot=C)[1])


def test_adjoints_that_are_rounded_to_zero() -> None:
    """They do not say that nothing was read."""
    with pytest.raises(NotDifferentiable, match="comes twice"):
        tx.grad(rounded)(FLAT)
    with pytest.raises(NotDifferentiable, match="coincide have no second derivative"):
        tx.jvp(tx.grad(lambda k: np.sum(np.exp(w := np.linalg.eigvalsh(k)) - w)), 0)(FLAT, k_dot=C)


@pytest.mark.parametrize(("f", "x"), [*((f, x) for f in (sum_of_exponentials, sum_of_squares) for x in (TWICE, FLAT, np.eye(3))), (ridge, X)])
def test_second_order_is_refused(f: Callable[..., Any], x: Any) -> None:
    """Where the turn makes a difference that cannot be known."""
    with pytest.raises(NotDifferentiable, match="coincide have no second derivative"):
        tx.jvp(tx.grad(f), 0)(x, **{f"{f.__code__.co_varnames[0]}_dot": np.random.default_rng(1).normal(size=x.shape)})
    with pytest.raises(NotDifferentiable, match="coincide have no second derivative"):
        tx.vjp(tx.grad(f), 0)(x, init_grad=np.random.default_rng(1).normal(size=x.shape))


def test_parallel_eigenvectors_are_refused() -> None:
    """Those of ``eig`` need not be at right angles."""
    with pytest.raises(NotDifferentiable, match="parallel"):
        tx.grad(lambda k: np.real(np.linalg.eig(k)[1][0, 0]) ** 2)(3.0 * FLAT)


def test_singular_values_that_coincide() -> None:
    """First order of the vectors that are known; at second order none is."""
    df = tx.grad(lambda k: (y := np.linalg.svd(k))[0][0, 0] * y[2][0, 1])
    slope, close = slopes(lambda k: (y := np.linalg.svd(k))[0][0, 0] * y[2][0, 1], TWICE, C)
    assert abs(np.sum(df(TWICE) * C) - slope) < close
    with pytest.raises(NotDifferentiable, match="comes twice"):
        tx.jvp(df, 0)(TWICE, k_dot=C)
