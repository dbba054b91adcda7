"""Refuses what cannot be differentiated (or not yet), with the place, before anything is built.

    def f(x):
        yield x * x        ==>      UnsupportedSyntax: a generator has no value to differentiate

``REFUSED`` is the whole list of node types; the documentation prints it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import gast

from tangentx.errors import UnsupportedSyntax
from tangentx.frontend.scopes import outer_writes
from tangentx.frontend.source import Source
from tangentx.frontend.walrus import has_walrus
from tangentx.rules.mutators import BUILT_IN, CHANGES_ITS_SELF, WRITES_ITS_ARGUMENT, is_of_a_ufunc
from tangentx.rules.table import refusal

__all__ = ["REFUSED", "check", "refused_call", "takes_no_function"]

# type of node -> (reason, way out)
REFUSED: dict[str, tuple[str, str]] = {
    "AsyncFunctionDef": ("an async function has no value to differentiate", "Differentiate a plain function."),
    "Yield": ("a generator has no value to differentiate", "Collect the values in a list and return it."),
    "YieldFrom": ("a generator has no value to differentiate", "Collect the values in a list and return it."),
    "TryStar": ("except* is not supported", "Test for the case with if, or call the function inside the try."),
    "ClassDef": ("a class inside a function is not supported", "Define the class outside of the function."),
    "TemplateStr": ("a template string is not supported", "Use an f-string."),
}

OUTER = ("writing to a variable outside of the function is not supported", "Return the value instead.")

CARRIED = ("what an exception carries has no derivative", "Return the value, or put it into a variable, before it is raised.")
SPEAK = frozenset({"print", "str", "repr", "format", "type", "isinstance", "len"})  # they say what it is
LOGS = frozenset({"logging", "logger", "log", "LOG", "warnings"})

JUMPS = (gast.Return, gast.Break, gast.Continue)

# they read or bind the names of the function, and the derivative has others
SEES_NAMES = (eval, exec, compile, locals, globals, vars)


def takes_no_function(fn: Any, name: str) -> tuple[str, str]:
    """Why a call cannot be given a local function, and the way out: what is called may have no derivative anyway."""
    if known := refusal(fn):
        return f"{getattr(fn, 'text', name)} has no derivative: {known.reason}", known.way_out
    return f"{name} is a local function: this call cannot be given it", "Define it outside, or call it here."


def refused_call(fn: Any, positional: int, keywords: Iterable[str]) -> tuple[str, str] | None:
    """Why a call may not stand in a function, and the way out; ``fn`` is the Ref or the Method that is called.

    >>> refused_call(Ref(np.copyto, "np.copyto", "numpy", "copyto"), 2, ())[0]
    'np.copyto writes into its argument'
    """
    home, name = getattr(fn, "module", "numpy").partition(".")[0], getattr(fn, "attr", "").rpartition(".")[2]
    home = "numpy" if is_of_a_ufunc(getattr(fn, "obj", None)) else home
    if getattr(fn, "obj", None) is vars and positional:
        return "vars hands out the attributes of an object as a dict, which is not followed", "Read them by their names: layer.w."
    if any(getattr(fn, "obj", None) is f for f in SEES_NAMES):
        return f"{fn.text} sees the names of the function, and its derivative has others", "Use the variables themselves."
    if (home, name) == ("tangentx", "insert_grad_of"):
        return "insert_grad_of stands in a with statement of its own", "Write: with insert_grad_of(x) as x_bar:"
    if getattr(fn, "obj", None) in (object.__setattr__, object.__delattr__):
        return f"{fn.text} writes into its argument", "Write it by its name: self.w = w."
    if name in WRITES_ITS_ARGUMENT.get(home, ()):
        return f"{fn.text} writes into its argument", "Write into an array by index (y[index] = value), or return the new value."
    if isinstance(getattr(fn, "obj", None), BUILT_IN) and name in CHANGES_ITS_SELF:
        way_out = "Write the statement that calls it: x[i] = v." if name.startswith("__") else f"Call it as a method of that: x.{name}(...)."
        return f"{fn.text} writes into its argument", way_out
    if home == "numpy" and ("out" in keywords or positional > getattr(getattr(fn, "obj", None), "nin", positional)):
        return "out= writes into its argument", "Use the result: y = f(x)."
    return None


def check(source: Source) -> Source:
    """Returns the source if every construct of it is supported.

    Raises:
        UnsupportedSyntax: the first construct, in the order of the lines, that is not.
    """
    carried = carried_values(source.node)
    found = [node for node in _inside(source.node) if _refusal(node) is not None] + outer_writes(source.node) + carried
    if found:
        node = min(found, key=lambda n: (n.lineno, n.col_offset))
        reason, hint = _refusal(node) or (CARRIED if any(node is c for c in carried) else OUTER)
        if hasattr(source.function, "__wrapped__"):
            hint = (
                f"This is the decorator of {source.function.__name__}: differentiate {source.function.__name__}.__wrapped__, without the decorator."
            )
        raise UnsupportedSyntax(reason, source.place(node, node), hint)
    return source


def carried_values(function: Any) -> list[Any]:
    """Attributes of exceptions that were caught, read for something else than to say what they are."""
    found: list[Any] = []

    def visit(node: Any, names: frozenset[str]) -> None:
        if isinstance(node, gast.JoinedStr | gast.Raise) or (isinstance(node, gast.Call) and _speaks(node.func)):
            return
        if isinstance(node, gast.ExceptHandler) and node.name is not None:
            names |= {getattr(node.name, "id", node.name)}
        if isinstance(node, gast.Attribute) and getattr(node.value, "id", "") in names:
            found.append(node)
        for child in gast.iter_child_nodes(node):
            visit(child, names)

    visit(function, frozenset())
    return found


def _speaks(fn: Any) -> bool:
    return getattr(fn, "id", "") in SPEAK or (isinstance(fn, gast.Attribute) and getattr(fn.value, "id", "") in LOGS)


def _inside(function: Any) -> list[Any]:
    """Every node of the body; defaults, annotations and decorators are Python's business."""
    body = [function.body] if isinstance(function, gast.Lambda) else function.body
    nodes = [node for stmt in body for node in _walk(stmt)]
    return [*([function] if isinstance(function, gast.AsyncFunctionDef) else []), *nodes]


def _walk(node: Any) -> list[Any]:
    """Like ``gast.walk``, without annotations."""
    found, stack = [], [node]
    while stack:
        node = stack.pop()
        if hasattr(node, "lineno"):
            found.append(node)
        for name, value in gast.iter_fields(node):
            if name not in ("annotation", "returns", "decorator_list"):
                stack.extend([v for v in (value if isinstance(value, list) else [value]) if isinstance(v, gast.AST)])
    return found


def _refusal(node: Any) -> tuple[str, str] | None:
    kind = type(node).__name__
    if kind in REFUSED:
        return REFUSED[kind]
    if kind == "Attribute" and node.attr == "__dict__":
        return "attributes by way of __dict__ are not followed", "Write them by their names: self.w = w."
    if kind == "While" and node.orelse and has_walrus(node.test):
        return "a while that assigns in its test and has an else is not supported", "Assign before the loop, and at the end of its body."
    if kind == "Try" and (jump := next((n for s in node.finalbody for n in gast.walk(s) if isinstance(n, JUMPS)), None)):
        return f"{type(jump).__name__.lower()} in a finally is not supported", "It would end exceptions silently: move it behind the try."
    return None
