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
    return tuple(
        Let(atom(name.replace("__", ".")), value if isinstance(value, Call | Build) else atom(value), place) for name, value in values.items()
    )


def function(name: str, params: str, body: tuple[Any, ...], result: Any, **more: Any) -> Function:
    """``params``: "x n *init_grad": what follows a star is keyword-only with default 1.0."""
    made = tuple(Param(Var(p[1:]), "keyword", Const(1.0)) if p.startswith("*") else Param(Var(p)) for p in params.split())
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
    seeds = lets(
        g,
        s1=op("mul", "init_grad", "a"),
        s2=op("mul", "s1", 2.0),
        x_bar__1=op("mul", "s2", "x.1"),
        s3=op("mul", "init_grad", "x.1"),
        a_bar__1=op("mul", "s3", "x.1"),
    )
    gt, ge, gr = then.derived("Grad of"), orelse.derived("Grad of"), r.derived("Grad of")
    reverse_then = lets(
        gt, c0=op("mul", -0.5, "x_bar.2"), r_bar__1=op("truediv", "c0", "x.7"), c1=op("mul", 0.5, "x_bar.2"), c2=op("mul", "c1", "r.1"),
        c3=op("mul", "x.7", "x.7"), x_bar__8=op("truediv", "c2", "c3"), x_bar__3=op("add", "x_bar.2", "x_bar.8"),
    )  # fmt: skip
    reverse_else = lets(
        ge, d0=op("neg", "x_bar.2"), d1=op("mul", 2.0, "x.7"), r_bar__2=op("truediv", "d0", "d1"), d2=op("mul", 2.0, "x_bar.2"),
        d3=op("mul", "d2", "r.1"),
        d5=op("mul", 2.0, "x.7"), d4=op("pow", "d5", 2), x_bar__9=op("truediv", "d3", "d4"), x_bar__4=op("add", "x_bar.2", "x_bar.9"),
    )  # fmt: skip
    joins = (Join(Var("x_bar", 5), Var("x_bar", 3), Var("x_bar", 4)), Join(Var("r_bar"), Var("r_bar", 1), Var("r_bar", 2)))
    backwards = (
        If(Var("odd", 1), reverse_then, reverse_else, joins, odd.derived("Grad of")),
        *lets(
            gr,
            e0=op("mul", 2.0, "r_bar"),
            x_bar__10=op("mul", "e0", "x.7"),
            x_bar__6=op("add", "x_bar.5", "x_bar.10"),
            a_bar__3=op("sub", "a_bar.2", "r_bar"),
        ),
    )
    carries = (Carry(Var("x_bar", 2), Var("x_bar", 1), Var("x_bar", 6)), Carry(Var("a_bar", 2), Var("a_bar", 1), Var("a_bar", 3)))
    reverse = For((ReadTape((Var("odd", 1), Var("r", 1), Var("x", 7)), TAPE),), carries, backwards, loop.derived("Reverse of"))
    tail = lets(g, result=Build("tuple", (Var("x_bar", 2), Var("a_bar", 2))))
    return function("dnewton", "x a tol n *init_grad", (*primal, *seeds, reverse, *tail), "result")


def test_target_of_a_loop_with_break_and_branch() -> None:
    out = printed(newton())
    assert body_of(out.text, "dnewton") == """def dnewton(x, a, tol, n, *, init_grad=1.0):
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
"""


# ---------------------------------------------------------------------------------------------------- targets, continued


def test_target_of_a_recurrence() -> None:
    """Two versions of h are alive at once: the second is h_1, copied at the end of the body."""
    s, loop, g = at(4, "h = np.tanh(W @ h + x)"), at(3, "for x in xs:"), at(4, "h = np.tanh(W @ h + x)", "Grad of")
    body = (
        *lets(s, w=op("matmul", "W", "h.1"), v=op("add", "w", "x"), h__2=call("np.tanh", "v")),
        Append(TAPE, (Var("h", 1), Var("h", 2)), loop),
    )
    back = (
        *lets(g, q=op("mul", "h.4", "h.4"), r=op("sub", 1.0, "q"), t_bar=op("mul", "h_bar.1", "r")),
        Append(Var("t_bars"), (Var("t_bar"),), g),
        *lets(g, tr=Call(Attribute("T"), (Var("W"),)), h_bar__2=op("matmul", "tr", "t_bar")),
    )
    program = (
        NewTape(TAPE, loop),
        For((Each(Var("x"), Var("xs")),), (Carry(Var("h", 1), Var("h"), Var("h", 2)),), body, loop),
        NewTape(Var("t_bars"), loop.derived("Grad of")),
        For(
            (ReadTape((Var("h", 3), Var("h", 4)), TAPE),),
            (Carry(Var("h_bar", 1), Var("init_grad"), Var("h_bar", 2)),),
            back,
            loop.derived("Reverse of"),
        ),
        *lets(g, result=Build("tuple", (Var("h_bar", 1), Var("t_bars")))),
    )
    out = printed(function("drnn", "W h xs *init_grad", program, "result"))
    assert body_of(out.text, "drnn") == """def drnn(W, h, xs, *, init_grad=1.0):
    tape = []
    for x in xs:
        h_1 = np.tanh(W @ h + x)
        tape.append((h, h_1))
        h = h_1
    t_bars = []
    h_bar = init_grad
    # Reverse of: for x in xs:  [model.py:3]
    for h, h_1 in tape[::-1]:
        # Grad of: h = np.tanh(W @ h + x)  [model.py:4]
        t_bar = h_bar * (1.0 - h_1 * h_1)
        t_bars.append(t_bar)
        h_bar = W.T @ t_bar
    return h_bar, t_bars
"""


