"""A try of several statements as one try after the other, where it has to be known which of them has failed.

    try:                                     try:
        n = options["n"]                         n = options["n"]
        m = options["m"]                     except KeyError: completed = False
    except KeyError:            ==>          if completed:
        m = 2.0                                  try:
    return x**n * m                                  m = options["m"]
                                                 except KeyError: completed = False
                                             if not completed:
                                                 m = 2.0
                                             return x**n * m

Only where a name, or something written, is asked for behind a try that may have failed before or after that (see ``GivenUp``).  A test in
the try is worked out in one of its own.  What stands in a loop, a ``with`` or another try in there is not taken apart.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gast

from tangentx.frontend.guards import CAUGHT, Completed, Guarded, cannot_raise, handled, may_change
from tangentx.frontend.liveness import assigned
from tangentx.frontend.nodes import load, store
from tangentx.frontend.places import placed

__all__ = ["EVERYTHING", "in_steps", "is_apart"]

EVERYTHING = ""  # among the names asked for: whatever is written
JUMPS = (gast.Break, gast.Continue)
ASKS = frozenset({"exception", "exc_info", "format_exc", "print_exc"})  # of the exception that is being handled


def is_apart(stmt: Any) -> bool:
    """Whether a try is to be taken apart, and can be: its handlers stand behind it then, and none asks which exception is being handled."""
    handlers = [n for h in getattr(stmt, "handlers", ()) for s in h.body for n in gast.walk(s)]
    asks = any(getattr(n, "attr", getattr(n, "id", getattr(n, "arg", None))) in ASKS for n in handlers)
    again = any(isinstance(n, gast.Try | gast.FunctionDef) and any(_is_bare(p) for p in gast.walk(n)) for n in handlers)
    return bool(getattr(stmt, "apart", ()) and getattr(stmt, "handlers", ())) and not asks and not again


def in_steps(stmt: Any, fresh: Callable[[str], str]) -> list[Any]:
    """The statements that a try means; it may have a ``finally``, which is a try around it."""
    if stmt.finalbody:
        inner = placed(gast.Try(stmt.body, stmt.handlers, stmt.orelse, []), stmt)
        inner.apart = stmt.apart
        return [placed(gast.Try([inner], [], [], stmt.finalbody), stmt)]
    heads, handler = handled(stmt.handlers, fresh)
    error = fresh("caught") if any(_is_bare(n) or getattr(n, "id", "") == CAUGHT for s in handler for n in gast.walk(s)) else ""
    steps = _Steps(fresh("completed"), error, heads, stmt, fresh)
    behind = Completed(load(steps.flag), list(stmt.orelse) or [gast.Pass()], [_Behind(error).visit(s) for s in handler] if error else handler)
    return [*steps.of(stmt.body), placed(behind, stmt)]


class _Steps:
    def __init__(self, flag: str, error: str, heads: list[Any], stmt: Any, fresh: Callable[[str], str]) -> None:
        self.flag, self.error, self.heads, self.stmt, self.fresh = flag, error, heads, stmt, fresh
        self.wanted = set(stmt.apart)

    def of(self, block: list[Any]) -> list[Any]:
        """A block of the try, behind which the flag says whether all of it was done."""
        done: list[Any] = []
        step: list[Any] = []
        for stmt in block:
            opened = isinstance(stmt, gast.If) and self.asked_for(may_change([stmt], assigned), stmt)
            if opened or isinstance(stmt, JUMPS) or (step and self.asked_for(assigned(step), step[-1]) and not cannot_raise(stmt)):
                done += self.put(step, done)
                step = []
            if opened:
                done += self.opened(stmt, done)
            elif isinstance(stmt, JUMPS):
                done.append(self.unless_failed([stmt]) if done else stmt)
            else:
                step.append(stmt)
        return [*done, *self.put(step, done)]

    def asked_for(self, names: dict[str, None], stmt: Any) -> bool:
        """Whether what follows has to stand in a try of its own."""
        return not self.wanted.isdisjoint(names) or (EVERYTHING in self.wanted and not cannot_raise(stmt))

    def opened(self, stmt: Any, done: list[Any]) -> list[Any]:
        """An ``if`` with its test in a try, and its blocks in steps."""
        test = self.fresh("test")
        marks = [gast.Assign([store(test)], gast.Constant(k, None), None) for k in (True, False)]
        asked = self.put([placed(gast.If(stmt.test, [marks[0]], [marks[1]]), stmt)], done)
        branch = placed(gast.If(load(test), self.of(stmt.body), self.of(stmt.orelse)), stmt)
        return [*asked, self.unless_failed([branch])]

    def put(self, step: list[Any], done: list[Any]) -> list[Any]:
        """One try; behind others of its block it is done if these have not failed."""
        if not step:
            return []
        if all(cannot_raise(s) for s in step) and done:
            return [self.unless_failed(step)]
        made = placed(Guarded(load(self.flag), step, self.failed(), "try", self.heads), self.stmt)
        return [self.unless_failed([made])] if done else [made]

    def failed(self) -> list[Any]:
        """What a handler does: it keeps the exception, under a name that ends with it (as Python has it) and one that does not."""
        if not self.error:
            return [gast.Pass()]
        names = [self.fresh("error"), self.error]
        values = [load(CAUGHT), load(names[0])]
        return [gast.Assign([store(n)], v, None) for n, v in zip(names, values, strict=True)]

    def unless_failed(self, block: list[Any]) -> Any:
        return placed(Completed(load(self.flag), block, []), block[0])


class _Behind(gast.NodeTransformer):
    """A handler that does not stand in the try any more: the exception is the one that was kept, and ``raise`` names it."""

    def __init__(self, error: str) -> None:
        self.error = error

    def visit_Raise(self, node: Any) -> Any:
        return placed(gast.Raise(load(self.error), None), node) if _is_bare(node) else node

    def visit_Name(self, node: Any) -> Any:
        return placed(load(self.error), node) if node.id == CAUGHT else node


def _is_bare(node: Any) -> bool:
    return isinstance(node, gast.Raise) and node.exc is None
