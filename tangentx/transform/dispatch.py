"""Dispatch: a call of one of several known functions becomes an ``if`` on what has chosen between them.

f = np.sin if flag else np.cos             if flag:
y = f(x)                           ==>         y = np.sin(x)
                                           else:
                                               y = np.cos(x)

g = a.sum; t = g()                         t = a.sum()            what a method of an array, list or dict gives is that of then, not of now
"""

from __future__ import annotations

import operator
from dataclasses import dataclass, field, replace

import numpy as np

from tangentx.errors import UnsupportedSyntax
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import (
    UNDEF,
    Atom,
    Attribute,
    Block,
    Build,
    Call,
    Const,
    Effect,
    Expr,
    Function,
    If,
    Join,
    Let,
    Method,
    Ref,
    Stmt,
    Store,
    Var,
)
from tangentx.ir.walk import map_blocks, statements
from tangentx.rules.mutators import written_by

__all__ = ["settle_dispatch"]


@dataclass(frozen=True)
class Choice:
    """What a name stands for: one of two, as a test has decided; a test is a name that can be read where the choice is."""

    test: Atom
    then: Tree
    orelse: Tree


@dataclass(frozen=True)
class Bound:
    """A method that is not called where it is asked for: the name that it has there, if it has one here, and how it was asked for."""

    name: Var | None
    call: Call


Tree = Ref | Bound | Choice
METHODS = frozenset(name for cls in (np.ndarray, list, dict) for name in dir(cls) if callable(getattr(cls, name)) and name not in ("flat", "T"))


def settle_dispatch(function: Function, fresh: Fresh) -> Function:
    """The function with every call of a name that is one of several known functions made in the arms of an ``if``."""
    fields = frozenset(s.index for s in statements(function.body) if isinstance(s, Store) and s.op == "setattr")
    return replace(function, body=_Walk(fresh, fields).block(function.body))


@dataclass
class _Walk:
    fresh: Fresh
    fields: frozenset[Atom]  # names of attributes that are written
    displays: dict[Atom, Build] = field(default_factory=dict)
    trees: dict[Atom, Tree] = field(default_factory=dict)

    def block(self, block: Block) -> Block:
        return tuple(new for stmt in block for new in self.statement(stmt))

    def statement(self, stmt: Stmt) -> Block:
        if isinstance(stmt, Let) and (tree := self.made(stmt.target, stmt.value)) is not None:
            self.trees[stmt.target] = tree
        if isinstance(stmt, Let) and isinstance(stmt.value, Build) and stmt.value.kind in ("tuple", "list"):
            self.displays[stmt.target] = stmt.value
        if isinstance(stmt, Let | Effect) and isinstance(stmt.value, Call) and (tree := self.trees.get(stmt.value.fn)) is not None:  # type: ignore[arg-type]
            return self.called(stmt, stmt.value, tree)
        stmt = map_blocks(stmt, self.block)
        return (self.joined(stmt) if isinstance(stmt, If) and stmt.guard is None else stmt,)

    def made(self, target: Var, value: Expr) -> Tree | None:
        """What a name stands for that is given this value."""
        if not isinstance(value, Call):
            return None if isinstance(value, Build) else self.tree(value)
        if isinstance(value.fn, Attribute) and isinstance(value.args[0], Var) and Const(value.fn.name) not in self.fields:
            return Bound(target, value)
        display = self.displays.get(value.args[0]) if getattr(value.fn, "obj", None) is operator.getitem else None
        index = value.args[1].value if display is not None and isinstance(value.args[1], Const) else None
        inside = display is not None and type(index) is int and -len(display.items) <= index < len(display.items)
        return self.tree(display.items[index]) if inside and display is not None else None  # type: ignore[index]

    def tree(self, atom: Atom) -> Tree | None:
        return atom if isinstance(atom, Ref) and callable(atom.obj) else self.trees.get(atom) if isinstance(atom, Var) else None

    def joined(self, stmt: If) -> If:
        """The trees of the joins; a test from inside of an arm, which such a tree asks, gets a join of its own."""
        joins = list(stmt.joins)
        for join in stmt.joins:
            arms = self.tree(join.then), self.tree(join.orelse)
            if Const(UNDEF) in (join.then, join.orelse):  # it has a value behind one arm only
                if (only := arms[0] or arms[1]) is not None:
                    found = self.shown(only, join.orelse == Const(UNDEF), joins)
                    self.trees[join.target] = replace(found, name=None) if isinstance(found, Bound) else found
            elif arms[0] is not None and arms[1] is not None:
                self.trees[join.target] = Choice(stmt.test, self.shown(arms[0], True, joins), self.shown(arms[1], False, joins))
        return replace(stmt, joins=tuple(joins))

    def shown(self, tree: Tree, first: bool, joins: list[Join]) -> Tree:
        """The tree with names for what it asks that can be read behind the branch."""

        def named(atom: Atom) -> Atom:
            if not isinstance(atom, Var):
                return atom
            joins.append(Join(self.fresh(atom.base), *((atom, Const(UNDEF)) if first else (Const(UNDEF), atom))))
            return joins[-1].target

        if isinstance(tree, Ref):
            return tree
        if isinstance(tree, Bound):
            return replace(tree, call=replace(tree.call, args=tuple(map(named, tree.call.args))))
        test = named(tree.test)
        return Choice(test, self.shown(tree.then, first, joins), self.shown(tree.orelse, first, joins))

    def called(self, stmt: Let | Effect, call: Call, tree: Tree, chosen: bool = False) -> Block:
        if isinstance(tree, Bound):
            assert isinstance(tree.call.fn, Attribute)
            if tree.name is not None and not chosen and tree.call.fn.name not in METHODS:  # perhaps a function in an attribute
                return (replace(stmt, value=replace(call, fn=tree.name)),)
            return (replace(stmt, value=Call(Method(tree.call.fn.name), (*tree.call.args, *call.args), call.kwargs)),)
        if isinstance(tree, Ref):
            if reason := written_by(tree.obj, len(call.args), (k for k, _ in call.kwargs)):
                raise UnsupportedSyntax(f"{reason}, by another name", stmt.place, "Call it by its own name, or use the value that it returns.")
            return (replace(stmt, value=replace(call, fn=tree)),)
        arms = [replace(stmt, target=self.fresh(stmt.target.base)) if isinstance(stmt, Let) else stmt for _ in range(2)]
        joins = (Join(stmt.target, *(arm.target for arm in arms)),) if isinstance(stmt, Let) else ()  # type: ignore[union-attr]
        return (If(tree.test, self.called(arms[0], call, tree.then, True), self.called(arms[1], call, tree.orelse, True), joins, stmt.place),)