def part(*bounds: Any) -> Call:
    return Call(Ref(slice, "slice", "builtins", "slice"), tuple(map(atom, bounds)))


def test_target_of_a_stencil() -> None:
    """Slices go back wherever they are used; a buffer keeps one name through its Stores; a saved slice stays a statement."""
    s, loop = at(3, "u[1:-1] += dt * (u[2:] - u[:-2])"), at(2, "for t in range(T):")
    body = (
        *lets(
            s,
            left=part(None, -2, None),
            right=part(2, None, None),
            mid=part(1, -1, None),
            a=op("getitem", "u.2", "right"),
            b=op("getitem", "u.2", "left"),
        ),
        *lets(s, d=op("sub", "a", "b"), old=op("getitem", "u.2", "mid"), u_saved=Call(Method("copy"), (Var("old"),))),
        Append(TAPE, (Var("d"), Var("u_saved")), s),
        *lets(s, step=op("mul", "dt", "d")),
        Store(Var("u", 3), Var("u", 2), Var("mid"), Var("step"), "+", s),
    )
    program = (
        *lets(at(1, "u = u.copy()"), u__1=Call(Method("copy"), (Var("u"),))),
        NewTape(TAPE, loop),
        For((Span(Var("t"), Const(0), Var("T"), Const(1)),), (Carry(Var("u", 2), Var("u", 1), Var("u", 3)),), body, loop),
        For(
            (ReadTape((Var("d", 1), Var("u_saved", 1)), TAPE),),
            (Carry(Var("u", 4), Var("u", 2), Var("u", 5)),),
            (
                *lets(s.derived("Grad of"), mid__1=part(1, -1, None)),
                Store(Var("u", 5), Var("u", 4), Var("mid", 1), Var("u_saved", 1), "", s.derived("Grad of")),
            ),
            loop.derived("Reverse of"),
        ),
    )
    out = printed(function("dburgers", "u dt T", program, "u.4"))
    assert body_of(out.text, "dburgers") == """def dburgers(u, dt, T):
    u = u.copy()
    tape = []
    for t in range(T):
        d = u[2:] - u[:-2]
        u_saved = u[1:-1].copy()
        tape.append((d, u_saved))
        u[1:-1] += dt * d
    # Reverse of: for t in range(T):  [model.py:2]
    for d, u_saved in tape[::-1]:
        # Grad of: u[1:-1] += dt * (u[2:] - u[:-2])  [model.py:3]
        u[1:-1] = u_saved
    return u
"""
    u = np.arange(5.0)
    assert np.array_equal(run(out, "dburgers")(u, 0.1, 3), u)


def test_target_of_recursion() -> None:
    """The arms of an early return return themselves; a call's tuple is unpacked where it is made."""
    p = at(2, "return x")
    q = at(3, "return deep(layer(x, w), w, n - 1)")
    early = lets(p, r1=Build("tuple", (Const(True),)), r2=Build("tuple", (Var("x"), Var("r1"))))
    late = (
        *lets(q, pair=Call(Local("layer_fwd"), (Var("x"), Var("w")))),
        Unpack((Var("y"), Var("layer_saved")), Var("pair"), q),
        *lets(q, less=op("sub", "n", 1), both=Call(Local("deep_fwd"), (Var("y"), Var("w"), Var("less")))),
        Unpack((Var("out"), Var("deep_saved")), Var("both"), q),
        *lets(q, saved=Build("tuple", (Const(False), Var("layer_saved"), Var("deep_saved"))), r3=Build("tuple", (Var("out"), Var("saved")))),
    )
    test = at(2, "if n == 0:")
    body = (*lets(test, stop=op("eq", "n", 0)), If(Var("stop"), early, late, (Join(Var("result"), Var("r2"), Var("r3")),), test))
    layer = function("layer_fwd", "x w", lets(at(9, "return"), z=op("mul", "x", "w"), r=Build("tuple", (Var("z"), Var("x")))), "r")
    out = printed(layer, function("deep_fwd", "x w n", body, "result"))
    assert body_of(out.text, "deep_fwd") == """def deep_fwd(x, w, n):
    if n == 0:
        return x, (True,)
    y, layer_saved = layer_fwd(x, w)
    out, deep_saved = deep_fwd(y, w, n - 1)
    return out, (False, layer_saved, deep_saved)
"""
    assert run(out, "deep_fwd")(2.0, 3.0, 2) == (18.0, (False, 2.0, (False, 6.0, (True,))))


