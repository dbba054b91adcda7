"""Private names: inside of a class Python reads ``__x`` as ``_Class__x``, and so does the compiler.

class Model:                                class Model:
    def loss(self, x):                          def loss(self, x):
        __t = x * self.__scale       ==>            _Model__t = x * self._Model__scale
        return __t * __k                            return _Model__t * _Model__k
"""

from __future__ import annotations

import types
from typing import Any

import gast

from tangentx.ir.homes import code_within
from tangentx.ir.nodes import Call, Ref
from tangentx.ir.refs import class_ref

__all__ = ["above", "with_private_names"]


def with_private_names(node: Any, code: types.CodeType, qualname: str) -> Any:
    """The function as Python reads it, by the class around it; the node itself is changed."""
    names = {*code.co_varnames, *code.co_names, *code.co_freevars, *code.co_cellvars}
    owner = _class_around(qualname).lstrip("_")
    if owner and any(f"_{owner}__" in name for name in names) or (owner and _inner(code, f"_{owner}__")):
        return _Mangle(f"_{owner}").visit(node)
    return node


def _inner(code: types.CodeType, prefix: str) -> bool:
    """Whether a function inside of the function has such a name."""
    return any(prefix in name for c in code_within(code) if c is not code for name in (*c.co_varnames, *c.co_names))


def _class_around(qualname: str) -> str:
    """``outer.<locals>.Model.loss`` -> Model; ``Model.loss.<locals>.inner`` -> Model; ``f`` -> ""."""
    parts = qualname.split(".")
    found = [part for part, behind in zip(parts, parts[1:]) if "<locals>" not in (part, behind)]
    return found[-1] if found else ""


class _Mangle(gast.NodeTransformer):
    def __init__(self, prefix: str) -> None:
        self.prefix = prefix

    def generic_visit(self, node: Any) -> Any:
        for name in ("id", "attr", "arg", "name", "asname"):
            value = getattr(node, name, None)
            if isinstance(value, str):
                setattr(node, name, self.name(value))
        if isinstance(node, gast.Global | gast.Nonlocal):
            node.names = [self.name(n) for n in node.names]
        return super().generic_visit(node)

    def visit_ClassDef(self, node: Any) -> Any:
        return node  # it has private names of its own

    def name(self, name: str) -> str:
        return f"{self.prefix}{name}" if name.startswith("__") and not name.endswith("__") and "." not in name else name


def above(lowering: Any) -> Call:
    """``super()`` with the class and the object that Python adds."""
    cls = lowering.source.cells["__class__"].cell_contents
    me = [*lowering.source.node.args.posonlyargs, *lowering.source.node.args.args][0]
    return Call(Ref(super, "super", "builtins", "super"), (class_ref(cls), lowering.env[me.id]))
