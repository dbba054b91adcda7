"""Two arguments, one of which holds the other one: what is written by way of one of them is read by way of the other one.

Each function is right where the arguments have nothing in common, and right or refused where they have.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pytest

import tangentx as tx
from tangentx.errors import AliasError
from tests.differences import directional


class Box:
    def __init__(self, value):
        self.value = value

    def put(self, value):
        self.value = value

    def get(self):
        return self.value


class Node:
    def __init__(self, value, following):
        self.value, self.following = value, following


class Pair(NamedTuple):
    first: Any
    second: float


@dataclass(frozen=True)
class Fixed:
    value: Any


def by_an_item(x, o, c):
    c[0].value = x
    return o.value * x


def by_a_method_of_each(x, o, c):
    for box in c:
        box.put(x)
    return o.value * x


def by_each_value(x, o, c):
    for box in c.values():
        box.value = x
    return o.value * x


def by_a_list_of_them(x, o, c):
    first = list(c)[0]
    first["n"] = x
    return sum(o.values()) * x


def by_a_comprehension(x, o, c):
    rows = [row for row in c if row]
    rows[0].append(x)
    return sum(o) * x


def by_what_a_method_gives(x, o, c):
    c.get()[0] = x
    return o[0] * x


def by_a_part_of_a_field(x, o, c):
    c.value[::-1][0] = x
    return np.sum(o) * x


def by_out(x, o, c):
    np.multiply(2.0, x, out=c.value)
    return np.sum(o) * x


def by_an_update_in_a_loop(x, o, c):
    part = c[0]
    for _ in range(2):
        part *= x
    return np.sum(o) * x


def by_an_extended_list(x, o: list, c):
    part = c.value
    part += [x]
    return sum(o) * x


def by_a_copy(x, o, c):
    part = c.copy()["a"]
    part *= x
    return np.sum(o) * np.sum(part)


def by_a_nested_function(x, o, c):
    def write():
        c[0].value = x

    write()
    return o.value * x


def by_the_last_node(x, o, c):
    node = c
    while node.following is not None:
        node = node.following
    node.value = x
    return o.value * x


def by_what_it_returned(x, o, c):
    part = c()
    part[0] = x
    return sum(o) * x


def by_an_iterator(x, o, c):
    part = next(c)
    part[0] = x
    return np.sum(o) * x


def by_an_array_of_objects(x, o, c):
    c[0][0] = x
    return np.sum(o) * x


def held_in_a_named_tuple(x, o, c):
    c.value = x
    return o.first.value * x


def held_in_a_frozen_object(x, o, c):
    c[0] = x
    return np.sum(o.value) * x


def held_by_a_function(x, o, c):
    c[0] = x
    return np.sum(o()) * x


def counted(x, o, c):
    c.append(1.0)
    return len(o[0]) * x


def both_written(x, o, c):
    o.value = 3.0
    c.value = x
    return o.value * x


def objects(*values: Any) -> np.ndarray:
    made = np.empty(len(values), object)
    made[:] = values
    return made


WAYS: list[tuple[Callable[..., Any], Callable[[], Any], Callable[[Any], Any]]] = [  # the function, the one and what holds it
    (by_an_item, lambda: Box(1.0), lambda o: [o]),
    (by_a_method_of_each, lambda: Box(1.0), lambda o: [Box(2.0), o]),
    (by_each_value, lambda: Box(1.0), lambda o: {"a": o}),
    (by_a_list_of_them, lambda: {"m": 1.0}, lambda o: [o, {}]),
    (by_a_list_of_them, lambda: {"m": 1.0}, lambda o: (o, {})),
    (by_a_comprehension, lambda: [1.0], lambda o: [o, [2.0]]),
    (by_what_a_method_gives, lambda: np.ones(2), Box),
    (by_what_a_method_gives, lambda: [1.0], Box),
    (by_a_part_of_a_field, lambda: np.ones(2), Box),
    (by_out, lambda: np.ones(2), Box),
    (by_an_update_in_a_loop, lambda: np.ones(2), lambda o: [o]),
    (by_an_update_in_a_loop, lambda: np.ones(2), lambda o: (o, np.zeros(2))),
    (by_an_extended_list, lambda: [1.0], Box),
    (by_a_copy, lambda: np.ones(2), lambda o: {"a": o}),
    (by_a_nested_function, lambda: Box(1.0), lambda o: [o]),
    (by_the_last_node, lambda: Node(1.0, None), lambda o: Node(2.0, o)),
    (by_what_it_returned, lambda: [1.0, 2.0], lambda o: lambda: o),
    (by_an_iterator, lambda: np.ones(2), lambda o: iter([o, np.zeros(2)])),
    (by_an_array_of_objects, lambda: np.ones(2), lambda o: objects(o, np.zeros(3))),
    (counted, lambda: [[1.0]], lambda o: o[0]),
    (both_written, lambda: Box(1.0), lambda o: o),
    (held_in_a_named_tuple, lambda: Pair(Box(1.0), 1.0), lambda o: o.first),
    (held_in_a_frozen_object, lambda: Fixed(np.ones(2)), lambda o: o.value),
]
REFUSED = (  # whatever they share: what they hold is the caller's, or of a class that nobody knows
    by_what_it_returned,
    by_an_iterator,
    by_an_array_of_objects,
    by_an_extended_list,
    by_a_method_of_each,
)


@pytest.mark.parametrize("shared", [True, False], ids=["shared", "apart"])
@pytest.mark.parametrize(("function", "make", "hold"), WAYS, ids=[f"{w[0].__name__}-{k}" for k, w in enumerate(WAYS)])
def test_right_or_refused(function: Callable[..., Any], make: Callable[[], Any], hold: Callable[[Any], Any], shared: bool) -> None:
    def arguments() -> tuple[Any, ...]:
        one = make()
        return (one, hold(one)) if shared else (one, hold(copy.deepcopy(one)))

    def value(x: float) -> Any:
        return function(x, *arguments())

    def gradient(*args: Any) -> Any:
        return tx.grad(function)(1.3, *args)

    def tangent(*args: Any) -> Any:
        return tx.jvp(function, "x")(1.3, *args, x_dot=1.0)[1]

    expected, error = directional(value, (1.3,), {0: 1.0})
    for derivative in (gradient, tangent):
        try:
            found = derivative(*arguments())
        except tx.TangentxError:
            assert shared or function in REFUSED
        else:
            np.testing.assert_allclose(found, expected, atol=1e-9 + 10 * error)


def test_what_a_function_keeps() -> None:
    """A list that a function keeps is written, and another argument."""
    kept = np.ones(2)
    with pytest.raises(AliasError, match="that another argument reads"):
        tx.grad(held_by_a_function)(1.3, lambda: kept, kept)
    assert tx.grad(held_by_a_function)(1.3, lambda: kept, np.ones(2)) == 2.0
    assert np.array_equal(kept, np.ones(2))
