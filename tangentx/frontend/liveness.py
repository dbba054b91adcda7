"""Which names are read later: the joins and carries that structured SSA needs.

    if c:                         after the If, y is live (t is not):
        t = x * x         ==>     live_after[If] == {"y"}
        y = t + 1
    return y

Works on desugared gast: no ``continue``, one ``return`` at the end.  A ``break`` stands in tail position, where the values flow
on to the end of the loop, so it needs no care here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import gast

from tangentx.frontend.guards import Completed, Guarded
from tangentx.frontend.nodes import load
from tangentx.frontend.walrus import read_before, surely_bound, walrus_names

__all__ = ["Liveness", "assigned", "bound", "reaching_the_end", "target_names"]


def target_names(target: Any) -> list[str]:
    """The names that a target binds or writes into, in order: ``a, (b, c[0])`` gives a, b, c."""
    if isinstance(target, gast.Name):
        return [target.id]
    if isinstance(target, gast.Tuple | gast.List):
        return [name for element in target.elts for name in target_names(element)]
    if isinstance(target, gast.Subscript | gast.Attribute | gast.Starred):
        return target_names(target.value)
    return []


def _own_targets(stmt: Any) -> list[Any]:
    if isinstance(stmt, gast.Assign):
        return list(stmt.targets)
    if isinstance(stmt, gast.AugAssign | gast.AnnAssign | gast.For):
        return [] if isinstance(stmt, gast.AnnAssign) and stmt.value is None else [stmt.target]
    return []


def assigned(block: list[Any]) -> dict[str, None]:
    """The names that a block assigns or writes into, nested ones too, in order."""
    names: dict[str, None] = {}
    for stmt in block:
        names.update(dict.fromkeys(walrus_names(stmt)))
        names.update(dict.fromkeys(getattr(stmt, "writes", ())))  # what the local functions that it calls write
        for target in _own_targets(stmt):
            names.update(dict.fromkeys(target_names(target)))
        if isinstance(stmt, gast.Delete):
            names.update(dict.fromkeys(name for target in stmt.targets for name in target_names(target)))
        if isinstance(stmt, gast.FunctionDef):
            names[stmt.name] = None
        elif isinstance(stmt, gast.If | gast.For | gast.While):
            if isinstance(stmt, Guarded):
                names.update(dict.fromkeys(target_names(stmt.test)))
            names.update(assigned(stmt.body))
            names.update(assigned(stmt.orelse))
    return names


def reaching_the_end(block: list[Any]) -> dict[str, None] | None:
    """The names that a block assigns on a path that runs to its end; None if no path does."""
    names: dict[str, None] = {}
    for stmt in block:
        if isinstance(stmt, gast.Break | gast.Raise):
            return None
        if isinstance(stmt, gast.If) and not isinstance(stmt, Guarded):
            then, orelse = reaching_the_end(stmt.body), reaching_the_end(stmt.orelse)
            if then is None and orelse is None:
                return None
            names.update({**dict.fromkeys(walrus_names(stmt)), **(then or {}), **(orelse or {})})
        else:
            names.update(assigned([stmt]))
    return names


def bound(block: list[Any]) -> list[str]:
    """The names that a block gives a value: what it only writes into may be a global."""
    stored = {n.id for stmt in block for n in gast.walk(stmt) if isinstance(n, gast.Name) and not isinstance(n.ctx, gast.Load)}
    stored |= {n.name for stmt in block for n in gast.walk(stmt) if isinstance(n, gast.FunctionDef)}
    return [name for name in assigned(block) if name in stored]


def _loads(node: Any) -> list[str]:
    """The names that an expression (or a target) reads."""
    if node is None:
        return []
    if isinstance(node, gast.ListComp | gast.SetComp | gast.DictComp | gast.GeneratorExp):
        own = {name for generator in node.generators for name in target_names(generator.target)}
        parts = [part for part in gast.iter_child_nodes(node) if part is not node.generators[0]]
        first = node.generators[0]
        inside = [name for part in (*parts, *first.ifs, first.target) for name in _loads(part)]
        return [*_loads(first.iter), *(name for name in inside if name not in own)]
    own_name = [node.id] if isinstance(node, gast.Name) and not isinstance(node.ctx, gast.Store) else []
    return own_name + [name for part in gast.iter_child_nodes(node) for name in _loads(part)]


def _target_loads(target: Any) -> list[str]:
    if isinstance(target, gast.Tuple | gast.List):
        return [name for element in target.elts for name in _target_loads(element)]
    if isinstance(target, gast.Starred):
        return _target_loads(target.value)
    return [] if isinstance(target, gast.Name) else _loads(target)


def _killed(target: Any) -> list[str]:
    if isinstance(target, gast.Tuple | gast.List):
        return [name for element in target.elts for name in _killed(element)]
    if isinstance(target, gast.Starred):
        return _killed(target.value)
    return [target.id] if isinstance(target, gast.Name) else []


class Liveness:
    """``exposed[id(stmt)]`` are the names that a loop may read before it assigns them; ``after[id(stmt)]`` what is live behind it.

    ``captured`` gives for each local function the names that a read of its name reads besides; ``wanted`` are read behind the body.
    ``conditional[id(stmt)]`` are the names that behind a try only its ``else`` reads: "y if completed", until the try is met.
    """

    def __init__(self, body: list[Any], captured: dict[str, list[str]] | None = None, wanted: Iterable[str] = ()) -> None:
        self.exposed: dict[int, set[str]] = {}
        self.after: dict[int, set[str]] = {}
        self.conditional: dict[int, set[str]] = {}
        self._kills: dict[int, set[str]] = {}
        self._captured = captured or {}
        self._live(body, set(wanted))
        self._record(body, set(wanted))

    def _reads(self, *nodes: Any) -> set[str]:
        names = [name for node in nodes for name in _loads(node)]
        for name in names:  # grows while it is walked: a captured function may capture another one
            names.extend(n for n in self._captured.get(name, ()) if n not in names)
        return set(names)

    def _tested(self, node: Any) -> set[str]:
        """The names that an expression reads before it assigns them."""
        return self._reads(*(load(name) for name in read_before(node, _loads(node))))

    def _summary(self, stmt: Any) -> tuple[set[str], set[str]]:
        """(read before assigned, surely assigned) of a compound statement, worked out once."""
        if id(stmt) in self.exposed:
            return self.exposed[id(stmt)], self._kills[id(stmt)]
        body, kills = self._summarise(stmt.body)
        if isinstance(stmt, Guarded):
            orelse, other = self._summarise(stmt.orelse)
            gen = self._reads(*stmt.heads) | body | orelse
            kills = (other if _raises(stmt.body) else kills if _raises(stmt.orelse) else kills & other) | set(target_names(stmt.test))
        elif isinstance(stmt, gast.If):
            orelse, other = self._summarise(stmt.orelse)
            if isinstance(stmt, Completed):
                body = {f"{name} if {stmt.test.id}" for name in body}
            sure = {n.target.id for n in surely_bound(stmt.test)}
            gen = self._tested(stmt.test) | ((body | orelse) - sure)
            kills = kills & other if not _raises(stmt.body) and not _raises(stmt.orelse) else (other if _raises(stmt.body) else kills)
            kills |= sure
        elif isinstance(stmt, gast.While):
            gen, kills = self._reads(stmt.test) | body, set()
        else:
            names = _killed(stmt.target)
            gen, kills = self._reads(stmt.iter) | set(_target_loads(stmt.target)) | (body - set(names)), set()
        self.exposed[id(stmt)], self._kills[id(stmt)] = gen, kills
        return gen, kills

    def _summarise(self, block: list[Any]) -> tuple[set[str], set[str]]:
        gen: set[str] = set()
        kills: set[str] = set()
        for stmt in reversed(block):
            self._step(stmt, gen, ahead=True)
            if isinstance(stmt, gast.If | gast.For | gast.While):
                kills |= self._summary(stmt)[1]
            else:
                kills.update(name for target in _own_targets(stmt) for name in _killed(target))
                kills.update(n.target.id for n in surely_bound(stmt))
        return gen, kills

    def _step(self, stmt: Any, live: set[str], ahead: bool = False) -> None:
        """``live`` behind the statement becomes ``live`` before it; ``ahead``: of what is read in this block only."""
        if isinstance(stmt, gast.If | gast.For | gast.While):
            gen, kills = self._summary(stmt)
            if isinstance(stmt, Guarded):
                made = self._summarise(stmt.body)[1]
                if stmt.leaves and ahead:  # a handler that jumps away does not come to what stands behind
                    live -= made - stmt.kept
                live |= self._asked(stmt, live) - made
                live -= {entry for entry in live if entry.endswith(f" if {getattr(stmt.test, 'id', '')}")}
            elif isinstance(stmt, Completed):
                live -= {f"{name} if {stmt.test.id}" for name in self._made(stmt.body, stmt.test.id)}
                other = live if _raises(stmt.orelse) else self._summarise(stmt.orelse)[1]
                passed = {name for name in live if name in other and " if " not in name}  # its handler gives them a value
                live -= passed
                live |= {f"{name} if {stmt.test.id}" for name in passed - self._summarise(stmt.body)[1]}
            live -= kills
            live |= gen
            return
        if isinstance(stmt, gast.FunctionDef):
            live.discard(stmt.name)
            return
        if isinstance(stmt, gast.Raise):
            live.clear()
        targets = _own_targets(stmt)
        for target in targets:
            live.difference_update(_killed(target))
        for target in targets:
            live.update(_target_loads(target))
        if isinstance(stmt, gast.AugAssign):
            live.update(target_names(stmt.target))
        if isinstance(stmt, gast.Delete):  # what is deleted must be there
            live.update(name for target in stmt.targets for name in target_names(target))
        live.difference_update(n.target.id for n in surely_bound(stmt))
        reads = [v for name, v in gast.iter_fields(stmt) if isinstance(v, gast.expr) and name not in ("target", "annotation")]
        for value in reads:
            live |= self._tested(value)

    def _asked(self, stmt: Any, live: set[str]) -> set[str]:
        """The names that are read behind a try if it has completed, or behind an ``if`` with tries in it if these have."""
        asked = [entry.partition(" if ") for entry in live if " if " in entry]
        flags = {stmt.test.id} if isinstance(stmt, Guarded) and isinstance(stmt.test, gast.Name) else assigned([stmt]) if asked else {}
        return {name for name, _, flag in asked if flag in flags}

    def _made(self, block: list[Any], flag: str) -> set[str]:
        """The names that a block of steps assigns if none of its tries, which have one flag, has failed."""
        found: set[str] = set()
        for stmt in block:
            if isinstance(stmt, Guarded | Completed) and getattr(stmt.test, "id", "") == flag:
                found |= self._made(stmt.body, flag)
            elif isinstance(stmt, gast.If) and not isinstance(stmt, Guarded):
                found |= self._made(stmt.body, flag) & self._made(stmt.orelse, flag)
            else:
                found |= self._summarise([stmt])[1]
        return found

    def _live(self, block: list[Any], live: set[str]) -> set[str]:
        for stmt in reversed(block):
            self._step(stmt, live)
        return live

    def _record(self, block: list[Any], live: set[str]) -> None:
        """Notes what is live behind each compound statement; ``live`` is what is live behind the block."""
        live = set(live)
        for stmt in reversed(block):
            if isinstance(stmt, gast.If | gast.For | gast.While):
                self.after[id(stmt)] = behind = set(live)
                if isinstance(stmt, Guarded):
                    self.conditional[id(stmt)] = self._asked(stmt, live) - live
                if isinstance(stmt, gast.If):
                    behind |= self._asked(stmt, live)
                inside = behind if isinstance(stmt, gast.If) else behind | self._summary(stmt)[0]
                self._record(stmt.body, inside)
                if isinstance(stmt, gast.If):
                    self._record(stmt.orelse, inside)
            self._step(stmt, live)


def _raises(block: list[Any]) -> bool:
    return bool(block) and isinstance(block[-1], gast.Raise)
