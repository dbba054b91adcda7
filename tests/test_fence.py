"""The fence of the 2018 Tangent, inverted: each construct that it refused, or was silently wrong on, by name.

Both modes and second order are held against finite differences (``tests/holds.py``); what has no derivative is refused with
its place.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

import tangentx as tx
from tests.conftest import Write
from tests.holds import holds

V, W = np.array([0.5, 1.2, 0.8]), np.array([1.5, 0.4, 0.9])
M, N = np.array([[0.5, 1.2, 0.8], [1.1, 0.3, 0.7]]), np.array([[0.4, 0.9], [1.3, 0.2], [0.6, 1.4]])
REFUSED: dict[str, tuple[Callable[..., Any], tuple[Any, ...], tuple[int, ...]]] = {}
WRONG: dict[str, tuple[Callable[..., Any], tuple[Any, ...], tuple[int, ...]]] = {}
OTHERS: dict[str, tuple[Callable[..., Any], tuple[Any, ...], tuple[int, ...]]] = {}
Table = dict[str, tuple[Callable[..., Any], tuple[Any, ...], tuple[int, ...]]]


def program(table: Table, construct: str, *args: Any, wrt: tuple[int, ...] = (0,)) -> Callable[..., Any]:
    """Puts a function into a table under the name of its construct."""

    def keep(f: Callable[..., Any]) -> Callable[..., Any]:
        assert construct not in table
        table[construct] = f, args, wrt
        return f

    return keep


@pytest.mark.parametrize("construct", REFUSED)
def test_refused_by_the_2018_tangent(construct: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TANGENTX_VERIFY", "1")
    holds(*REFUSED[construct])


@pytest.mark.parametrize("construct", WRONG)
def test_silently_wrong_in_the_2018_tangent(construct: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TANGENTX_VERIFY", "1")
    holds(*WRONG[construct])


@pytest.mark.parametrize("construct", OTHERS)
def test_programs_that_others_get_wrong(construct: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TANGENTX_VERIFY", "1")
    holds(*OTHERS[construct])


# ------------------------------------------------------------------------------------------------ refused by Tangent


@program(REFUSED, "a set", 1.3, "sin")
def a_set(x, kind):
    if kind in {"sin", "tan"}:
        return np.sin(x) * x
    return x


@program(REFUSED, "del", 1.3)
def deleted(x):
    y = x * x
    z = y * x
    del y
    y = z + x
    return y * z


@program(REFUSED, "a starred call", (0.5, 1.2))
def starred_call(pair):
    def area(a, b):
        return a * b * b

    return area(*pair)


@program(REFUSED, "unary +", 1.3)
def unary_plus(x):
    return +x * +np.sin(x)


@program(REFUSED, "not", 1.3)
def a_not(x):
    if not x > 2.0:
        return x * x
    return x


@program(REFUSED, "~", V)
def inverted_mask(x):
    mask = x > 0.7
    return np.sum(np.where(~mask, x * x, np.sin(x)))


@program(REFUSED, "//", 7.3)
def floor_division(x):
    return x * x * (x // 2.0)


@program(REFUSED, "shifts", V, 2)
def shifts(x, n):
    return np.sum(x**2) * (1 << n) + x[0] * (5 >> 1)


@program(REFUSED, "| ^ &", V)
def bit_operators(x):
    middle = (x > 0.6) & (x < 1.0)
    ends = (x < 0.6) | (x > 1.0)
    return np.sum(x * x * middle) + np.sum(np.exp(x) * ends) + np.sum(x * (middle ^ ends))


@program(REFUSED, "@", M, N, wrt=(0, 1))
def matrix_product(a, b):
    return np.sum((a @ b) ** 2)


@program(REFUSED, "in", 1.3, ("square", "twice"))
def membership(x, options):
    y = x
    if "square" in options:
        y = y * y
    if "cube" in options:
        y = y * y * y
    return y * x


@program(REFUSED, "not in", 1.3, [1, 3])
def no_membership(x, skipped):
    y = x
    for i in range(4):
        if i not in skipped:
            y = y * x + i
    return y


@program(REFUSED, "a conditional expression", 1.3)
def conditional_expression(x):
    y = x * x if x > 1.0 else -x
    return y * (x if y > 5.0 else 2.0 * y)


@program(REFUSED, "a generator expression", V)
def generator_expression(x):
    return sum(a * np.sin(a) for a in x)


@program(REFUSED, "an import", 1.3)
def imported(x):
    import math as m
    from math import cos

    return m.sin(x) * cos(x)


@program(REFUSED, "for-else", 1.3, 4)
def for_else(x, n):
    y = x
    for i in range(n):
        if y > 100.0:
            break
        y = y * x + i
    else:
        y = np.sin(y) * x
    return y


@program(REFUSED, "continue", 1.3, 5)
def continued(x, n):
    y = x
    for i in range(n):
        if i % 2:
            continue
        y = y * x
    return y


@program(REFUSED, "lambda", 1.3)
def a_lambda(x):
    square = lambda t: t * t * x  # noqa: E731
    return square(x + 1.0) * square(2.0)


@program(REFUSED, "a lambda as an argument", 1.3)
def lambda_as_an_argument(x):
    def twice(f, t):
        return f(f(t))

    return twice(lambda t: t * t + x, x)


STATE = {"scale": 1.5}
OFFSET = 0.75


@program(REFUSED, "global that is read", 1.3)
def reads_a_global(x):
    global OFFSET
    return x * x * OFFSET


@program(REFUSED, "nonlocal", 1.3)
def writes_nonlocal(x):
    total = x

    def add(t):
        nonlocal total
        total = total + t * x

    add(2.0)
    add(x)
    return total * x


@dataclass
class Scale:
    """A class of the user's."""

    factor: Any

    def __call__(self, x: Any) -> Any:
        return self.factor * np.sin(x)

    def applied(self, x: Any) -> Any:
        return self(x) * self.factor


