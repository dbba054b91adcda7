"""Fewer kinds of statement: no ``continue``, no loop ``else``, one ``return`` at the end, ``break`` in tail position.

    def f(x, n):                       def f(x, n):
        for i in range(n):                 returned = False
            if x > 10:                     for i in range(n):
                return x         ==>           if x > 10:
            if i == 2:                             result = x
                continue                           returned = True
            x = x * x                              break
        return -x                              else:
                                                   if i == 2:
                                                       pass
                                                   else:
                                                       x = x * x
                                           if not returned:
                                               result = -x
                                           return result

New statements stand at the position of the one that they come from, so their place shows the user's line.  A jump out of
an ``if`` that may also fall through takes a flag, when statements follow that it must skip; the others are only nested.
"""

from __future__ import annotations

from typing import Any

import gast

from tangentx.frontend.guards import Guarded
from tangentx.frontend.liveness import assigned
from tangentx.frontend.mappings import without_mappings
from tangentx.frontend.matching import Static
from tangentx.frontend.nodes import free_name, load, store
from tangentx.frontend.places import placed
from tangentx.frontend.signatures import without_signatures
from tangentx.frontend.simpler import simpler
from tangentx.frontend.spelled import spelled

__all__ = ["desugar"]

Block = list[Any]


def desugar(node: Any, static: Static = lambda node: None) -> Block:
    """The body of a function with these jumps rewritten; its last statement is the only ``return``.

    Before: a ``gast.FunctionDef`` or ``gast.Lambda``; ``static`` gives the object that an expression means, where it is known.
    After: a list of statements; the node itself is not changed.
    """
    node = without_mappings(spelled(without_signatures(node, static), static), static)
    if isinstance(node, gast.Lambda):
        return [placed(gast.Return(node.body), node)]
    body = list(node.body)
    names = set(assigned(body)) | {n.id for n in gast.walk(node) if isinstance(n, gast.Name)}
    body = simpler(body, lambda name: free_name(name, names), static)
    body = _Loops(names).block(body)
    if not _returns(body[:-1]) and isinstance(body[-1], gast.Return):
        return _Jumps(names).block(body)
    if not _returns(body):
        return [*_Jumps(names).block(body), placed(gast.Return(_constant(None)), body[-1])]
    return _Returns(names).function(body)


def _constant(value: Any) -> Any:
    return gast.Constant(value, None)


def _assign(name: str, value: Any, old: Any) -> Any:
    return placed(gast.Assign([store(name)], value, None), old)


def _if(test: Any, body: Block, orelse: Block, old: Any) -> Any:
    return placed(gast.If(test, body, orelse), old)


def _copy(stmt: Any, **fields: Any) -> Any:
    """The same statement with other blocks."""
    new = type(stmt)(**{**dict(gast.iter_fields(stmt)), **fields})
    return gast.copy_location(new, stmt)


def _walk_statements(block: Block, into_loops: bool = True) -> Any:
    for stmt in block:
        yield stmt
        if isinstance(stmt, gast.If) or (into_loops and isinstance(stmt, gast.For | gast.While)):
            yield from _walk_statements(stmt.body, into_loops)
            yield from _walk_statements(stmt.orelse, into_loops)


def _returns(block: Block) -> bool:
    return any(isinstance(s, gast.Return) for s in _walk_statements(block))


def _breaks(block: Block) -> bool:
    return any(isinstance(s, gast.Break) for s in _walk_statements(block, into_loops=False))


def _jumps(block: Block) -> bool:
    return any(isinstance(s, gast.Break | gast.Continue) for s in _walk_statements(block, into_loops=False))


def _falls(block: Block) -> bool:
    """Whether control can reach the end of the block."""
    for stmt in block:
        if isinstance(stmt, gast.Return | gast.Raise | gast.Break | gast.Continue):
            return False
        if isinstance(stmt, gast.If) and not _falls(stmt.body) and not _falls(stmt.orelse):
            return False
        if isinstance(stmt, gast.While) and isinstance(stmt.test, gast.Constant) and stmt.test.value and not _breaks(stmt.body):
            return False
    return True


class _Loops:
    """A loop's ``else`` becomes an ``if`` behind it, on a flag that every ``break`` clears.

    for ...:                      completed = True
        if c: break     ==>       for ...:
    else:                             if c: completed = False; break
        E                         if completed: E
    """

    def __init__(self, names: set[str]) -> None:
        self.names = names

    def block(self, block: Block) -> Block:
        """The block, without what can never run."""
        new: Block = []
        for stmt in block:
            made = self.statement(stmt)
            new += made
            if not _falls(made):
                break
        return new

    def statement(self, stmt: Any) -> Block:
        if isinstance(stmt, gast.If):
            behind = {"behind": self.block(stmt.behind)} if isinstance(stmt, Guarded) else {}
            return [_copy(stmt, body=self.block(stmt.body), orelse=self.block(stmt.orelse), **behind)]
        if not isinstance(stmt, gast.For | gast.While):
            return [stmt]
        body, orelse = self.block(stmt.body), self.block(stmt.orelse)
        if not orelse:
            return [_copy(stmt, body=body)]
        if not _breaks(body):
            return [_copy(stmt, body=body, orelse=[]), *orelse]
        flag = free_name("completed", self.names)
        loop = _copy(stmt, body=_before_breaks(body, lambda s: [_assign(flag, _constant(False), s), s]), orelse=[])
        return [_assign(flag, _constant(True), stmt), loop, _if(load(flag), orelse, [], stmt)]


