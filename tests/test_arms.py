"""Arms for other kinds of values: refused when they are reached; everything else is refused at once."""

from __future__ import annotations

import numpy as np
import pytest

import tangentx as tx


class Series:
    """A kind of value without a derivative."""

    def __init__(self, values: object) -> None:
        self.values = values


def boxed(x, label=None, how="mean"):
    if isinstance(x, Series):
        return Series(boxed(x.values))
    if label is not None:
        x = np.busday_count(label, x)
    if how == "mean":
        return np.mean(x * x)
    else:
        return np.busday_count(0, x)


def unbox(x):
    return np.sum(np.busday_count(0, x))


def calls(x, other=False):
    if other:
        y = unbox(x)
        y = y + 1.0
    else:
        y = np.sum(x**3)
    return y


def by_value(x):
    if x[0] > 0:
        return unbox(x)
    return np.sum(x)


def both(x, other=False):
    if other:
        x = unbox(x)
    return unbox(x)


def one_of_two(x, other=False):
    if np.sum(x) > 3.0 and isinstance(x, Series):
        return unbox(x)
    if np.sum(x) > 3.0 or isinstance(x, Series):
        return np.sum(x * x)
    return np.sum(x)


def either(x, other=False):
    if np.sum(x) > 3.0 or isinstance(x, Series):
        return unbox(x)
    return np.sum(x)


def no_way_out(x, other=False):
    if other:
        y = unbox(x)
    else:
        y = unbox(x) + 1.0
    return y


def looping(x, mode="exact"):
    total = 0.0
    for k in range(3):
        if mode == "exact":
            total = total + np.sum(x**k) * (k + 1.5)
        elif mode == "other":
            total = unbox(x)
            break
        else:
            continue
    return total


def chosen(x, label=None):
    y = x.values if isinstance(x, Series) else np.busday_count(x, label) if label is not None else x * x
    return Series(y) if isinstance(x, Series) else np.sum(y)


def chosen_by_value(x):
    return np.busday_count(x, x) if np.sum(x) > 1.0 else np.sum(x)


X = np.array([0.4, -1.3, 2.2])


@pytest.mark.parametrize("optimise", [True, False])
def test_an_arm_that_is_not_taken(optimise: bool) -> None:
    np.testing.assert_allclose(tx.grad(boxed, optimise=optimise)(X), 2.0 * X / 3.0)
    np.testing.assert_allclose(tx.grad(calls, optimise=optimise)(X), 3.0 * X**2)
    np.testing.assert_allclose(tx.grad(looping, optimise=optimise)(X), 2.5 + 7.0 * X)
    np.testing.assert_allclose(tx.hvp(calls)(X, x_dot=np.ones(3)), 6.0 * X)
    np.testing.assert_allclose(tx.jvp(calls)(X, x_dot=np.ones(3))[1], np.sum(3.0 * X**2))
    np.testing.assert_allclose(tx.grad(chosen, optimise=optimise)(X), 2.0 * X)
    np.testing.assert_allclose(tx.grad(one_of_two)(X + 5.0), 2.0 * (X + 5.0))


def test_an_arm_that_is_taken_says_why() -> None:
    with pytest.raises(NotImplementedError, match=r"no derivative is known for np.busday_count: test_arms.py, line \d+"):
        tx.grad(boxed)(X, label=np.sum)
    with pytest.raises(NotImplementedError, match=r"np.busday_count: test_arms.py"):
        tx.grad(boxed)(X, how="sum")
    with pytest.raises(NotImplementedError, match=r"np.busday_count: test_arms.py"):
        tx.jvp(calls)(X, True, x_dot=X)
    with pytest.raises(NotImplementedError, match=r"np.busday_count: test_arms.py"):
        tx.grad(looping)(X, "other")
    with pytest.raises(NotImplementedError, match=r"np.busday_count: test_arms.py"):
        tx.grad(chosen)(X, "other")


@pytest.mark.parametrize("f", [unbox, by_value, both, either, no_way_out, chosen_by_value])
def test_what_numbers_decide_is_refused_at_once(f: object) -> None:
    with pytest.raises(tx.errors.NotDifferentiable, match="no derivative is known for np.busday_count"):
        tx.grad(f)


def test_a_generator_stays_one() -> None:
    def f(x, many=False):
        if many:
            yield x
        return x * x

    with pytest.raises(tx.errors.UnsupportedSyntax, match="a generator"):
        tx.grad(f)
