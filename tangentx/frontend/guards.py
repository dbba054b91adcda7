"""``try`` and ``with`` as an ``if`` on "did the body complete", so that all that is known of branches holds for them.

    try:                                     completed guarded by try:
        y = np.log(x)                            y = np.log(x)
    except ValueError as e:         ==>      else (ValueError):
        print(e)                                 e = <the exception>
        y = 0.0                                  print(e)
    else:                                        y = 0.0
        n = 1                                if completed:
                                                 n = 1

``with`` is one that always completes: its other arm only raises.  ``finally`` is a handler of everything that does the same
and raises again, and the same once more behind it.  ``test`` is *defined* by the statement, not read.
"""

from __future__ import annotations

import contextlib
import copy
import sys
import types
from collections.abc import Callable
from typing import Any

import gast

from tangentx.frontend.contexts import may_swallow
from tangentx.frontend.nodes import load, store
from tangentx.frontend.places import placed
from tangentx.frontend.walrus import walrus_names
from tangentx.rules.effects import writes

__all__ = ["CAUGHT", "ENTERED", "Completed", "Guarded", "cannot_raise", "handled", "may_change", "reads", "without_try", "without_with"]

JUMPS = (gast.Return, gast.Raise, gast.Break, gast.Continue)
CAUGHT, ENTERED = "@caught", "@entered"  # what an exception handler, or ``as``, gives a name to; no name of the user's has an @


class Guarded(gast.If):
    """A try (``kind``; ``heads`` are the types of the handler) or a with (``heads`` is the context).

    ``behind`` is done behind it, before any jump out of it; once there are no such jumps it stands there as statements.
    ``leaves``: a handler always ends in a "return", or in some "jump"; then nothing is read behind it but ``kept``, by a ``finally``.
    """

    _fields = (*gast.If._fields, "kind", "heads", "behind", "leaves", "kept")

    def __init__(self, test: Any = None, body: Any = (), orelse: Any = (), kind: str = "", heads: Any = (), **more: Any) -> None:
        super().__init__(test, body, orelse)
        self.kind, self.heads, self.behind = kind, heads, list(more.get("behind", ()))
        self.leaves, self.kept = more.get("leaves", ""), more.get("kept", frozenset())


class Completed(gast.If):
    """The ``else`` of a try: an If on its flag, in which what the try has assigned is there."""

    def __init__(self, test: Any = None, body: Any = (), orelse: Any = ()) -> None:
        super().__init__(test, body, orelse)


def without_try(stmt: Any, fresh: Callable[[str], str], kept: frozenset[str]) -> list[Any]:
    """The statements that a ``try`` means; ``fresh`` gives a name that is free, ``kept`` are the names that a ``finally`` reads."""
    first = next((k for k, s in enumerate(stmt.body[:-1]) if not cannot_raise(s)), len(stmt.body) - 1)
    before, body = stmt.body[:first], stmt.body[first:]  # ``attempts += 1`` may as well stand before the try
    if stmt.handlers:
        flag = load(fresh("completed")) if stmt.orelse or any(_falls(h.body) for h in stmt.handlers) else gast.Constant(True, None)
        heads, handler = handled(stmt.handlers, fresh)
        leaves = "return" if _leave(stmt.handlers, (gast.Return, gast.Raise)) else "jump" if _leave(stmt.handlers, JUMPS) else ""
        body = [placed(Guarded(flag, body, handler, "try", heads, leaves=leaves, kept=kept), stmt)]
        if stmt.orelse:
            body.append(placed(Completed(flag, list(stmt.orelse), []), stmt.orelse[0]))
    if not stmt.finalbody:
        return [*before, *body]
    again = [*copy.deepcopy(stmt.finalbody), placed(gast.Raise(None, None), stmt.finalbody[-1])]
    everything = [load("builtins.BaseException")]
    return [*before, placed(Guarded(gast.Constant(True, None), body, again, "try", everything, behind=stmt.finalbody), stmt)]


def handled(handlers: list[Any], fresh: Callable[[str], str]) -> tuple[list[Any], list[Any]]:
    """The types caught, and what is done then: of several handlers, the first whose type fits."""
    heads = [h.type or load("builtins.BaseException") for h in handlers]
    types = [part for head in heads for part in (head.elts if isinstance(head, gast.Tuple) else [head])]
    if len(handlers) == 1:
        return types, _caught(handlers[0])
    names = {h.name and h.name.id for h in handlers}
    same = names.pop() if len(names) == 1 else None  # all of them say ``as error``
    error = same or fresh("error")
    below: list[Any] = []
    for handler, head in reversed(list(zip(handlers, heads, strict=True))):
        body = list(handler.body)
        if handler.name is not None and not same:
            body = [placed(gast.Assign([store(handler.name.id)], load(error), None), handler), *body]
        test = gast.Call(load("builtins.isinstance"), [load(error), head], [])
        below = [placed(gast.If(test, body, below), handler)] if below else body
    return types, [placed(gast.Assign([store(error)], load(CAUGHT), None), handlers[0]), *below]


def _caught(handler: Any) -> list[Any]:
    if handler.name is None:
        return list(handler.body)
    return [placed(gast.Assign([store(handler.name.id)], load(CAUGHT), None), handler), *handler.body]