# ------------------------------------------------------------------------------------------------------ single decisions


def plain(params: str, body: tuple[Any, ...], result: Any, **more: Any) -> str:
    """The text of a function, without its module."""
    return body_of(printed(function("f", params, body, result, **more)).text, "f")


def test_swap_is_a_tuple_assignment() -> None:
    loop = at(2, "for i in range(n):")
    carries = (Carry(Var("a", 1), Var("a"), Var("b", 1)), Carry(Var("b", 1), Var("b"), Var("a", 1)))
    body = (For((Span(Var("i"), Const(0), Var("n"), Const(1)),), carries, (), loop), *lets(loop, r=Build("tuple", (Var("a", 1), Var("b", 1)))))
    text = plain("a b n", body, "r")
    assert text == "def f(a, b, n):\n    for i in range(n):\n        a, b = b, a\n    return a, b\n"


def test_values_are_copied_before_a_break() -> None:
    loop = at(2, "for i in range(n):")
    inside = (
        If(
            Var("i"), (*lets(at(3, "y = i"), y__2=op("mul", "i", 2)), Break(loop)), (), (Join(Var("y", 3), Var("y", 2), Var("y", 1)),), at(3, "if i:")
        ),
    )
    carries = (Carry(Var("y", 1), Const(0), Var("y", 3)), Carry(Var("last"), Var("y", 9), Var("i")))
    body = (
        *lets(at(1, "y = 5"), y__9=op("add", "n", 1)),
        For((Span(Var("i"), Const(0), Var("n"), Const(1)),), carries, inside, loop),
        *lets(loop, r=Build("tuple", (Var("y", 1), Var("last")))),
    )
    f = run(printed(function("f", "n", body, "r")), "f")
    assert (f(0), f(1), f(5)) == ((0, 1), (0, 0), (2, 1))


def test_headers_stand_once_and_comments_stay() -> None:
    one, two = at(2, "y = x * x", comments=("# the square",), trailing="# m2"), at(3, "z = y + y")
    body = (
        *lets(one, y=op("mul", "x", "x")),
        *lets(two, z=op("add", "y", "y")),
        *lets(two.derived("Grad of"), y_bar=op("mul", 2.0, "z"), y_bar__1=op("mul", "y_bar", 3.0)),
        *lets(one.derived("Grad of").derived("Tangent of"), x_bar=op("mul", "y_bar.1", "y_bar")),
    )
    text = plain("x", body, "x_bar")
    assert text == """def f(x):
    # the square
    y = x * x  # m2
    z = y + y
    # Grad of: z = y + y  [model.py:3]
    y_bar = 2.0 * z
    y_bar_1 = y_bar * 3.0
    # Tangent of: Grad of: y = x * x  [model.py:2]
    x_bar = y_bar_1 * y_bar
    return x_bar
"""


def test_comments_of_compound_statements() -> None:
    test = at(2, "if x:", comments=("# why",), trailing="# or not")
    arm = lets(at(3, "y = x + 1", trailing="# one more"), y__1=op("add", "x", 1))
    text = plain("x", (If(Var("x"), arm, (), (Join(Var("y", 2), Var("y", 1), Var("x")),), test),), "y.2")
    assert text == "def f(x):\n    # why\n    if x:  # or not\n        y = x + 1  # one more\n    else:\n        y = x\n    return y\n"


def test_an_empty_arm_flips() -> None:
    store = Store(Var("u", 1), Var("u"), Const(0), Const(-1.0), "", at(3, "u[0] = -1.0"))
    place = at(2, "if u is None:")
    text = plain("u", (*lets(place, test=op("is_", "u", None)), If(Var("test"), (), (store,), (), place)), "u")
    assert text == "def f(u):\n    if u is not None:\n        u[0] = -1.0\n    return u\n"


def test_a_while_with_statements_in_its_header() -> None:
    loop = at(2, "while go(x):")
    header = (*lets(loop, go=Call(Method("pop"), (Var("xs"),))), Effect(call("print", "go"), loop))
    text = plain("xs", (While((), header, Var("go"), (), loop),), "xs")
    assert text == ("def f(xs):\n    while True:\n        go = xs.pop()\n        print(go)\n        if not go:\n            break\n    return xs\n")


def test_tapes() -> None:
    p = at(2, "if x:")
    body = (
        NewTape(TAPE, p),
        Append(TAPE, (Var("x"),), p),
        Append(TAPE, (Var("x"), Const(2)), p),
        Pop((Var("a"), None), TAPE, p),
        Pop((Var("b"),), TAPE, p),
        Pop((None,), Var("others"), p),
        For((ReadTape((), Var("others")),), (), (Effect(call("print", "x"), p),), p),
        For((ReadTape((Var("c"),), Var("others")), Span(Var("i"), Const(3), Const(-1), Const(-1))), (), (Effect(call("print", "c", "i"), p),), p),
        *lets(p, r=Build("tuple", (Var("a"), Var("b")))),
    )
    assert plain("x others", body, "r") == """def f(x, others):
    tape = []
    tape.append(x)
    tape.append((x, 2))
    a, _ = tape.pop()
    b = tape.pop()
    others.pop()
    for _ in others:
        print(x)
    for c, i in zip(others[::-1], range(3, -1, -1)):
        print(c, i)
    return a, b
"""


