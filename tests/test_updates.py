"""``x += e`` where x may be an argument, or what something else keeps, as only the run knows: right, or an AliasError."""

from __future__ import annotations

import collections
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import tangentx as tx
from tangentx.errors import AliasError

X = np.array([0.3, 0.5, 0.7])
H = 1e-6
DATA = np.ones((2, 3))


def halved(x, copy):
    if copy:
        x = x.copy()
    x /= 2.0
    return x


def accumulated(v, acc=None):
    if acc is None:
        acc = np.zeros_like(v)
    acc += v
    return acc


def rows_doubled(m):
    for i in range(len(m)):
        r = m[i]
        r *= 2


def values_doubled(d):
    for p in d.values():
        p *= 2


def doubled_perhaps_turned(m, k):
    v = m if k == 0 else m.T
    v *= 2


def clipped(x, low):
    u = x
    if low is not None:
        u = np.maximum(u, low)
    u *= 2
    return u


def copied_so_often(a, n):
    while n:
        a = a.copy()
        n -= 1
    a += 2
    return a


def parts_scaled(a, g):
    for s in (slice(0, 1), slice(1, 2)):
        b = a[s]
        b *= g


def rows_added(a, g):
    for i in range(1, 3):
        before, now = a[i - 1], a[i]
        now += before * g


def unless_asked_not_to(m, no):
    if no:
        return
    m *= 2


class Centred:
    def __init__(self, copy):
        self.copy = copy

    def fit(self, x):
        if self.copy:
            x = x.copy()
        x -= x.mean(0)
        return x


class Box:
    def __init__(self, u):
        self.u = u


class Dense:
    def __init__(self, w):
        self.w = w

    def forward(self, x):
        self.x = x
        return x @ self.w


