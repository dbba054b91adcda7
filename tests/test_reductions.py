"""Reductions and statistics: every keyword over every kind of axis, ties, what is left out, empty and constant arrays, and what is refused."""

from __future__ import annotations

import importlib.util
import sys
import types
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tangentx as tx
from tangentx.errors import NotDifferentiable

NAMES = ["sum", "mean", "prod", "max", "min", "std", "var", "ptp", "median"]
NAMES += [f"nan{name}" for name in NAMES if name != "ptp"]
METHODS = ["linear", "weibull", "hazen", "median_unbiased", "normal_unbiased", "interpolated_inverted_cdf"]
STEPS = ["lower", "higher", "nearest", "midpoint", "inverted_cdf", "averaged_inverted_cdf", "closest_observation"]
MASKED = [f"np.{name}(x, axis={axis}, where=x[:, :, :1] > -0.6)" for name in NAMES if name[-3:] in ("sum", "ean", "std", "var") for axis in (1, None)]
EXPRESSIONS = {
    **{name: [f"np.{name}(x, axis={a}, keepdims={k})" for a, k in (("-1", False), ("(0, -1)", True), ("()", False))] for name in NAMES},
    "methods": [
        f"x.{n}{call}" for n in ("sum", "mean", "prod", "max", "min", "std", "var") for call in ("()", "(1)", "(axis=(0, 2), keepdims=True)")
    ],
    "where": MASKED,
    "initial": [f"np.{n}(x, axis=1, initial=0.3, where=x > -0.6)" for n in ("sum", "prod", "max", "min", "nansum", "nanprod", "nanmax", "nanmin")],
    "quantiles": [f"np.quantile(x, [0.13, 0.71], axis=1, method={m!r})" for m in METHODS + STEPS],
    "nanquantiles": [f"np.nanquantile(np.where(x > -0.6, x, np.nan), 0.37, axis=(0, 2), method={m!r}, keepdims=True)" for m in METHODS + STEPS],
    "of q": [f"np.quantile(x[0], np.abs(x[-1, 0]) / 4, method={m!r}, axis=1)" for m in METHODS],
    "averages": [
        "np.average(x, axis=(2, 0), weights=1.0 + x[:, 0].T ** 2)",
        "np.average(x, weights=x * x)",
        "np.average(x, keepdims=True)",
        "np.average(x, axis=2, weights=x[0, 0] ** 2, returned=True)[1]",
    ],
}
if np.lib.NumpyVersion(np.__version__) >= "2.0.0":
    EXPRESSIONS["spreads"] = [
        "np.std(x, axis=0, mean=np.mean(x, axis=0, keepdims=True), correction=1)",
        "np.nanvar(x, axis=1, mean=x[:, :1] * 0.3)",
    ]
