"""Undefined: names that mean nothing, where they may never be asked for; as those of a library that is not installed.

if HAS_SYMPY and isinstance(s, sympy.Expr):           if HAS_SYMPY and undefined("sympy"):
    return sympy.sqrt(s)                     ==>          raise NameError("name 'sympy' is not defined")
return math.sqrt(s)                                   return math.sqrt(s)

What is always done stays as it is, and is refused where it is lowered.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import gast

from tangentx.frontend.nodes import load
from tangentx.frontend.places import placed
from tangentx.frontend.scopes import bindings

__all__ = ["without_undefined"]

JUMPS = gast.Return | gast.Raise | gast.Break | gast.Continue
FUNCTIONS = gast.FunctionDef | gast.AsyncFunctionDef | gast.ClassDef | gast.Lambda
DISPLAYS = gast.ListComp | gast.SetComp | gast.GeneratorExp | gast.DictComp
BRANCHES = gast.If | gast.For | gast.While | gast.Try | gast.Match
BLOCKS = ("body", "handlers", "orelse", "finalbody", "cases")


def without_undefined(node: Any, is_defined: Callable[[str], bool]) -> Any:
    """A copy of a function's tree without such names; ``is_defined`` says whether a name means something."""
    if isinstance(node, gast.Lambda):
        return node
    read = {n.id for n in gast.walk(node) if isinstance(n, gast.Name) and isinstance(n.ctx, gast.Load)}
    missing = {name for name in read - {name for name, _ in bindings(node)} if not is_defined(name)}
    if not missing:
        return node
    node = copy.deepcopy(node)
    node.body = _block(node.body, missing, True)
    return node


def _block(block: list[Any], missing: set[str], sure: bool) -> list[Any]:
    """A block; ``sure``: it is always run."""
    done: list[Any] = []
    for stmt in block:
        name = _asked_for(_own(stmt), missing)
        if name and not sure:
            error = gast.Call(load("builtins.NameError"), [gast.Constant(f"name {name!r} is not defined", None)], [])
            return [*done, placed(gast.Raise(error, None), stmt)]
        done.append(_inside(_Perhaps(missing, not sure).visit_own(stmt), missing, sure))
        sure = sure and not any(isinstance(n, JUMPS) for n in gast.walk(stmt))
    return done


def _inside(stmt: Any, missing: set[str], sure: bool) -> Any:
    """The statement with its blocks rewritten."""
    if isinstance(stmt, FUNCTIONS):  # it is refused where it is called
        stmt.body = _block(stmt.body, missing, True)
        return stmt
    for field in BLOCKS:
        held = getattr(stmt, field, None)
        if isinstance(held, list) and field in ("handlers", "cases"):
            for part in held:
                part.body = _block(part.body, missing, False)
        elif isinstance(held, list):
            setattr(stmt, field, _block(held, missing, sure and not isinstance(stmt, BRANCHES)))
    return stmt


def _own(stmt: Any) -> list[Any]:
    """The expressions of a statement itself, without those of its blocks."""
    if isinstance(stmt, FUNCTIONS):
        return []
    fields = [value for name, value in gast.iter_fields(stmt) if name not in (*BLOCKS, "annotation")]
    return [n for value in fields for n in (value if isinstance(value, list) else [value]) if isinstance(n, gast.AST)]


def _asked_for(nodes: list[Any], missing: set[str]) -> str:
    """The first of the names that is asked for whenever these are worked out."""
    for node in nodes:
        if isinstance(node, gast.Name) and node.id in missing:
            return node.id
        if isinstance(node, FUNCTIONS):
            continue
        if found := _asked_for(_always(node), missing):
            return found
    return ""


def _always(node: Any) -> list[Any]:
    """The parts of an expression that are always worked out."""
    if isinstance(node, gast.BoolOp):
        return node.values[:1]
    if isinstance(node, gast.IfExp):
        return [node.test]
    if isinstance(node, DISPLAYS):
        return [node.generators[0].iter]
    return list(gast.iter_child_nodes(node))


class _Perhaps(gast.NodeTransformer):
    """Operands that may not be worked out, and would ask for such a name; ``unsure``: so may be all of it."""

    def __init__(self, missing: set[str], unsure: bool) -> None:
        self.missing, self.unsure = missing, unsure

    def visit_own(self, stmt: Any) -> Any:
        """The statement, without what stands in its blocks."""
        if isinstance(stmt, FUNCTIONS):
            return stmt
        for field, value in gast.iter_fields(stmt):
            if field in BLOCKS:
                continue
            if isinstance(value, list):
                setattr(stmt, field, [self.visit(v) if isinstance(v, gast.AST) else v for v in value])
            elif isinstance(value, gast.AST):
                setattr(stmt, field, self.visit(value))
        return stmt

    def visit_BoolOp(self, node: Any) -> Any:
        node.values = [self.visit(node.values[0]), *map(self.perhaps, node.values[1:])]
        return node

    def visit_IfExp(self, node: Any) -> Any:
        node.test, node.body, node.orelse = self.visit(node.test), self.perhaps(node.body), self.perhaps(node.orelse)
        return node

    def visit_ListComp(self, node: Any) -> Any:
        for field in ("elt", "key", "value") if self.unsure else ():
            if hasattr(node, field):
                setattr(node, field, self.perhaps(getattr(node, field)))
        return self.generic_visit(node)

    visit_SetComp = visit_GeneratorExp = visit_DictComp = visit_ListComp

    def perhaps(self, node: Any) -> Any:
        if name := _asked_for([node], self.missing):
            return placed(gast.Call(load("tangentx.runtime.undefined"), [gast.Constant(name, None)], []), node)
        return _Perhaps(self.missing, True).visit(node)
