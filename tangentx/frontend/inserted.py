"""``with insert_grad_of(x) as x_bar:`` becomes a branch on a mark that no name of Python's can be.

    with tx.insert_grad_of(x) as x_bar:          if @insert_grad_of:
        x_bar = np.clip(x_bar, -1, 1)     ==>        x_bar = @insert_grad_of(x)
                                                     x_bar = np.clip(x_bar, -1, 1)
                                                     @insert_grad_of(x_bar)

From here on the block is read as the arm of an ``if`` that is not taken: what it assigns is not seen behind it.
"""

from __future__ import annotations

import builtins
import operator
from collections.abc import Iterator
from typing import Any

import gast

from tangentx.errors import UnsupportedSyntax
from tangentx.frontend.nodes import load, store
from tangentx.frontend.places import placed
from tangentx.frontend.source import Source
from tangentx.ir.nodes import Atom, Call, Const, Effect, If, Let, Method, Ref, Store, Var
from tangentx.ir.walk import statements
from tangentx.rules.inserted import COLLECTS, INSERT, read_adjoint, replaced

__all__ = ["collected", "inserted_names", "is_inserted", "lower_inserted", "put", "with_inserted"]

MARK = "@insert_grad_of"


def with_inserted(source: Source) -> Source:
    """The source with these blocks rewritten.

    Raises:
        UnsupportedSyntax: a block that cannot be moved into the backward pass.
    """
    if any("insert_grad_of" in line or "tangentx" in line for line in source.text.splitlines()) or _known(source):
        source.node = _Rewrite(source).visit(source.node)
    return source


def _known(source: Source) -> bool:
    """Whether a global of the function is ``insert_grad_of`` under another name."""
    return any(_is_ours(source.globals.get(name)) for name in source.function.__code__.co_names)


def _is_ours(value: Any) -> bool:
    return getattr(value, "__module__", "") == "tangentx.insert" and getattr(value, "__name__", "") == "insert_grad_of"


class _Rewrite(gast.NodeTransformer):
    """Goes through a function, inner ones included."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def refuse(self, reason: str, node: Any, hint: str) -> UnsupportedSyntax:
        return UnsupportedSyntax(reason, self.source.place(node, node), hint)

    def ours(self, node: Any) -> bool:
        """Whether an expression is a call of ``insert_grad_of``, by whatever name."""
        if not isinstance(node, gast.Call):
            return False
        chain, found = [], node.func
        while isinstance(found, gast.Attribute):
            chain.append(found.attr)
            found = found.value
        if not isinstance(found, gast.Name):
            return False
        cell = self.source.cells.get(found.id)
        try:
            value = self.source.globals.get(found.id, getattr(builtins, found.id, None)) if cell is None else cell.cell_contents
        except ValueError:
            value = None
        for name in reversed(chain):
            value = getattr(value, name, None)
        return _is_ours(value) or (value is None and "insert_grad_of" in (*chain[:1], found.id))  # imported inside the function

    def visit_With(self, node: Any) -> Any:
        items = [self.ours(item.context_expr) for item in node.items]
        if not any(items):
            return self.generic_visit(node)
        if not all(items):
            at = items.index(True)
            if at and all(items[at:]):  # with lock, insert_grad_of(x) as x_bar:
                inner = gast.copy_location(gast.With(node.items[at:], node.body, None), node)
                return gast.copy_location(gast.With(node.items[:at], [self.visit(inner)], None), node)
            raise self.refuse("insert_grad_of stands behind the other contexts of a with", node.items[at].context_expr, "Write two with statements.")
        for stmt in node.body:
            self.check(stmt)
        reads = [self.read(item, node) for item in node.items]
        last = gast.Expr(_marked([load(read.targets[0].id) for read in reads]))
        branch = gast.If(load(MARK), [*reads, *node.body, last], [])
        return placed(branch, node)

    def read(self, item: Any, node: Any) -> Any:
        """``x_bar = @insert_grad_of(x)``."""
        call, target = item.context_expr, item.optional_vars or store("@x_bar")
        if len(call.args) != 1 or call.keywords or not isinstance(call.args[0], gast.Name):
            raise self.refuse("insert_grad_of takes one variable of the function", call, "Give the value a name first: y = ...")
        if not isinstance(target, gast.Name):
            raise self.refuse("the adjoint of insert_grad_of gets one name", target, "Write: with insert_grad_of(x) as x_bar:")
        return gast.copy_location(gast.Assign([target], _marked(list(call.args)), None), node)

    def check(self, node: Any, in_loop: bool = False) -> None:
        """What would leave the block cannot be moved with it."""
        if isinstance(node, gast.Return) or (isinstance(node, gast.Break | gast.Continue) and not in_loop):
            raise self.refuse("the block of insert_grad_of cannot be left early", node, "Nest the rest of the block under an if.")
        if isinstance(node, gast.With) and any(self.ours(item.context_expr) for item in node.items):
            hint = "Write one with: with insert_grad_of(x) as x_bar, insert_grad_of(y) as y_bar:"
            raise self.refuse("insert_grad_of stands inside the block of another one", node.items[0].context_expr, hint)
        if not isinstance(node, gast.FunctionDef | gast.AsyncFunctionDef | gast.Lambda):
            for child in gast.iter_child_nodes(node):
                self.check(child, in_loop or isinstance(node, gast.For | gast.While))


def op(name: str, text: str, *args: Atom) -> Call:
    """The call of an operator."""
    return Call(Ref(getattr(operator, name), text, "operator", name), args)


def _marked(args: list[Any]) -> Any:
    return gast.Call(load(MARK), args, [])


def is_inserted(stmt: Any) -> bool:
    """Whether a ``gast.If`` is such a block."""
    return isinstance(stmt.test, gast.Name) and stmt.test.id == MARK


def _reads(stmt: Any) -> Iterator[tuple[str, Any]]:
    """(name of the adjoint, node of the variable) of each assignment at the head of the block."""
    for s in stmt.body:
        if isinstance(s, gast.Assign) and isinstance(s.value, gast.Call) and getattr(s.value.func, "id", "") == MARK:
            yield s.targets[0].id, s.value.args[0]


def inserted_names(nodes: list[Any]) -> set[str]:
    """The variables whose adjoints are asked for inside of these statements."""
    blocks = (n for node in nodes for n in gast.walk(node) if isinstance(n, gast.If) and is_inserted(n))
    return {variable.id for block in blocks for _, variable in _reads(block)}


def _kept(lowering: Any, node: Any) -> bool:
    """Whether this is (a part of) a thing from outside of the function that only such blocks use: a log of the user's."""
    while isinstance(node, gast.Attribute | gast.Subscript):
        node = node.value
    if not lowering.inserting or not isinstance(node, gast.Name):
        return False
    here = lowering.env.get(node.id)
    if lowering.is_local(node.id) and here not in lowering.outside:
        return False
    return (here.base if isinstance(here, Var) else node.id) not in _read_outside(lowering.source.node)


