"""Lost writes: a function of which nobody can see what it writes into is not called for that alone.

    out = np.zeros(3)
    _filters.correlate(x, weights, out)     ==>     NotDifferentiable: _filters.correlate has no Python source, and what it writes into is not known
    return out

So is ``ndimage.gaussian_filter(x, 1.0, output=out)``: written in Python, with an argument that is there to be written into.
A function whose value is read is a matter of rules (``transform/build.py``); those of Python's and NumPy's own are known.
"""

from __future__ import annotations

import inspect
import operator
import types
from collections.abc import Callable

import numpy as np

from tangentx.analysis.kinds import is_part
from tangentx.errors import NotDifferentiable
from tangentx.ir.nodes import Atom, Build, Call, Const, Effect, Expr, Function, Let, Method, Place, Ref, Var
from tangentx.ir.walk import edge_atoms, expr_atoms, own_atoms, statements
from tangentx.rules.mutators import by_position
from tangentx.rules.table import Rulebook

__all__ = ["refuse_lost", "refuse_out"]

# their writers are known by name: rules/mutators.py
KNOWN = frozenset({"builtins", "operator", "math", "cmath", "time", "numpy", "cupy", "_warnings", "sys", "logging", "tangentx"})


def refuse_lost(function: Function, varied: frozenset[Var], rulebook: Rulebook) -> None:
    """Raises where a function that nobody can read is given something that varies, and its value is not read.

    Raises:
        NotDifferentiable: it may write into another argument, which would vary from then on.
    """
    every = tuple(statements(function.body))
    made: dict[Atom, Expr] = {s.target: s.value for s in every if isinstance(s, Let)}
    read = {function.result, *(a for s in every for a in (*own_atoms(s), *edge_atoms(s)))}
    for stmt in every:
        if isinstance(stmt, Effect | Let) and isinstance(stmt.value, Call):
            _refuse_joiner(stmt.value, lambda a: _varies(a, varied, made), stmt.place)
        if not isinstance(stmt, Effect | Let) or not isinstance(stmt.value, Call) or (isinstance(stmt, Let) and stmt.target in read):
            continue
        call = stmt.value
        if not isinstance(call.fn, Ref) or not any(a in varied for a in expr_atoms(call)):
            continue
        hint = "Use the value that it returns, or give it tangentx.stop_gradient of what varies."
        if _is_closed(call.fn) and not rulebook.known(call.fn):
            raise NotDifferentiable(f"{call.fn.text} has no Python source, and what it writes into is not known", stmt.place, hint)
        if name := _output(call):
            raise NotDifferentiable(f"{call.fn.text} writes into its argument {name!r}, and it is not seen how", stmt.place, hint)


def refuse_out(function: Function) -> None:
    """Raises where a method of an array is given an array to write into by position: ``x.max(0, y)``.

    Raises:
        NotDifferentiable: it would be written, and nobody would know.
    """
    for stmt in statements(function.body):
        call = stmt.value if isinstance(stmt, Effect | Let) else None
        if not isinstance(call, Call) or not isinstance(call.fn, Method) or not hasattr(np.ndarray, call.fn.name):
            continue
        names = by_position(getattr(np, call.fn.name, None))
        if names and call.args[names.index("out") :][:1] not in ((), (Const(None),)):
            raise NotDifferentiable(f"the method .{call.fn.name}() writes into its argument 'out'", stmt.place, "Use the value that it returns.")


def _varies(atom: Atom, varied: frozenset[Var], made: dict[Atom, Expr]) -> bool:
    """Whether an index is made of something that varies, in a tuple or a slice."""
    value = made.get(atom)
    inside = isinstance(value, Build) or is_part(value)
    return atom in varied or (inside and any(_varies(a, varied, made) for a in expr_atoms(value)))  # type: ignore[arg-type]


def _refuse_joiner(call: Call, varies: Callable[[Atom], bool], place: Place) -> None:
    """``np.r_[x, y]`` and ``np.c_[x, y]``: what joins arrays looks like a read by index, and an index carries no derivative."""
    known = isinstance(call.fn, Ref) and call.fn.obj is operator.getitem and len(call.args) == 2
    base = call.args[0] if known else None
    if isinstance(base, Ref) and varies(call.args[1]) and type(base.obj).__module__.startswith("numpy.lib"):
        raise NotDifferentiable(f"{base.text}[...] of values that carry a derivative is not supported", place, "Write np.concatenate or np.stack.")


def _is_closed(fn: Ref) -> bool:
    """Whether it is a function that cannot be looked into."""
    home = getattr(fn.obj, "__module__", None) or fn.module
    return not isinstance(fn.obj, types.FunctionType | type) and callable(fn.obj) and home.partition(".")[0] not in KNOWN


def _output(call: Call) -> str:
    """The parameter for what is written that is given a value; "" if there is none."""
    assert isinstance(call.fn, Ref)
    if not isinstance(call.fn.obj, types.FunctionType):
        return ""
    try:
        given = inspect.signature(call.fn.obj).bind(*call.args, **dict(call.kwargs)).arguments
    except (TypeError, ValueError):
        return ""
    return next((name for name in ("out", "output") if isinstance(given.get(name), Var)), "")
