"""One array under many names, where only the run knows which: right, or an AliasError, never a wrong number."""

from __future__ import annotations

import contextlib
import copy
import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import tangentx as tx
from tangentx.analysis.fact import Fact, Facts
from tangentx.analysis.sharing import sharing
from tangentx.ir.nodes import Attribute, Call, Const, Method, Ref, Var
from tangentx.rules.mutators import written_by
from tests.differences import difference

WEIGHTS = np.linspace(0.5, 1.5, 3)


def one_of_two_in_a_loop(x, y, n):
    for i in range(n, -1, -1):
        z = x if i < 1 else y
        z[0] = n + i
    return np.dot(y, WEIGHTS)


def read_before_it_is_written_again(x, y, n):
    w = x * x
    s = 0.0
    for i in range(n):
        s = s + w[0]
        z = w if i < 1 else y
        z[0] = s * 2.0
    return s


def carried_name_and_an_update(x, y, n):
    w = x
    for _ in range(n):
        v = w
    x += 1.5
    return np.sum(v * v)


def items_of_a_display_in_a_loop(x, y, n):
    w = x * 2.0
    v = w[...]
    for q in (w, v):
        q[1] += 0.3
    return np.sum(v * v)


def updates_of_items_of_a_display(x, y, n):
    w = x * 2.0
    v = w[...]
    for q in (w, v):
        q += 0.3
    return np.sum(v * v)


def carried_view_in_one_arm(x, y, n):
    w = np.zeros(3)
    if n > 1:
        v = w
        for _ in range(n):
            v = v[::1]
            v += x
    else:
        w[0] = x[1]
    return np.dot(w, WEIGHTS)


def maybe_a_view_behind_a_write(x, y, n):
    w = x * x
    v = w.ravel()
    v[0] *= y[0]
    z = v if n > 0 else None
    z[0] = 1.5
    return np.dot(v, WEIGHTS)


def row_updated_in_a_loop(x, y, n):
    x = np.outer(x, x)
    for i in range(2):
        v = x[i]
        v += x[0, 2]
        x[i] = 1.25
    return np.sum(x * x)


def updated_and_written(x, y, n):
    w = np.full((2, 3), y[0])
    v = w
    z = v
    z *= 1.25
    u = v
    u[0] *= x
    return np.sum(w)


def row_of_a_parameter(x, y, n):
    for i in range(n):
        v = y[i]
        v *= x[i]
        y[i] *= 1.5
    return np.sum(y * y)


def written_in_an_arm(x, y, n):
    w = x * 1.0
    if n > 1:
        z = w if y[0] > 0.0 else y
        z[1] = x[0] * x[2]
    return np.sum(w * w)


def turned_round_in_a_loop(x, y, n):
    w = np.copy(x)
    v = w
    for i in range(n):
        v = v[::-1]
        v += np.sin(y[i])
    for i in range(3):
        part = w[i:]
        part[-1] += 1.0
    return np.sum(w * w)


def views_beside_another_name(x, y, n):
    w = np.copy(x)
    z = w if y[0] < 0.5 * n else w.copy()
    for i in range(2):
        part = w[i:]
        part[0] *= x[1]
        z[1] = x[0] * y[1]
    return np.sum(w) + z[0]


def perhaps_the_view(x, y, n):
    v = y[::-1]
    _, whole = [x, y]
    _ = v if n == 2 else whole
    v[0] *= x[0]
    return np.sum(v * x)


def updated_view_beside_a_copy(x, y, n):
    w = x * y
    v = w[1:]
    other = v if n > 1 else v.copy()
    other[0] += 0.75
    v /= v * v
    return np.sum(w * w)


def written_later_under_another_name(x, y, n):
    w = x * 1.0
    z = w if n > 1 else y
    w[...] *= z * z[::-1]
    return np.sum(w)


def named_in_a_loop(x, y, n):
    w = x * y
    for _ in range(n):
        z = w
    s = np.sum(z * z)
    w[0] *= y[1]
    return s + np.sum(w)


