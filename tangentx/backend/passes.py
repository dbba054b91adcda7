"""Our own checks pass the handlers of the user's: a check is a question of ours, which the function itself never asks.

    try:                                  try:
        check_flat(p)                         check_flat(p)
        q = p.copy()                          q = p.copy()
        ...                      ==>          ...
    except ValueError:                    except TangentxError:
        y = 0.0                               raise
                                          except ValueError:
                                              y = 0.0

Only where a check may fail in the body (or in a function of the module, or one known while running, that it calls) and a handler
would catch it without raising it again.
"""

from __future__ import annotations

import functools
import types
from dataclasses import replace

from tangentx import errors
from tangentx.ir.homes import code_within
from tangentx.ir.nodes import Call, Effect, Function, If, Let, Local, Program, Raise, Ref, Stmt, Var
from tangentx.ir.walk import map_blocks, statements

__all__ = ["with_checks_passed"]

ERRORS = tuple(e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, errors.TangentxError))


def with_checks_passed(program: Program) -> Program:
    """The program with every try marked (``Guard.checked``) whose handlers would swallow a check of ours."""
    if not any(_swallows(s) for f in program.functions for s in statements(f.body)):
        return program
    running = any(_is_of_callees(s) for f in program.functions for s in statements(f.body))
    checking = _checking(program, running)

    def settle(stmt: Stmt) -> Stmt:
        if (
            isinstance(stmt, If)
            and stmt.guard is not None
            and _swallows(stmt)
            and any(_may_refuse(s, checking, running) for s in statements(stmt.then))
        ):
            stmt = replace(stmt, guard=replace(stmt.guard, checked=True))
        return map_blocks(stmt, lambda b: tuple(map(settle, b)))

    return replace(program, functions=tuple(replace(f, body=tuple(map(settle, f.body))) for f in program.functions))


def _swallows(stmt: Stmt) -> bool:
    """Whether a try catches some error of ours and does not raise it again."""
    if not isinstance(stmt, If) or stmt.guard is None or stmt.guard.kind != "try":
        return False
    if stmt.orelse and isinstance(last := stmt.orelse[-1], Raise) and last.exception is None:
        return False
    kinds = [k for a in stmt.guard.atoms for k in (a.obj if isinstance(a, Ref) and isinstance(a.obj, tuple) else (getattr(a, "obj", None),))]
    return any(not isinstance(k, type) or any(issubclass(e, k) for e in ERRORS) for k in kinds)


def _checking(program: Program, running: bool) -> frozenset[str]:
    """The functions of the program in which a check may fail."""
    functions: dict[str, Function] = {f.name: f for f in program.functions}
    found: frozenset[str] = frozenset()
    while more := {n for n, f in functions.items() if n not in found and any(_may_refuse(s, found, running) for s in statements(f.body))}:
        found |= more
    return found


def _may_refuse(stmt: Stmt, checking: frozenset[str], running: bool) -> bool:
    if isinstance(stmt, If) and stmt.guard is not None and stmt.guard.kind == "with" and stmt.guard.checked:
        return True  # an exception that the context has ended
    fn = stmt.value.fn if isinstance(stmt, Let | Effect) and isinstance(stmt.value, Call) else None
    if isinstance(fn, Local):
        return fn.name in checking
    if isinstance(fn, Ref) and fn.module == "tangentx.runtime":
        return not isinstance(fn.obj, types.FunctionType) or _asks(fn.obj)
    return running and isinstance(fn, Var) or isinstance(fn, Ref) and _is_made(fn)


def _is_of_callees(stmt: Stmt) -> bool:
    """Whether a function is called that derives what is only known while running."""
    return (
        isinstance(stmt, Let | Effect) and isinstance(stmt.value, Call) and isinstance(fn := stmt.value.fn, Ref) and fn.module == "tangentx.callees"
    )


def _is_made(ref: Ref) -> bool:
    """Whether a function looks into others, or was generated: its checks are not seen here."""
    return ref.module.startswith(("tangentx.callees", "tangentx.generated"))


@functools.cache
def _asks(helper: types.FunctionType) -> bool:
    """Whether a helper raises an error of ours, or another one that it calls does."""
    pending, seen = [helper], {helper}
    while pending:
        fn = pending.pop()
        for name in (name for code in code_within(fn.__code__) for name in code.co_names):
            value = fn.__globals__.get(name)
            if isinstance(value, type) and issubclass(value, errors.TangentxError):
                return True
            if isinstance(value, types.FunctionType) and value not in seen and value.__globals__.get("__name__", "").startswith("tangentx.runtime"):
                seen.add(value)
                pending.append(value)
    return False
