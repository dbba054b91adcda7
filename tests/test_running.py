"""Functions that only the run knows: those that write are refused whatever is done with it, builtins and partials are told apart."""

from __future__ import annotations

import contextlib
import functools
import linecache
import math
import operator
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import tangentx as tx
from tangentx.errors import NotDifferentiable, TangentxError
from tests.differences import difference


def right_hand_side(du, u, k):
    du[0] = k * u[1]
    du[1] = -u[0] * k


def filled(a, v):
    a[:] = v


def appended(a, v):
    a.append(v)


class Keeper:
    def __init__(self):
        self.v = 0.0

    def __call__(self, x):
        self.v = x * x

    def keep(self, x):
        self.v = x * x


def integrated(k, f):
    u, du = np.array([1.0, 2.0]), np.zeros(2)
    for _ in range(3):
        f(du, u, k)
        u = u + 0.1 * du
    return u.sum()


def used_beside(x, f):
    a = np.zeros(2)
    f(a, x * x)
    return a.sum() + x


def within(x, f):
    a = np.zeros(2)
    f(a, x)
    return a.sum()


def by_a_helper(x, f):
    return within(x, f) + x


def constant_into_what_was_read(x, f):
    a = np.zeros(2)
    y = a * x
    f(a, 3.0)
    return (y + a * x * x).sum()


def one_of_a_list(x, fs):
    a = np.zeros(2)
    for f in fs:
        f(a, x)
    return a.sum()


def kept(x, e):
    e(x)
    return e.v


def kept_by_another_name(x, e):
    z = e
    z(x)
    return e.v


def kept_by_a_method(x, e):
    f = e.keep
    f(x)
    return e.v


def kept_in_a_map(x, e):
    list(map(e, [x, x]))
    return e.v


def by_the_name_of_a_method(x, name):
    items = [1.0]
    getattr(items, name)(x)
    return items[-1]


def by_the_name_of_a_function(x, name):
    a = np.zeros(2)
    getattr(np, name)(a, x)
    return a.sum()


def into_a_list(x, f):
    items = [1.0]
    f(items, x)
    return items[-1] * 2


def out_by_position(x, f):
    a = np.zeros(2)
    f(x, a)
    return a.sum()


WRITERS = [
    (integrated, right_hand_side), (used_beside, filled), (used_beside, np.copyto), (used_beside, operator.iadd), (by_a_helper, filled),
    (constant_into_what_was_read, filled), (one_of_a_list, [filled]), (kept, Keeper()), (kept_by_another_name, Keeper()),
    (kept_by_a_method, Keeper()), (kept_in_a_map, Keeper()), (by_the_name_of_a_method, "append"), (by_the_name_of_a_function, "copyto"),
    (into_a_list, list.append), (into_a_list, appended), (out_by_position, np.sin),
]  # fmt: skip


@pytest.mark.parametrize(("f", "given"), WRITERS, ids=lambda part: getattr(part, "__name__", type(part).__name__))
def test_a_function_that_writes_is_refused(f: Callable[..., Any], given: Any) -> None:
    for derivative in (tx.grad(f), lambda x, g: tx.jvp(f)(x, g, **{"k_dot" if f is integrated else "x_dot": 1.0})):
        with pytest.raises(TangentxError, match="writes into its argument"):
            derivative(0.7, given)


def test_what_only_looks_is_called() -> None:
    seen: list[Any] = []

    def f(x: Any, look: Any) -> Any:
        y = x * x
        look(y)
        return y * x

    assert tx.grad(f)(2.0, seen.append) == 12.0
    assert seen == [4.0]


def applied(fs: Any, x: Any) -> Any:
    return sum(f(x) for f in fs)


PARTIALS: list[tuple[Any, float]] = [
    (functools.partial(operator.add, 3.0), 1.0),
    (functools.partial(operator.sub, 3.0), -1.0),
    (functools.partial(operator.mul, 3.0), 3.0),
    (functools.partial(operator.mul, 4.0), 4.0),
    (functools.partial(functools.partial(operator.mul, 5.0)), 5.0),
    (functools.partial(operator.truediv, 1.0), -1.0 / 0.49),
    (functools.partial(pow, 2.0), 2**0.7 * math.log(2.0)),
    (functools.partial(math.atan2, 1.0), -1.0 / 1.49),
    (functools.partial(max, 0.1), 1.0),
    (abs, 1.0),
    (float, 1.0),
    (round, 0.0),
]


