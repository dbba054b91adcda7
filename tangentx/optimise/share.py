"""Share: a derived value that has been computed before is that name.

    x_times_x = x * x                    x_times_x = x * x
    y = np.exp(x_times_x)                y = np.exp(x_times_x)
    square = x * x             ==>       g = y_bar * y
    e = np.exp(square)                   return g
    g = y_bar * e
    return g

Only what is computed in the same block or in one around it is used again: a name of a loop of the primal would have to be
recorded for its reverse.  What the user wrote is never replaced, new arrays (``zeros_like``) are never shared, nor is a
buffer that is written in place.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

from tangentx.ir.nodes import Atom, Attribute, Block, Build, Call, Expr, For, Function, If, Let, Local, Method, Mirror, Ref, Stmt, Var, While
from tangentx.ir.walk import map_atoms, map_expr
from tangentx.optimise.classes import written_names
from tangentx.optimise.purity import is_repeatable
from tangentx.optimise.terms import is_derived, op_name

__all__ = ["share"]


def share(function: Function) -> Function:
    """The function with repeated derived expressions computed once; see the module's docstring for a before and an after."""
    sharer = _Sharer(written_names(function))
    return replace(function, body=sharer.block(function.body), result=sharer.atom(function.result))


class _Sharer:
    def __init__(self, written: frozenset[Var]) -> None:
        self.written = written
        self.names: dict[Var, Var] = {}
        self.known: dict[Hashable, Var] = {}

    def atom(self, atom: Atom) -> Atom:
        return self.names.get(atom, atom) if isinstance(atom, Var) else atom

    def block(self, block: Block) -> Block:
        """A block; what it computes is not known outside."""
        out: list[Stmt] = []
        added: list[Hashable] = []
        for stmt in block:
            if isinstance(stmt, Let):
                value = map_expr(stmt.value, self.atom)
                key = self.key(value, stmt.target)
                if key is not None and key in self.known and is_derived(stmt):
                    self.names[stmt.target] = self.known[key]
                    continue
                if key is not None and key not in self.known:
                    self.known[key] = stmt.target
                    added.append(key)
                out.append(stmt if value == stmt.value else replace(stmt, value=value))
            else:
                out.append(self.structured(stmt))
        for key in added:
            del self.known[key]
        return tuple(out)

    def structured(self, stmt: Stmt) -> Stmt:
        if isinstance(stmt, If):
            if stmt.guard is None:
                stmt = replace(stmt, test=self.atom(stmt.test))
            else:
                stmt = replace(stmt, guard=replace(stmt.guard, atoms=tuple(map(self.atom, stmt.guard.atoms))))
            stmt = replace(stmt, then=self.block(stmt.then), orelse=self.block(stmt.orelse))
            joins = tuple(replace(j, then=self.atom(j.then), orelse=self.atom(j.orelse)) for j in stmt.joins)
            return replace(stmt, joins=joins)
        if isinstance(stmt, For | While):
            inits = tuple(self.atom(c.init) for c in stmt.carries)
            outside = self.known
            if isinstance(stmt, For) and any(isinstance(s, Mirror) for s in stmt.sources):
                self.known = {}  # before the record, names of the primal have another meaning in there
            if isinstance(stmt, While):
                stmt = replace(stmt, header=self.block(stmt.header), test=self.atom(stmt.test), body=self.block(stmt.body))
            else:
                bare = map_atoms(replace(stmt, carries=(), body=()), self.atom)
                assert isinstance(bare, For)
                stmt = replace(bare, carries=stmt.carries, body=self.block(stmt.body))
            self.known = outside
            carries = tuple(replace(c, init=i, back=self.atom(c.back)) for c, i in zip(stmt.carries, inits, strict=True))
            return replace(stmt, carries=carries)
        return map_atoms(stmt, self.atom)

    def key(self, value: Expr, target: Var) -> Hashable:
        """Equal for expressions of equal value; None for what is not shared."""
        if not isinstance(value, Call | Build) or not is_repeatable(value) or target in self.written:
            return None
        if isinstance(value, Build):
            return ("tuple", value.items)
        fn = value.fn
        if isinstance(fn, Local | Var):
            return None
        args = value.args
        if op_name(value) == "mul":  # the only operator that commutes for whatever Python calls a product of numbers
            args = tuple(sorted(args, key=_order))
        what: Hashable = fn if isinstance(fn, Method | Attribute) else None
        if isinstance(fn, Ref) and not fn.live:
            what = (fn.module, fn.attr, id(fn.home))
        return None if what is None else (what, args, value.kwargs)


def _order(atom: Atom) -> tuple[str, str]:
    return type(atom).__name__, atom.text if isinstance(atom, Ref) else str(atom)