def one_of_two_displayed(x, y, n):
    w, total = x * y, 0.0
    for i in range(n):
        z = [w, w][i % 2]
        total += np.sum(z * z * x)
        w[i] *= y[2]
    return total


def swapped_with_itself(x, y, n):
    w = x * y
    v = w
    for _ in range(n):
        w, v = v, w
    v[...] *= v
    return np.sum(v)


def display_replaced_in_an_arm(x, y, n):
    rows = [x * 1.0, y * 2.0]
    also = rows
    rows[1][0] = x[1]
    if n > 1:
        rows[1] = x * y
    return sum(v[0] * v[1] for v in also)


def display_replaced_behind_a_write(x, y, n):
    rows = [x * 1.0, y * 2.0]
    also = rows
    rows[1][0] = x[1]
    rows[n - 1] = x * y
    return sum(v[0] * v[1] for v in also)


def view_of_one_of_two_that_turn(x, y, n):
    w, z = np.copy(x), x * y
    v = w.reshape(3)
    for _ in range(2 * n - 1):
        w, z = z, w
        z[2] /= 1.5
    return w @ x + v @ y


def beside_a_view_in_a_loop(x, y, n):
    w = x * 1.0
    u = w[...]
    s = np.sum(u * y)
    v = w.T
    for _ in range(n):
        v = v[::1]
        v[0] = 0.5
    return s


def view_of_what_is_scaled(x, y, n):
    v = x[::1]
    t = v[n]
    x /= 1.5
    z = v if n == 1 else x
    z[::2] = np.cos(t) * y[0]
    return np.sum(z * y) * np.mean(v)


X, Y = np.array([1.3, -0.7, 2.1]), np.array([0.4, 1.1, -0.6])


def view_carried_past_a_break(x, y, n):
    w = x * 1.0
    v = w[1:]
    s = 0.0
    for _ in range(n):
        s = s + v[0] * v[1] * y[0]
        v = w[1:]
        if s > 10.0:
            break
        w[1] = s
    return s + np.sum(v)


def view_carried_past_breaks_in_arms(x, y, n):
    w = x * 2.0
    v = w[1:]
    s = 0.0
    for _ in range(n + 1):
        s = s + v[0] * v[1]
        v = w[:-1]
        if s > 0.2:
            w[0] = s * s
            if s > 3.0:
                w[1] = s * 0.3
                break
            w[1] = w[2] * y[1]
        else:
            w[1] = s
    return s + np.sum(v * v)


def copy_kept_in_an_arm_that_breaks(x, y, n):
    w = np.zeros((3, 1))
    k, s = 0, 0.0
    while k < 2:
        k += 1
        u = x.copy()
        v = u
        if k == 0:
            pass
        elif 0 < k < 3:
            if x[k] > -5.0:
                s = s + x[k]
                if s > -9.0:
                    w[k, :] = v[1:-1] * y[0]
                    break
        else:
            u[1] = u[1]
    return np.sum(w)


def view_of_an_alias_carried_and_written(x, y, n):
    w = np.sin(y)
    v = y
    for _ in range(n):
        v = v[::1]
        v += w.sum() * x[0]
    return np.sum(w)


def copy_of_a_view_of_what_is_updated(x, y, n):
    w = x
    v = np.ravel(np.flip(w))
    w += 1.25
    return np.dot(v, y)


def updated_array_written_in_one_arm(x, y, n):
    v = x
    v /= 1.5 + v * v
    if np.mean(x) > -10.0:
        z = x
    z[1] *= y[0]
    return np.sum(z)


def view_behind_two_updates_carried(x, y, n):
    v = y.T
    y += y[::1]
    y /= 1.5
    u = v
    for _ in range(n):
        u = u[::1]
        u[1] += np.max(x)
    return np.dot(y, WEIGHTS)


