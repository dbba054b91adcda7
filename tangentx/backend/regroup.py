"""Puts single-use temporaries back into the expressions that use them: ANF -> expressions as a person writes them.

    x_times_x = x * x                       x_times_x_bar = init_grad / (x * x)
    x_times_x_bar = init_grad / x_times_x   x_bar = 2.0 * x_times_x_bar * x
    t = 2.0 * x_times_x_bar           ==>   return x_bar
    x_bar = t * x
    return x_bar

The result is the function without those statements and ``inline``: what each removed name is printed as.  What stays a
statement: the user's own names and their adjoints and tangents; what is read twice, in another block, or by a join or
carry; what the primal computes for adjoint code; what would have to cross a statement with an effect; what would make the
line too long.  An adjoint of a temporary is put back only where that needs no new parentheses, so that products of
adjoints read flat.  Slices, index tuples and bare constants have no name worth reading: they are put back wherever they
are used.  An ``If`` that only chooses a temporary is the ``or``, ``and`` or ``a if test else b`` that it came from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tangentx.backend.indices import indices
from tangentx.backend.operators import INPLACE, new_parentheses, operator_of
from tangentx.backend.ownership import SUFFIXES, assigned_names, group_of, named, named_bases, stem, uses
from tangentx.backend.purity import is_pure
from tangentx.backend.schedule import order_updates, return_early
from tangentx.backend.together import together
from tangentx.ir.nodes import (
    UNDEF,
    Assert,
    Atom,
    Block,
    Build,
    Call,
    Const,
    Effect,
    Expr,
    For,
    Function,
    If,
    Let,
    Local,
    Place,
    Raise,
    ReadTape,
    Ref,
    Stmt,
    Store,
    Unpack,
    Var,
    While,
)
from tangentx.ir.walk import expr_atoms, map_blocks, own_atoms, rename, source_atoms, statements

__all__ = ["Grouped", "regroup"]

_SUM = 10  # a sum of adjoints may be somewhat longer: apart, it takes two lines and a second name
_LONGEST = 600  # an expression of the user's own is never cut shorter than he wrote it, but recursion has to end


@dataclass(frozen=True)
class Grouped:
    """A regrouped function: names in ``inline`` are printed as their expression; ``returned`` are the join targets that
    the arms of a last ``If`` return themselves; ``bases`` are the names that belong to the user."""

    function: Function
    inline: dict[Var, Expr]
    returned: frozenset[Var]
    bases: frozenset[str]


def regroup(function: Function, width: int = 88, more_bases: frozenset[str] = frozenset()) -> Grouped:
    """The function with its temporaries put back into expressions (see the module's docstring).

    ``more_bases`` are the user's names in the other functions of the program: a pass takes apart what belongs together."""
    bases = named_bases(function) | more_bases
    function = _without_constants(function, bases)
    function = return_early(function, uses(function), bases)
    grouper = _Grouper(function, bases, width)
    body = grouper.block(function.body, 1, function.result, returns=True)
    function = order_updates(replace(function, body=body), grouper.inline)
    return Grouped(function, grouper.inline, frozenset(grouper.returned), bases)


def _without_constants(function: Function, bases: frozenset[str]) -> Function:
    """Temporaries that are bare constants are replaced by them everywhere."""
    found: dict[Var, Atom] = {}
    written = {v for s in statements(function.body) if isinstance(s, Store) for v in (s.base, s.through)}  # on a path that is not taken
    for stmt in statements(function.body):
        if isinstance(stmt, Let) and isinstance(stmt.value, Const) and stmt.target not in written and not named(stmt.target, bases):
            found[stmt.target] = stmt.value
    if not found:
        return function

    def block(b: Block) -> Block:
        return tuple(map_blocks(s, block) for s in b if not (isinstance(s, Let) and s.target in found))

    return rename(replace(function, body=block(function.body)), found)


@dataclass(frozen=True)
class _Tree:
    """An expression that waits to be put back: the order of its operations, whether one has an effect, its length."""

    value: Expr
    order: tuple[int, ...]
    pure: bool
    length: int
    place: Place


@dataclass
class _Grouper:
    function: Function
    bases: frozenset[str]
    width: int
    inline: dict[Var, Expr] = field(default_factory=dict)
    returned: list[Var] = field(default_factory=list)
    merged: list[Var] = field(default_factory=list)  # tests that an ``or`` or ``and`` reads once instead of twice

    def __post_init__(self) -> None:
        self.count = uses(self.function)
        self.inline.update(indices(self.function, self.count, self.bases))
        self.lengths: dict[Var, int] = {}

    def block(self, block: Block, depth: int, last: Atom | None = None, returns: bool = False) -> Block:
        """Regroups a block; ``last`` is read right after it, as the value of a return or the test of a while."""
        pending: dict[Var, _Tree] = {}
        final = block[-1] if block else None
        arms = returns and isinstance(final, If) and self._returning(final, last)
        if not arms:
            block = tuple(self._conditional(s, depth) for s in block)
        for index, stmt in enumerate(block):
            if isinstance(stmt, Let) and stmt.target in self.inline:
                continue
            tree = self._consume(stmt, index, pending, depth)
            if isinstance(stmt, Let) and self._waits(stmt):
                pending[stmt.target] = tree
            else:
                _settle(stmt, tree, pending)
        if last is not None and not arms:
            self._accept_last(last, pending)
        kept = (s for s in block if not (isinstance(s, Let) and s.target in self.inline))
        return together(tuple(self._inside(s, depth, arms and s is final) for s in kept), self.inline)

    def _inside(self, stmt: Stmt, depth: int, returns: bool) -> Stmt:
        if isinstance(stmt, If):
            join = next((j for j in stmt.joins if j.target in self.returned), None) if returns else None
            ends = (None, None) if join is None else (join.then, join.orelse)
            then, orelse = (self.block(arm, depth + 1, end, returns) for arm, end in zip((stmt.then, stmt.orelse), ends))
            return replace(stmt, then=then, orelse=orelse)
        if isinstance(stmt, For):
            return replace(stmt, body=self.block(stmt.body, depth + 1))
        if isinstance(stmt, While):
            return replace(stmt, header=self.block(stmt.header, depth + 1, stmt.test), body=self.block(stmt.body, depth + 1))
        return stmt

    def _conditional(self, stmt: Stmt, depth: int) -> Stmt:
        """An If that only chooses the value of a temporary as the ``or``, ``and`` or ``a if test else b`` that it was."""
        if (
            not isinstance(stmt, If)
            or stmt.guard
            or len(stmt.joins) != 1
            or named(stmt.joins[0].target, self.bases)
            or len(stmt.then) + len(stmt.orelse) > 8
        ):
            return stmt
        join, before, counted = stmt.joins[0], len(self.inline), len(self.merged)
        if join.target.base.endswith(SUFFIXES) or UNDEF in (getattr(join.then, "value", None), getattr(join.orelse, "value", None)):
            return stmt
        then, orelse = self.block(stmt.then, depth, join.then), self.block(stmt.orelse, depth, join.orelse)
        if then or orelse:
            while len(self.inline) > before:  # a trial: everything is as it was
                self.lengths.pop(self.inline.popitem()[0], None)
            while len(self.merged) > counted:
                self.count[self.merged.pop()] += 1
            return stmt
        if isinstance(stmt.test, Var) and stmt.test in (join.then, join.orelse):
            self.count[stmt.test] -= 1
            self.merged.append(stmt.test)
            either = Build("or", (stmt.test, join.orelse)) if stmt.test == join.then else Build("and", (stmt.test, join.then))
            return Let(join.target, either, stmt.place)
        return Let(join.target, Build("if", (stmt.test, join.then, join.orelse)), stmt.place)

    def _returning(self, stmt: If, last: Atom | None) -> bool:
        """Whether the arms of a last If may return their values themselves: the user did so, there is no name to set."""
        if stmt.guard is not None:
            return False
        live = [j for j in stmt.joins if self.count.get(j.target)]
        if len(live) != 1 or live[0].target != last or self.count[live[0].target] != 1 or named(live[0].target, self.bases):
            return False
        self.returned.append(live[0].target)
        return True

    def _waits(self, stmt: Let) -> bool:
        """Whether a statement may be put back at all, if its use allows it."""
        target = stmt.target
        if self.count.get(target) != 1 or operator_of(stmt.value) in INPLACE or _from_header(stmt.value):
            return False
        own = target.base in assigned_names(stmt.place.text) or not target.base.endswith(SUFFIXES)
        return not (target.base in self.bases and own)

    def _consume(self, stmt: Stmt, index: int, pending: dict[Var, _Tree], depth: int) -> _Tree:
        """Takes what the statement reads out of ``pending``; what may not be put back becomes a statement."""
        value = stmt.value if isinstance(stmt, Let | Effect) else None
        operands = list(_operands(stmt))
        length = sum(self._length(a) for _, a in operands) + _overhead(value)
        limit = self.width - 4 * depth - (len(stmt.target.base) + 5 if isinstance(stmt, Let) else 8)
        pure = (value is None or is_pure(value)) and all(self._pure(a) for _, a in operands)
        taken: list[Var] = []
        for position, atom in operands:
            tree = pending.get(atom) if isinstance(atom, Var) else None
            if tree is None or not isinstance(atom, Var):
                continue
            longer = length - self._length(atom) + tree.length + (2 if value is not None and new_parentheses(tree.value, value, position) else 0)
            most = _LONGEST if _same_statement(tree.place, stmt.place) else limit + (_SUM if named(atom, self.bases) else 0)
            if self._fits(atom, tree, stmt, position) and longer <= most:
                length = longer
                taken.append(atom)
            else:
                _keep([pending.pop(atom)], pending)
        trees = {v: pending.pop(v) for v in taken if v in pending}
        order = tuple(k for t in trees.values() for k in t.order)
        whole = pure and all(t.pure for t in trees.values())
        passed = bool(order) and any(_crosses(t, min(order), whole) for t in pending.values())
        if passed or (not whole and list(order) != sorted(order)):
            _keep(list(trees.values()), pending)  # an effect would change places with what stood before it
            trees, order, whole, length = {}, (), pure, sum(self._length(a) for _, a in operands) + _overhead(value)
        self.inline.update({v: t.value for v, t in trees.items()})
        return _Tree(value if value is not None else Const(None), (*order, index), whole, length, stmt.place)

    def _fits(self, var: Var, tree: _Tree, stmt: Stmt, position: int) -> bool:
        """The rules for the place where it would go: adjoints without new parentheses, effects not where Python may skip them."""
        value = stmt.value if isinstance(stmt, Let | Effect) else None
        if position > 0 and not tree.pure and ((isinstance(value, Build) and value.kind in ("and", "or", "if")) or isinstance(stmt, Assert)):
            return False
        if tree.place.sweep != stmt.place.sweep and isinstance(tree.value, Call | Build):
            return False
        if not var.base.endswith(SUFFIXES):
            return True
        if stem(var.base) in self.bases:
            grows = isinstance(stmt, Let) and stmt.target.base == var.base  # x_bar = unbroadcast(<x_bar>, x), x_bar = x_bar + <x_bar>
            if not (grows and group_of(tree.place) == group_of(stmt.place)):
                return False
        return value is None or not new_parentheses(tree.value, value, position)

    def _accept_last(self, last: Atom, pending: dict[Var, _Tree]) -> None:
        tree = pending.pop(last, None) if isinstance(last, Var) else None
        if tree is None or any(_crosses(t, min(tree.order), tree.pure) for t in pending.values()):
            return
        if isinstance(last, Var) and not (last.base.endswith(SUFFIXES) and stem(last.base) in self.bases):
            self.inline[last] = tree.value

    def _pure(self, atom: Atom) -> bool:
        """Whether what is printed for an atom has no effect."""
        value = self.inline.get(atom) if isinstance(atom, Var) else None
        return value is None or (is_pure(value) and all(map(self._pure, expr_atoms(value))))

    def _length(self, atom: Atom) -> int:
        """About how many characters an atom takes."""
        if isinstance(atom, Var):
            value = self.inline.get(atom)
            if value is None:
                return len(atom.base)  # most versions share the plain name
            if atom not in self.lengths:
                self.lengths[atom] = sum(map(self._length, expr_atoms(value))) + _overhead(value)
            return self.lengths[atom]
        return len(atom.text) if isinstance(atom, Ref) else len(repr(atom.value))


def _from_header(value: Expr) -> bool:
    """Whether a name stands behind ``as`` in the header of a try or with."""
    return isinstance(value, Build) and value.kind in ("caught", "entered")


def _crosses(kept: _Tree, first: int, pure: bool) -> bool:
    """Whether a statement that stays stands behind something that is evaluated later, and one of them has an effect."""
    return kept.order[-1] > first and not (kept.pure and pure)


def _keep(kept: list[_Tree], pending: dict[Var, _Tree]) -> None:
    """These stay statements, and with them what would have to cross them."""
    while kept:
        tree = kept.pop()
        for var in [v for v, t in pending.items() if _crosses(tree, min(t.order), t.pure)]:
            kept.append(pending.pop(var))


def _settle(stmt: Stmt, tree: _Tree, pending: dict[Var, _Tree]) -> None:
    """The statement stays: what waits and may not cross it becomes a statement as well."""
    if isinstance(stmt, Let | Unpack):
        _keep([tree], pending)
        return
    check = isinstance(stmt, Effect) and isinstance(stmt.value, Call) and getattr(stmt.value.fn, "text", "").startswith("check_")
    for var in [v for v, t in pending.items() if not (check and t.pure)]:  # a check of ours only looks
        del pending[var]


def _operands(stmt: Stmt) -> Iterable[tuple[int, Atom]]:
    """The atoms that an expression may be put in place of, with their positions, in the order in which Python evaluates them."""
    if isinstance(stmt, Let | Effect):
        value = stmt.value
        if isinstance(value, Call):
            atoms = list(enumerate((*value.args, *(a for _, a in value.kwargs))))
            return atoms[::-1] if operator_of(value) == "contains" else atoms
        return list(enumerate(expr_atoms(value)))
    if isinstance(stmt, Unpack):
        return [(0, stmt.source)]
    if isinstance(stmt, Store):
        item = [(1, stmt.index)] if stmt.through is None else [(3, stmt.through), (1, stmt.index)]
        return [*item, (2, stmt.value)] if stmt.op else [(2, stmt.value), *item]
    if isinstance(stmt, Assert | Raise | If):  # the fields of a record keep their names: the loop that reads it has them too
        return list(enumerate(own_atoms(stmt)))
    if isinstance(stmt, For):
        return list(enumerate(a for s in stmt.sources if not isinstance(s, ReadTape) for a in source_atoms(s)))
    return []


def _overhead(value: Expr | None) -> int:
    """The characters of an expression besides its atoms."""
    if isinstance(value, Call):
        fn = value.fn
        if operator_of(value):
            return 3
        name = len(fn.text if isinstance(fn, Ref) else fn.base if isinstance(fn, Var) else fn.name)
        return name + 2 * len(value.args) + sum(len(k) + 3 for k, _ in value.kwargs) + (0 if isinstance(fn, Ref | Local | Var) else 1)
    return 2 * len(value.items) if isinstance(value, Build) else 0


def _same_statement(a: Place, b: Place) -> bool:
    """Whether two places are the user's own statement itself."""
    return not a.sweep and group_of(a) == group_of(b)