@program(REFUSED, "a class", 1.3, Scale(1.7))
def with_an_object(x, scale: Scale):
    return scale.applied(x) * scale.factor * x


@program(REFUSED, "a class made inside", 1.3)
def makes_an_object(x):
    scale = Scale(x * 2.0)
    return scale.applied(x) + scale.factor


@program(REFUSED, "f-strings", 1.3)
def f_string(x):
    text = f"{x:.1f} and {1 + 1!r}"
    return x * x * len(text)


@program(REFUSED, "annotated assignment", 1.3)
def annotated_assignment(x):
    y: float = x * x
    z: float
    z = y * x
    return z * y


@program(REFUSED, "early return", 1.3, 4)
def early_return(x, n):
    for i in range(n):
        if x > 3.0:
            return x * i
        x = x * x
    return np.sin(x)


@program(REFUSED, "break", 1.3, 10)
def broken(x, n):
    y = x
    for _ in range(n):
        y = y * x
        if y > 4.0:
            break
    return y


@program(REFUSED, "chained assignment", 1.3)
def chained_assignment(x):
    a = b = x * x
    a = a * x
    return a * b


@program(REFUSED, "%", 7.3)
def modulo(x):
    return (x % 2.0) * x * x


@program(REFUSED, "attributes", M)
def attributes(a):
    return np.sum(a.T * a.shape[0]) * a.size + np.sum(a.real**2)


@program(REFUSED, "methods", M)
def methods(a):
    return (a.dot(a.T).sum(axis=0) * a.mean()).max()


@program(REFUSED, "a chained comparison", 1.3)
def chained_comparison(x):
    return x * x if 1.0 < x <= 2.0 else x


@program(REFUSED, "while", 1.3)
def a_while(x):
    y = x
    while y < 20.0:
        y = y * y + x
    return y


@program(REFUSED, "a subscript of a call", V)
def subscript_of_a_call(x):
    return np.cumsum(x * x)[1] * x[-1]


@program(REFUSED, "keyword and default arguments", 1.3)
def keyword_arguments(x):
    def power(base, *, scale=2.0, shift=0.0):
        return scale * base * base + shift

    return power(x, shift=x) * power(x * x, scale=x)


@program(REFUSED, "try", 1.3)
def tried(x):
    try:
        y = math.sqrt(x) * x
    except ValueError:
        y = x
    return y * x


@program(REFUSED, "with", V)
def in_a_context(x):
    with np.errstate(all="ignore"):
        y = np.log(x) * x
    return np.sum(y * y)


@program(REFUSED, "walrus", 1.3)
def walrus(x):
    if (y := x * x) > 1.0:
        return y * x
    return y


NOT_DIFFERENTIABLE = {
    "yield": ("def f(x):\n    yield x * x\n", "a generator has no value to differentiate"),
    "yield from": ("def f(x):\n    yield from (x, x)\n", "a generator has no value to differentiate"),
    "async": ("async def f(x):\n    return x * x\n", "an async function has no value to differentiate"),
    "global that is written": ("y = 0.0\ndef f(x):\n    global y\n    y = x\n    return x\n", "global"),
}


