"""Arrays in a container, made here or handed back by a helper, and written there: right, or an AliasError.

Every way to make the container, with every way to write into it, with one of the ways to read it again, each in its turn.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import tangentx as tx
from tests.fuzz.plain import without_black

HEAD = """
import numpy as np
from typing import NamedTuple


class Pair(NamedTuple):
    a: object
    b: object


def set_second(u, e):
    u[1] = e


def set_all(p, e):
    for u in p:
        u[1] = e

"""
HELPERS = {
    "tuple": "return x * y, x + y",
    "list": "return [x * y, x + y]",
    "with_a_view": "z = x * y\n    return z, z[1:]",
    "arguments": "return x, y",
    "views_of_arguments": "return x[::-1], y[:]",
    "grown": "out = []\n    for k in range(2):\n        out.append(x * y + k)\n    return out",
    "one_of_two": "u = x * y\n    v = x + y\n    if x[0] > 0:\n        return u, v\n    return v, u",
    "rows": "u = np.zeros((2, 3))\n    u[0] = x * y\n    u[1] = x + y\n    return u",
    "comprehension": "return [x * y + k for k in range(2)]",
    "part_of_a_list": "w = [x * y, x + y]\n    return w[:]",
}
DISPLAYS = {
    "display": "p = [x * y, x + y]",
    "display_of_names": "u = x * y\n    v = x + y\n    p = (u, v)",
    "part_of_another": "u = x * y\n    p = (u, u[1:])",
    "of_arguments": "p = [x, y]",
    "one_array_twice": "u = x * y\n    p = [u, u]",
    "appended": "p = []\n    p.append(x * y)\n    p.append(x + y)",
    "tuple_of_a_generator": "p = tuple(x * y + k for k in range(2))",
    "one_of_two_displays": "p = [x * y, x + y] if x[0] > 0 else [x, y]",
    "with_a_star": "q = (x * y,)\n    p = [*q, x + y]",
    "zipped": "p = [a * b for a, b in zip((x, y), (y, x))]",
    "from_a_dict": "d = {0: x * y, 1: x + y}\n    p = [d[0], d[1]]",
    "dict": "p = {0: x * y, 1: x + y}",
    "named_tuple": "p = Pair(x * y, x + y)",
    "in_another": "w = ([x * y, x + y], 3.0)\n    p = w[0]",
    "filled": "p = [None] * 2\n    for i in range(2):\n        p[i] = x * y + i",
}
MAKERS = dict.fromkeys(HELPERS, "p = made(x, y)") | DISPLAYS
WRITES = {
    "another": "p[0] = p[1] * y[0]",
    "another_and_its_item": "p[0][0] = y[1]\n    p[0] = p[1]\n    p[1][1] = y[0]",
    "swapped": "p[0], p[1] = p[1], p[0]\n    p[0][1] = y[0]",
    "scaled_in_its_place": "p[0] *= y[0]",
    "item": "p[0][1] = 0.0",
    "scaled_item": "p[0][1] *= y[0]",
    "scaled_whole": "p0 = p[0]\n    p0 *= y[0]",
    "unpacked": "u, v = p\n    u[1] = v[0] * 2.0",
    "both_unpacked": "u, v = p\n    v[0] *= 3.0\n    u[-1] += v[0]",
    "by_index": "for i in range(2):\n        p[i][1] *= 2.0 + i",
    "in_a_loop": "for q in p:\n        q[1] *= 2.0",
    "counted": "for i, q in enumerate(p):\n        q[1] *= 2.0 + i",
    "in_arms": "if y[0] > 0.5:\n        p[0][1] = y[2]\n    else:\n        p[1][0] = y[1]",
    "in_an_arm_not_taken": "if y[0] < 0.5:\n        p[0][1] = y[2]",
    "under_another_name": "q = p\n    q[0][1] = y[2] * y[1]",
    "one_of_them": "q = p[0] if y[0] > 0.5 else p[1]\n    q[1] = y[2]",
    "by_a_function": "set_second(p[0], y[2])",
    "all_by_a_function": "set_all(p, y[2])",
    "twice": "for _ in range(2):\n        p[0][1] *= p[1][0]",
    "while": "k = 0\n    while k < 2:\n        p[k][k] = p[1 - k][0] * 2.0\n        k += 1",
    "beside_others": "for a, b in zip(p, (x, y)):\n        a[1] += b[0]",
}
READS = {
    "items": "return np.sum(p[0] * p[0]) + np.sum(p[1]) * x[1]",
    "loop": "s = 0.0\n    for q in p:\n        s += np.sum(q * q)\n    return s",
    "unpacked": "a, b = p\n    return np.sum(a * a) + np.sum(b) * y[2]",
    "arguments": "return np.sum(p[0] * p[0]) + np.sum(x * y)",
}
X, Y, EPS = np.array([0.3, 0.4, 0.5]), np.array([1.2, 0.7, 0.9]), 1e-6


@pytest.fixture(autouse=True)
def _without_black() -> Iterator[None]:
    with without_black():  # the numbers are looked at here
        yield


def load(name: str, text: str, folder: Path) -> ModuleType:
    path = folder / f"{name}.py"
    path.write_text(text)
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def written(maker: str, write: str, read: str) -> str:
    """A program."""
    body = f"def f(x, y):\n    {MAKERS[maker]}\n    {WRITES[write]}\n    {READS[read]}\n"
    return f"{HEAD}\ndef made(x, y):\n    {HELPERS.get(maker, 'pass')}\n\n\n{body}"


def difference(f: Callable[..., float]) -> np.ndarray:
    """The gradient by x, then y: central differences, exact to about 1e-9 (the programs are polynomials of low degree)."""
    ways = [(e, 0 * e) for e in np.eye(3)] + [(0 * e, e) for e in np.eye(3)]
    return np.array([(f(X + EPS * a, Y + EPS * b) - f(X - EPS * a, Y - EPS * b)) / (2 * EPS) for a, b in ways])


def forward(f: Callable[..., float]) -> np.ndarray:
    push, none = tx.jvp(f, wrt=(0, 1)), np.zeros(3)
    dots = [(e, none) for e in np.eye(3)] + [(none, e) for e in np.eye(3)]
    return np.array([push(X.copy(), Y.copy(), x_dot=a.copy(), y_dot=b.copy())[1] for a, b in dots])


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("maker", MAKERS)
def test_right_or_loud(maker: str, write: str, tmp_path: Path) -> None:
    first = (list(MAKERS).index(maker) + list(WRITES).index(write)) % 6
    for read in list(READS)[first::6]:
        f = load(f"handed_{maker}_{write}_{read}", written(maker, write, read), tmp_path).f
        try:
            f(X.copy(), Y.copy())
        except (TypeError, IndexError, ValueError, KeyError):
            continue  # a tuple has no place for another item, the keys of a dict are no arrays
        expected = difference(f)
        for claim in (lambda f=f: np.concatenate(tx.grad(f, wrt=(0, 1))(X.copy(), Y.copy())), lambda f=f: forward(f)):
            try:
                found = claim()
            except tx.errors.AliasError:
                continue
            np.testing.assert_allclose(found, expected, rtol=1e-7, atol=1e-8)


@pytest.mark.parametrize("write", [w for w in WRITES if w not in ("another", "another_and_its_item", "scaled_whole", "one_of_them", "swapped")])
def test_right_where_each_array_has_one_place(write: str, tmp_path: Path) -> None:
    """No refusal where a helper returns arrays of its own."""
    for maker in ("list", "comprehension", "display", "appended", "zipped"):
        f = load(f"alone_{maker}_{write}", written(maker, write, "items"), tmp_path).f
        np.testing.assert_allclose(np.concatenate(tx.grad(f, wrt=(0, 1))(X.copy(), Y.copy())), difference(f), rtol=1e-7, atol=1e-8)