def test_imports_and_names_that_are_taken() -> None:
    """A parameter keeps its name; imports, builtins, keywords and live globals give way or are kept free."""
    live = Ref(3.0, "scale", "model", "scale", live=True)
    from_math = Ref(math.cos, "cos", "math", "cos")
    p = at(2, "...")
    body = (
        *lets(p, cos=Call(from_math, (Var("np"),)), abs=call("abs", "cos"), model=call("np.sin", "abs"), lambda_=op("mul", "model", "cos")),
        *lets(p, **{"lambda": op("add", "lambda_", "model")}),
        Effect(call("print", "abs", "lambda"), p),
        *lets(p, r=op("mul", "lambda", live)),
    )
    out = printed(function("f", "np x", body, "r"))
    head, _, _ = out.text.partition("\n\n\n")
    assert head.splitlines()[2:] == ["import model", "import numpy as np_1", "from math import cos"]
    assert "model.scale" in out.text and "np_1.sin(" in out.text and "abs_1" in out.text and "lambda_1" in out.text and "cos_1" in out.text
    compile(out.text, "f.py", "exec")


def test_submodules_and_helpers_are_imported() -> None:
    solve = Ref(np.linalg.solve, "np.linalg.solve", "numpy.linalg", "solve")
    p = at(2, "...")
    out = printed(function("f", "a b", lets(p, y=Call(solve, (Var("a"), Var("b"))), g=helper("unbroadcast", "y", "b")), "g"))
    assert "import numpy as np\nfrom tangentx.runtime import unbroadcast\n" in out.text
    assert "unbroadcast(np.linalg.solve(a, b), b)" in out.text
    assert np.allclose(run(out, "f")(np.eye(2), np.ones(2)), np.ones(2))


def test_closures_stand_in_enclosing() -> None:
    out = printed(function("df", "x", lets(at(2, "y = x * k"), y=op("mul", "x", "k")), "y", free=(Var("k"),)))
    assert run(out, "enclosing")(3.0)(2.0) == 6.0
    assert run(out, "enclosing")(3.0).__code__.co_freevars == ("k",)


def test_parameters() -> None:
    kinds = (Param(Var("a"), "positional_only"), Param(Var("b"), default=Const(-1)), Param(Var("rest"), "var_positional"))
    more = (Param(Var("c"), "keyword"), Param(Var("d"), "keyword", Const("s")), Param(Var("e"), "var_keyword"))
    f = Function("f", (*kinds, *more), (), Var("a"), at(1, "def f():"), doc="Says what.")
    assert body_of(printed(f).text, "f") == 'def f(a, /, b=-1, *rest, c, d="s", **e):\n    """Says what."""\n    return a\n'
    annotated = Function("f", (Param(Var("x"), annotation="float"),), (), Var("x"), at(1, "def f():"), annotation="float")
    assert "def f(x: float) -> float:" in printed(annotated, annotations=True).text
    assert "def f(x):" in printed(annotated).text


@pytest.mark.parametrize(
    "value", [1.5, -2, -0.0, math.inf, -math.inf, math.nan, 1 + 2j, -1j, 2j, complex(-0.0, 1), None, True, "it's", b"\x00", Ellipsis, (1, -2), 1e300]
)
def test_constants_survive(value: Any) -> None:
    f = run(printed(function("f", "x", lets(at(2, "y = ..."), r=Build("tuple", (Const(value), Var("x")))), "r")), "f")
    assert repr(f(0)[0]) == repr(value)


def test_precedence_survives() -> None:
    p = at(2, "y = ...")
    operators = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "lt", "eq", "and_", "or_", "xor", "lshift", "rshift")
    values = {"a": 3, "b": 2, "c": 5}
    for outer in operators:
        for inner in (*operators, "neg", "invert", "not_"):
            for left in (True, False):
                inside = op(inner, "a", "b") if inner in operators else op(inner, "a")
                body = lets(p, t=inside, s=op(outer, "t", "c") if left else op(outer, "c", "t"))
                expected = getattr(operator, inner)(*([3, 2] if inner in operators else [3]))
                whole = getattr(operator, outer)
                try:
                    expected = whole(expected, 5) if left else whole(5, expected)
                except (ZeroDivisionError, ValueError, TypeError):
                    continue
                assert run(printed(function("f", "a b c", body, "s"), format=False), "f")(**values) == expected, (outer, inner, left)


