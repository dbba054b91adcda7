"""The back end on hand-built IR: the six targets of the design as IR, and random programs against an interpreter of the IR."""

from __future__ import annotations

import math
import operator
import random
from typing import Any

import numpy as np
import pytest

from tangentx import runtime
from tangentx.backend import Emitted, emit
from tangentx.ir.nodes import (
    UNDEF,
    Append,
    Assert,
    Attribute,
    Break,
    Build,
    Call,
    Carry,
    Const,
    Count,
    Each,
    Effect,
    For,
    Function,
    If,
    Join,
    Let,
    Local,
    Method,
    NewTape,
    Param,
    Place,
    Pop,
    Program,
    Raise,
    ReadTape,
    Ref,
    Span,
    Store,
    Unpack,
    Var,
    While,
)

TAPE = Var("tape")


def atom(value: Any) -> Any:
    """``"x.1"`` -> Var("x", 1); IR nodes stay; anything else is a constant."""
    if isinstance(value, str):
        base, _, version = value.partition(".")
        return Var(base, int(version or 0))
    return value if isinstance(value, Var | Const | Ref) else Const(value)


def ref(text: str) -> Ref:
    """``np.sin``, ``math.tanh``, ``abs`` as references."""
    root, _, name = text.rpartition(".")
    if not root:
        return Ref(vars(__import__("builtins"))[text], text, "builtins", text)
    module = {"np": "numpy"}.get(root, root)
    return Ref(getattr(__import__(module), name), text, module, name)


def op(name: str, *args: Any) -> Call:
    return Call(Ref(getattr(operator, name), name, "operator", name), tuple(map(atom, args)))


def call(text: str, *args: Any) -> Call:
    return Call(ref(text), tuple(map(atom, args)))


def helper(name: str, *args: Any) -> Call:
    return Call(Ref(getattr(runtime, name), name, "tangentx.runtime", name), tuple(map(atom, args)))


def at(line: int, text: str, label: str = "", **more: Any) -> Place:
    place = Place("model.py", line, text=text, **more)
    return place.derived(label) if label else place


def lets(place: Place, **values: Any) -> tuple[Let, ...]:
    """Lets in order; ``x_1=`` is the name x_1, ``x__1=`` version 1 of x."""
    return tuple(Let(atom(name.replace("__", ".")), value if isinstance(value, Call | Build) else atom(value), place) for name, value in values.items())


def function(name: str, params: str, body: tuple[Any, ...], result: Any, **more: Any) -> Function:
    """``params``: "x n *init_grad": what follows a star is keyword-only with default 1.0."""
    made = tuple(
        Param(Var(p[1:]), "keyword", Const(1.0)) if p.startswith("*") else Param(Var(p)) for p in params.split()
    )
    return Function(name, made, body, atom(result), at(1, f"def {name}:"), **more)


def printed(*functions: Function, **options: Any) -> Emitted:
    return emit(Program(functions, functions[-1].name), **options)


def body_of(text: str, name: str) -> str:
    """The text of one function."""
    start = text.index(f"def {name}(")
    return text[start:].split("\n\n\n")[0].rstrip() + "\n"


def run(emitted: Emitted, name: str) -> Any:
    namespace: dict[str, Any] = {}
    exec(compile(emitted.text, "generated.py", "exec"), namespace)
    return namespace[name]


# ------------------------------------------------------------------------------------------------------------ targets


def test_target_of_a_product() -> None:
    """Single-use temporaries go back; a doubly used one keeps its name; an adjoint is put back only without parentheses."""
    p = at(5, "return np.log(x * x)")
    g = p.derived("Grad of")
    body = (
        *lets(p, x_times_x=op("mul", "x", "x")),
        *lets(g, x_times_x_bar=op("truediv", "init_grad", "x_times_x"), t=op("mul", 2.0, "x_times_x_bar"), x_bar=op("mul", "t", "x")),
    )
    out = printed(function("dfdx", "x *init_grad", body, "x_bar"))
    assert body_of(out.text, "dfdx") == (
        "def dfdx(x, *, init_grad=1.0):\n"
        "    x_times_x = x * x\n"
        "    # Grad of: return np.log(x * x)  [model.py:5]\n"
        "    x_times_x_bar = init_grad / x_times_x\n"
        "    x_bar = 2.0 * x_times_x_bar * x\n"
        "    return x_bar\n"
    )
    assert run(out, "dfdx")(2.0) == 1.0
    line = 1 + out.text.splitlines().index("    x_bar = 2.0 * x_times_x_bar * x")
    assert out.lines[line] == ("Grad of", "model.py", 5, "return np.log(x * x)")