def _before_breaks(block: Block, change: Any, kind: Any = gast.Break) -> Block:
    """The block with every ``break`` of its own loop (or other jump) replaced by ``change(stmt)``."""
    new: Block = []
    for stmt in block:
        if isinstance(stmt, kind):
            new.extend(change(stmt))
        elif isinstance(stmt, gast.If):
            new.append(_copy(stmt, body=_before_breaks(stmt.body, change, kind), orelse=_before_breaks(stmt.orelse, change, kind)))
        else:
            new.append(stmt)
    return new


class _Jumps:
    """``continue`` and ``break`` by nesting: what follows a jump moves into the arm that does not jump.

    if c:                     if c:
        continue      ==>         pass
    y = y + x                 else:
                                  y = y + x
    """

    def __init__(self, names: set[str]) -> None:
        self.names = names

    def block(self, block: Block) -> Block:
        """A block outside of loops, or inside: every loop in it is rewritten."""
        done: Block = []
        for stmt in block:
            behind, stmt = (stmt.behind, _copy(stmt, behind=[])) if isinstance(stmt, Guarded) else ([], stmt)
            done += [self._statement(stmt), *self.block(behind)]
        return done

    def _statement(self, stmt: Any) -> Any:
        if isinstance(stmt, gast.If):
            return _copy(stmt, body=self.block(stmt.body), orelse=self.block(stmt.orelse))
        if isinstance(stmt, gast.For | gast.While):
            return _copy(stmt, body=self.block(self._tail(stmt.body)))
        return stmt

    def _tail(self, block: Block) -> Block:
        """The block with its jumps in tail position, ``continue`` gone."""
        for i, stmt in enumerate(block):
            rest = block[i + 1 :]
            if isinstance(stmt, gast.Continue):
                return block[:i]
            if isinstance(stmt, gast.Break | gast.Raise | gast.Return):
                return block[: i + 1]
            if isinstance(stmt, gast.If) and _jumps([stmt]):
                return [*block[:i], *self._if(stmt, rest)]
        return block

    def _if(self, stmt: Any, rest: Block) -> Block:
        if isinstance(stmt, Guarded):
            return self._guarded(stmt, rest)
        if not rest or not _falls(stmt.body):
            return [_copy(stmt, body=self._arm(stmt.body, stmt), orelse=self._tail([*stmt.orelse, *rest]))]
        if not _falls(stmt.orelse):
            return [_copy(stmt, body=self._arm([*stmt.body, *rest], stmt), orelse=self._tail(stmt.orelse))]
        flag = free_name("stopped" if _breaks([stmt]) else "skipped", self.names)
        flags: Block = [_assign(flag, _constant(False), stmt)]
        inner = _copy(stmt, body=self._arm(stmt.body, stmt), orelse=self._tail(stmt.orelse))
        return [*flags, *self._flagged(inner, stmt, flag, rest)]

    def _flagged(self, inner: Any, stmt: Any, flag: str, rest: Block) -> Block:
        """Some paths through ``stmt`` jump and some fall through: those that jump set the flag, and ``rest`` asks it."""
        stops = _breaks([stmt])
        if not stops:
            marked = _copy(stmt, body=self._marked(stmt.body, flag), orelse=self._marked(stmt.orelse, flag))
            return [marked, _if(gast.UnaryOp(gast.Not(), load(flag)), self._tail(rest), [], stmt)]
        continues = any(isinstance(s, gast.Continue) for s in _walk_statements([stmt], into_loops=False))
        if not continues:
            marked = _before_breaks([inner], lambda s: [_assign(flag, _constant(True), s)])
            jump = placed(gast.Break(), next(s for s in _walk_statements([stmt], into_loops=False) if isinstance(s, gast.Break)))
            return [*marked, _if(load(flag), [jump], self._tail(rest), stmt)]
        skip = free_name("skipped", self.names)
        marked = _copy(stmt, body=self._marked(stmt.body, skip), orelse=self._marked(stmt.orelse, skip))
        marked = _before_breaks([marked], lambda s: [_assign(flag, _constant(True), s)])
        jump = placed(gast.Break(), next(s for s in _walk_statements([stmt], into_loops=False) if isinstance(s, gast.Break)))
        last = _if(gast.UnaryOp(gast.Not(), load(skip)), self._tail(rest), [], stmt)
        return [_assign(skip, _constant(False), stmt), *marked, _if(load(flag), [jump], [last], stmt)]

    def _guarded(self, stmt: Any, rest: Block) -> Block:
        """No jump leaves a try or with: a flag is set in there, and asked behind it."""
        inside = list(_walk_statements([stmt], into_loops=False))
        jump = next((s for s in inside if isinstance(s, gast.Break)), None)
        skip = free_name("skipped", self.names) if rest and any(isinstance(s, gast.Continue) for s in inside) else ""
        stop = free_name("stopped", self.names) if jump is not None else ""
        arms = []
        for arm in (stmt.body, stmt.orelse):
            arm = self._marked(arm, skip) if skip else self._tail(arm)
            arms.append(_before_breaks(arm, lambda s: [_assign(stop, _constant(True), s)]) or [placed(gast.Pass(), stmt)])
        rest = self._tail(rest)
        if skip:
            rest = [_if(gast.UnaryOp(gast.Not(), load(skip)), rest, [], stmt)]
        if jump is not None:
            rest = [_if(load(stop), [placed(gast.Break(), jump)], rest, stmt)]
        return [*(_assign(f, _constant(False), stmt) for f in (skip, stop) if f), _copy(stmt, body=arms[0], orelse=arms[1]), *rest]

    def _marked(self, block: Block, flag: str) -> Block:
        """An arm whose ``continue`` sets the flag, with its jumps in tail position."""
        return self._tail(_before_breaks(block, lambda s: [_assign(flag, _constant(True), s), s], gast.Continue))

    def _arm(self, block: Block, stmt: Any) -> Block:
        """A first arm may be left empty by a ``continue``; gast wants a statement there."""
        return self._tail(block) or [placed(gast.Pass(), stmt)]