def test_displays_and_strings() -> None:
    p = at(2, "y = ...")
    body = (
        *lets(p, f1=Build("format", (Var("x"), Const("!r:>5"))), f2=Build("format", (Var("x"), Const("")))),
        *lets(p, s=Build("fstring", (Const("{a} 'b' \"c\" "), Var("f1"), Var("f2"), Var("x"))), d=Build("dict", (Const("k"), Var("s")))),
        *lets(p, e=Build("set", (Var("x"),)), l=Build("list", (Var("d"), Var("e"))), r=Build("tuple", (Var("l"),))),
    )
    assert run(printed(function("f", "x", body, "r")), "f")(7) == ([{"k": "{a} 'b' \"c\"     777"}, {7}],)


def test_chains_and_membership() -> None:
    p = at(2, "y = ...")
    body = (
        *lets(p, a=op("lt", 0, "x"), b=op("lt", "x", "n"), c=Build("and", (Var("a"), Var("b")))),
        Assert(Var("c"), Const("out of range"), p),
        *lets(p, inside=op("contains", "xs", "x"), out=Build("not", (Var("inside"),))),
        If(Var("out"), (*lets(p, error=call("ValueError", "x")), Raise(Var("error"), None, p)), (), (), at(3, "if x not in xs:")),
        *lets(p, no=Build("not", (Var("x"),)), yes=Build("not", (Var("no"),))),
    )
    assert plain("x n xs", body, "yes") == (
        'def f(x, n, xs):\n    assert 0 < x < n, "out of range"\n    if x not in xs:\n        raise ValueError(x)\n    return not not x\n'
    )


def test_a_value_that_an_arm_does_not_have() -> None:
    arm = lets(at(3, "y = x"), y__1=op("mul", "x", 2))
    test = at(2, "if x > 0:")
    body = (
        *lets(test, c=op("gt", "x", 0)),
        If(Var("c"), arm, (), (Join(Var("y", 2), Var("y", 1), Const(UNDEF)),), test),
        If(Var("c"), (), (), (), test),
    )
    assert run(printed(function("f", "x", body, "y.2")), "f")(3) == 6


def test_long_names_are_named_after_their_operation() -> None:
    p = at(2, "...")
    name = "x_times_" * 6 + "x"
    body = lets(p, **{name: op("mul", "x", "x"), f"{name}_bar": op("add", name, name), "r": op("mul", f"{name}_bar", f"{name}_bar")})
    assert "product = x * x\n    product_bar = product + product\n    return product_bar * product_bar\n" in plain("x", body, "r")


def test_lines_stay_short_and_statements_straight() -> None:
    """A thousand statements in a chain: no recursion error, no line that is too long without need."""
    g = at(2, "y = ...", "Grad of")
    body = tuple(Let(Var("s", k + 1), op("add", Var("s", k) if k else Var("x"), "x"), g) for k in range(1000))
    out = printed(function("f", "x", body, "s.1000"), format=False)
    assert max(map(len, out.text.splitlines())) <= 100
    assert run(out, "f")(1) == 1001


def test_the_same_program_gives_the_same_text() -> None:
    f = Generator(7).function()
    assert printed(f) == printed(Generator(7).function())


def test_an_update_moves_below_the_last_read_of_the_old_value() -> None:
    """``p_bar`` keeps its one name: its update comes after what still reads it."""
    g = at(2, "p = p * x", "Grad of")
    body = lets(g, p_bar__2=op("mul", "p_bar.1", "x"), part=op("mul", "p_bar.1", "p"), x_bar__2=op("add", "x_bar.1", "part"))
    carries = (Carry(Var("p_bar", 1), Var("p_bar"), Var("p_bar", 2)), Carry(Var("x_bar", 1), Const(0.0), Var("x_bar", 2)))
    loop = For((Each(Var("p"), Var("ps")),), carries, body, at(1, "for p in ps:", "Reverse of"))
    assert plain("x p_bar ps", (loop, *lets(g, r=Build("tuple", (Var("x_bar", 1), Var("p_bar", 1))))), "r") == """def f(x, p_bar, ps):
    x_bar = 0.0
    # Reverse of: for p in ps:  [model.py:1]
    for p in ps:
        # Grad of: p = p * x  [model.py:2]
        x_bar = x_bar + p_bar * p
        p_bar = p_bar * x
    return x_bar, p_bar
"""


def test_a_statement_that_overwrites_comes_after_its_tangent() -> None:
    p = at(2, "x = x * x")
    body = (*lets(p, x__1=op("mul", "x", "x")), *lets(p.derived("Tangent of"), d=op("mul", 2.0, "x_dot"), x_dot__1=op("mul", "d", "x")))
    assert plain("x x_dot", (*body, *lets(p, r=Build("tuple", (Var("x", 1), Var("x_dot", 1))))), "r") == """def f(x, x_dot):
    # Tangent of: x = x * x  [model.py:2]
    x_dot = 2.0 * x_dot * x
    x = x * x
    return x, x_dot
"""


