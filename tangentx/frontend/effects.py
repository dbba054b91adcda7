"""Whether a function that is called as a statement writes into something: then its effect would be lost in the derivative.

    def store(a, v):
        a[0] = v

    def f(x):
        y = np.zeros(2)
        store(y, x)        ==>      UnsupportedSyntax: store writes into something that is not its own
        return y.sum()

Judged by its bytecode and that of the functions it calls by name, so that a function without source can be judged, too.
It errs on the side of refusing: an array of its own that it writes into and throws away counts.
"""

from __future__ import annotations

import ast
import dis
import inspect
import textwrap
import types
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np

from tangentx.ir.nodes import Call, Method, Ref
from tangentx.rules.mutators import CHANGES_ITS_OBJECT, WRITES_ITS_ARGUMENT

__all__ = ["call_text", "effect_is_lost", "writes"]

STORES = ("STORE_SUBSCR", "STORE_SLICE", "DELETE_SUBSCR", "STORE_ATTR", "DELETE_ATTR", "STORE_GLOBAL", "DELETE_GLOBAL")
METHODS = frozenset({*CHANGES_ITS_OBJECT, *WRITES_ITS_ARGUMENT["numpy"], *WRITES_ITS_ARGUMENT["builtins"], *WRITES_ITS_ARGUMENT["operator"]})
OUTPUTS = frozenset({"out", "output", "copy"})
LIBRARIES = ("tangentx", "numpy", "scipy", "cupy", "logging", "warnings", "time", "math")


def effect_is_lost(call: Call) -> bool:
    """Whether a call whose value nobody wants writes into something that its body does not show."""
    if isinstance(call.fn, Method):
        owner = call.args[0]
        known = isinstance(owner, Ref) and not isinstance(getattr(type(owner.obj), call.fn.name, None), types.FunctionType)
        return known and writes(getattr(type(owner.obj), call.fn.name, None))  # type: ignore[union-attr]
    return False  # what a function or method writes into is seen where its body is


def call_text(call: Call) -> str:
    """How a message names what is called."""
    return f"the method .{call.fn.name}()" if isinstance(call.fn, Method) else getattr(call.fn, "text", "the function")


def writes(function: Any) -> bool:
    """Whether calling the function changes something by an item, an attribute, a global or an operation in place."""
    seen: dict[types.CodeType, None] = {}
    stack = [function]
    while stack:
        function = stack.pop()
        if not isinstance(function, types.FunctionType) or (function.__module__ or "").partition(".")[0] in LIBRARIES:
            continue
        for code in _codes(function.__code__):
            if code in seen:
                continue
            seen[code] = None
            if METHODS & set(code.co_names) or _gives_out(code) or any(_stores(step) for step in dis.get_instructions(code)):
                return True
            stack.extend(function.__globals__.get(name) for name in code.co_names)
            stack.extend(_methods(function.__globals__, code.co_names))
            stack.extend(_contents(cell) for cell in function.__closure__ or ())
    return False


def _methods(there: dict[str, Any], names: tuple[str, ...]) -> list[Any]:
    """The methods with these names of the classes that a function knows: of one of them may be the object whose method it calls."""
    classes = [c for c in there.values() if isinstance(c, type) and (c.__module__ or "").partition(".")[0] not in LIBRARIES]
    return [vars(c)[name] for c in classes for name in names if name in vars(c)]


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _codes(constant)


@lru_cache(maxsize=1024)
def _gives_out(code: types.CodeType) -> bool:
    """Whether it gives a call an array to write into: ``out=``, or ``np.add(x, y, out)``."""
    keywords = {name for constant in code.co_consts if isinstance(constant, tuple) for name in constant if isinstance(name, str)}
    if not OUTPUTS.isdisjoint(keywords):
        return True
    ufuncs = {name: found.nin for name in code.co_names if isinstance(found := getattr(np, name, None), np.ufunc)}
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(code))) if ufuncs else None
    except (OSError, TypeError, SyntaxError):  # what cannot be read is refused where its derivative is needed; a lambda may stand in a line
        return True
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)] if tree is not None else []
    return any(len(call.args) > ufuncs.get(getattr(call.func, "attr", getattr(call.func, "id", "")), len(call.args)) for call in calls)


def _stores(step: dis.Instruction) -> bool:
    return step.opname in STORES or step.opname.startswith("INPLACE_") or (step.opname == "BINARY_OP" and step.argrepr.endswith("="))


def _contents(cell: types.CellType) -> Any:
    try:
        return cell.cell_contents
    except ValueError:
        return None