class _Returns:
    """Early returns: outside of loops by nesting, inside by a flag and ``break``; the value is named ``result``.

    if x > 0:                     if x > 0:
        return x        ==>           result = x
    return -x                     else:
                                      result = -x
                                  return result
    """

    def __init__(self, names: set[str]) -> None:
        self.names = names
        self.result = free_name("result", names)
        self.flag = ""

    def function(self, body: Block) -> Block:
        """The whole body, with one return."""
        last = next(s for s in reversed(list(_walk_statements(body))) if isinstance(s, gast.Return))
        if _falls(body):
            body = [*body, placed(gast.Return(_constant(None)), body[-1])]
        nested = self._block(body)
        if self.flag:
            nested = [_assign(self.flag, _constant(False), body[0]), *nested]
        return [*_Jumps(self.names).block(nested), placed(gast.Return(load(self.result)), last)]

    def _value(self, stmt: Any) -> Any:
        return _assign(self.result, stmt.value if stmt.value is not None else _constant(None), stmt)

    def _block(self, block: Block, flagged: bool = False) -> Block:
        """Outside of loops: no path runs what follows its return.  ``flagged``: a return also sets the flag."""
        for i, stmt in enumerate(block):
            rest = block[i + 1 :]
            if isinstance(stmt, gast.Return):
                return [*block[:i], self._value(stmt), *([self._set(stmt)] if flagged else [])]
            if isinstance(stmt, gast.Raise):
                return block[: i + 1]
            if not _returns([stmt]):
                continue
            if isinstance(stmt, gast.If):
                return [*block[:i], *self._if(stmt, rest, flagged)]
            loop = self._loop(stmt)
            return [*block[:i], loop, *self._unless_returned(rest, stmt, flagged)]
        return block

    def _if(self, stmt: Any, rest: Block, flagged: bool) -> Block:
        guarded = isinstance(stmt, Guarded)  # what follows a try or with stays behind it
        if not rest or (not guarded and not _falls(stmt.body)):
            return [_copy(stmt, body=self._block(stmt.body, flagged), orelse=self._block([*stmt.orelse, *rest], flagged))]
        if not guarded and not _falls(stmt.orelse):
            return [_copy(stmt, body=self._block([*stmt.body, *rest], flagged), orelse=self._block(stmt.orelse, flagged))]
        arms = _copy(stmt, body=self._block(stmt.body, True), orelse=self._block(stmt.orelse, True))
        return [arms, *self._unless_returned(rest, stmt, flagged)]

    def _unless_returned(self, rest: Block, stmt: Any, flagged: bool) -> Block:
        inside = self._block(rest, flagged)
        return [_if(gast.UnaryOp(gast.Not(), load(self._flag())), inside, [], stmt)] if inside else []

    def _flag(self) -> str:
        self.flag = self.flag or free_name("returned", self.names)
        return self.flag

    def _set(self, stmt: Any) -> Any:
        return _assign(self._flag(), _constant(True), stmt)

    def _loop(self, stmt: Any) -> Any:
        """A loop with returns inside: each becomes result, flag, break; a loop around it breaks on the flag."""
        return _copy(stmt, body=self._inside(stmt.body))

    def _inside(self, block: Block) -> Block:
        new: Block = []
        for stmt in block:
            if isinstance(stmt, gast.Return):
                new += [self._value(stmt), self._set(stmt), placed(gast.Break(), stmt)]
            elif isinstance(stmt, gast.If) and _returns([stmt]):
                new.append(_copy(stmt, body=self._inside(stmt.body), orelse=self._inside(stmt.orelse)))
            elif isinstance(stmt, gast.For | gast.While) and _returns([stmt]):
                new += [self._loop(stmt), _if(load(self._flag()), [placed(gast.Break(), stmt)], [], stmt)]
            else:
                new.append(stmt)
        return new
