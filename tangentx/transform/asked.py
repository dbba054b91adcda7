"""Asked: what was asked for a method of dicts or arrays that the frontend has written out (``mappings``, ``inplace``), and what it turns out to be.

check_plain(d, "items")     d = {}           ==>     (nothing)
check_plain(p, "items")     p: Params        ==>     the function is read again, and the method of the class is called
check_plain(p, "items")     p: anything      ==>     checked while running, once for each name
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from tangentx.analysis.classes import Known
from tangentx.analysis.fact import Facts
from tangentx.errors import UnsupportedSyntax
from tangentx.ir.nodes import Atom, Block, Call, Effect, Function, Stmt, Var
from tangentx.ir.walk import map_blocks, statements
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
    """The function without the checks of what is a dict or an array for certain, or was checked before."""
    given: set[Atom] = {p.var for p in function.params}

    def block(stmts: Block, seen: frozenset[Call]) -> Block:
        new: list[Stmt] = []
        for stmt in stmts:
            if (check := _check(stmt)) is not None:
                kind = facts.of(check.args[0]).kind
                if check in seen or (kind != "any" and (kind != "dict" or check.args[0] not in given)):
                    continue
                seen |= {check}
            new.append(map_blocks(stmt, partial(block, seen=seen)))
        return tuple(new)

    return replace(function, body=block(function.body, frozenset()))


def _check(stmt: Stmt) -> Call | None:
    call = stmt.value if isinstance(stmt, Effect) else None
    return call if isinstance(call, Call) and getattr(call.fn, "text", "") == "check_plain" else None