def test_builtins_and_partials_of_them_have_derivatives_of_their_own() -> None:
    gradient = tx.grad(applied, 1)
    for f, expected in (*PARTIALS, *PARTIALS[::-1]):
        np.testing.assert_allclose(gradient([f], 0.7), expected, rtol=1e-12, err_msg=repr(f))


def called_with(f: Any, x: Any) -> Any:
    return f(x)


def test_methods_of_ufuncs_have_derivatives_of_their_own() -> None:
    x = np.array([1.0, 2.0])
    np.testing.assert_allclose(tx.vjp(called_with, 1)(np.add.reduce, x, init_grad=1.0)[1], [1.0, 1.0])
    np.testing.assert_allclose(tx.vjp(called_with, 1)(np.multiply.reduce, x, init_grad=1.0)[1], [2.0, 1.0])
    np.testing.assert_allclose(tx.vjp(called_with, 1)(np.multiply.accumulate, x, init_grad=x)[1], [5.0, 2.0])


class Namesakes:
    def scaled(self, x: float = 1.0) -> float:
        return 3.0 * x

    def __call__(self, y: float, x1: float = 2.0) -> float:
        return y * x1


def product(a: float, b: float) -> float:
    return a * b


def test_keywords_may_be_called_as_what_hands_them_on() -> None:
    assert tx.grad(lambda x, o: o.scaled(x=x))(0.7, Namesakes()) == 3.0
    assert tx.grad(lambda x, o: o(2.0, x1=x))(0.7, Namesakes()) == 2.0
    assert tx.grad(lambda x, f: f(x, 2.0))(0.7, lambda *a, **k: product(*a, **k)) == 2.0


def test_an_object_of_numpy_that_is_called_is_refused() -> None:
    with pytest.raises(NotDifferentiable, match=r"no derivative is known for calling a numpy.polynomial.polynomial.Polynomial"):
        tx.grad(called_with, 1)(np.polynomial.Polynomial([1.0, 2.0]), 0.7)


K, FLAG = 2.0, [1.0]


@contextlib.contextmanager
def switched():
    global K
    FLAG[0], K = 2.0, 5.0
    yield
    FLAG[0], K = 1.0, 2.0


def branched(x):
    return x * x if FLAG[0] > 1.5 else x


def scaled(x):
    return x * x * K


def through_another(x):
    return scaled(x) * x


class Model:
    def __init__(self, f):
        self.f = f

    def __call__(self, x):
        return self.f(x) * K


def inside_and_outside(x, f):
    with switched():
        y = f(x)
    return y * x + f(x)


@pytest.mark.parametrize("f", [branched, scaled, through_another, Model(scaled), Model(branched)])
def test_what_a_context_of_the_caller_sets_is_read_once(f: Callable[..., Any]) -> None:
    """``f`` reads a global variable, which has another value when the reverse sweep runs."""
    expected, _ = difference(lambda h: inside_and_outside(1.5 + h, f))
    assert tx.grad(inside_and_outside)(1.5, f) == pytest.approx(expected, rel=1e-7)
    assert tx.jvp(inside_and_outside)(1.5, f, x_dot=1.0)[1] == pytest.approx(expected, rel=1e-7)
    assert (K, FLAG) == (2.0, [1.0])


def test_a_sum_of_many_terms() -> None:
    """As code is written that writes code: more terms than Python's stack usually has levels."""
    source = "def many(x, a):\n    return " + " + ".join(f"a[{k % 3}] * x[{k % 3}]" for k in range(700)) + "\n"
    linecache.cache["many.py"] = len(source), None, source.splitlines(True), "many.py"
    scope: dict[str, Any] = {}
    exec(compile(source, "many.py", "exec"), scope)
    limit = sys.getrecursionlimit()
    np.testing.assert_allclose(tx.grad(scope["many"])(np.ones(3), np.array([1.0, 2.0, 3.0])), [234.0, 466.0, 699.0])
    assert sys.getrecursionlimit() == limit
