"""Signatures: what a wrapper binds to the parameters of a function is a dict that a call of our own makes.

                                                          def given(v, scale=2.0):
                                                              return {"v": v, "scale": scale}
bound = inspect.signature(f).bind(*args, **words)
bound.apply_defaults()                             ==>    bound = given(*args, **words)
for name, value in bound.arguments.items(): ...           for name, value in bound.items(): ...
return f(*bound.args, **bound.kwargs)                     return f(bound["v"], bound["scale"])

So is a signature that has a name, in the function or around it.  Left as it stands, and refused where an argument varies: what is bound
without ``apply_defaults`` to parameters with defaults, starred parameters, defaults that are no numbers or texts, any other use.
"""

from __future__ import annotations

import copy
import inspect
import types
from collections.abc import Callable
from typing import Any

import gast

from tangentx.frontend.nodes import free_name, load, store
from tangentx.frontend.places import placed
from tangentx.frontend.scopes import bindings

__all__ = ["without_signatures"]

PLAIN = (bool, float, int, str, type(None))
READS = ("arguments", "args", "kwargs")
Static = Callable[[Any], Any]


def without_signatures(node: Any, static: Static) -> Any:
    """A copy of a function's tree without such calls; ``static`` gives the object that an expression means, where it is known."""
    if isinstance(node, gast.Lambda) or not any(isinstance(n, gast.Attribute) and n.attr == "bind" for n in gast.walk(node)):
        return node
    given = [name for name, _ in bindings(node)]
    once = {name for name in given if given.count(name) == 1}
    node = copy.deepcopy(node)
    names = {n.id for n in gast.walk(node) if isinstance(n, gast.Name)} | {*given}
    values = {s.targets[0].id: s.value for s in gast.walk(node) if _is_simple(s) and s.targets[0].id in once}
    for block in [b for n in gast.walk(node) for b in (getattr(n, "body", None), getattr(n, "orelse", None)) if isinstance(b, list)]:
        for stmt in list(block):
            signature = _bound_to(stmt, values, static) if _is_simple(stmt) and stmt.targets[0].id in once else None
            if signature is not None and _uses_are_known(node, block, stmt, signature):
                _rewrite(node, block, stmt, signature, names)
    return node


def _is_simple(stmt: Any) -> bool:
    return isinstance(stmt, gast.Assign) and len(stmt.targets) == 1 and isinstance(stmt.targets[0], gast.Name)


def _bound_to(stmt: Any, values: dict[str, Any], static: Static) -> inspect.Signature | None:
    """The signature of ``name = signature.bind(...)``, if its parameters can be written out."""
    call = stmt.value
    if not isinstance(call, gast.Call) or not isinstance(call.func, gast.Attribute) or call.func.attr != "bind":
        return None
    made = values.get(call.func.value.id, call.func.value) if isinstance(call.func.value, gast.Name) else call.func.value
    found = static(made) if isinstance(made, gast.Name) else None
    if isinstance(made, gast.Call) and static(made.func) is inspect.signature and len(made.args) == 1 and not made.keywords:
        function = static(made.args[0])
        found = inspect.signature(function) if isinstance(function, types.FunctionType) else None
    if not isinstance(found, inspect.Signature):
        return None
    params = found.parameters.values()
    starred = any(p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD) for p in params)
    return None if starred or any(p.default is not p.empty and type(p.default) not in PLAIN for p in params) else found


def _uses_are_known(node: Any, block: list[Any], stmt: Any, signature: inspect.Signature) -> bool:
    """Whether nothing is done with what is bound but to read it, and the defaults are filled in at once, where there are any."""
    name, behind = stmt.targets[0].id, block[block.index(stmt) + 1 :]
    filled = _is_filled(behind[0], name) if behind else False
    if not filled and any(p.default is not p.empty for p in signature.parameters.values()):
        return False
    reads = {id(n.value) for n in gast.walk(node) if isinstance(n, gast.Attribute) and n.attr in READS and isinstance(n.ctx, gast.Load)}
    known = reads | ({id(behind[0].value.func.value)} if filled else set())
    return all(id(n) in known for n in gast.walk(node) if isinstance(n, gast.Name) and n.id == name and isinstance(n.ctx, gast.Load))


def _is_filled(stmt: Any, name: str) -> bool:
    """Whether it is ``name.apply_defaults()``."""
    fn = stmt.value.func if isinstance(stmt, gast.Expr) and isinstance(stmt.value, gast.Call) else None
    return isinstance(fn, gast.Attribute) and fn.attr == "apply_defaults" and isinstance(fn.value, gast.Name) and fn.value.id == name


def _rewrite(node: Any, block: list[Any], stmt: Any, signature: inspect.Signature, names: set[str]) -> None:
    name, helper = stmt.targets[0].id, free_name("given", names)
    params = signature.replace(
        parameters=[p.replace(annotation=p.empty) for p in signature.parameters.values()], return_annotation=inspect.Signature.empty
    )
    items = ", ".join(f"{p!r}: {p}" for p in signature.parameters)
    (made,) = gast.parse(f"def {helper}{params}:\n    return {{{items}}}").body
    for part in gast.walk(made):
        for where in ("lineno", "col_offset", "end_lineno", "end_col_offset"):
            part.__dict__.pop(where, None)
    k = block.index(stmt)
    filled = k + 1 < len(block) and _is_filled(block[k + 1], name)
    bound = gast.Assign([store(name)], gast.Call(load(helper), stmt.value.args, stmt.value.keywords), None)
    block[k : k + 1 + filled] = [placed(made, stmt), placed(bound, stmt)]
    _Reads(name, signature).visit(node)


class _Reads(gast.NodeTransformer):
    """``bound.arguments`` is the dict, ``bound.args`` and ``bound.kwargs`` are made of its items."""

    def __init__(self, name: str, signature: inspect.Signature) -> None:
        self.name, self.signature = name, signature

    def visit_Attribute(self, node: Any) -> Any:
        self.generic_visit(node)
        if not isinstance(node.value, gast.Name) or node.value.id != self.name or node.attr not in READS:
            return node
        words = [n for n, p in self.signature.parameters.items() if (p.kind is p.KEYWORD_ONLY) == (node.attr == "kwargs")]
        items = [gast.Subscript(load(self.name), gast.Constant(n, None), gast.Load()) for n in words]
        if node.attr == "arguments":
            return placed(load(self.name), node)
        keys = [gast.Constant(n, None) for n in words]
        return placed(gast.Tuple(items, gast.Load()) if node.attr == "args" else gast.Dict(keys, items), node)