def _read_outside(node: Any) -> set[str]:
    """The names that a function reads outside of these blocks."""
    found = {node.id} if isinstance(node, gast.Name) and isinstance(node.ctx, gast.Load) else set()
    inner = [] if isinstance(node, gast.If) and is_inserted(node) else gast.iter_child_nodes(node)
    return found.union(*map(_read_outside, inner))


def collected(lowering: Any, node: Any) -> Call | None:
    """``log.append(x_bar)`` in such a block."""
    if not (isinstance(node, gast.Call) and isinstance(node.func, gast.Attribute) and node.func.attr in COLLECTS):
        return None
    if not _kept(lowering, node.func.value):
        return None
    atoms = tuple(lowering.atom(a) for a in (node.func.value, *node.args))
    return Call(Method(node.func.attr), atoms, tuple((k.arg, lowering.atom(k.value)) for k in node.keywords))


def put(lowering: Any, target: Any, value: Atom, update: str = "") -> bool:
    """``log[i] = x_bar`` in such a block, or ``log[i] += x_bar``; False if it is an ordinary write."""
    if not _kept(lowering, target.value):
        return False
    base, index = lowering.atom(target.value), lowering.index(target.slice)
    if update:
        value = lowering.emit(op(update, update, lowering.emit(op("getitem", "[]", base, index), target), value), target)
    lowering.out.append(Effect(op("setitem", "[]=", base, index, value), lowering.place(lowering.stmt)))
    return True


def lower_inserted(lowering: Any, stmt: Any) -> None:
    """The branch of the IR (``rules/inserted.py``); names are behind it what they were before."""
    before, place, label = dict(lowering.env), lowering.place(stmt), lowering.label()
    lowering.inserting = True
    pairs = list(_reads(stmt))

    def run() -> None:
        bars: dict[str, tuple[Var, Var]] = {}
        for name, node in pairs:
            value = lowering.atom(node)
            if not lowering.is_local(node.id) or not isinstance(value, Var):
                raise lowering.refuse(f"insert_grad_of({node.id.partition('@')[0]}) is no variable of the function", node, "Assign it first: y = ...")
            bar = lowering.fresh(name.lstrip("@"))
            bars[name] = (value, bar)
            lowering.out.append(Let(bar, read_adjoint(value), place))
        lowering.env.update((name, bar) for name, (_, bar) in bars.items())
        ends = isinstance(stmt.body[-1], gast.Expr) and getattr(getattr(stmt.body[-1].value, "func", None), "id", "") == MARK
        lowering.block(stmt.body[len(pairs) : -1 if ends else None])
        if not ends:  # it raises
            return
        for name, (value, bar) in bars.items():
            new = lowering.env.get(name)
            if not isinstance(new, Var | Const):
                raise lowering.refuse(f"{name.partition('@')[0]} is no value at the end of the block", stmt, "Assign an adjoint to it.")
            if new != bar or any(isinstance(s, Store) for s in statements(lowering.out)):  # perhaps under another name
                lowering.out.append(Effect(replaced(value, new), place))

    block, _ = lowering.nested(run)
    lowering.env, lowering.inserting = before, False
    lowering.out.append(If(INSERT, block, (), (), place, label))
