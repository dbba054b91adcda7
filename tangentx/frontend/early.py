"""Early: what Python reads step by step is taken at once here, so nothing may write to it meanwhile.

for a, b in pairwise(xs): ...      ==>      items = [...];  effect taken_early(items, 1, xs);  for a, b in items: ...

Whether xs is written, under whatever name, is found where memory is known (transform/exposed): the mark says what the list was made of.

A comprehension takes no list of what it goes through, and what it works out may write only by functions.  That goes by names:

sum(bump(v) for v in chain(xs, ys))         refused where bump, a local function, writes to xs
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable, Iterable
from typing import Any, TypeGuard

import gast
import numpy as np

import tangentx.runtime as rt
from tangentx.errors import TangentxError
from tangentx.frontend.scopes import root_name
from tangentx.ir.homes import is_library
from tangentx.ir.nodes import Atom, Build, Call, Const, Each, Effect, Expr, For, Let, Ref, Stmt, Var
from tangentx.ir.walk import defined, own_atoms, statements
from tangentx.rules.mutators import CHANGES_ITS_OBJECT

__all__ = ["mark_early", "taken_early"]

LATE = [
    itertools.accumulate, itertools.chain, itertools.chain.from_iterable, itertools.combinations, itertools.combinations_with_replacement,
    itertools.islice, itertools.product, itertools.starmap,
]  # fmt: skip
if hasattr(itertools, "pairwise"):  # Python 3.10
    LATE.append(itertools.pairwise)
AT_ONCE = (functools.reduce, math.prod, min, max, itertools.product, itertools.combinations, itertools.combinations_with_replacement)
OWN = (abs, dict, float, int, len, list, max, min, range, sorted, sum, tuple)  # what these give is no list that is written elsewhere
ALIKE = gast.Name | gast.Attribute | gast.Subscript | gast.IfExp
VALUES = gast.BinOp | gast.UnaryOp | gast.Compare | gast.Constant | gast.JoinedStr
Static = Callable[[Any], Any]


def taken_early(iterable: Any, body: list[Any], function: list[Any], static: Static) -> str:
    """The name of what a comprehension goes through, where its ``body`` may write to it; "" if it does not.

    ``function``: the statements of the whole function; ``static`` gives the object that a name of outside means.
    """
    lazies = [n for n in gast.walk(iterable) if isinstance(n, gast.GeneratorExp) or (isinstance(n, gast.Call) and static(n.func) in LATE)]
    through = [part for n in lazies for part in ([g.iter for g in n.generators] if isinstance(n, gast.GeneratorExp) else n.args)]
    names = {n.id for part in through for n in gast.walk(part) if isinstance(n, gast.Name) and not _is_outside(n, static)}
    if not names:
        return ""
    every = _aliases(names, function, static)
    return next((name for node in _nodes(body) for name in _written(node, function, static) if name in every), "")


def mark_early(lowering: Any, items: Any, start: int, node: Any) -> None:
    """Notes what a list was made of at once, by the statements of the current block from ``start`` on, where Python reads that step by step."""
    fn = lowering.static_object(node.func) if isinstance(node, gast.Call) else None
    if not isinstance(items, Var) or fn in AT_ONCE:
        return
    known = {s.value.args[0]: s.value.args for s in lowering.out if _is_mark(s)}
    found = _sources(items, lowering.out[start:], known, isinstance(node, gast.GeneratorExp))
    if found:
        mark = Ref(rt.taken_early, "taken_early", "tangentx.runtime", "taken_early")
        whole, within = ([v for v, deep in found.items() if deep is where] for where in (False, True))
        lowering.out.append(Effect(Call(mark, (items, Const(len(whole)), *whole, *within)), lowering.place(node)))


def _is_mark(stmt: Stmt) -> bool:
    return isinstance(stmt, Effect) and isinstance(stmt.value, Call) and isinstance(fn := stmt.value.fn, Ref) and fn.obj is rt.taken_early


def _sources(taken: Var, made: list[Stmt], known: dict[Atom, tuple[Atom, ...]], worked_out: bool) -> dict[Var, bool]:
    """What is ``taken``, or gone over by loops among these statements, as it was called before, and whether what stands in there counts, too.

    That is the list of which a slice is taken, the parts of a display; of values that are ``worked_out``, all that is read.
    """
    every = tuple(statements(tuple(made)))
    items = {s.target: s.sequence for loop in every if isinstance(loop, For) for s in loop.sources if isinstance(s, Each)}
    defs = {s.target: s.value for s in every if isinstance(s, Let)}
    mine, here = set(defined(every)), {s.target for s in made if isinstance(s, Let)}
    inner = statements(tuple(b for s in made if isinstance(s, For) and worked_out for b in s.body))
    read = [a for s in inner for a in own_atoms(s) if a != taken]
    found, met, stack = dict[Var, bool](), set[tuple[Atom, int]](), [*((a, 0) for a in items.values()), *((a, 1) for a in read)]
    stack += [(taken, 0)] if _is_part(defs.get(taken), defs) else []
    while stack:
        atom, depth = stack.pop()
        if not isinstance(atom, Var) or (atom, depth) in met:
            continue
        met.add((atom, depth))
        value = defs.get(atom)
        if atom in items:
            stack.append((items[atom], depth + 1))
        elif isinstance(value, Build):
            stack += [(a, max(depth - 1, 0)) for a in value.items]
        elif isinstance(value, Var):
            stack.append((value, depth))
        elif _is_part(value, defs):
            stack.append((value.args[0], depth))
        elif atom not in mine or atom in here:
            found[atom] = found.get(atom, False) or depth > 0
            stack += [(a, depth) for a in known.get(atom, ())[1:]]
    return found


def _is_part(value: Expr | None, defs: dict[Var, Expr]) -> TypeGuard[Call]:
    """Whether it is a slice of something."""
    if not isinstance(value, Call) or getattr(value.fn, "attr", "") != "getitem":
        return False
    index = defs.get(value.args[1]) if isinstance(value.args[1], Var) else None
    return isinstance(index, Call) and isinstance(index.fn, Ref) and index.fn.obj is slice


def _nodes(block: Iterable[Any]) -> Iterable[Any]:
    return (n for stmt in block for n in gast.walk(stmt))


def _written(node: Any, function: list[Any], static: Static) -> list[str]:
    """The names of what a part of the body may write to."""
    if isinstance(node, gast.Subscript | gast.Attribute) and not isinstance(node.ctx, gast.Load):
        return [root_name(node.value)]
    if isinstance(node, gast.AugAssign):
        return [root_name(node.target)]
    if not isinstance(node, gast.Call) or is_library(static(node.func)):
        return []
    method = getattr(node.func, "attr", "")
    if hasattr(np.ndarray, method) and method not in CHANGES_ITS_OBJECT:
        return []
    given = [a for a in (getattr(node.func, "value", None), *node.args, *(k.value for k in node.keywords)) if a is not None]
    local = [n for n in _nodes(function) if isinstance(n, gast.FunctionDef) and n.name == getattr(node.func, "id", "")]
    return [*map(root_name, given), *(name for f in local for n in _nodes(f.body) for name in _written(n, [], static))]


def _aliases(names: set[str], function: list[Any], static: Static) -> set[str]:
    """These names, and others that may mean the same, or something that holds it."""
    bound = [(n.value, {t.id for t in n.targets if isinstance(t, gast.Name)}) for n in _nodes(function) if isinstance(n, gast.Assign)]
    links = [(targets, _kept(value, names, static), isinstance(value, ALIKE)) for value, targets in bound]
    found = set(names)
    while more := {name for link in links for name in _linked(*link, found, names) if name not in found}:
        found |= more
    return found


def _linked(targets: set[str], kept: set[str], alike: bool, found: set[str], names: set[str]) -> set[str]:
    """What one assignment adds: who keeps it has a way to it; what the list itself was made of has none."""
    holder = targets if kept & found else set()
    return holder | (kept if targets & (found if alike else found - names) else set())


def _kept(value: Any, names: set[str], static: Static) -> set[str]:
    """The names of what a value may be, or hold."""
    if isinstance(value, VALUES) or (isinstance(value, gast.Call) and static(value.func) in OWN):
        return set()
    if isinstance(value, gast.Subscript) and not isinstance(value.slice, gast.Slice) and getattr(value.value, "id", "") in names:
        return set()  # an item of it
    return {n.id for n in gast.walk(value) if isinstance(n, gast.Name) and not _is_outside(n, static)}


def _is_outside(name: Any, static: Static) -> bool:
    """Whether a name is one of outside: ``np``; the targets of comprehensions are not known here."""
    try:
        return static(name) is not None
    except TangentxError:
        return False
