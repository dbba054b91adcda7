"""Refuses what a try leaves written by a function or a context of the user's that has raised: the derivative knows the completed way only.

    def work(s, x):                       try:
        s.x = s.x * 3                         y = work(s, x)
        if x > 1:               and       except ValueError:
            raise ValueError                  y = x
        return s.x                        return s.x + y         ==>   UnsupportedSyntax: s is written here, in a try that may fail

What a statement of the try itself writes is refused where it is read (frontend) or in analysis/guards; what nobody reads in the
handler or behind it is fine, and so are a handler that only raises and an attribute that never depends on the inputs: a timer, a counter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from tangentx.analysis.counts import Counts, part_of
from tangentx.analysis.guards import early, falls
from tangentx.errors import UnsupportedSyntax
from tangentx.ir.nodes import Atom, Block, Build, Call, Const, Each, Expr, For, Function, If, Let, Stmt, Store, Var, While
from tangentx.ir.walk import defined, own_atoms, statements, stmt_targets

__all__ = ["refuse_left_written"]

Part = tuple[Var, Atom | None]  # an object by the first of its names, and its attribute or item; None: any of them
HINT = "Let it write to a copy, or catch the exception where nothing is written yet."


def refuse_left_written(function: Function, wrt: Collection[Var]) -> None:
    """Looks at every try of a function whose callees are spliced and whose contexts are opened.

    Raises:
        UnsupportedSyntax: what is written before something may raise is read in the handler, or behind it.
    """
    every = list(statements(function.body))
    tries = [s for s in every if isinstance(s, If) and s.guard is not None and s.guard.kind == "try" and falls(s.orelse)]
    if not any(isinstance(s, Store) for t in tries for s in statements(t.then)):
        return
    names, counts = _Names(every), Counts(every, wrt)
    looped = {id(s) for loop in every if isinstance(loop, For | While) for s in statements((loop,))}
    for stmt in tries:
        inside = {id(s) for s in statements(stmt.then)}
        at = next(k for k, s in enumerate(every) if s is stmt)
        behind = [s for k, s in enumerate(every) if id(s) not in inside and s is not stmt and (k > at or id(stmt) in looped)]
        read = set(names.read(behind))
        if isinstance(function.result, Var):
            read.add((names.first(function.result), None))
        known = {names.first(v) for v in (*names.before(every[:at]), *(p.var for p in function.params))}
        own = {names.first(v) for v in defined(stmt.then)} - known
        for store in early(stmt.then):
            found = (
                None if store.place.sweep or counts.only(store) else next((p for p in names.parts(store, own, stmt.then) if _meets(p, read)), None)
            )
            if found is not None:
                reason = f"{found[0].base} is written here, in a try that may fail after that, and read behind it"
                error = UnsupportedSyntax(reason, store.place, HINT)
                error.apart = (stmt.place, "")
                raise error


def _meets(part: Part, read: set[Part]) -> bool:
    base, index = part
    return any(base == other and (index is None or key is None or not _apart(index, key)) for other, key in read)


def _apart(one: Atom, other: Atom) -> bool:
    """Whether two attributes or items are not the same."""
    return isinstance(one, Const) and isinstance(other, Const) and one != other


class _Names:
    """Which names are one object."""

    def __init__(self, every: list[Stmt]) -> None:
        self.firsts: dict[Var, Var] = {}
        self.defs: dict[Var, Expr] = {s.target: s.value for s in every if isinstance(s, Let)}
        for stmt in every:
            if isinstance(stmt, Store):
                self.join(stmt.target, stmt.base)
            elif isinstance(stmt, Let) and isinstance(stmt.value, Var):
                self.join(stmt.target, stmt.value)
            elif isinstance(stmt, If):
                for j in stmt.joins:
                    self.join(j.target, j.then)
                    self.join(j.target, j.orelse)
            elif isinstance(stmt, For | While):
                for c in stmt.carries:
                    self.join(c.target, c.init)
                    self.join(c.target, c.back)

    def first(self, var: Var) -> Var:
        while var in self.firsts:
            var = self.firsts[var]
        return var

    def join(self, one: Atom, other: Atom) -> None:
        if isinstance(one, Var) and isinstance(other, Var) and (a := self.first(one)) != (b := self.first(other)):
            self.firsts[a] = b

    def before(self, block: Iterable[Stmt]) -> set[Var]:
        """The objects that have a name in these statements."""
        return {self.first(v) for s in block for v in (*stmt_targets(s), *own_atoms(s)) if isinstance(v, Var)}

    def read(self, behind: Iterable[Stmt]) -> Iterator[Part]:
        """What these statements read of which objects."""
        for stmt in behind:
            part = part_of(stmt.value) if isinstance(stmt, Let) else None
            if part is not None:
                yield self.first(part[0]), part[1]
            elif isinstance(stmt, Store):
                yield from ((self.first(a), None) for a in (stmt.value,) if isinstance(a, Var))
                if stmt.op not in ("", "setattr"):
                    yield self.first(stmt.base), stmt.index
            elif isinstance(stmt, Let) and isinstance(stmt.value, Var):
                pass  # another name
            elif not isinstance(stmt, If | For | While):
                yield from ((self.first(a), None) for a in own_atoms(stmt) if isinstance(a, Var))
            elif isinstance(stmt, For):
                yield from ((self.first(s.sequence), None) for s in stmt.sources if isinstance(s, Each) and isinstance(s.sequence, Var))

    def parts(self, store: Store, own: set[Var], block: Block) -> Iterator[Part]:
        """What a write writes to, as far as it stands outside; and what holds that."""
        stack: list[Part] = [(store.base, store.index)]
        seen: set[Part] = set()
        while stack:
            var, index = stack.pop()
            base = self.first(var)
            if (base, index) in seen:
                continue
            seen.add((base, index))
            if base not in own:
                yield base, index
            for name in (n for n in self.defs if self.first(n) == base):
                if (part := part_of(self.defs[name])) is None:
                    continue
                stack.append(part)
                if self.first(part[0]) in own:  # what was put into an object that was made in the try
                    stack += [(v, index) for v in self.put_into(self.first(part[0]), block)]

    def put_into(self, base: Var, block: Block) -> Iterator[Var]:
        for stmt in statements(block):
            if isinstance(stmt, Store) and isinstance(stmt.value, Var) and self.first(stmt.base) == base:
                yield stmt.value
            elif isinstance(stmt, Let) and isinstance(stmt.value, Build | Call) and self.first(stmt.target) == base:
                yield from (a for a in own_atoms(stmt) if isinstance(a, Var))