PROGRAMS = [
    copy_of_a_view_of_what_is_updated,
    updated_array_written_in_one_arm,
    view_of_what_is_scaled,
    beside_a_view_in_a_loop,
    view_of_one_of_two_that_turn,
    display_replaced_in_an_arm,
    display_replaced_behind_a_write,
    named_in_a_loop,
    one_of_two_displayed,
    swapped_with_itself,
    written_later_under_another_name,
    one_of_two_in_a_loop,
    read_before_it_is_written_again,
    carried_name_and_an_update,
    items_of_a_display_in_a_loop,
    updates_of_items_of_a_display,
    carried_view_in_one_arm,
    maybe_a_view_behind_a_write,
    row_updated_in_a_loop,
    row_of_a_parameter,
    perhaps_the_view,
    turned_round_in_a_loop,
    updated_and_written,
    updated_view_beside_a_copy,
    view_behind_two_updates_carried,
    views_beside_another_name,
    written_in_an_arm,
]
RIGHT = [
    copy_kept_in_an_arm_that_breaks,
    view_carried_past_a_break,
    view_carried_past_breaks_in_arms,
    view_of_an_alias_carried_and_written,
]  # none of them is loud


@pytest.mark.parametrize("wrt", (0, 1))
@pytest.mark.parametrize("f", [*PROGRAMS, *RIGHT])
def test_right_or_loud(f: Callable[..., Any], wrt: int) -> None:
    moves, dot = np.array([0.7, -0.4, 0.9]), f"{'xy'[wrt]}_dot"
    y = np.outer(Y, X) if f is row_of_a_parameter else Y
    if np.ndim(y) > 1 and wrt:
        moves = np.outer(moves, [1.0, 0.5, -1.0])
    for n in (1, 2):
        args = [X.copy(), y.copy()]

        def moved(t: float, n: int = n, args: list[Any] = args) -> float:
            return float(f(*(a + t * moves if k == wrt else a.copy() for k, a in enumerate(args)), n))

        expected, _ = difference(moved)
        for claim in (
            lambda n=n, args=args: np.sum(tx.grad(f, wrt)(*args, n) * moves),
            lambda n=n, args=args: tx.jvp(f, wrt)(*args, n, **{dot: moves})[1],
        ):
            try:
                found = claim()
            except tx.errors.AliasError:
                assert f not in RIGHT
                continue
            np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-9)


# ------------------------------------------------------------------------------------ the tables of sharing.py, held against NumPy

EFFECTS = frozenset({
    "test", "info", "show_config", "show_runtime", "lookfor", "source", "save", "savez", "savez_compressed", "savetxt", "load", "loadtxt",
    "genfromtxt", "fromfile", "fromregex", "memmap", "seterr", "seterrcall", "setbufsize", "set_printoptions", "printoptions", "errstate",
    "get_include", "tofile", "dump", "bincount", "vander", "nditer", "nested_iters", "flatiter", "broadcast", "ndenumerate", "ndindex", "poly1d",
    "frompyfunc", "vectorize", "matrix", "recarray", "chararray", "ndarray", "busdaycalendar", "asmatrix", "bmat",
    "mintypecode",
})  # fmt: skip
WRITERS = frozenset(
    {"copyto", "put", "place", "putmask", "put_along_axis", "fill_diagonal", "resize", "setflags", "nan_to_num", "byteswap"}
)  # rewritten before
# of a point that is the operand, which nobody asks for; a write to what stands in the copy of a list is checked where it goes through it
EXEMPT = {("fftn", "point"), ("ifftn", "point"), ("copy", "rows")}
SQUARE = np.arange(9.0).reshape(3, 3) + 1.0
OPERANDS = {
    "array": SQUARE, "by columns": np.asfortranarray(SQUARE), "vector": SQUARE[0], "row": SQUARE[:1], "point": np.array(1.5),
    "whole": np.arange(3), "list": [1.5, 2.5], "rows": [SQUARE[0], SQUARE[1]], "number": 1.5, "numpy's": np.float64(1.5),
}  # fmt: skip
MORE: tuple[tuple[Any, ...], ...] = ((), (1,), (0,), (-1,), (0, 1), ((1, 0),), ((3, 3),), ([0, 1], [1, 0]), ([0, 0], [0]), (SQUARE,), (SQUARE[0],))
MORE += (("float64",), (np.float64, 0), ("cpu",), (None,))


