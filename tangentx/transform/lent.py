"""Lent tangents: where the tangent of a name is that of an array which is written later, it has to be a copy.

w = x * x; t = w + 0.5; w[0] = 1.0; f(t)        ==>        t_dot = w_dot.copy(); w_dot[0] = 0.0

Most names need none: they are read before the write, by an operation that makes something new of them.
"""

from __future__ import annotations

from tangentx.analysis.aliases import Memory, may_hand_on, sharing
from tangentx.analysis.fact import Facts
from tangentx.ir.nodes import Atom, Block, Call, Const, Expr, For, Function, If, Let, Ref, Stmt, Store, Var, While
from tangentx.ir.walk import blocks, edge_atoms, expr_atoms, own_atoms, statements, stmt_targets
from tangentx.rules.table import Rulebook

__all__ = ["lent"]

# operations whose tangent may be that of one operand
PASSES = frozenset({"add", "sub", "pos", "mod", "subtract", "positive", "remainder", "fmod", "unwrap", "float"})
NEVER = 1 << 60


def lent(function: Function, memory: Memory, facts: Facts, rulebook: Rulebook) -> frozenset[Var]:
    """The names that may be alive when an array is written whose tangent theirs may be."""
    writes = any(isinstance(s, Store) for s in statements(function.body))
    return _Lives(function, memory, facts, rulebook).found() if writes else frozenset()


class _Lives:
    """Statements by their number, in the order of the text; what happens in a loop counts as happening at its end, too."""

    def __init__(self, function: Function, memory: Memory, facts: Facts, rulebook: Rulebook) -> None:
        self.memory, self.facts, self.rulebook = memory, facts, rulebook
        self.number = 0
        self.defs: dict[Var, Expr] = {s.target: s.value for s in statements(function.body) if isinstance(s, Let)}
        self.made: dict[Var, tuple[int, tuple[int, ...]]] = {}  # where a name is made, in which loops
        self.reads: dict[Var, list[tuple[int, tuple[int, ...], Var | None]]] = {}  # where it is read, and what has its tangent then
        self.stores: list[tuple[int, tuple[int, ...]]] = []
        self.ends: dict[int, int] = {}  # of a loop
        self.lets: list[Let] = []
        self.points: set[Var] = set()  # what may have the tangent of an array of shape () that is written, though it may be a number itself
        self.block(function.body, ())
        if isinstance(function.result, Var):
            self.reads.setdefault(function.result, []).append((self.number + 1, (), None))

    def found(self) -> frozenset[Var]:
        shared = self.memory.shared | self.memory.buffers
        near = [s for s in self.lets if any(a in shared for a in expr_atoms(s.value)) and not self.makes_number(s)]
        return frozenset(s.target for s in near if self.written_while_alive(s.target))

    def block(self, block: Block, loops: tuple[int, ...]) -> None:
        for stmt in block:
            self.statement(stmt, loops)

    def statement(self, stmt: Stmt, loops: tuple[int, ...]) -> None:
        self.number += 1
        here = self.number
        if isinstance(stmt, Let) and isinstance(stmt.value, Call) and self.passes_point(stmt.value):
            self.points.add(stmt.target)
        for atom in own_atoms(stmt):
            if isinstance(atom, Var):
                self.reads.setdefault(atom, []).append((here, loops, self.heir(stmt)))
        if isinstance(stmt, Store):
            self.stores.append((here, loops))
        inner = (*loops, here) if isinstance(stmt, For | While) else loops
        for b in blocks(stmt):
            self.block(b, inner)
        self.number += 1
        self.ends[here] = self.number
        for atom in edge_atoms(stmt):
            if isinstance(atom, Var):  # another name has its tangent from here on
                self.reads.setdefault(atom, []).append((NEVER, inner, None))
        for target in stmt_targets(stmt):
            self.made[target] = here, loops
        if isinstance(stmt, Let) and isinstance(stmt.value, Call):
            self.lets.append(stmt)

    def heir(self, stmt: Stmt) -> Var | None:
        """The name whose tangent may be that of an operand: of an operation that passes it on, or of something not known."""
        if isinstance(stmt, Store):
            return None if self.facts.of(stmt.base).kind not in ("list", "dict", "object") and stmt.op in ("", "+", "-") else UNKNOWN
        if isinstance(stmt, If | For | While):
            return None if isinstance(stmt, If) else UNKNOWN
        if not isinstance(stmt, Let) or not isinstance(stmt.value, Call):
            return UNKNOWN
        new = isinstance(stmt.value.fn, Ref) and self.makes_new(stmt.value, stmt.value.fn)
        return None if new or self.makes_number(stmt) else stmt.target

    def makes_number(self, stmt: Let) -> bool:
        """Whether it makes a number whose tangent is no array: that of ``1.0 * s`` may be the one of ``s``, which may have the shape ()."""
        return self.facts.of(stmt.target).scalar and stmt.target not in self.points

    def passes_point(self, call: Call) -> bool:
        """Whether the tangent of a result may be that of an operand which is an array of shape ()."""
        new = isinstance(call.fn, Ref) and self.makes_new(call, call.fn)
        return not new and any(self.may_be_point(a, call) for a in expr_atoms(call))

    def may_be_point(self, atom: Atom, call: Call) -> bool:
        """Whether the tangent of an operand may be an array of shape () that is written."""
        if atom in self.points:
            return True
        rank = self.facts.of(atom).rank
        written = atom in self.memory.shared or atom in self.memory.buffers
        return written and not self.facts.of(atom).scalar and (rank == 0 or (rank is None and isinstance(call.fn, Ref) and call.fn.obj is float))

    def makes_new(self, call: Call, fn: Ref) -> bool:
        """Whether the tangent of a result is no operand's, nor a part of one."""
        unit = fn.attr in ("mul", "multiply") and any(isinstance(a, Const) and a.value == 1 for a in call.args)
        if fn.attr in PASSES or unit or may_hand_on(call) or sharing(call, self.facts, self.defs) not in ("fresh", "none"):
            return False
        return self.rulebook.rule(fn, "elementwise", "linear", "multilinear") is not None

    def written_while_alive(self, var: Var) -> bool:
        made, loops = self.made[var]
        last = self.last(var, {})
        return any(made < at <= last or (last == NEVER and set(inside) & set(loops)) for at, inside in self.stores)

    def last(self, var: Var, seen: dict[Var, None]) -> int:
        """The number of the last statement in which the tangent of a name may be read."""
        if var in seen:
            return 0
        seen[var] = None
        loops, found = self.made[var][1] if var in self.made else (), 0
        for at, inside, heir in self.reads.get(var, ()):
            outer = next((loop for loop in inside if loop not in loops), None)
            found = max(found, at if outer is None else max(at, self.ends[outer]))
            if heir is UNKNOWN:
                return NEVER
            if heir is not None:
                found = max(found, self.last(heir, seen))
        return found


UNKNOWN = Var("?")
