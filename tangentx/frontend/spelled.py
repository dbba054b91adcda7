"""Spelled: what has a plainer spelling is said by that one, before anything is known of the values.

getattr(m, "w")                              m.w
a.__getitem__(i), a.__add__(b)               a[i], a + b
a.__setitem__(i, v), setattr(m, "w", v)      a[i] = v, m.w = v       so is object.__setattr__(m, "w", v)
for r in iter(a): ...                ==>     for r in a: ...
pairs = zip(a, b)                            (nothing)
for p, q in pairs: ...                       for p, q in zip(a, b): ...
items = d.items(); len(items)                len(d.items())           a view of a dict shows what is in there now
get = d.get; get("a")                        d.get("a")
old = np.seterr(...); np.seterr(**old)       old = np.seterr(...); np.seterr(divide=old["divide"], ...)

An iterator is only put where it is used if that is one place, which runs once; and if its operands are names that are bound once.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import gast
import numpy as np

from tangentx.frontend.mappings import LIBRARIES, READS, asked
from tangentx.frontend.nodes import load
from tangentx.frontend.places import placed
from tangentx.frontend.scopes import bindings, known_dicts
from tangentx.rules.mutators import CHANGES_ITS_OBJECT

__all__ = ["spelled"]

ITERATORS = (zip, enumerate, reversed, iter)
VIEWS = ("items", "values", "keys")
LOOPS = gast.For | gast.While | gast.ListComp | gast.SetComp | gast.DictComp | gast.GeneratorExp | gast.FunctionDef | gast.Lambda
BINARY = {
    "add": gast.Add, "sub": gast.Sub, "mul": gast.Mult, "truediv": gast.Div, "floordiv": gast.FloorDiv, "mod": gast.Mod, "pow": gast.Pow,
    "matmul": gast.MatMult, "and": gast.BitAnd, "or": gast.BitOr, "xor": gast.BitXor, "lshift": gast.LShift, "rshift": gast.RShift,
}  # fmt: skip
COMPARED = {"lt": gast.Lt, "le": gast.LtE, "gt": gast.Gt, "ge": gast.GtE, "eq": gast.Eq, "ne": gast.NotEq}
UNARY = {"neg": gast.USub, "pos": gast.UAdd, "invert": gast.Invert}
ASKED = ("abs", "len", "iter", "next", "round")
STATES = ("divide", "over", "under", "invalid")  # the keys of what np.seterr and np.geterr return


def spelled(node: Any, static: Callable[[Any], Any]) -> Any:
    """A copy of a function's tree that is spelled so; ``static`` gives the object that a name of outside means."""
    if not any(_may_be(n) for n in gast.walk(node)):
        return node
    bound = {name for name, _ in bindings(node)}

    def outside(node: Any) -> Any:
        return None if any(isinstance(n, gast.Name) and n.id in bound for n in gast.walk(node)) else static(node)

    node = copy.deepcopy(node)
    _put(node, outside)
    return _Spelled(outside, _states(node, outside)).visit(node)


def _states(function: Any, static: Callable[[Any], Any]) -> frozenset[str]:
    """The names that are bound once, to how NumPy deals with errors of floating point."""
    given = [name for name, _ in bindings(function)]
    simple = [n for n in gast.walk(function) if isinstance(n, gast.Assign) and isinstance(n.targets[0], gast.Name) and isinstance(n.value, gast.Call)]
    return frozenset(n.targets[0].id for n in simple if static(n.value.func) in (np.seterr, np.geterr) and given.count(n.targets[0].id) == 1)


def _may_be(node: Any) -> bool:
    if not isinstance(node, gast.Call):
        return isinstance(node, gast.Assign) and _is_view(node.value)
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    return (
        (name.startswith("__") and name.endswith("__"))
        or name in ("getattr", "setattr")
        or name in VIEWS
        or name in ("zip", "enumerate", "reversed", "iter", "seterr")
    )


# --------------------------------------------------------------------------------------------------- iterators with names


def _put(function: Any, static: Callable[[Any], Any]) -> None:
    """Puts iterators and views of dicts that have names where these are read."""
    stored = [n for n in gast.walk(function) if isinstance(n, gast.Name) and not isinstance(n.ctx, gast.Load)]
    dicts = known_dicts(function)
    outer = {name for n in gast.walk(function) if isinstance(n, gast.Nonlocal | gast.Global) for name in n.names}
    for block in [b for n in gast.walk(function) for b in _blocks(n)]:
        for stmt in [s for s in block if isinstance(s, gast.Assign) and len(s.targets) == 1 and isinstance(s.targets[0], gast.Name)]:
            view = _is_view(stmt.value)
            if not view and not (isinstance(stmt.value, gast.Call) and _is_iterator(stmt.value, static)):
                continue
            if not view and _resized(function, _reversed_names(stmt.value, static), static):
                continue
            if _bound_once(stmt, stored, outer) and (reads := _reads(function, stmt, once=not view)):
                for parent, name, k in reads:
                    value = copy.deepcopy(stmt.value)
                    getattr(parent, name).__setitem__(k, value) if k is not None else setattr(parent, name, value)
                base = stmt.value.func.value if view and isinstance(stmt.value, gast.Call) else None
                unsure = view and getattr(base, "id", "") not in ("", *dicts)
                held = placed(gast.Expr(asked(base, stmt.value.func.attr, stmt.value)), stmt) if unsure else placed(gast.Pass(), stmt)
                block[block.index(stmt)] = held