@pytest.mark.parametrize("construct", NOT_DIFFERENTIABLE)
def test_refused_with_its_place(construct: str, write_module: Write) -> None:
    text, reason = NOT_DIFFERENTIABLE[construct]
    module = write_module("model", text)
    for verb in (tx.grad, tx.jvp):
        with pytest.raises(tx.errors.UnsupportedSyntax, match=reason) as caught:
            verb(module.f)
        assert caught.value.place is not None and caught.value.place.line >= 1 and caught.value.hint


@program(REFUSED, "a list comprehension", V)
def list_comprehension(x):
    ys = [a * a for a in x if a > 0.6]
    return sum([b * c for b in ys for c in (1.0, 0.5)]) + ys[0]


@program(REFUSED, "a set comprehension", 1.3, "square", ("square", "cube"))
def set_comprehension(x, kind, kinds):
    known = {k.lower() for k in kinds}
    return x * x if kind in known else x


@program(REFUSED, "unpacking with a star", V)
def unpacked_with_a_star(x):
    first, *rest = [a * a for a in x]
    return first * sum(rest) + rest[-1]


@program(REFUSED, "append, extend and pop", 1.3)
def appended(x):
    ys = []
    for k in range(4):
        ys.append(x**k)
    ys.extend([x, x * x])
    last = ys.pop()
    return last * ys[2] + ys.pop(0)


@program(REFUSED, "a dict display", 1.3)
def dict_display(x):
    d = {"a": x * x, **{"b": x}}
    d["a"] *= d["b"]
    return d["a"] + d.get("c", 2.0) * x


# ------------------------------------------------------------------------------------------ silently wrong in Tangent


@program(WRONG, "broadcasting in /", V, 1.7, wrt=(0, 1))
def broadcast_division(x, y):
    return np.sum(x / y) + np.sum(y / x)


@program(WRONG, "broadcasting in **", V, 1.7, wrt=(0, 1))
def broadcast_power(x, y):
    return np.sum(x**y) + np.sum(y**x)


@program(WRONG, "broadcasting in multiply", M, V, wrt=(0, 1))
def broadcast_multiply(a, x):
    return np.sum(np.multiply(a, x) * a)


@program(WRONG, "broadcasting in maximum", M, W, 0.6, wrt=(0, 1, 2))
def broadcast_maximum(a, x, y):
    return np.sum(np.maximum(a, x) * a) + np.sum(np.minimum(y, x) ** 2) + np.sum(np.where(x > 1.0, y, x))


@program(WRONG, "forward x ** y", 1.3, 2.4, wrt=(0, 1))
def power_of_two_actives(x, y):
    return x**y * y


@program(WRONG, "y[0] += v", V)
def added_to_an_item(x):
    y = np.zeros(3)
    y[0] += x[0] * x[1]
    y[0] += x[2]
    y[1:] += x[1:]
    return np.sum(y * y)


@program(WRONG, "z = y; z[0] = ...", V)
def written_through_an_alias(x):
    y = x * 2.0
    z = y
    z[0] = x[1] * x[2]
    return np.sum(y * z * x)


@program(WRONG, "z += x on an alias", V)
def added_through_an_alias(x):
    y = x * 1.0
    z = y
    z += x * x
    return np.sum(y * x)


@program(WRONG, "a view", V)
def written_through_a_view(x):
    y = x * 1.0
    tail = y[1:]
    tail[0] = x[0] * x[2]
    y[2] = 3.0 * x[2]
    return np.sum(y * y) + np.sum(tail)


@program(WRONG, "a transposed view", M)
def written_through_a_transpose(a):
    b = a * 1.0
    t = b.T
    t[0] = t[1] * t[2]
    return np.sum(b * b * a)


@program(WRONG, "repeated indices", V, np.array([0, 2, 0, 0]))
def repeated_indices(x, idx):
    return np.sum(x[idx] * np.array([1.0, 2.0, 3.0, 4.0])) * np.sum(x[idx] ** 2)


@program(WRONG, "sum(axis=(-1, -2))", np.stack([M, 2.0 * M]))
def sum_over_negative_axes(a):
    return np.sum(np.sum(a, axis=(-1, -2)) ** 2)


@program(WRONG, "for a in np.array(x)", (0.5, 1.2))
def loop_over_an_array_made_here(x):
    total = 0.0
    for a in np.array(x):
        total = total * a + a * a
    return total


def _product(a, b=1.0):
    return a * b * b