def without_with(stmt: Any, fresh: Callable[[str], str], static: Callable[[Any], Any]) -> list[Any]:
    """The statements that a ``with`` means: one for each context, nested; of a class of the user's its two methods are called."""
    body = list(stmt.body)
    for item in reversed(stmt.items):
        if isinstance(item.context_expr, gast.Call) and static(item.context_expr.func) is contextlib.suppress:
            body = _suppressed(item.context_expr, body, stmt)
            continue
        if isinstance(item.context_expr, gast.Call) and static(item.context_expr.func) is contextlib.nullcontext:
            body = [*_nothing(item, stmt), *body]
            continue
        if isinstance(item.context_expr, gast.Call) and _is_own(static(item.context_expr.func)):
            body = _own_context(item, body, fresh("context"), stmt)
            continue
        if item.optional_vars is not None:
            body = [placed(gast.Assign([item.optional_vars], load(ENTERED), None), stmt), *body]
        body = [placed(Guarded(gast.Constant(True, None), body, [gast.Raise(None, None)], "with", [item.context_expr]), stmt)]
    return body


def _suppressed(call: Any, body: list[Any], stmt: Any) -> list[Any]:
    """``try: body; except (A, B): pass``."""
    if not call.args:
        return body
    kinds = call.args[0] if len(call.args) == 1 and not isinstance(call.args[0], gast.Starred) else gast.Tuple(call.args, gast.Load())
    made = placed(gast.Try(body, [gast.ExceptHandler(kinds, None, [gast.Pass()])], [], []), stmt)
    made.apart = getattr(stmt, "apart", ())
    return [made]


def _nothing(item: Any, stmt: Any) -> list[Any]:
    """``nullcontext(x) as t``: ``t = x``."""
    given = [*item.context_expr.args, *(k.value for k in item.context_expr.keywords)][:1] or [gast.Constant(None, None)]
    if item.optional_vars is None:
        return [placed(gast.Expr(given[0]), stmt)]
    return [placed(gast.Assign([item.optional_vars], given[0], None), stmt)]


def _is_own(cls: Any) -> bool:
    """Whether it is a class whose contexts are entered and left by functions written in Python, which let exceptions pass."""
    ways = [getattr(cls, name, None) for name in ("__enter__", "__exit__")]
    home = (getattr(cls, "__module__", None) or "").partition(".")[0]
    own = isinstance(cls, type) and all(isinstance(way, types.FunctionType) for way in ways) and home not in sys.stdlib_module_names - {"__main__"}
    return own and home not in ("numpy", "scipy", "cupy", "tangentx") and not may_swallow(cls, True) and not writes(ways[1])


def _own_context(item: Any, body: list[Any], name: str, stmt: Any) -> list[Any]:
    """``context = C(...); t = context.__enter__(); try: body; finally: context.__exit__(None, None, None)``."""

    def called(method: str, *args: Any) -> Any:
        return gast.Call(gast.Attribute(load(name), method, gast.Load()), list(args), [])

    enter = called("__enter__")
    first = gast.Assign([item.optional_vars], enter, None) if item.optional_vars is not None else gast.Expr(enter)
    last = gast.Expr(called("__exit__", *(gast.Constant(None, None) for _ in range(3))))
    made = gast.Assign([store(name)], item.context_expr, None)
    return [placed(s, stmt) for s in (made, first, gast.Try(body, [], [], [last]))]


def may_change(block: list[Any], written: Callable[[list[Any]], dict[str, None]]) -> dict[str, None]:
    """The names that a block has assigned, perhaps, when one of its statements raises: all but those of the last that can.

    y = 0.0; z = np.log(x); n = 1     ==>     y
    """
    end = len(block)
    while end and cannot_raise(block[end - 1]):
        end -= 1
    if not end:
        return {}
    names, last = written(block[: end - 1]), block[end - 1]
    names.update(dict.fromkeys([*walrus_names(last), *getattr(last, "writes", ())]))  # on the way to its value
    if isinstance(last, gast.If) and not isinstance(last, Guarded):
        names.update({**may_change(last.body, written), **may_change(last.orelse, written)})
    elif not _ends_in_its_write(last):
        names.update(written([last]))
    return names


def _ends_in_its_write(stmt: Any) -> bool:
    """Whether nothing can raise once a statement has written: names, or a single item or attribute."""
    if isinstance(stmt, gast.AugAssign | gast.AnnAssign):
        return True
    targets = stmt.targets if isinstance(stmt, gast.Assign | gast.Delete) else []
    parts = [part for t in targets for part in getattr(t, "elts", [t])]
    return bool(targets) and (all(isinstance(t, gast.Name) for t in parts) or (parts == targets and len(parts) == 1))


def cannot_raise(stmt: Any) -> bool:
    """Whether a statement surely completes."""
    if isinstance(stmt, gast.AugAssign) and isinstance(stmt.op, gast.Add | gast.Sub) and isinstance(stmt.target, gast.Name):
        return isinstance(stmt.value, gast.Constant) and type(stmt.value.value) is int
    plain = isinstance(stmt, gast.Assign) and isinstance(stmt.value, gast.Constant) and all(isinstance(t, gast.Name) for t in stmt.targets)
    return plain or isinstance(stmt, gast.Pass)


def reads(block: list[Any]) -> frozenset[str]:
    """The names that a block reads."""
    return frozenset(n.id for stmt in block for n in gast.walk(stmt) if isinstance(n, gast.Name) and isinstance(n.ctx, gast.Load))


def _leave(handlers: list[Any], jumps: tuple[Any, ...]) -> bool:
    def ends(block: list[Any]) -> bool:
        last = block[-1]
        if isinstance(last, gast.If):
            return bool(last.orelse) and ends(last.body) and ends(last.orelse)
        return isinstance(last, jumps)

    return all(ends(h.body) for h in handlers)


def _falls(block: list[Any]) -> bool:
    """Whether a handler may go on behind its try, judged by its last statement."""
    last = block[-1]
    if isinstance(last, gast.If):
        return not last.orelse or _falls(last.body) or _falls(last.orelse)
    return not isinstance(last, gast.Raise)