def _blocks(node: Any) -> list[list[Any]]:
    found = (getattr(node, name, None) for name in ("body", "orelse", "finalbody"))
    return [b for b in found if isinstance(b, list)]


def _is_view(node: Any) -> bool:
    if getattr(node, "own", False):
        return False
    if isinstance(node, gast.Attribute) and node.attr in READS:
        return isinstance(node.value, gast.Name)
    method = isinstance(node, gast.Call) and isinstance(node.func, gast.Attribute) and node.func.attr in VIEWS and not node.args
    return method and isinstance(node.func.value, gast.Name)


def _is_iterator(node: Any, static: Callable[[Any], Any]) -> bool:
    """Whether it is a call of ``zip`` and the like, of names and numbers."""
    if not isinstance(node, gast.Call):
        return isinstance(node, gast.Name | gast.Constant)
    known = isinstance(node.func, gast.Name) and static(node.func) in (*ITERATORS, range)
    return known and all(_is_iterator(a, static) for a in node.args) and all(isinstance(k.value, gast.Constant) for k in node.keywords)


def _reversed_names(node: Any, static: Callable[[Any], Any]) -> set[str]:
    """The names of what an iterator goes through from its end, where that is when the iterator is made."""
    calls = [n for n in gast.walk(node) if isinstance(n, gast.Call) and static(n.func) is reversed]
    return {a.id for call in calls for a in call.args if isinstance(a, gast.Name)}


def _resized(function: Any, names: set[str], static: Callable[[Any], Any]) -> bool:
    """Whether one of these may get longer or shorter in a function: by a method, as a slice, or under another name."""
    harmless = set()
    for n in gast.walk(function) if names else ():
        whole = isinstance(n, gast.Attribute) and n.attr not in CHANGES_ITS_OBJECT
        part = (
            isinstance(n, gast.Subscript)
            and not isinstance(n.ctx, gast.Del)
            and not (isinstance(n.slice, gast.Slice) and isinstance(n.ctx, gast.Store))
        )
        if whole or part:
            harmless.add(id(n.value))
        elif isinstance(n, gast.Call) and (getattr(static(n.func), "__module__", None) or "").partition(".")[0] in LIBRARIES:
            harmless.update(map(id, (*n.args, *(k.value for k in n.keywords))))
        elif isinstance(n, gast.For | gast.comprehension):
            harmless.add(id(n.iter))
        elif isinstance(n, gast.BinOp):
            harmless.update((id(n.left), id(n.right)))
    read = [n for n in gast.walk(function) if names and isinstance(n, gast.Name) and isinstance(n.ctx, gast.Load) and n.id in names]
    changed = [n for n in gast.walk(function) if isinstance(n, gast.AugAssign) and getattr(n.target, "id", "") in names]
    return bool(changed) or any(id(n) not in harmless for n in read)


def _bound_once(stmt: Any, stored: list[Any], outer: set[str]) -> bool:
    """Whether the name, and those that its value reads, mean the same wherever they are read."""
    read = [n.id for n in gast.walk(stmt.value) if isinstance(n, gast.Name)]
    own = [n for n in stored if n.id == stmt.targets[0].id]
    own += own if stmt.targets[0].id in outer else []  # it is read elsewhere, too
    others = [[n for n in stored if n.id == name] for name in read]
    return len(own) == 1 and all(len(o) <= 1 and all(_at(n) <= _at(stmt) for n in o) for o in others) and stmt.targets[0].id not in read


def _reads(function: Any, stmt: Any, once: bool) -> list[tuple[Any, str, int | None]]:
    """Where the name is read, all behind the statement; none if it is read elsewhere, too, or more than ``once``."""
    found: list[tuple[Any, str, int | None]] = []
    sound = True

    def visit(node: Any, loops: tuple[Any, ...]) -> None:
        nonlocal sound
        if node is stmt:
            home.append(loops)
        for name, value in gast.iter_fields(node):
            for k, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if not isinstance(child, gast.AST):
                    continue
                first = name == "iter" or (name == "generators" and k == 0)  # what a loop goes over is worked out before it
                inner = (*loops, node) if isinstance(node, LOOPS) and not first else loops
                if isinstance(child, gast.Name) and child.id == stmt.targets[0].id and isinstance(child.ctx, gast.Load):
                    found.append((node, name, k))
                    places.append(loops if isinstance(node, gast.comprehension) else inner)
                    called = isinstance(node, gast.Call) and name == "func"
                    sound = sound and _at(child) > _at(stmt) and (called or isinstance(stmt.value, gast.Call))
                visit(child, inner)

    home: list[tuple[Any, ...]] = []
    places: list[tuple[Any, ...]] = []
    visit(function, ())
    if once and (len(found) != 1 or places != home):
        return []
    return found if sound and home else []