def test_conditional_values_come_back() -> None:
    p, q = at(2, "y = x if x > 0 else -x"), at(3, "z = y or x")
    arms = If(Var("c"), (), lets(p, minus=op("neg", "x")), (Join(Var("value"), Var("x"), Var("minus")),), p)
    other = If(Var("t"), (), lets(q, e=op("mul", "x", 2)), (Join(Var("test"), Var("t"), Var("e")),), q)
    body = (
        *lets(p, c=op("gt", "x", 0)),
        arms,
        *lets(p, y=op("add", "value", 1)),
        *lets(q, t=op("sub", "y", 1)),
        other,
        *lets(q, z=op("mul", "test", 3)),
    )
    assert plain("x", body, "z") == ("def f(x):\n    y = (x if x > 0 else -x) + 1\n    z = (y - 1 or x * 2) * 3\n    return z\n")


def test_tuple_assignments_come_back() -> None:
    p = at(2, "a, b = b, a + b")
    body = (*lets(p, a__1=op("mul", "b", 1), b__1=op("add", "a", "b")), *lets(p, r=Build("tuple", (Var("a", 1), Var("b", 1)))))
    assert plain("a b", body, "r") == "def f(a, b):\n    a, b = b * 1, a + b\n    return a, b\n"


def test_effects_keep_their_order() -> None:
    """The first call is needed second: it may not be evaluated inside the expression."""
    p = at(2, "y = ...")
    note = [Call(Method("note"), (Var("log"), Const(k))) for k in (1, 2)]
    assert "return one - log.note(2)\n" in plain("log", lets(p, one=note[0], two=note[1], r=op("sub", "one", "two")), "r").replace(
        "log.note(1)", "one"
    )
    text = plain("log", lets(p, one=note[0], two=note[1], r=op("sub", "two", "one")), "r")
    assert text == "def f(log):\n    one = log.note(1)\n    two = log.note(2)\n    return two - one\n"


def test_in_place_operators() -> None:
    p = at(2, "x += y")
    assert plain("x y", lets(p, x__1=op("iadd", "x", "y")), "x.1") == "def f(x, y):\n    x += y\n    return x\n"
    both = (*lets(p, x__1=op("iadd", "x", "y")), *lets(p, r=Build("tuple", (Var("x"), Var("x", 1)))))
    text = run(printed(function("f", "x y", both, "r")), "f")
    assert text(1, 2) == (1, 3)


def test_a_missing_value_is_none_where_it_is_handed_on() -> None:
    test = at(2, "if c:")
    arm = lets(at(3, "y = c * 2"), y=op("mul", "c", 2))
    join = Join(Var("y", 1), Var("y"), Const(UNDEF))
    body = (NewTape(TAPE, test), If(Var("c"), arm, (), (join,), test), Append(TAPE, (Var("c"), Var("y", 1)), test))
    f = run(printed(function("f", "c", body, "tape")), "f")
    assert (f(0), f(1)) == ([(0, None)], [(1, 2)])


