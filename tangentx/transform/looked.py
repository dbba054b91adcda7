"""Other names of what a context may write into: what they show is read where the user's code computes with it, and never again.

    def f(x, w):                         def f(x, w):
        with table(3.0):                     with table(3.0):
            y = x * x * w      ==>               w_1 = as_it_is(w)
                                                 y = x * x * w_1

``w`` may be the array that the context writes, or a view of it; behind the context it shows something else.
For what is read by its own name see transform/snapshots.
"""

from __future__ import annotations

import operator
from collections.abc import Container
from dataclasses import replace

import numpy as np

from tangentx.analysis.aliases import INPLACE, MAYBE, VIEWS
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Attribute, Block, Build, Call, Each, Expr, For, Function, Let, Local, Method, Ref, Stmt, Store, Unpack, Var
from tangentx.ir.walk import map_atoms, map_blocks, merges, own_atoms, statements
from tangentx.rules.effects import is_users
from tangentx.transform.build import helper

__all__ = ["looks_into", "with_shown"]

# what may show its operand: as an array, as parts of one, as what a container or an iterator of Python's has
SHOWS = VIEWS | MAYBE | {
    "array", "nan_to_num", "split", "array_split", "hsplit", "vsplit", "dsplit", "list", "tuple", "dict", "iter", "zip", "enumerate", "reversed",
}  # fmt: skip
NEW = frozenset({"sum", "mean", "dot", "copy", "prod", "max", "min", "std", "var", "item", "tolist", "astype", "cumsum", "argmax", "argmin"})
TAKEN, COPIED = "as_it_is", "copied"  # the second one has a derivative


def looks_into(value: Expr) -> bool:
    """Whether the value of an expression may be a part of its operands, or of something else that is not new."""
    if isinstance(value, Build):
        return value.kind == "entered"
    if not isinstance(value, Call):
        return False
    if isinstance(value.fn, Method):
        return value.fn.name not in NEW
    if isinstance(value.fn, Ref):
        fn = value.fn.obj
        return is_users(fn) or fn is operator.getitem or fn is getattr or (value.fn.attr.rpartition(".")[2] in SHOWS)
    return isinstance(value.fn, Attribute | Local | Var)


def with_shown(function: Function, varied: Container[Var], fresh: Fresh) -> Function:
    """The function with a copy made where it computes with what is not its own, and does not vary."""
    every = list(statements(function.body))
    parts = _parts(every)
    shown = {p.var for p in function.params}.union(*([t for t in s.targets if t is not None] for s in every if isinstance(s, Unpack)))
    pairs = [(s.target, s.value) for s in every if isinstance(s, Let)]
    loops = [(each.target, each.sequence) for s in every if isinstance(s, For) for each in s.sources if isinstance(each, Each)]
    before = -1
    while before != len(shown):
        before = len(shown)
        shown |= {t for t, value in pairs if value in shown or looks_into(value)}
        shown |= {t for t, given in merges(every) if not shown.isdisjoint(given)}
        shown |= {t for t, sequence in loops if sequence in shown or isinstance(sequence, Ref)}

    def block(b: Block) -> Block:
        return tuple(new for s in b for new in settle(s))

    def copied(stmt: Stmt, atoms: list[Atom]) -> tuple[list[Stmt], dict[Atom, Atom]]:
        found = [a for a in dict.fromkeys(atoms) if isinstance(a, Var) and a in shown and (a not in varied or a in parts)]
        names: dict[Atom, Atom] = {a: fresh(a.base) for a in found}
        lets = [Let(new, helper(COPIED if old in varied else TAKEN, old), stmt.place) for old, new in names.items()]  # type: ignore[arg-type]
        return lets, names  # type: ignore[return-value]

    def settle(stmt: Stmt) -> list[Stmt]:
        if isinstance(stmt, Let) and isinstance(stmt.value, Call) and not looks_into(stmt.value) and _computes(stmt.value):
            first, names = copied(stmt, list(own_atoms(stmt)))
            return [*first, map_atoms(stmt, lambda a: names.get(a, a)) if names else stmt]
        if isinstance(stmt, Store):
            first, names = copied(stmt, [stmt.index])
            return [*first, replace(stmt, index=names.get(stmt.index, stmt.index))]
        stmt = map_blocks(stmt, block)
        if isinstance(stmt, For):
            first, names = copied(stmt, [s.sequence for s in stmt.sources if isinstance(s, Each)])
            sources = tuple(replace(s, sequence=names.get(s.sequence, s.sequence)) if isinstance(s, Each) else s for s in stmt.sources)
            return [*first, replace(stmt, sources=sources)]
        return [stmt]

    return replace(function, body=block(function.body))


def _parts(every: list[Stmt]) -> set[Var | None]:
    """What comes out of something else: that this varies as a whole does not say that the part does."""
    items: set[Var | None] = {s.target for s in every if isinstance(s, Let) and isinstance(s.value, Call) and _takes_out(s.value)}
    return items.union(*(s.targets for s in every if isinstance(s, Unpack)))


def _takes_out(call: Call) -> bool:
    return isinstance(call.fn, Attribute) or (isinstance(call.fn, Ref) and call.fn.obj in (operator.getitem, getattr))


def _computes(call: Call) -> bool:
    """Whether it is a function of NumPy's or an operator that reads its operands."""
    fn = call.fn
    if isinstance(fn, Method) or any(name == "out" for name, _ in call.kwargs):
        return isinstance(fn, Method)
    return (
        isinstance(fn, Ref)
        and fn.module.partition(".")[0] in ("numpy", "operator", "math", "builtins", "scipy", "cupy")
        and not _is_class(fn)
        and not any(fn.obj is o for o in INPLACE)
    )


def _is_class(fn: Ref) -> bool:
    return isinstance(fn.obj, type) and fn.obj not in (float, int, np.float64)