def table_calls() -> list[tuple[str, Any]]:
    """Every function of NumPy's, and every method and attribute of its arrays, by name."""
    found: list[tuple[str, Any]] = []
    for module, prefix in ((np, "numpy"), (np.linalg, "numpy.linalg"), (np.fft, "numpy.fft"), (np.lib.stride_tricks, "numpy.lib.stride_tricks")):
        for name in sorted(set(dir(module)) - EFFECTS - WRITERS):
            fn = getattr(module, name)
            if not name.startswith("_") and callable(fn) and not (isinstance(fn, type) and not issubclass(fn, np.generic)):
                found.append((f"{prefix}.{name}", Ref(fn, name, prefix, name)))
    for name in sorted(set(dir(np.ndarray)) - EFFECTS - WRITERS):
        if not name.startswith("__") or name in ("__array__", "__getitem__", "__copy__", "__pos__", "__iter__"):
            found.append((f"ndarray.{name}", Method(name) if callable(getattr(np.ndarray, name)) else Attribute(name)))
    found += [
        (f"builtins.{f.__name__}", Ref(f, f.__name__, "builtins", f.__name__)) for f in (max, min, sum, abs, round, list, tuple, sorted, reversed)
    ]
    return found


def arrays_in(value: Any, depth: int = 0) -> list[Any]:
    """The arrays in a result."""
    if isinstance(value, np.ndarray):
        return [value]
    return [a for item in value for a in arrays_in(item, depth + 1)] if isinstance(value, list | tuple) and depth < 3 else []


def outcome(fn: Any, args: tuple[Any, ...]) -> Any:
    """What the call gives."""
    if isinstance(fn, Ref):
        return fn.obj(*args)
    found = getattr(args[0], fn.name)
    return found(*args[1:]) if isinstance(fn, Method) else found


def fact_of(value: Any, var: Var) -> Fact:
    """What may be known of an operand."""
    return Fact("float") if isinstance(value, float) else Fact("list") if isinstance(value, list) else Fact("array", var)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("name", "fn"), table_calls(), ids=[name for name, _ in table_calls()])
def test_what_is_fresh_shares_nothing_and_views_do(name: str, fn: Any) -> None:
    def shares(result: Any, args: Any) -> bool:
        mine = [a for arg in args for a in arrays_in(arg)]
        return any(np.shares_memory(a, b) for a in arrays_in(result) for b in mine) or any(result is a for a in args if isinstance(a, list))

    for what, operand in OPERANDS.items():
        for more in MORE:
            if isinstance(fn, Ref) and written_by(fn.obj, len(more) + 1) or (name.rpartition(".")[2], what) in EXEMPT:
                continue  # what it writes into is its value: said so before
            args = copy.deepcopy((operand, *more))
            try:
                with contextlib.redirect_stdout(io.StringIO()):
                    result = outcome(fn, args)
            except Exception:
                continue
            names = [Var(f"x{k}") for k in range(len(args))]
            atoms = tuple(v if isinstance(a, np.ndarray | list) or k == 0 else Const(a) for k, (a, v) in enumerate(zip(args, names, strict=True)))
            for known in (False, True):
                facts = Facts()
                facts.facts.update({v: fact_of(a, v) for v, a in zip(names, args, strict=True) if isinstance(a, np.ndarray | list | float) and known})
                how = sharing(Call(fn, atoms), facts, {})
                said = f"{name} of {what}, {more}: {how}, {known=}"
                if shares(result, args):
                    assert how not in ("fresh", "none"), said
                elif how == "view" and isinstance(operand, np.ndarray) and not name.endswith("imag"):  # of real numbers that is zero
                    assert not any(a.size for a in arrays_in(result)), said
