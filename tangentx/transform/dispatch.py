"""Dispatch: a call of one of several known functions becomes an ``if`` on what has chosen between them.

f = np.sin if flag else np.cos             if flag:
y = f(x)                           ==>         y = np.sin(x)
                                           else:
                                               y = np.cos(x)
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import UNDEF, Atom, Block, Call, Const, Effect, Function, If, Join, Let, Ref, Stmt, Var
from tangentx.ir.walk import map_blocks

__all__ = ["settle_dispatch"]


@dataclass(frozen=True)
class Choice:
    """What a name stands for: one of two, as a test has decided; a test is a name that can be read where the choice is."""

    test: Atom
    then: Tree
    orelse: Tree


Tree = Ref | Choice


def settle_dispatch(function: Function, fresh: Fresh) -> Function:
    """The function with every call of a name that is one of several known functions made in the arms of an ``if``."""
    return replace(function, body=_Walk(fresh).block(function.body))


@dataclass
class _Walk:
    fresh: Fresh
    trees: dict[Atom, Tree] = field(default_factory=dict)

    def block(self, block: Block) -> Block:
        return tuple(new for stmt in block for new in self.statement(stmt))

    def statement(self, stmt: Stmt) -> Block:
        if isinstance(stmt, Let) and (tree := self.tree(stmt.value)) is not None:  # type: ignore[arg-type]
            self.trees[stmt.target] = tree
        if isinstance(stmt, Let | Effect) and isinstance(stmt.value, Call) and (tree := self.trees.get(stmt.value.fn)) is not None:  # type: ignore[arg-type]
            return self.called(stmt, stmt.value, tree)
        stmt = map_blocks(stmt, self.block)
        return (self.joined(stmt) if isinstance(stmt, If) and stmt.guard is None else stmt,)

    def tree(self, atom: Atom) -> Tree | None:
        return atom if isinstance(atom, Ref) and callable(atom.obj) else self.trees.get(atom) if isinstance(atom, Var) else None

    def joined(self, stmt: If) -> If:
        """The trees of the joins; a test from inside of an arm, which such a tree asks, gets a join of its own."""
        joins = list(stmt.joins)
        for join in stmt.joins:
            arms = [self.tree(join.then), self.tree(join.orelse)]
            if Const(UNDEF) in (join.then, join.orelse):  # it has a value behind one arm only
                arms = [arms[0] or arms[1], arms[1] or arms[0]]
            if arms[0] is None or arms[1] is None:
                continue
            then, orelse = self.shown(arms[0], True, joins), self.shown(arms[1], False, joins)
            self.trees[join.target] = then if Const(UNDEF) in (join.then, join.orelse) else Choice(stmt.test, then, orelse)
        return replace(stmt, joins=tuple(joins))

    def shown(self, tree: Tree, first: bool, joins: list[Join]) -> Tree:
        if isinstance(tree, Ref):
            return tree
        test = tree.test
        if isinstance(test, Var):
            test = self.fresh(test.base)
            joins.append(Join(test, *((tree.test, Const(UNDEF)) if first else (Const(UNDEF), tree.test))))
        return Choice(test, self.shown(tree.then, first, joins), self.shown(tree.orelse, first, joins))

    def called(self, stmt: Let | Effect, call: Call, tree: Tree) -> Block:
        if isinstance(tree, Ref):
            return (replace(stmt, value=replace(call, fn=tree)),)
        arms = [replace(stmt, target=self.fresh(stmt.target.base)) if isinstance(stmt, Let) else stmt for _ in range(2)]
        joins = (Join(stmt.target, *(arm.target for arm in arms)),) if isinstance(stmt, Let) else ()  # type: ignore[union-attr]
        return (If(tree.test, self.called(arms[0], call, tree.then), self.called(arms[1], call, tree.orelse), joins, stmt.place),)
