"""Augment: the primal prepared for its reverse.

    u.1 = store u[s] = v         ==>      u_saved = copy(u[s])         what a write overwrites is saved just before it
    y = g(x)                              u.1 = store u[s] = v
                                          g_pair = g_fwd(x)            calls of the user's functions return what their
                                          y, g_saved = g_pair          reverse needs

Dead code elimination removes the copies that no adjoint reads.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tangentx.analysis.aliases import Memory
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Block, Call, Const, Count, Each, For, Function, Let, Local, Method, Ref, Stmt, Store, Unpack, Var
from tangentx.ir.walk import map_blocks
from tangentx.rules.inserted import is_insert
from tangentx.transform.build import helper, op

__all__ = ["Augmented", "augment"]


@dataclass
class Augmented:
    """The prepared function and what the reverse has to know about it.

    ``saved``: for the target of a Store the copy of what it overwrote, ``views``: the part
    of the array that it was taken from.  ``split``: for the result of a call of a user's
    function the saved values, the name of its reverse and its active arguments.
    """

    function: Function
    saved: dict[Var, Var] = field(default_factory=dict)
    views: dict[Var, Var] = field(default_factory=dict)
    split: dict[Var, tuple[Var, str, tuple[Atom, ...]]] = field(default_factory=dict)


NOTHING = Memory()
Pair = Callable[[str, tuple[int, ...]], "tuple[str, str]"]


def augment(function: Function, active: frozenset[Var], pair: Pair, fresh: Fresh, memory: Memory = NOTHING) -> Augmented:
    """Makes the function ready for ``reverse``.

    ``pair(callee, active positions)`` names the two halves of a callee.  ``memory.shared`` are names that may share memory with
    an array that is written later: a callee gets a copy of them, since it may save them.
    """
    out = Augmented(function)

    def block(b: Block) -> Block:
        return tuple(new for stmt in b for new in expand(stmt))

    def expand(stmt: Stmt) -> list[Stmt]:
        if is_insert(stmt):
            return [stmt]
        if isinstance(stmt, Store):
            return _store(stmt, out, fresh)
        if isinstance(stmt, Let) and isinstance(stmt.value, Call) and isinstance(stmt.value.fn, Local) and stmt.target in active:
            return call(stmt, stmt.value)
        if (
            isinstance(stmt, For)
            and not isinstance(stmt.sources[0], Count)
            and any(isinstance(s, Each) and s.sequence in active for s in stmt.sources)
        ):
            stmt = replace(stmt, sources=(Count(fresh("i"), Const(0)), *stmt.sources))
        return [map_blocks(stmt, block)]

    def call(stmt: Let, value: Call) -> list[Stmt]:
        assert isinstance(value.fn, Local)
        positions = tuple(k for k, a in enumerate(value.args) if a in active)
        forward, backward = pair(value.fn.name, positions)
        both, saved = fresh(f"{value.fn.name}_pair"), fresh(f"{value.fn.name}_saved")
        out.split[stmt.target] = (saved, backward, tuple(value.args[k] for k in positions))
        before: list[Stmt] = []
        args: list[Atom] = []
        for a in value.args:
            if isinstance(a, Var) and a in memory.shared:
                copy = fresh(a.base)
                before.append(Let(copy, helper("copied", a) if a in memory.classes else Call(Method("copy"), (a,)), stmt.place))
                a = copy
            args.append(a)
        return [*before, Let(both, Call(Local(forward, value.fn.effects), tuple(args)), stmt.place), Unpack((stmt.target, saved), both, stmt.place)]

    out.function = replace(function, body=block(function.body))
    return out


def _store(stmt: Store, out: Augmented, fresh: Fresh) -> list[Stmt]:
    """A write behind the copy of what it overwrites."""
    view, saved = fresh(f"{stmt.base.base}_view"), fresh(f"{stmt.base.base}_saved")
    written = stmt.through or stmt.base
    if stmt.op in ("setattr", "add_field"):
        out.saved[stmt.target] = saved
        before = Call(Ref(getattr, "getattr", "builtins", "getattr"), (stmt.base, stmt.index, Const(None)))
        return [Let(saved, before, stmt.place), stmt]
    if stmt.index == Const(Ellipsis):  # all of it
        out.saved[stmt.target] = out.views[stmt.target] = saved
        return [Let(saved, Call(Method("copy"), (written,)), stmt.place), stmt]
    out.saved[stmt.target], out.views[stmt.target] = saved, view
    read = Let(view, op("getitem", written, stmt.index), stmt.place)
    return [read, Let(saved, Call(Method("copy"), (view,)), stmt.place), stmt]