SHAPED = {"float32": (np.float32, (2, 3, 4)), "single": (float, (1, 1, 1))}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path: Path = tmp_path_factory.mktemp("reductions") / "reduced.py"
    lines = [f"def {key(g)}_{k}(x):\n    return {text}\n" for g, texts in EXPRESSIONS.items() for k, text in enumerate(texts)]
    path.write_text("import numpy as np\n\n\n" + "\n\n".join(lines), encoding="utf-8")
    spec = importlib.util.spec_from_file_location("reduced", path)
    assert spec is not None and spec.loader is not None
    module = sys.modules["reduced"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    del sys.modules["reduced"]


def key(group: str) -> str:
    return f"of_{group.replace(' ', '_')}"


@pytest.mark.parametrize("group", EXPRESSIONS)
def test_both_modes(group: str, written: types.ModuleType) -> None:
    x = np.random.default_rng(0).normal(size=(2, 3, 4))
    for k, text in enumerate(EXPRESSIONS[group]):
        f = getattr(written, f"{key(group)}_{k}")
        assert tx.check_grad(f, x).ok, text
        for dtype, shape in SHAPED.values():
            small = x.astype(dtype)[tuple(slice(n) for n in shape)]
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                value = f(small)
                _, gradient = tx.vjp(f)(small, init_grad=np.ones_like(value) if np.ndim(value) else 1.0)
                _, tangent = tx.jvp(f)(small, x_dot=np.ones_like(small))
            assert (gradient.shape, gradient.dtype) == (small.shape, small.dtype), text
            assert np.shape(tangent) == np.shape(value), text
            assert np.sum(gradient, dtype=float) == pytest.approx(np.sum(tangent, dtype=float), rel=1e-4, abs=1e-5, nan_ok=True), text


# ---------------------------------------------------------------------------------------------------------- kinks and edges


def largest(x):
    return np.max(x)


def largest_or_two(x):
    return np.max(x, initial=2.0)


def middle(x):
    return np.median(x)


def spread(x):
    return np.std(x)


def spread_of_rows(x):
    return np.sum(np.nanstd(x, axis=1))


def of_numbers(x):
    return np.mean(x, where=x == x) + np.var(x, where=x == x) + np.max(x, where=x == x, initial=-9.0)


def all_of_them(x):
    return np.prod(x)


def running(x):
    return np.sum(np.maximum.accumulate(x) * np.array([1.0, 2.0, 4.0]))


def test_ties_share_evenly() -> None:
    assert tx.grad(largest)(np.array([3.0, 1.0, 3.0])).tolist() == [0.5, 0.0, 0.5]
    assert tx.grad(middle)(np.array([2.0, 1.0, 2.0, 2.0])) == pytest.approx([1 / 3, 0.0, 1 / 3, 1 / 3])
    assert tx.grad(running)(np.array([3.0, 3.0, 1.0])).tolist() == [7.0, 0.0, 0.0]


def test_an_initial_value_that_wins() -> None:
    assert tx.grad(largest_or_two)(np.array([1.0, 0.5])).tolist() == [0.0, 0.0]
    assert tx.grad(largest_or_two)(np.array([1.0, 3.0])).tolist() == [0.0, 1.0]
    assert tx.grad(largest_or_two)(np.zeros(0)).tolist() == []
    assert tx.jvp(largest_or_two)(np.array([1.0, 0.5]), x_dot=np.ones(2)) == (2.0, 0.0)


@pytest.mark.parametrize("value", [1.0, 0.1, -1e300, 1e-300, np.float32(0.1)])
def test_the_spread_of_a_constant(value: Any) -> None:
    """Rounding must not be taken for a direction: the computed deviation of 0.1, 0.1, 0.1 is not zero."""
    x = np.full((2, 3), value)
    assert np.abs(tx.grad(spread)(x)).max() < 1e-6
    assert np.abs(tx.grad(spread_of_rows)(x)).max() < 1e-6


def test_what_is_left_out_has_no_derivative() -> None:
    gradient = tx.grad(of_numbers)(np.array([1.0, np.nan, 3.0]))
    assert gradient == pytest.approx([0.5 - 1.0, 0.0, 0.5 + 1.0 + 1.0])


@pytest.mark.parametrize(
    ("x", "expected"), [([2.0, 0.0, 3.0], [0.0, 6.0, 0.0]), ([0.0, 0.0, 3.0], [0.0, 0.0, 0.0]), ([2.0, 5.0, 3.0], [15.0, 6.0, 10.0])]
)
def test_products_with_zeros(x: list[float], expected: list[float]) -> None:
    values = np.array(x)
    assert tx.grad(all_of_them)(values) == pytest.approx(expected)
    second = tx.hessian(all_of_them)(values)
    assert second == pytest.approx(np.array([[0.0, x[2], x[1]], [x[2], 0.0, x[0]], [x[1], x[0], 0.0]]))


# ------------------------------------------------------------------------------------------------------------------ refused


def as_whole_numbers(x):
    return np.sum(x, dtype=int) * 1.0


def weighted_quantile(x):
    return np.quantile(x, 0.5, weights=np.ones(3), method="inverted_cdf")


def from_its_own(x):
    return np.max(x, initial=x[0])


def binned(x):
    return np.histogram(x, 3)[0] * 1.0


def density(x):
    return np.histogram([1, 2, 3], 3, weights=x, density=True)[0]


def step_of_q(q):
    return np.quantile(np.arange(4.0), q, method="lower")


@pytest.mark.parametrize(
    ("f", "reason"),
    [
        (as_whole_numbers, "its dtype holds no fractions"),
        (weighted_quantile, "unexpected keyword argument 'weights'"),
        (from_its_own, "no derivative with respect to 'initial'"),
        (binned, "no derivative with respect to 'a'"),
        (density, "unexpected keyword argument 'density'"),
    ],
)
def test_refused_by_name(f: Any, reason: str) -> None:
    for mode in (tx.vjp, tx.jvp):
        with pytest.raises(NotDifferentiable, match=reason):
            mode(f)


def test_a_step_function_of_q_is_refused() -> None:
    with pytest.raises(NotDifferentiable, match="a step function of q"):
        tx.grad(step_of_q)(0.4)
    with pytest.raises(NotDifferentiable, match="a step function of q"):
        tx.jvp(step_of_q)(0.4, q_dot=1.0)


def running_sum(x, dtype):
    return np.sum(np.cumsum(x, dtype=dtype)) + np.trace(np.outer(x, x), dtype=dtype)


def written_into(x, start):
    y = start + 0
    for i in range(3):
        y[i] += x[i]
    return np.sum(y)


@pytest.mark.parametrize(("f", "whole", "real"), [(running_sum, int, float), (written_into, np.arange(3), np.arange(3.0))])
def test_whole_numbers_known_while_running(f: Any, whole: Any, real: Any) -> None:
    x = np.array([1.5, 2.5, 3.7])
    assert tx.jvp(f)(x, real, x_dot=x)[1] == pytest.approx(np.dot(tx.grad(f)(x, real), x))
    for derivative, dots in ((tx.grad(f), {}), (tx.jvp(f), {"x_dot": x})):
        with pytest.raises(NotDifferentiable, match="rounded"):
            derivative(x, whole, **dots)
