"""Checkers: what a package's decorator checks of the arguments is no part of the derivative.

@validate_params({"X": ["array-like"]})          as scikit-learn has it: a wrapper that checks, and whose every ``return``
def rbf_kernel(X, Y=None, gamma=None):    ==>    is ``func(*args, **kwargs)``; it is the function itself that is read
    ...

A wrapper of the user's is read with the function, as it was written; so is one that changes the arguments or the value.
"""

from __future__ import annotations

import ast
import functools
import inspect
import textwrap
import types
from collections.abc import Iterator

from tangentx.ir.homes import is_installed

__all__ = ["behind_checks"]

DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def behind_checks(fn: types.FunctionType) -> types.FunctionType:
    """The function behind the wrappers of a package that hand on what they are given, and return what it returns.

    >>> behind_checks(inspect.signature) is inspect.signature
    True
    """
    while (inner := _checked(fn)) is not None:
        fn = inner
    return fn


def _checked(fn: types.FunctionType) -> types.FunctionType | None:
    """What a wrapper checks for; None if it is no such wrapper."""
    inner = getattr(fn, "__wrapped__", None)
    if not isinstance(inner, types.FunctionType) or not isinstance(fn, types.FunctionType) or not is_installed(fn.__code__.co_filename):
        return None
    cells = dict(zip(fn.__code__.co_freevars, fn.__closure__ or (), strict=True))
    names = {name for name, cell in cells.items() if _content(cell) is inner}
    return inner if _hands_on(fn.__code__, frozenset(names)) else None


def _content(cell: types.CellType) -> object:
    try:
        return cell.cell_contents
    except ValueError:
        return None


@functools.lru_cache(maxsize=1024)
def _hands_on(code: types.CodeType, names: frozenset[str]) -> bool:
    """Whether a function returns, on every way, what the function of one of these names returns for the very arguments."""
    try:
        (wrapper,) = ast.parse(textwrap.dedent(inspect.getsource(code))).body
    except (OSError, TypeError, SyntaxError, ValueError):
        return False
    if not isinstance(wrapper, ast.FunctionDef):
        return False
    given = wrapper.args
    if given.vararg is None or given.kwarg is None or given.args or given.posonlyargs or given.kwonlyargs:
        return False
    stars = given.vararg.arg, given.kwarg.arg
    nodes = list(_inside(wrapper.body))
    returns = [n for n in nodes if isinstance(n, ast.Return)]
    return (
        _leaves(wrapper.body)
        and all(_is_handed(r.value, names, stars) for r in returns)
        and not any(isinstance(n, ast.Yield | ast.YieldFrom | ast.Await | ast.Nonlocal | ast.Global) for n in nodes)
        and not any(isinstance(n, ast.Try) and any(isinstance(s, ast.Return) for s in _inside(n.finalbody)) for n in nodes)
        and not any(_changes(n, stars) for n in nodes)
    )


def _inside(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """Every node of a function's body; of what is defined in it, the definition alone."""
    stack: list[ast.AST] = list(body)
    while stack:
        node = stack.pop()
        yield node
        if not isinstance(node, DEFINES):
            stack += ast.iter_child_nodes(node)


def _is_handed(value: ast.expr | None, names: frozenset[str], stars: tuple[str, str]) -> bool:
    """Whether it is ``func(*args, **kwargs)``."""
    return isinstance(value, ast.Call) and any(ast.unparse(value) == f"{name}(*{stars[0]}, **{stars[1]})" for name in names)


def _changes(node: ast.AST, stars: tuple[str, str]) -> bool:
    """Whether the arguments may be others from here on: ``kwargs["n"] = 1``, ``kwargs.pop("n")``, ``args = args[1:]``."""
    if isinstance(node, ast.Name):
        return node.id in stars and not isinstance(node.ctx, ast.Load)
    if isinstance(node, ast.Subscript):
        return _is_star(node.value, stars) and not isinstance(node.ctx, ast.Load)
    if isinstance(node, ast.Attribute):
        return _is_star(node.value, stars) and node.attr not in ("items", "keys", "values", "get", "count", "index")
    return isinstance(node, DEFINES) and any(_is_star(n, stars) for n in ast.walk(node))


def _is_star(node: ast.AST, stars: tuple[str, str]) -> bool:
    return isinstance(node, ast.Name) and node.id in stars


def _leaves(body: list[ast.stmt]) -> bool:
    """Whether every way through ends in a ``return`` or a ``raise``."""
    last = body[-1]
    if isinstance(last, ast.If):
        return bool(last.orelse) and _leaves(last.body) and _leaves(last.orelse)
    if isinstance(last, ast.With):  # one that swallows an exception would return None, which is not differentiable
        return _leaves(last.body)
    if isinstance(last, ast.Try):
        return _leaves(last.orelse or last.body) and all(_leaves(h.body) for h in last.handlers)
    return isinstance(last, ast.Return | ast.Raise)
