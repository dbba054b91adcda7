"""Values that a path does not have: which names must exist there nevertheless.

    if c: y = f(x)                        if c: y = f(x)
    join y.1 = y | undef         ==>      else: y = None
    tape.append((c, y.1))                 tape.append((c, y))

The IR hands such a value on (into a tape, a tuple, a call, a copy) although nobody looks at it; Python cannot hand on a
name that is not bound.  A read in an arm further in is guarded: who wrote it knows that the value is there.
"""

from __future__ import annotations

from collections.abc import Iterator

from tangentx.ir.nodes import Append, Atom, Block, Break, Build, Call, Effect, Expr, For, Function, If, Let, Local, Stmt, Var, While
from tangentx.ir.walk import blocks, expr_atoms, is_memory_check, stmt_targets

__all__ = ["names_that_must_exist"]

Guards = tuple[tuple[int, bool], ...]  # the arms around a statement


def names_that_must_exist(function: Function, inline: dict[Var, Expr], names: dict[Var, str]) -> set[Var]:
    """The joins and carries that are read, or copied to another name, where a missing value would be an unbound name."""
    where: dict[Var, Guards] = {}
    reads: list[tuple[Var, Guards]] = []
    flows: dict[Var, list[Var]] = {}
    copied: dict[Var, Guards] = {}
    for stmt, guards in _walk(function.body, ()):
        where.update(dict.fromkeys(stmt_targets(stmt), guards))
        reads += ((v, guards) for v in _handed_on(stmt, inline))
        reads += ((v, where.get(v, ())) for v in _checked(stmt, inline))
        for target, atom, inner in _pairs(stmt, guards):
            if isinstance(atom, Var) and atom in names:
                flows.setdefault(target, []).append(atom)
                if names[atom] != names[target]:  # a copy that nobody wrote: nothing guards it
                    copied[atom] = inner
    reads += ((v, ()) for v in _leaves(function.result, inline) if function.result in inline)
    found = {v for v, guards in reads if where.get(v) == guards} | {v for v, inner in copied.items() if v in where and _around(where[v], inner)}
    waiting = list(found)
    while waiting:  # what flows into such a name
        new = [a for a in flows.get(waiting.pop(), ()) if a not in found]
        found.update(new)
        waiting += new
    return found


def _around(outer: Guards, inner: Guards) -> bool:
    return inner[: len(outer)] == outer


def _walk(block: Block, guards: Guards) -> Iterator[tuple[Stmt, Guards]]:
    for stmt in block:
        yield stmt, guards
        for k, inner in enumerate(blocks(stmt)):
            asks = isinstance(stmt, If) and not _breaks(stmt.orelse if k == 0 else stmt.then)  # else it is the rest of a loop's body
            yield from _walk(inner, (*guards, (id(stmt), k == 0)) if asks else guards)


def _breaks(arm: Block) -> bool:
    return bool(arm) and isinstance(arm[-1], Break)


def _pairs(stmt: Stmt, guards: Guards) -> list[tuple[Var, Atom, Guards]]:
    """What joins and carries copy, and between which guards."""
    if isinstance(stmt, If):
        arms = ((*guards, (id(stmt), True)), (*guards, (id(stmt), False)))
        return [pair for j in stmt.joins for pair in ((j.target, j.then, arms[0]), (j.target, j.orelse, arms[1]))]
    if isinstance(stmt, For | While):
        return [(c.target, a, guards) for c in stmt.carries for a in (c.init, c.back)]
    return []


def _handed_on(stmt: Stmt, inline: dict[Var, Expr]) -> Iterator[Var]:
    """What a statement reads without looking at it."""
    if isinstance(stmt, Append):
        for atom in stmt.values:
            yield from _leaves(atom, inline)
    elif isinstance(stmt, Let) and _hands_on(stmt.value):
        for atom in expr_atoms(stmt.value):
            yield from _leaves(atom, inline)


def _checked(stmt: Stmt, inline: dict[Var, Expr]) -> Iterator[Var]:
    """What a check of shared memory reads: nobody has asked whether it is there, and what is not there shares none."""
    if isinstance(stmt, Effect) and is_memory_check(stmt):
        for atom in expr_atoms(stmt.value):
            yield from _leaves(atom, inline)


def _hands_on(value: Expr) -> bool:
    return isinstance(value, Var | Build) or (isinstance(value, Call) and isinstance(value.fn, Local))


def _leaves(atom: Atom, inline: dict[Var, Expr]) -> Iterator[Var]:
    if isinstance(atom, Var) and atom in inline:
        if _hands_on(inline[atom]):
            for inner in expr_atoms(inline[atom]):
                yield from _leaves(inner, inline)
    elif isinstance(atom, Var):
        yield atom
