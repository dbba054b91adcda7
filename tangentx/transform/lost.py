"""Lost writes: a function of which nobody can see what it writes into is not called for that alone.

    out = np.zeros(3)
    _filters.correlate(x, weights, out)     ==>     NotDifferentiable: _filters.correlate has no Python source, and what it writes into is not known
    return out

So is a function of the user's that calls it, or that cannot be read and writes; and ``ndimage.gaussian_filter(x, 1.0, output=out)``: written
in Python, with an argument that is there to be written into.
A function whose value is differentiated is a matter of rules (``transform/build.py``); those of Python's and NumPy's own are known.
"""

from __future__ import annotations

import inspect
import operator
import sys
import types
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from tangentx.analysis.fact import Facts
from tangentx.analysis.kinds import is_part
from tangentx.errors import NotDifferentiable, TangentxError
from tangentx.ir.nodes import Atom, Block, Build, Call, Const, Effect, Expr, For, Function, Let, Method, Place, Ref, Store, Unpack, Var, While
from tangentx.ir.walk import blocks, expr_atoms, own_atoms, read_atoms, statements, stmt_targets
from tangentx.rules.effects import KNOWN, is_closed
from tangentx.rules.mutators import STANDARD_WRITERS, WRITES_ITS_ARGUMENT, by_position
from tangentx.rules.table import Rulebook

__all__ = ["refuse_lost", "refuse_out"]

WAY_OUT = "Use the value that it returns, or give it a copy: tangentx.stop_gradient(x.copy())."
LOOKS = frozenset({("builtins", "memoryview"), ("numpy", "frombuffer"), ("numpy", "ctypeslib.as_ctypes")})
Unseen = Callable[[Call, Place], TangentxError | None]


def refuse_lost(function: Function, varied: frozenset[Var], active: frozenset[Var], facts: Facts, rulebook: Rulebook, unseen: Unseen) -> None:
    """Raises where a function that nobody can read is given an array that varies, and its value is not what is differentiated.

    ``unseen`` gives the error that kept a function of the user's from being read, should it write into something.

    Raises:
        NotDifferentiable: it may write into its argument, which would vary from then on, or into what the reverse reads again.
    """
    every = tuple(statements(function.body))
    made: dict[Atom, Expr] = {s.target: s.value for s in every if isinstance(s, Let)}
    read = read_atoms(function)

    def is_number(atom: Atom) -> bool:
        return isinstance(atom, Const) or (isinstance(atom, Var) and facts.of(atom).scalar)

    spent = _spent(function, active)
    for stmt in every:
        if not isinstance(stmt, Effect | Let) or not isinstance(stmt.value, Call):
            continue
        _refuse_joiner(stmt.value, lambda a: _varies(a, varied, made), stmt.place)
        args = tuple(expr_atoms(stmt.value))
        overwritten = any(a in spent.get(id(stmt), ()) and not is_number(a) for a in args)
        if (varied.isdisjoint(args) and not overwritten) or (isinstance(stmt, Let) and stmt.target in active):
            continue
        if isinstance(stmt, Let) and stmt.target in read and (all(map(is_number, args)) or _only_reads(stmt.value.fn)):
            continue
        error = _lost(stmt.value, stmt.place, rulebook, (lambda *_: None) if varied.isdisjoint(args) else unseen)
        if error is not None:
            raise error


def _spent(function: Function, active: frozenset[Var]) -> dict[int, set[Atom]]:
    """For each call of what nobody can read, or is told to overwrite: what active statements have read before, or in an iteration before.

    The reverse reads that again, as it is then.
    """
    found: dict[int, set[Atom]] = {}
    reads: set[Atom] = set()

    def block(stmts: Block, around: set[Atom]) -> None:
        for stmt in stmts:
            if (
                isinstance(stmt, Effect | Let)
                and isinstance(stmt.value, Call)
                and isinstance(fn := stmt.value.fn, Ref)
                and (is_closed(fn.obj, fn.module) or _output(stmt.value))
            ):
                found[id(stmt)] = reads | around
            inner = around | _reads(blocks(stmt)) if isinstance(stmt, For | While) else around
            for each in blocks(stmt):
                block(each, inner)
            reads.update(_reads(((stmt,),)))

    def _reads(all_blocks: Iterable[Block]) -> set[Atom]:
        every = [s for b in all_blocks for s in statements(b) if isinstance(s, Let | Store | Unpack) and not active.isdisjoint(stmt_targets(s))]
        return {a for s in every for a in own_atoms(s)}

    block(function.body, set())
    return found


def _only_reads(fn: Any) -> bool:
    """Whether it is a function of the standard library that is called for its value."""
    home = (getattr(fn.obj, "__module__", None) or fn.module).partition(".")[0] if isinstance(fn, Ref) else ""
    return home in sys.stdlib_module_names and (home, fn.attr) not in LOOKS and getattr(fn.obj, "__name__", "") not in STANDARD_WRITERS


def _lost(call: Call, place: Place, rulebook: Rulebook, unseen: Unseen) -> TangentxError | None:
    """What there is to say of a call that may write into what it is given."""
    if isinstance(call.fn, Method):
        return _lost_method(call, call.fn.name, place)
    if not isinstance(call.fn, Ref):
        return None
    if is_closed(call.fn.obj, call.fn.module) and not rulebook.known(call.fn):
        return NotDifferentiable(f"{call.fn.text} has no Python source, and what it writes into is not known", place, WAY_OUT)
    if (call.fn.module.partition(".")[0], call.fn.attr) in LOOKS:
        return NotDifferentiable(f"{call.fn.text} shows the memory of an array that varies, and what is written there is not seen", place, WAY_OUT)
    if name := _output(call):
        return NotDifferentiable(f"{call.fn.text} writes into its argument {name!r}, and it is not seen how", place, WAY_OUT)
    return unseen(call, place)


def _lost_method(call: Call, name: str, place: Place) -> TangentxError | None:
    """The same of a method of an object that was made elsewhere: ``rng.shuffle(y)``."""
    owner = call.args[0]
    if not isinstance(owner, Ref) or isinstance(owner.obj, np.ndarray):
        return None
    method = getattr(type(owner.obj), name, None)
    home = type(owner.obj).__module__.partition(".")[0]
    if name not in WRITES_ITS_ARGUMENT.get(home, ()) and (isinstance(method, types.FunctionType) or (method is not None and home in KNOWN)):
        return None
    return NotDifferentiable(f"the method {owner.text}.{name} has no Python source, and what it writes into is not known", place, WAY_OUT)


DISPATCHERS = ("_ArrayFunctionDispatcher", "_Function")  # what NumPy's functions are, and those of scipy.fft


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


def _output(call: Call) -> str:
    """The parameter for what is written that is given a value; "" if there is none."""
    assert isinstance(call.fn, Ref)
    if not isinstance(call.fn.obj, types.FunctionType) and type(call.fn.obj).__name__ not in DISPATCHERS:
        return ""
    try:
        given = inspect.signature(call.fn.obj).bind(*call.args, **dict(call.kwargs)).arguments
    except (TypeError, ValueError):
        return ""
    overwritten = (name for name, value in given.items() if name.startswith("overwrite_") and value != Const(False))
    return next((name for name in ("out", "output") if isinstance(given.get(name), Var)), next(overwritten, ""))
