"""Comparisons: whether a class of the user's says by true and false what ``o < x`` gives, or by something that is computed with."""

from __future__ import annotations

import ast
import dis
import functools
import inspect
import textwrap
import types
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

__all__ = ["gives_bool", "odd_comparisons"]

WORDS = ("lt", "le", "gt", "ge", "eq", "ne")
BOOLS = frozenset({
    "bool", "isinstance", "issubclass", "hasattr", "callable", "all", "any", "array_equal", "allclose", "isclose", "isfinite",
    "__lt__", "__le__", "__gt__", "__ge__", "__eq__", "__ne__",
})  # fmt: skip


def odd_comparisons(cls: Any) -> list[str]:
    """The comparisons that a class says itself, if not by true and false: ``["lt"]``."""
    found = {word: inspect.getattr_static(cls, f"__{word}__", None) for word in WORDS}
    return [word for word, own in found.items() if isinstance(own, types.FunctionType) and not gives_bool(own)]


@functools.lru_cache(maxsize=1024)
def gives_bool(function: types.FunctionType) -> bool:
    """Whether all that a comparison returns is true, false or NotImplemented for sure: by its annotation, its text, or else by its code."""
    if function.__module__ in ("functools", "dataclasses") or function.__annotations__.get("return") in (bool, "bool"):
        return True
    try:
        made = ast.parse(textwrap.dedent(inspect.getsource(function.__code__))).body[0]
    except (OSError, TypeError, SyntaxError, IndexError):
        made = None
    if isinstance(made, ast.FunctionDef):
        return all(_is_bool(value) for value in _returned(made.body))
    last = [before for before, after in pairwise(dis.get_instructions(function)) if after.opname == "RETURN_VALUE"]
    plain = ("COMPARE_OP", "CONTAINS_OP", "IS_OP", "UNARY_NOT")
    return all(s.opname in plain or s.argval is NotImplemented or s.argval in ("NotImplemented", True, False) for s in last)


def _returned(body: list[ast.stmt]) -> Iterator[ast.expr | None]:
    for stmt in body:
        if isinstance(stmt, ast.Return):
            yield stmt.value
        elif not isinstance(stmt, ast.FunctionDef | ast.ClassDef):
            for name in ("body", "orelse", "finalbody"):
                yield from _returned(getattr(stmt, name, []))
            for inner in (*getattr(stmt, "handlers", ()), *getattr(stmt, "cases", ())):
                yield from _returned(inner.body)


def _is_bool(value: ast.expr | None) -> bool:
    """Whether an expression gives true, false, an array of these, or NotImplemented; None is no number either."""
    if isinstance(value, ast.BoolOp):
        return all(map(_is_bool, value.values))
    if isinstance(value, ast.IfExp):
        return _is_bool(value.body) and _is_bool(value.orelse)
    if isinstance(value, ast.UnaryOp):
        return isinstance(value.op, ast.Not)
    if isinstance(value, ast.Call):
        return (value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")) in BOOLS
    if isinstance(value, ast.Name | ast.Constant):
        return isinstance(value, ast.Constant) and isinstance(value.value, bool) or getattr(value, "id", "") == "NotImplemented"
    return value is None or isinstance(value, ast.Compare)
