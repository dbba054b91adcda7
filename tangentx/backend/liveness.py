"""Which names live at the same time: one backward walk over the structured tree, with sets as bits of integers.

    x.2 = x.1 * x.1        live after: x.2, x.1      x.2 interferes with x.1
    y = x.2 + x.1          live after: y

A loop needs no fixpoint: in SSA a name of outside that is read anywhere in a loop lives through all of it.  ``Store``
changes a buffer in place, so its target and base are one name from the start.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tangentx.ir.nodes import Atom, Block, Break, Carry, Expr, For, Function, If, Join, Let, Raise, ReadTape, Stmt, Store, Var, While
from tangentx.ir.walk import blocks, expr_atoms, own_atoms, source_atoms, source_targets, statements, stmt_targets

__all__ = ["Loop", "Ranges", "ends", "live_ranges", "resolve"]


@dataclass(frozen=True)
class Loop:
    """The loop around a block: what is live after it, its carries, and the arms entered since (for ``Break``)."""

    stmt: For | While
    after: int
    carries: tuple[Carry, ...]
    path: tuple[tuple[If, bool], ...] = ()

    def enter(self, stmt: If, arm: bool) -> Loop:
        """The same loop, one arm deeper."""
        return Loop(self.stmt, self.after, self.carries, (*self.path, (stmt, arm)))


def resolve(atom: Atom, path: tuple[tuple[If, bool], ...]) -> Atom:
    """The value that a back edge has on the path through these arms."""
    for stmt, arm in path:
        for j in stmt.joins:
            if j.target == atom:
                atom = j.then if arm else j.orelse
                break
    return atom


def ends(block: Block) -> bool:
    """Whether control never reaches the end of a block."""
    if not block:
        return False
    last = block[-1]
    return isinstance(last, Break | Raise) or (isinstance(last, If) and ends(last.then) and ends(last.orelse))


@dataclass
class Ranges:
    """The result: an index for each name (Stores share theirs), and for each index the set of those it interferes with.

    ``after`` holds, for each loop by its place in the walk, what lives after it; ``joined`` the joins that are read."""

    function: Function
    inline: dict[Var, Expr]
    returned: frozenset[Var]
    index: dict[Var, int] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    order: list[Var] = field(default_factory=list)
    live_joins: set[Var] = field(default_factory=set)
    read: int = 0
    trapped: int = 0  # what the handlers around this place read
    after: dict[int, int] = field(default_factory=dict)
    _leaves: dict[Var, int] = field(default_factory=dict)
    _inner: dict[int, tuple[int, int]] = field(default_factory=dict)

    def mask(self, names: Iterable[Var | None]) -> int:
        """These names as a set."""
        bits = 0
        for name in names:
            if name is not None:
                bits |= 1 << self.index[name]
        return bits

    def reads(self, atoms: Iterable[Atom | None]) -> int:
        """The names that these atoms read, through what is printed in their place."""
        bits = 0
        for atom in atoms:
            if isinstance(atom, Var):
                value = self.inline.get(atom)
                if value is None:
                    bits |= 1 << self._number(atom)
                else:
                    if atom not in self._leaves:
                        self._leaves[atom] = self.reads(expr_atoms(value))
                    bits |= self._leaves[atom]
        return bits

    def _number(self, var: Var) -> int:
        if var not in self.index:
            self.index[var] = len(self.rows)
            self.rows.append(0)
            self.order.append(var)
        return self.index[var]

    # ------------------------------------------------------------------------------------------------------ numbering

    def number(self) -> None:
        """Gives every name its index, in order of definition."""
        for var in (*(p.var for p in self.function.params), *self.function.free):
            self._number(var)
        for stmt in statements(self.function.body):
            if isinstance(stmt, Store):
                self.index[stmt.target] = self._number(stmt.base)
                continue
            if isinstance(stmt, For):
                for source in stmt.sources:
                    for target in source_targets(source):
                        self._number(target)
            for target in stmt_targets(stmt):
                self._number(target)

    def summary(self, block: Block) -> tuple[int, int]:
        """What a block reads and what it defines, nested blocks included."""
        key = id(block)
        if key not in self._inner:
            read = defined = 0
            for stmt in block:
                r, d = self._own(stmt)
                read |= r
                defined |= d
                for inner in blocks(stmt):
                    r, d = self.summary(inner)
                    read |= r
                    defined |= d
            self._inner[key] = (read, defined)
        return self._inner[key]

    def _own(self, stmt: Stmt) -> tuple[int, int]:
        read = self.reads(own_atoms(stmt))
        defined = 0 if isinstance(stmt, Store) else self.mask(stmt_targets(stmt))
        if isinstance(stmt, If):
            read |= self.reads(a for j in stmt.joins for a in (j.then, j.orelse))
        elif isinstance(stmt, For | While):
            read |= self.reads(c.back for c in stmt.carries)
            if isinstance(stmt, While):
                read |= self.reads((stmt.test,))
            else:
                defined |= self.mask(t for s in stmt.sources for t in source_targets(s))
        return read, defined

    # ------------------------------------------------------------------------------------------------------- the walk

    def block(self, block: Block, live: int, loop: Loop | None) -> int:
        """Walks a block backwards: ``live`` is the set after it, the result the set before it."""
        for stmt in reversed(block):
            if isinstance(stmt, If):
                live = self._if(stmt, live, loop)
            elif isinstance(stmt, For | While):
                live = self._loop(stmt, live)
            elif isinstance(stmt, Break):
                assert loop is not None
                carries = [c for c in loop.carries if loop.after >> self.index[c.target] & 1]
                live = loop.after & ~self.mask(c.target for c in carries) | self.reads(resolve(c.back, loop.path) for c in carries)
            elif isinstance(stmt, Raise):
                live = self.reads(own_atoms(stmt))
            else:
                live = self._simple(stmt, live)
            live |= self.trapped
        return live

    def _simple(self, stmt: Stmt, live: int) -> int:
        if isinstance(stmt, Store):
            return live | self.reads(own_atoms(stmt))
        targets = self.mask(stmt_targets(stmt))
        # a plain copy does not make its two names interfere: they hold the same value
        same = self.reads((stmt.value,)) if isinstance(stmt, Let) and isinstance(stmt.value, Var) and stmt.value not in self.inline else 0
        for target in stmt_targets(stmt):
            self.rows[self.index[target]] |= (live | targets) & ~same
        return live & ~targets | self.reads(own_atoms(stmt))

    def _if(self, stmt: If, live: int, loop: Loop | None) -> int:
        joins: list[Join] = []
        for j in stmt.joins:
            if j.target in self.returned:
                live, joins = 0, [j]
                break
            if live >> self.index[j.target] & 1:
                joins.append(j)
        targets = self.mask(j.target for j in joins)
        self.live_joins.update(j.target for j in joins)
        for j in joins:
            self.rows[self.index[j.target]] |= live
        out = live & ~targets
        orelse = self.block(stmt.orelse, out | self.reads(j.orelse for j in joins), loop and loop.enter(stmt, False))
        outer = self.trapped
        if stmt.guard is not None and stmt.guard.kind == "try":  # any statement of the body may end in the handler
            self.trapped = outer | orelse
        then = self.block(stmt.then, out | self.reads(j.then for j in joins), loop and loop.enter(stmt, True))
        self.trapped = outer
        return then | orelse | self.reads(own_atoms(stmt))

    def _loop(self, stmt: For | While, after: int) -> int:
        carries = tuple(c for c in stmt.carries if self.read >> self.index[c.target] & 1 or after >> self.index[c.target] & 1)
        targets = self.mask(c.target for c in carries)
        through = self._through(stmt)
        self.after[id(stmt)] = after
        out = (after | through) & ~targets | self.reads(c.back for c in carries) | self.trapped
        inside = self.block(stmt.body, out, Loop(stmt, after, carries))
        sources = 0
        if isinstance(stmt, While):
            header = self.block(stmt.header, inside | after | self.reads((stmt.test,)), None)
        else:
            items = self.mask(t for s in stmt.sources for t in source_targets(s))
            # a tape read from a tape could have its name, but nobody would understand it
            tapes = self.reads(s.tape for s in stmt.sources if isinstance(s, ReadTape))
            for target in (t for s in stmt.sources for t in source_targets(s)):
                self.rows[self.index[target]] |= inside | items | tapes
            header = inside & ~items | after
            sources = self.reads(a for s in stmt.sources for a in source_atoms(s))
        for c in carries:
            # the sources are read after the first copies: a carry may share the name of its own init there
            self.rows[self.index[c.target]] |= header | targets | sources & ~self.reads((c.init,))
        return (header | sources) & ~targets | self.reads(c.init for c in carries)

    def _through(self, stmt: For | While) -> int:
        read, defined = self.summary(stmt.body)
        if isinstance(stmt, While):
            r, d = self.summary(stmt.header)
            read, defined = read | r | self.reads((stmt.test,)), defined | d
        else:
            defined |= self.mask(t for s in stmt.sources for t in source_targets(s))
        return (read | self.reads(c.back for c in stmt.carries)) & ~defined & ~self.mask(c.target for c in stmt.carries)


def live_ranges(function: Function, inline: dict[Var, Expr], returned: frozenset[Var]) -> Ranges:
    """Numbers the names of a regrouped function and finds which of them interfere."""
    ranges = Ranges(function, inline, returned)
    ranges.number()
    read, _ = ranges.summary(function.body)
    ranges.read = read | ranges.reads((function.result,))
    live = ranges.block(function.body, ranges.reads((function.result,)), None)
    params = ranges.mask(p.var for p in function.params)
    for p in function.params:
        ranges.rows[ranges.index[p.var]] |= params | live
    for var in function.free:
        ranges.rows[ranges.index[var]] = -1
    return ranges