def newton() -> Function:
    loop, odd, then, orelse, r = (
        at(3, "for i in range(n):"), at(7, "if i % 2 == 1:"), at(8, "x = x - 0.5 * r / x"), at(10, "x = x - r / (2.0 * x)"), at(4, "r = x * x - a"),
    )  # fmt: skip
    stop = at(5, "if abs(r) < tol:")
    arm_then = lets(then, a1=op("mul", 0.5, "r"), a2=op("truediv", "a1", "x.1"), x__2=op("sub", "x.1", "a2"))
    arm_else = lets(orelse, b1=op("mul", 2.0, "x.1"), b2=op("truediv", "r", "b1"), x__3=op("sub", "x.1", "b2"))
    rest = (
        *lets(at(6, "odd = i % 2 == 1"), i_mod=op("mod", "i", 2), odd=op("eq", "i_mod", 1)),
        Append(TAPE, (Var("odd"), Var("r"), Var("x", 1)), odd),
        If(Var("odd"), arm_then, arm_else, (Join(Var("x", 4), Var("x", 2), Var("x", 3)),), odd),
    )
    body = (
        *lets(r, m=op("mul", "x.1", "x.1"), r=op("sub", "m", "a")),
        *lets(stop, s=call("abs", "r"), small=op("lt", "s", "tol")),
        If(Var("small"), (Break(at(6, "break")),), rest, (Join(Var("x", 5), Var("x", 1), Var("x", 4)),), stop),
    )
    primal = (
        NewTape(TAPE, loop),
        For((Span(Var("i"), Const(0), Var("n"), Const(1)),), (Carry(Var("x", 1), Var("x"), Var("x", 5)),), body, loop),
    )
    g = at(11, "return x * x * a", "Grad of")
    seeds = lets(g, s1=op("mul", "init_grad", "a"), s2=op("mul", "s1", 2.0), x_bar__1=op("mul", "s2", "x.1"), s3=op("mul", "init_grad", "x.1"), a_bar__1=op("mul", "s3", "x.1"))
    gt, ge, gr = then.derived("Grad of"), orelse.derived("Grad of"), r.derived("Grad of")
    reverse_then = lets(
        gt, c0=op("mul", -0.5, "x_bar.2"), r_bar__1=op("truediv", "c0", "x.7"), c1=op("mul", 0.5, "x_bar.2"), c2=op("mul", "c1", "r.1"),
        c3=op("mul", "x.7", "x.7"), x_bar__8=op("truediv", "c2", "c3"), x_bar__3=op("add", "x_bar.2", "x_bar.8"),
    )  # fmt: skip
    reverse_else = lets(
        ge, d0=op("neg", "x_bar.2"), d1=op("mul", 2.0, "x.7"), r_bar__2=op("truediv", "d0", "d1"), d2=op("mul", 2.0, "x_bar.2"), d3=op("mul", "d2", "r.1"),
        d5=op("mul", 2.0, "x.7"), d4=op("pow", "d5", 2), x_bar__9=op("truediv", "d3", "d4"), x_bar__4=op("add", "x_bar.2", "x_bar.9"),
    )  # fmt: skip
    joins = (Join(Var("x_bar", 5), Var("x_bar", 3), Var("x_bar", 4)), Join(Var("r_bar"), Var("r_bar", 1), Var("r_bar", 2)))
    backwards = (
        If(Var("odd", 1), reverse_then, reverse_else, joins, odd.derived("Grad of")),
        *lets(gr, e0=op("mul", 2.0, "r_bar"), x_bar__10=op("mul", "e0", "x.7"), x_bar__6=op("add", "x_bar.5", "x_bar.10"), a_bar__3=op("sub", "a_bar.2", "r_bar")),
    )
    carries = (Carry(Var("x_bar", 2), Var("x_bar", 1), Var("x_bar", 6)), Carry(Var("a_bar", 2), Var("a_bar", 1), Var("a_bar", 3)))
    reverse = For((ReadTape((Var("odd", 1), Var("r", 1), Var("x", 7)), TAPE),), carries, backwards, loop.derived("Reverse of"))
    tail = lets(g, result=Build("tuple", (Var("x_bar", 2), Var("a_bar", 2))))
    return function("dnewton", "x a tol n *init_grad", (*primal, *seeds, reverse, *tail), "result")


def test_target_of_a_loop_with_break_and_branch() -> None:
    out = printed(newton())
    assert body_of(out.text, "dnewton") == '''def dnewton(x, a, tol, n, *, init_grad=1.0):
    tape = []
    for i in range(n):
        r = x * x - a
        if abs(r) < tol:
            break
        odd = i % 2 == 1
        tape.append((odd, r, x))
        if odd:
            x = x - 0.5 * r / x
        else:
            x = x - r / (2.0 * x)
    # Grad of: return x * x * a  [model.py:11]
    x_bar = init_grad * a * 2.0 * x
    a_bar = init_grad * x * x
    # Reverse of: for i in range(n):  [model.py:3]
    for odd, r, x in tape[::-1]:
        if odd:
            # Grad of: x = x - 0.5 * r / x  [model.py:8]
            r_bar = -0.5 * x_bar / x
            x_bar = x_bar + 0.5 * x_bar * r / (x * x)
        else:
            # Grad of: x = x - r / (2.0 * x)  [model.py:10]
            r_bar = -x_bar / (2.0 * x)
            x_bar = x_bar + 2.0 * x_bar * r / (2.0 * x) ** 2
        # Grad of: r = x * x - a  [model.py:4]
        x_bar = x_bar + 2.0 * r_bar * x
        a_bar = a_bar - r_bar
    return x_bar, a_bar
'''