class Sequential:
    def __init__(self, layers):
        self.layers = layers

    def __call__(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x


def in_pairs(x, y):
    pairs = ((x, y), y)
    (a, b), c = pairs
    a *= c
    return x @ x * b[0]


def copy_flag(x, copy):
    y = x * x
    return halved(y, copy) @ y


def into_an_array_of_ours(x):
    a = np.zeros(3)
    accumulated(x, a)
    return np.sum(a**2)


def into_a_new_one(x):
    return np.sum(accumulated(x) * accumulated(x, None) * x)


def of_rows(x):
    m = np.outer(x, x) + 1.0
    rows_doubled(m)
    return np.sum(m**2)


def of_values(x):
    d = {"a": x * 1.0}
    values_doubled(d)
    return d["a"] @ d["a"]


def of_a_branch(x):
    m = np.outer(x, x)
    doubled_perhaps_turned(m, 0)
    return np.sum(m**2)


def of_a_bound(x, low):
    y = x * x
    return clipped(y, low) @ y


def of_a_while(x, n):
    y = x * x
    return copied_so_often(y, n) @ y


def of_parts(x):
    y = x * x
    parts_scaled(y, x[0])
    return np.sum(y)


def of_two_rows(x):
    m = np.outer(x, x)
    rows_added(m, x[0])
    return np.sum(m**2)


def of_an_early_return(x):
    y = x * x
    unless_asked_not_to(y, False)
    return np.sum(y)


def of_a_method(x, copy):
    y = x * x
    return Centred(copy).fit(y) @ y * y[0]


def kept_in_a_list(x):
    s, out = np.zeros(3), []
    for _ in range(2):
        s += x
        out.append(s)
    return np.sum(out[0] ** 2)


def kept_under_a_name(x):
    s = np.zeros(3)
    for k in range(2):
        s += x
        if k == 0:
            a = s
    return np.sum(a**2)


def kept_at_an_index(x):
    s, out = np.zeros(3), [None, None]
    for k in range(2):
        s += x
        out[k] = s
    return np.sum(out[0] ** 2)


def part_kept(x):
    s, keep = np.zeros(3), None
    for k in range(2):
        s += x
        v = s[1:]
        if k == 0:
            keep = v
    return np.sum(keep**2)


def number_by_its_start(x):
    s, out = 0.0, []
    for _ in range(2):
        s += x
        out.append(s)
    return np.sum(out[0] ** 2)


def of_an_attribute(x):
    z = x * 1.0
    box = Box(z)
    box.u += x
    box.u = box.u * 2
    return z @ z


def of_an_item(x):
    d = {"u": x * 1.0}
    b = d["u"]
    d["u"] += x
    d["u"] = d["u"] * 2
    return b @ d["u"]


def nested_pairs(x):
    return in_pairs(x * 1.0, x)


def layers_that_keep_what_they_are_given(x):
    w = np.outer(x, x)
    return np.sum(Sequential([Dense(w), Dense(w * 2)])(DATA) ** 2)


CASES: list[tuple[Callable[..., Any], tuple[Any, ...], bool]] = [  # whether it is right; else it is refused
    (copy_flag, (True,), True),
    (copy_flag, (False,), False),
    (into_an_array_of_ours, (), True),
    (into_a_new_one, (), True),
    (of_rows, (), True),
    (of_values, (), True),
    (of_a_branch, (), True),
    (of_a_bound, (0.2,), True),
    (of_a_bound, (None,), False),
    (of_a_while, (2,), True),
    (of_a_while, (0,), False),
    (of_parts, (), True),
    (of_two_rows, (), True),
    (of_an_early_return, (), True),
    (of_a_method, (True,), True),
    (of_a_method, (False,), False),
    (kept_in_a_list, (), False),
    (kept_under_a_name, (), False),
    (kept_at_an_index, (), False),
    (part_kept, (), False),
    (number_by_its_start, (), False),
    (of_an_attribute, (), True),
    (of_an_item, (), False),
    (nested_pairs, (), False),
    (layers_that_keep_what_they_are_given, (), True),
]


@pytest.mark.parametrize(("f", "rest", "right"), CASES, ids=lambda part: getattr(part, "__name__", str(part)))
def test_right_or_refused(f: Callable[..., Any], rest: tuple[Any, ...], right: bool) -> None:
    x = X.copy()
    if not right:
        for derivative in (lambda: tx.grad(f)(x, *rest), lambda: tx.jvp(f)(x, *rest, x_dot=x)):
            with pytest.raises(AliasError):
                derivative()
        return
    expected = [(f(X + H * e, *rest) - f(X - H * e, *rest)) / (2 * H) for e in np.eye(3)]
    value, gradient = tx.value_and_grad(f)(x, *rest)
    np.testing.assert_allclose(value, f(X.copy(), *rest))
    np.testing.assert_allclose(gradient, expected, rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(tx.jvp(f)(x, *rest, x_dot=X)[1], np.dot(expected, X), rtol=1e-6, atol=1e-8)
    np.testing.assert_array_equal(x, X)


def with_a_view_of_itself(x):
    d = {"a": np.sin(x)}
    d["b"] = d["a"][1:]
    return d


Two = collections.namedtuple("Two", "a b")


def two_of_one(x):
    e = np.exp(x)
    return Two(e, e[1:])


def kept_in_a_list_too(x):
    d = {"h": []}
    a = np.sin(x)
    d["h"].append(a)
    d["a"] = a
    return d


def view_in_a_result(x):
    d = with_a_view_of_itself(x)
    d["a"][2] = 3 * x[0]
    return d["b"].sum()


def view_in_a_named_tuple(x):
    p = two_of_one(x)
    p.a[1] = 2 * x[0]
    return p.b.sum()


def two_places_in_a_result(x):
    d = kept_in_a_list_too(x)
    d["a"][2] = 3 * x[0]
    return d["h"][0].sum()


@pytest.mark.parametrize("f", [view_in_a_result, view_in_a_named_tuple, two_places_in_a_result])
def test_results_that_show_an_array_twice_are_refused_where_it_is_written(f: Callable[..., Any]) -> None:
    np.testing.assert_allclose(tx.vjp(with_a_view_of_itself)(X, init_grad={"a": X, "b": X[1:]})[0]["b"], np.sin(X[1:]))
    for derivative in (lambda: tx.grad(f)(X), lambda: tx.jvp(f)(X, x_dot=X)):
        with pytest.raises(AliasError):
            derivative()
