"""Asked: what was asked for a method of lists, dicts or arrays that is written out (``mappings``, ``inplace``, ``mutations``), and what it is.

check_plain(d, "items")     d = {}           ==>     (nothing)
check_plain(p, "items")     p: Params        ==>     the function is read again, and the method of the class is called
check_plain(p, "items")     p: anything      ==>     checked while running, once for each name
check_plain(ys, "append")   ys = []          ==>     (nothing)
check_plain(ys, "append")   ys: anything     ==>     checked while running, since a class of its own may say what that does
"""

from __future__ import annotations

import inspect
import operator
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from tangentx.analysis.classes import Known
from tangentx.analysis.fact import Facts
from tangentx.errors import UnsupportedSyntax
from tangentx.ir.nodes import Atom, Attribute, Block, Call, Effect, For, Function, Let, Ref, Stmt, Store, Unpack, Var
from tangentx.ir.walk import map_blocks, merges, source_targets, statements, stmt_targets
from tangentx.rules.mutators import CHANGES_ITS_OBJECT
from tangentx.runtime.checks import says_itself

__all__ = ["refuse_own_methods", "without_known_methods"]


def refuse_own_methods(function: Function, classes: Mapping[Var, Known]) -> None:
    """Looks for methods that are those of a class.

    Raises:
        UnsupportedSyntax: there is one; its place is read again, and then the method is called.
    """
    for stmt in statements(function.body):
        if (check := _check(stmt)) is None:
            continue
        owner, name = check.args[0], str(getattr(check.args[1], "value", ""))
        cls = classes[owner].cls if isinstance(owner, Var) and owner in classes else None
        if cls is not None and inspect.getattr_static(cls, name, None) is not None and says_itself(cls, name):
            reason = f"{cls.__name__}.{name} is a method of its own class, and is taken for that of a dict or an array"
            error = UnsupportedSyntax(reason, stmt.place, f"Call it by its class: {cls.__name__}.{name}(...).")
            error.own = True
            raise error


def without_known_methods(function: Function, facts: Facts) -> Function:
    """The function without the checks of what is a list, dict or array for certain, or was checked before."""
    given: set[Atom] = {p.var for p in function.params}
    elsewhere = _made_elsewhere(function)

    def block(stmts: Block, seen: frozenset[Call]) -> Block:
        new: list[Stmt] = []
        for stmt in stmts:
            if (check := _check(stmt)) is not None:
                kind, name = facts.of(check.args[0]).kind, getattr(check.args[1], "value", "")
                known = (
                    check.args[0] not in elsewhere if name in CHANGES_ITS_OBJECT else kind != "any" and (kind != "dict" or check.args[0] not in given)
                )
                if check in seen or known:
                    continue
                seen |= {check}
            new.append(map_blocks(stmt, partial(block, seen=seen)))
        return tuple(new)

    return replace(function, body=block(function.body, frozenset()))


def _made_elsewhere(function: Function) -> frozenset[Var]:
    """What is given, or read out of something else, under all its names: of what class it is only the run knows."""
    every = tuple(statements(function.body))
    found = {p.var for p in function.params}
    flows: list[tuple[Var, tuple[Atom, ...]]] = [*merges(every)]
    for stmt in every:
        if isinstance(stmt, Store):
            flows.append((stmt.target, (stmt.base,)))
        elif isinstance(stmt, Let) and isinstance(stmt.value, Var):
            flows.append((stmt.target, (stmt.value,)))
        elif not isinstance(stmt, Let) or isinstance(stmt.value, Call) and (isinstance(stmt.value.fn, Attribute) or _is_item(stmt.value)):
            found.update(stmt_targets(stmt) if isinstance(stmt, Let | Unpack) else ())
            found.update(t for source in (stmt.sources if isinstance(stmt, For) else ()) for t in source_targets(source))
    while more := {target for target, atoms in flows if target not in found and not found.isdisjoint(atoms)}:
        found |= more
    return frozenset(found)


def _is_item(call: Call) -> bool:
    return isinstance(call.fn, Ref) and call.fn.obj is operator.getitem


def _check(stmt: Stmt) -> Call | None:
    call = stmt.value if isinstance(stmt, Effect) else None
    return call if isinstance(call, Call) and getattr(call.fn, "text", "") == "check_plain" else None