def _is_name(node: Any) -> bool:
    """Whether it is a literal that names an attribute: one that Python does not write otherwise inside of a class."""
    name = getattr(node, "value", None) if isinstance(node, gast.Constant) else None
    return isinstance(name, str) and name.isidentifier() and not name.startswith("__")


def _at(node: Any) -> tuple[int, int]:
    return node.lineno, node.col_offset


# ------------------------------------------------------------------------------------------------------------- spelling


class _Spelled(gast.NodeTransformer):
    def __init__(self, static: Callable[[Any], Any], states: frozenset[str]) -> None:
        self.static, self.states = static, states

    def bare(self, node: Any) -> Any:
        """What a loop goes over: whoever goes through it asks for an iterator itself."""
        while isinstance(node, gast.Call) and len(node.args) == 1 and not node.keywords and self.static(node.func) is iter:
            node = node.args[0]
        return node

    def visit_For(self, node: Any) -> Any:
        self.generic_visit(node)
        node.iter = self.bare(node.iter)
        return node

    visit_comprehension = visit_For

    def visit_Expr(self, node: Any) -> Any:
        """``a.__setitem__(i, v)`` is a write, and so is ``setattr(m, "w", v)``."""
        call = node.value
        if isinstance(call, gast.Call) and len(call.args) == 3 and not call.keywords and self.static(call.func) in (setattr, object.__setattr__):
            owner, name, value = call.args
            if _is_name(name):
                return self.generic_visit(placed(gast.Assign([gast.Attribute(owner, name.value, gast.Store())], value, None), node))
        name = call.func.attr if isinstance(call, gast.Call) and isinstance(call.func, gast.Attribute) else ""
        if name == "__setitem__" and self.is_plain(call, 2):
            target = gast.Subscript(call.func.value, call.args[0], gast.Store())
            return self.generic_visit(placed(gast.Assign([target], call.args[1], None), node))
        if name == "__delitem__" and self.is_plain(call, 1):
            return self.generic_visit(placed(gast.Delete([gast.Subscript(call.func.value, call.args[0], gast.Del())]), node))
        return self.generic_visit(node)

    def is_plain(self, call: Any, count: int) -> bool:
        """Whether a method of a value, not of a class, is given that many arguments."""
        plain = len(call.args) == count and not call.keywords and not any(isinstance(a, gast.Starred) for a in call.args)
        above = isinstance(call.func.value, gast.Call) and getattr(call.func.value.func, "id", "") == "super"
        return plain and not above and not isinstance(self.static(call.func.value), type) and self.static(call.func) is None

    def visit_Call(self, node: Any) -> Any:
        self.generic_visit(node)
        named = isinstance(node.func, gast.Name) and len(node.args) == 2 and not node.keywords and _is_name(node.args[1])
        if named and self.static(node.func) is getattr:
            return placed(gast.Attribute(node.args[0], node.args[1].value, gast.Load()), node)
        if isinstance(node.func, gast.Attribute) and node.func.attr.startswith("__") and node.func.attr.endswith("__"):
            made = self.operator(node.func.attr[2:-2], node)
            return node if made is None else placed(made, node)
        return self.with_words(node) if [k.arg for k in node.keywords] == [None] and self.static(node.func) is np.seterr else node

    def with_words(self, node: Any) -> Any:
        """``np.seterr(**old)`` with the keywords written out, where they are known."""
        old = node.keywords[0].value
        if getattr(old, "id", "") in self.states:
            node.keywords = [gast.keyword(k, gast.Subscript(copy.deepcopy(old), gast.Constant(k, None), gast.Load())) for k in STATES]
        return placed(node, node)

    def operator(self, name: str, node: Any) -> Any:
        """The operator that such a method is; None if it is none."""
        owner = node.func.value
        if self.is_plain(node, 0):
            if name in UNARY:
                return gast.UnaryOp(UNARY[name](), owner)
            return gast.Call(load(f"builtins.{name}"), [owner], []) if name in ASKED else None
        if not self.is_plain(node, 1):
            return None
        (other,) = node.args
        if name in BINARY:
            return gast.BinOp(owner, BINARY[name](), other)
        if name[:1] == "r" and name[1:] in BINARY:
            return gast.BinOp(other, BINARY[name[1:]](), owner)
        if name in COMPARED:
            return gast.Compare(owner, [COMPARED[name]()], [other])
        if name == "contains":
            return gast.Compare(other, [gast.In()], [owner])
        return gast.Subscript(owner, other, gast.Load()) if name == "getitem" else None