@program(WRONG, "f(a, b=a)", 1.3)
def one_value_for_two_parameters(x):
    return _product(x, b=x) + _product(x)


@program(WRONG, "x * 0", V)
def times_zero(x):
    y = x * 0
    return np.sum((y + 1.0) * x * x)


scale = 5.0


def _scaled_by_its_closure(scale: float) -> Callable[..., Any]:
    def scaled(x):
        return x * x * scale

    return scaled


WRONG["a closure over a name that is also a global"] = _scaled_by_its_closure(3.0), (1.3,), (0,)


def test_two_functions_of_one_name(write_module: Write) -> None:
    """One was taken for the other."""
    write_module("first", "def g(x):\n    if x > 0.0:\n        x = x * x\n    return x\n")
    write_module("second", "def g(x):\n    if x > 0.0:\n        x = x * x * x\n    return x\n")
    module = write_module("model", "import first\nimport second\n\n\ndef f(x):\n    return first.g(x) + 10.0 * second.g(x)\n")
    holds(module.f, (1.3,))
    assert tx.grad(module.f)(2.0) == 4.0 + 120.0


def test_the_callers_init_grad_stays_as_it_was() -> None:
    """It was set to zero."""

    def f(x):
        y = x * 1.0
        y[0] = y[1] * x[2]
        y[1:] += x[:2]
        return y

    seed = np.array([1.0, 2.0, 3.0])
    _, gradient = tx.vjp(f)(V, init_grad=seed)
    np.testing.assert_array_equal(seed, [1.0, 2.0, 3.0])
    np.testing.assert_allclose(gradient, [2.0, 0.8 + 2.0 + 3.0, 1.2 + 3.0])


# ------------------------------------------------------------------------------- programs that others get wrong, too


@program(OTHERS, "a buffer overwritten after use", V, W, wrt=(0, 1))
def overwritten_after_use(x, c):
    b = c * 1.0
    s = np.sum(b * x * x)
    b[:] = 0.0
    return s + np.sum(b * x)


@program(OTHERS, "a buffer of the caller's overwritten after use", V, W, wrt=(0, 1))
def parameter_overwritten_after_use(x, b):
    s = np.sum(b * x * x)
    b[:] = 0.0
    return s


@program(OTHERS, "pow(2, 4) by for", 2.0, 4)
def power_by_for(x, n):
    y = 1.0
    for _ in range(n):
        y = y * x
    return y


@program(OTHERS, "pow(2, 4) by squaring", 2.0, 2)
def power_by_squaring(x, n):
    for _ in range(n):
        x = x * x
    return x


@program(OTHERS, "pow(2, 4) by while", 2.0, 4)
def power_by_while(x, n):
    y = x
    i = 1
    while i < n:
        y *= x
        i += 1
    return y


@program(OTHERS, "pow(2, 4) with break", 2.0, 4)
def power_with_break(x, n):
    y = 1.0
    i = 0
    while True:
        if i == n:
            break
        y = y * x
        i += 1
    return y


@program(OTHERS, "pow(2, 4) with continue and return", 2.0, 4)
def power_with_return(x, n):
    y = 1.0
    for i in range(100):
        if i % 2 == 0:
            continue
        y = y * x
        if i > 2 * n - 2:
            return y
    return 0.0


@program(OTHERS, "an isinstance branch", V)
def isinstance_branch(x):
    if isinstance(x, np.ndarray):
        return np.sum(x * x)
    return x


@program(OTHERS, "swapped rows", N)
def swapped_rows(a):
    b = a * 1.0
    b[[0, 2]] = b[[2, 0]]
    b[0], b[1] = b[1].copy(), b[0].copy()
    return np.sum(b * b * a)


@program(OTHERS, "nested derivatives", 1.3, 0.7, wrt=(0, 1))
def nested_derivatives(x, y):
    return x * tx.grad(lambda t: x + t * t * x)(y)


@pytest.mark.parametrize("name", [name for name in OTHERS if name.startswith("pow")])
def test_pow_2_4_has_derivative_32(name: str) -> None:
    f, args, _ = OTHERS[name]
    assert tx.grad(f)(*args) == 32.0


def test_d_dx_of_x_times_d_dy_of_x_plus_y_is_1() -> None:
    def f(x, y):
        return x * tx.grad(lambda t: x + t)(y)

    assert tx.grad(f)(2.0, 3.0) == 1.0
    assert tx.jvp(f)(2.0, 3.0, x_dot=1.0)[1] == 1.0
