"""Out of SSA: joins and carries become assignments, where coalescing has not made them disappear.

    for i in range(n) [a.1 = 0 <- b.1, b.1 = 1 <- c]:         a = 0
        c = a.1 + b.1                                         b = 1
    return a.1                                         ==>    for i in range(n):
                                                                  a, b = b, a + b
                                                              return a

Values that flow into each other share a name unless they interfere (``liveness``, ``names``); the copies that remain
stand at the end of the arms, before the loop, at the end of its body and before a ``break``.  Several copies happen at
once: they are put in an order in which none overwrites what another still reads, and what is cyclic (a swap) becomes a
tuple assignment.  ``Join``s that stay are those whose arms return (``Grouped.returned``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tangentx.backend.liveness import Loop, Ranges, ends, live_ranges, resolve
from tangentx.backend.missing import names_that_must_exist
from tangentx.backend.names import assign_names, coalesce
from tangentx.backend.ownership import uses
from tangentx.backend.purity import is_pure
from tangentx.backend.regroup import Grouped
from tangentx.ir.nodes import (
    Atom,
    Block,
    Break,
    Build,
    Call,
    Const,
    Expr,
    For,
    Function,
    If,
    Let,
    Place,
    Stmt,
    Undef,
    Unpack,
    Var,
    While,
)
from tangentx.ir.walk import expr_atoms

__all__ = ["Plain", "leave_ssa"]


@dataclass(frozen=True)
class Plain:
    """A function without joins and carries, what is printed in place of names, and the names of the rest."""

    function: Function
    inline: dict[Var, Expr]
    names: dict[Var, str]


def leave_ssa(grouped: Grouped, reserved: frozenset[str]) -> Plain:
    """The function with names and copies instead of SSA (see the module's docstring)."""
    ranges = live_ranges(grouped.function, grouped.inline, grouped.returned)
    names = assign_names(ranges, coalesce(ranges, grouped.bases), reserved)
    leaver = _Leaver(ranges, names, dict(grouped.inline))
    body = leaver.block(grouped.function.body, None)
    return Plain(replace(grouped.function, body=body), leaver.inline, names)


@dataclass
class _Leaver:
    ranges: Ranges
    names: dict[Var, str]
    inline: dict[Var, Expr]
    cycles: int = 0

    def __post_init__(self) -> None:
        self.count = uses(self.ranges.function)
        for value in self.inline.values():
            for atom in expr_atoms(value):
                if isinstance(atom, Var):
                    self.count[atom] = self.count.get(atom, 0) + 1
        self.copied = names_that_must_exist(self.ranges.function, self.inline, self.names)

    def block(self, block: Block, loop: Loop | None) -> Block:
        """Rebuilds a block."""
        done: list[Stmt] = []
        for stmt in block:
            if isinstance(stmt, If):
                done.append(self._if(stmt, loop))
            elif isinstance(stmt, For | While):
                done += self._loop(stmt)
            elif isinstance(stmt, Break):
                assert loop is not None
                after = [c for c in loop.carries if loop.after >> self.ranges.index[c.target] & 1]
                self._copies([(c.target, resolve(c.back, loop.path)) for c in after], stmt.place, done)
                done.append(stmt)
            elif not self._is_idle(stmt):
                done.append(stmt)
        return tuple(done)

    def _is_idle(self, stmt: Stmt) -> bool:
        """Whether it gives a value the name that it has."""
        if not isinstance(stmt, Let) or not isinstance(stmt.value, Var) or stmt.value in self.inline or stmt.place.comments:
            return False
        return self.names[stmt.target] == self.names.get(stmt.value)

    def _if(self, stmt: If, loop: Loop | None) -> If:
        returned = tuple(j for j in stmt.joins if j.target in self.ranges.returned)
        joins = () if returned else tuple(j for j in stmt.joins if j.target in self.ranges.live_joins)
        arms: list[Block] = []
        for arm in (True, False):
            block = list(self.block(stmt.then if arm else stmt.orelse, loop and loop.enter(stmt, arm)))
            if not ends(tuple(block)):
                self._copies([(j.target, j.then if arm else j.orelse) for j in joins], stmt.place, block)
            arms.append(tuple(block))
        return replace(stmt, then=arms[0], orelse=arms[1], joins=returned)

    def _loop(self, stmt: For | While) -> list[Stmt]:
        read = self.ranges.read | self.ranges.after[id(stmt)]
        carries = tuple(c for c in stmt.carries if read >> self.ranges.index[c.target] & 1)
        body = list(self.block(stmt.body, Loop(stmt, self.ranges.after[id(stmt)], carries)))
        if not ends(tuple(body)):
            self._copies([(c.target, c.back) for c in carries], stmt.place, body)
        done: list[Stmt] = []
        self._copies([(c.target, c.init) for c in carries], stmt.place, done)
        new = replace(stmt, carries=(), body=tuple(body))
        done.append(replace(new, header=self.block(new.header, None)) if isinstance(new, While) else new)
        return done

    # --------------------------------------------------------------------------------------------------------- copies

    def _copies(self, pairs: list[tuple[Var, Atom]], place: Place, block: list[Stmt]) -> None:
        """Appends a parallel assignment to a block."""
        place = replace(place, text="", comments=(), trailing="")
        todo: dict[str, tuple[Var, Expr, Place]] = {}
        for target, source in pairs:
            name = self.names[target]
            if isinstance(source, Const) and isinstance(source.value, Undef):
                if target in self.copied:
                    todo[name] = (target, Const(None), place)
            elif not isinstance(source, Var) or self.names.get(source) != name:
                todo[name] = (target, source, place)
        if len(todo) > 1:
            self._take_last(todo, block)
        while todo:
            free = next((n for n in todo if not any(n in self._leaves(e) for m, (_, e, _) in todo.items() if m != n)), None)
            if free is None:
                block.append(self._at_once(list(todo.values())))
                return
            target, value, where = todo.pop(free)
            block.append(Let(target, value, where))

    def _take_last(self, todo: dict[str, tuple[Var, Expr, Place]], block: list[Stmt]) -> None:
        """Takes the sources that the block's last statements make just for these copies: ``a, b = b, a + b``."""
        while block:
            last = block[-1]
            if not isinstance(last, Let) or self.count.get(last.target) != 1 or not is_pure(last.value):
                return
            name = next((n for n, (_, value, _) in todo.items() if value == last.target), None)
            if name is None:
                return
            todo[name] = (todo[name][0], last.value, last.place)
            block.pop()

    def _leaves(self, value: Expr) -> set[str]:
        found: set[str] = set()
        for atom in expr_atoms(value):
            if isinstance(atom, Var):
                found |= self._leaves(self.inline[atom]) if atom in self.inline else {self.names[atom]}
        return found

    def _at_once(self, copies: list[tuple[Var, Expr, Place]]) -> Stmt:
        """``a, b = b, a``: an Unpack of a tuple that is printed in place."""
        items: list[Atom] = []
        for _, value, _ in copies:
            if isinstance(value, Call | Build):
                items.append(self._invent(value))
            else:
                items.append(value)
        place = next((p for _, _, p in copies if p.text), copies[0][2])
        return Unpack(tuple(t for t, _, _ in copies), self._invent(Build("tuple", tuple(items))), place)

    def _invent(self, value: Expr) -> Var:
        self.cycles += 1
        var = Var("<copy>", self.cycles)
        self.inline[var] = value
        return var