def test_statements_that_astor_cannot_print(monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not re-parse to the same tree is printed by ``ast.unparse``, statement by statement."""
    from tangentx.backend import comments

    monkeypatch.setattr(comments._Generator, "visit_BinOp", lambda self, node: self.write("(", node.left, ")"))
    text = plain("x", (*lets(at(2, "y = x * 2", comments=("# twice",)), y=op("mul", "x", 2)), Effect(call("print", "y"), at(3, "print(y)"))), "y")
    assert text == "def f(x):\n    # twice\n    y = x * 2\n    print(y)\n    return y\n"


# ------------------------------------------------------------------------------------------- random programs, interpreted


class Log:
    """An object with an effect: every call is written down."""

    def __init__(self) -> None:
        self.seen: list[int] = []

    def note(self, value: int) -> int:
        self.seen.append(value)
        return (value * 3 + len(self.seen)) % 97


class Leave(Exception):
    """A Break of the interpreted program."""


class Interpreter:
    """Runs IR as its grammar says, one name after the other."""

    def __init__(self, env: dict[Var, Any]) -> None:
        self.env = env

    def atom(self, a: Any) -> Any:
        if isinstance(a, Var):
            return self.env.get(a, UNDEF)
        return a.obj if isinstance(a, Ref) else a.value

    def expr(self, e: Any) -> Any:
        if isinstance(e, Build):
            items = [self.atom(i) for i in e.items]
            return tuple(items) if e.kind == "tuple" else items
        if not isinstance(e, Call):
            return self.atom(e)
        args = [self.atom(a) for a in e.args]
        return getattr(args[0], e.fn.name)(*args[1:]) if isinstance(e.fn, Method) else e.fn.obj(*args)

    def block(self, block: tuple[Any, ...]) -> None:
        for s in block:
            getattr(self, f"do_{type(s).__name__}".lower())(s)

    def assign(self, targets: Any, values: Any) -> None:
        self.env.update({t: v for t, v in zip(targets, list(values)) if t is not None})

    def do_let(self, s: Let) -> None:
        self.env[s.target] = self.expr(s.value)

    def do_unpack(self, s: Unpack) -> None:
        self.assign(s.targets, self.atom(s.source))

    def do_store(self, s: Store) -> None:
        base, index, value = self.atom(s.base), self.atom(s.index), self.atom(s.value)
        base[index] = base[index] + value if s.op else value
        self.env[s.target] = base

    def do_effect(self, s: Effect) -> None:
        self.expr(s.value)

    def do_break(self, s: Break) -> None:
        raise Leave

    def do_newtape(self, s: NewTape) -> None:
        self.env[s.target] = []

    def do_append(self, s: Append) -> None:
        self.atom(s.tape).append(tuple(map(self.atom, s.values)))

    def do_if(self, s: If) -> None:
        arm = bool(self.atom(s.test))
        try:
            self.block(s.then if arm else s.orelse)
        finally:  # values flow through the joins although a Break is on its way
            self.assign([j.target for j in s.joins], [self.atom(j.then if arm else j.orelse) for j in s.joins])

    def loop(self, s: Any, rounds: Any, header: Any = None) -> None:
        self.assign([c.target for c in s.carries], [self.atom(c.init) for c in s.carries])
        for items in rounds:
            if header is not None:
                self.block(s.header)
                if not self.atom(s.test):
                    return
            self.env.update(items)
            try:
                self.block(s.body)
                left = False
            except Leave:
                left = True
            self.assign([c.target for c in s.carries], [self.atom(c.back) for c in s.carries])
            if left:
                return

    def do_while(self, s: While) -> None:
        self.loop(s, ({} for _ in iter(int, 1)), header=True)

    def do_for(self, s: For) -> None:
        self.loop(s, [{k: v for d in items for k, v in d.items()} for items in zip(*map(self.rounds, s.sources))])

    def rounds(self, source: Any) -> Any:
        if isinstance(source, Span):
            return [{source.target: k} for k in range(*map(self.atom, (source.start, source.stop, source.step)))]
        if isinstance(source, Each):
            sequence = list(self.atom(source.sequence))
            return [{source.target: v} for v in (sequence[::-1] if source.backwards else sequence)]
        if isinstance(source, Count):
            return [{source.target: self.atom(source.start) + k} for k in range(100)]
        return [{t: v for t, v in zip(source.targets, row) if t is not None} for row in self.atom(source.tape)[::-1]]


class Generator:
    """Random functions in structured SSA: swaps, breaks, nested loops, tapes, buffers, effects."""

    NAMES = ("a", "b", "c", "t", "w_bar")

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.versions: dict[str, int] = {}
        self.budget = 40

    def fresh(self, base: str) -> Var:
        self.versions[base] = self.versions.get(base, 0) + 1
        return Var(base, self.versions[base])

    def place(self, name: str) -> Place:
        line = self.random.randrange(3)
        text = f"{name} = ..." if name in ("a", "b", "c", "u") else f"b = c{line}"
        return at(line + 1, text, self.random.choice(("", "", "Grad of")))

    def value(self, env: dict[str, Var]) -> Any:
        return Const(self.random.randrange(9)) if self.random.random() < 0.2 else env[self.random.choice(self.NAMES)]

    def term(self, env: dict[str, Var], out: list[Any], depth: int = 0) -> Any:
        """An atom made by up to a few statements with temporaries."""
        kind = self.random.random()
        if depth > 2 or kind < 0.3:
            return self.value(env)
        t = self.fresh(self.random.choice(("x_times_y", "t_bar", "s")))
        place = self.place("t")
        if kind < 0.4:
            out.append(Let(t, Call(Method("note"), (Var("log"), self.term(env, out, depth + 1))), place))
        elif kind < 0.5:
            out.append(Let(t, op("getitem", env["u"], self.random.randrange(3)), place))
        else:
            left, right = self.term(env, out, depth + 1), self.term(env, out, depth + 1)
            full = self.fresh("s")
            out.append(Let(full, op(self.random.choice(("add", "sub", "mul")), left, right), place))
            out.append(Let(t, op("mod", full, 97), place))
        return t

    def block(self, env: dict[str, Var], depth: int, loop: bool) -> tuple[Any, ...]:
        out: list[Any] = []
        for _ in range(self.random.randrange(1, 5)):
            self.budget -= 1
            if self.budget > 0:
                self.statement(env, out, depth)
        if loop and self.random.random() < 0.5:
            out.append(self.leaving(env, depth))
        return tuple(out)

    def leaving(self, env: dict[str, Var], depth: int) -> If:
        """``if ...: ...; break`` in tail position, on either side."""
        one, other = dict(env), dict(env)
        test = self.value(env)
        first = (*self.block(one, depth + 2, False), Break(at(9, "break")))
        second = self.block(other, depth + 2, self.random.random() < 0.4)
        if self.random.random() < 0.3:
            first, second, one, other = second, first, other, one
        return If(test, first, second, self.joins(env, one, other), at(8, "if test:"))

    def joins(self, env: dict[str, Var], one: dict[str, Var], other: dict[str, Var]) -> tuple[Join, ...]:
        found = []
        for name in one:
            if one[name] != other[name]:
                env[name] = self.fresh(name)
                found.append(Join(env[name], one[name], other[name]))
        return tuple(found)

    def statement(self, env: dict[str, Var], out: list[Any], depth: int) -> None:
        kind = self.random.randrange(12 if depth < 3 else 7)
        name = self.random.choice(self.NAMES)
        if kind < 3:
            before = self.term(env, out)
            new = self.fresh(name)
            out.append(Let(new, op("sub", before, self.value(env)), self.place(name)))
            env[name] = new
        elif kind == 3:
            other = self.random.choice(self.NAMES)
            env[name], env[other] = env[other], env[name]
        elif kind == 4:
            new = self.fresh("u")
            value = self.term(env, out)
            out.append(Store(new, env["u"], Const(self.random.randrange(3)), value, self.random.choice(("", "+")), self.place("u")))
            env["u"] = new
        elif kind == 5 and depth < 2:  # deeper, loops over the rows would make them grow without end
            out.append(Append(Var("rows"), (self.value(env), self.value(env)), self.place("rows")))
        elif kind == 6:
            pair, one, other = self.fresh("pair"), self.fresh(name), self.fresh("t")
            out.append(Let(pair, Build("tuple", (self.term(env, out), self.value(env))), self.place("t")))
            out.append(Unpack((one, other), pair, self.place(name)))
            env[name], env["t"] = one, other
        elif kind in (5, 7, 8):
            test = self.term(env, out)
            one, other = dict(env), dict(env)
            then, orelse = self.block(one, depth + 1, False), self.block(other, depth + 1, False) if self.random.random() < 0.6 else ()
            out.append(If(test, then, orelse, self.joins(env, one, other), at(7, "if test:")))
        else:
            self.loop(env, out, depth, kind)

    def loop(self, env: dict[str, Var], out: list[Any], depth: int, kind: int) -> None:
        inits = dict(env)
        inner = {name: self.fresh(name) for name in env}
        carried = dict(inner)
        place = at(6, "for i in range(3):", self.random.choice(("", "Reverse of")))
        if kind == 9:  # while, with a counter of its own and a test that needs a header
            counter, new, test, double = (self.fresh(b) for b in ("k", "k", "test", "s"))
            limit = self.random.randrange(6)
            header = (Let(double, op("mul", counter, 2), place), Let(test, op("lt", double, limit), place))
            body = (Let(new, op("add", counter, 1), place), *self.block(inner, depth + 1, True))
            carries = (Carry(counter, Const(0), new), *(Carry(carried[n], inits[n], inner[n]) for n in env))
            out.append(While(carries, header, test, body, place))
        else:
            item, second = self.fresh("i"), self.fresh("item")
            sources: tuple[Any, ...] = (Span(item, Const(0), self.random.choice((Const(2), Const(3), Const(0))), Const(1)),)
            if kind == 11:
                sources = self.random.choice(((Count(item, Const(1)), Each(second, Var("xs"), True)), (ReadTape((item, None), Var("rows")),)))
            place_of = inner["t"]
            inner["t"] = item
            body = self.block(inner, depth + 1, True)
            if self.random.random() < 0.3:
                inner["t"] = place_of
            out.append(For(sources, tuple(Carry(carried[n], inits[n], inner[n]) for n in env), body, place))
        env.update(carried)

    def function(self) -> Function:
        env = {name: Var(name) for name in self.NAMES}
        env["u"] = Var("u", 50)
        start: list[Any] = [
            NewTape(Var("rows"), at(1, "rows = []")),
            Let(Var("u", 50), Build("list", (Const(1), Const(2), Const(3))), at(1, "u = [1, 2, 3]")),
        ]
        body = self.block(env, 0, False) + self.block(env, 0, False)
        result = Let(Var("result"), Build("tuple", tuple(env.values())), at(20, "return"))
        params = tuple(Param(Var(n)) for n in (*self.NAMES, "log", "xs"))
        return Function("f", params, (*start, *body, result), Var("result"), at(1, "def f():"))


@pytest.mark.parametrize("first", range(0, 400, 40))
def test_random_programs_run_as_the_ir_says(first: int) -> None:
    for seed in range(first, first + 40):
        check_seed(seed)


def check_seed(seed: int) -> None:
    f = Generator(seed).function()
    emitted = printed(f, format=False)
    for inputs in ((1, 2, 3, 4, 5), (0, 0, 7, 1, 2)):
        logs, xs = (Log(), Log()), [4, 5, 6]
        env = {p.var: v for p, v in zip(f.params, (*inputs, logs[0], xs))}
        interpreter = Interpreter(env)
        interpreter.block(f.body)
        expected = interpreter.atom(f.result)
        value = run(emitted, "f")(*inputs, logs[1], xs)
        assert value == expected, f"seed {seed}\n{emitted.text}"
        assert logs[0].seen == logs[1].seen, f"seed {seed}\n{emitted.text}"
