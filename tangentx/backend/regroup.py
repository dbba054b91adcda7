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

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from tangentx.backend.operators import INPLACE, new_parentheses, operator_of
from tangentx.backend.purity import is_pure
from tangentx.ir.nodes import (
    UNDEF,
    Append,
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

__all__ = ["Grouped", "assigned_names", "named", "named_bases", "regroup", "uses"]

SUFFIXES = ("_bar", "_dot")
_LONGEST = 600  # an expression of the user's own is never cut shorter than he wrote it, but recursion has to end
_MOVABLE = {"add", "sub", "mul", "floordiv", "mod", "neg"}


@dataclass(frozen=True)
class Grouped:
    """A regrouped function: names in ``inline`` are printed as their expression; ``returned`` are the join targets that
    the arms of a last ``If`` return themselves; ``bases`` are the names that belong to the user."""

    function: Function
    inline: dict[Var, Expr]
    returned: frozenset[Var]
    bases: frozenset[str]


@lru_cache(maxsize=4096)
def assigned_names(text: str) -> frozenset[str]:
    """The names that a statement's text assigns: ``a, b = g(x)`` -> a, b; ``for i in range(n):`` -> i."""
    for source in (text, f"{text} pass", f"{text}: pass"):
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError):
            continue
        return frozenset(n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
    return frozenset()


def named_bases(function: Function) -> frozenset[str]:
    """Every name of the user's in a function: parameters, assigned names, loop items."""
    names = {p.var.base for p in function.params} | {v.base for v in function.free}
    for stmt in statements(function.body):
        names |= assigned_names(stmt.place.text)
    return frozenset(names)


def named(var: Var, bases: frozenset[str]) -> bool:
    """Whether a name is the user's own, or an adjoint or tangent of one."""
    return var.base in bases or _stem(var.base) in bases


def _stem(base: str) -> str:
    while base.endswith(SUFFIXES):
        base = base[:-4]
    return base


def uses(function: Function) -> dict[Var, int]:
    """How often each name is read, joins and back edges included."""
    count: dict[Var, int] = {}
    for stmt in statements(function.body):
        for atom in _reads(stmt):
            if isinstance(atom, Var):
                count[atom] = count.get(atom, 0) + 1
    if isinstance(function.result, Var):
        count[function.result] = count.get(function.result, 0) + 1
    return count


def _reads(stmt: Stmt) -> Iterator[Atom]:
    yield from own_atoms(stmt)
    if isinstance(stmt, If):
        for j in stmt.joins:
            yield from (j.then, j.orelse)
    elif isinstance(stmt, For | While):
        yield from (c.back for c in stmt.carries)
        if isinstance(stmt, While):
            yield stmt.test


def regroup(function: Function, width: int = 88) -> Grouped:
    """The function with its temporaries put back into expressions (see the module's docstring)."""
    bases = named_bases(function)
    function = _without_constants(function, bases)
    grouper = _Grouper(function, bases, width)
    body = grouper.block(function.body, 1, function.result, returns=True)
    return Grouped(replace(function, body=body), grouper.inline, frozenset(grouper.returned), bases)


def _without_constants(function: Function, bases: frozenset[str]) -> Function:
    """Temporaries that are bare constants are replaced by them everywhere."""
    found: dict[Var, Atom] = {}
    for stmt in statements(function.body):
        if isinstance(stmt, Let) and isinstance(stmt.value, Const) and not named(stmt.target, bases):
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
        self.inline.update(_indices(self.function, self.count, self.bases))
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
        return _together(tuple(self._inside(s, depth, arms and s is final) for s in kept), self.inline)

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
        if not isinstance(stmt, If) or len(stmt.joins) != 1 or named(stmt.joins[0].target, self.bases) or len(stmt.then) + len(stmt.orelse) > 8:
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
        live = [j for j in stmt.joins if self.count.get(j.target)]
        if len(live) != 1 or live[0].target != last or self.count[live[0].target] != 1 or named(live[0].target, self.bases):
            return False
        self.returned.append(live[0].target)
        return True

    def _waits(self, stmt: Let) -> bool:
        """Whether a statement may be put back at all, if its use allows it."""
        target = stmt.target
        if self.count.get(target) != 1 or operator_of(stmt.value) in INPLACE:
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
            longer = length - self._length(atom) + tree.length + 2
            if self._fits(atom, tree, stmt, position) and longer <= (_LONGEST if _same_statement(tree.place, stmt.place) else limit):
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
        if _stem(var.base) in self.bases:
            grows = isinstance(stmt, Let) and stmt.target.base == var.base  # x_bar = unbroadcast(<x_bar>, x), x_bar = x_bar + <x_bar>
            if not (grows and _group(tree.place) == _group(stmt.place)):
                return False
        return value is None or not new_parentheses(tree.value, value, position)

    def _accept_last(self, last: Atom, pending: dict[Var, _Tree]) -> None:
        tree = pending.pop(last, None) if isinstance(last, Var) else None
        if tree is None or any(_crosses(t, min(tree.order), tree.pure) for t in pending.values()):
            return
        if isinstance(last, Var) and not (last.base.endswith(SUFFIXES) and _stem(last.base) in self.bases):
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
                return len(atom.base) + (2 if atom.version else 0)
            if atom not in self.lengths:
                self.lengths[atom] = sum(map(self._length, expr_atoms(value))) + _overhead(value)
            return self.lengths[atom]
        return len(atom.text) if isinstance(atom, Ref) else len(repr(atom.value))


@lru_cache(maxsize=4096)
def _tuple_assigned(text: str) -> tuple[str, ...]:
    """The names that a tuple assignment assigns, in order; () for any other statement."""
    try:
        tree = ast.parse(text).body[0]
    except (SyntaxError, ValueError, IndexError):
        return ()
    if not (isinstance(tree, ast.Assign) and len(tree.targets) == 1 and isinstance(tree.targets[0], ast.Tuple) and isinstance(tree.value, ast.Tuple)):
        return ()
    return tuple(e.id if isinstance(e, ast.Name) else "" for e in tree.targets[0].elts)


def _together(block: Block, inline: dict[Var, Expr]) -> Block:
    """``a, b = b, a + b`` of the user's: its assignments become one again."""
    done: list[Stmt] = []
    k = 0
    while k < len(block):
        first = block[k]
        names = _tuple_assigned(first.place.text) if isinstance(first, Let) and not first.place.sweep and "," in first.place.text else ()
        run = [s for s in block[k : k + len(names)] if isinstance(s, Let) and _group(s.place) == _group(first.place)]
        if len(run) > 1 and tuple(s.target.base for s in run) == names and _is_parallel(run, inline):
            packed = Var("<tuple>", len(inline))
            items: list[Atom] = []
            for n, s in enumerate(run):
                item = Var("<item>", len(inline) + n)
                inline[item] = s.value
                items.append(item)
            inline[packed] = Build("tuple", tuple(items))
            done.append(Unpack(tuple(s.target for s in run), packed, first.place))
            k += len(run)
        else:
            done.append(first)
            k += 1
    return tuple(done)


def _is_parallel(run: list[Let], inline: dict[Var, Expr]) -> bool:
    """Whether none of the assignments reads what one before it assigns."""
    assigned: set[Var] = set()
    for stmt in run:
        if any(leaf in assigned for leaf in _leaf_names(stmt.value, inline)):
            return False
        assigned.add(stmt.target)
    return True


def _leaf_names(value: Expr, inline: dict[Var, Expr]) -> Iterator[Var]:
    for atom in expr_atoms(value):
        if isinstance(atom, Var):
            if atom in inline:
                yield from _leaf_names(inline[atom], inline)
            else:
                yield atom


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
    else:
        pending.clear()


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
        return [(1, stmt.index), (2, stmt.value)] if stmt.op else [(2, stmt.value), (1, stmt.index)]
    if isinstance(stmt, Assert | Raise | Append | If):
        atoms_of = own_atoms(stmt) if not isinstance(stmt, Append) else iter(stmt.values)
        return list(enumerate(atoms_of))
    if isinstance(stmt, For):
        return list(enumerate(a for s in stmt.sources if not isinstance(s, ReadTape) for a in source_atoms(s)))
    return []


def _indices(function: Function, count: dict[Var, int], bases: frozenset[str]) -> dict[Var, Expr]:
    """The slices and index tuples (and the sums in a slice) that are printed wherever they are used."""
    lets = {s.target: s for s in statements(function.body) if isinstance(s, Let) and s.target.base not in bases}
    other = _read_otherwise(function)
    found: dict[Var, Expr] = {}

    def movable(atom: Atom, deep: bool) -> bool:
        let = lets.get(atom) if isinstance(atom, Var) else None
        if let is None or atom in found:
            return True
        if deep and count.get(let.target) == 1 and operator_of(let.value) in _MOVABLE and isinstance(let.value, Call):
            return all(movable(a, True) for a in let.value.args)
        return count.get(let.target, 0) > 1

    def put_back(atom: Atom) -> None:
        let = lets.get(atom) if isinstance(atom, Var) else None
        if let is not None and isinstance(let.value, Call) and count.get(let.target) == 1 and let.target not in found:
            found[let.target] = let.value
            for a in let.value.args:
                put_back(a)

    for var, let in lets.items():
        if isinstance(let.value, Build) and let.value.kind == "format":
            found[var] = let.value
        if var in other or not count.get(var):
            continue
        is_slice = isinstance(let.value, Call) and isinstance(let.value.fn, Ref) and let.value.fn.obj is slice
        if (is_slice or (isinstance(let.value, Build) and let.value.kind == "tuple")) and all(movable(a, is_slice) for a in expr_atoms(let.value)):
            found[var] = let.value
            for atom in expr_atoms(let.value) if is_slice else ():
                put_back(atom)
    return found


def _read_otherwise(function: Function) -> set[Var]:
    """The names that are read as something else than an index."""
    tuples = {s.target: s.value for s in statements(function.body) if isinstance(s, Let) and isinstance(s.value, Build) and s.value.kind == "tuple"}
    found: set[Var] = set()
    for stmt in statements(function.body):
        atoms: Iterable[Atom] = _reads(stmt)
        if isinstance(stmt, Let) and operator_of(stmt.value) == "getitem" and isinstance(stmt.value, Call):
            atoms = stmt.value.args[:1]
        elif isinstance(stmt, Store):
            atoms = (stmt.base, stmt.value)
        elif isinstance(stmt, Let) and stmt.target in tuples:
            continue
        found.update(a for a in atoms if isinstance(a, Var))
    if isinstance(function.result, Var):
        found.add(function.result)
    for target, value in reversed(tuples.items()):
        if target in found:
            found.update(a for a in expr_atoms(value) if isinstance(a, Var))
    return found


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
    return not a.sweep and _group(a) == _group(b)


def _group(place: Place) -> tuple[object, ...]:
    return (place.sweep, place.file, place.line, place.text)
