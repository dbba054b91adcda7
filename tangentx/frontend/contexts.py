"""Whether a context of a ``with`` may swallow the exceptions of its body: then what stands behind it may see either path.

np.errstate(...), open(...), a lock                              no
a class whose __exit__ returns nothing, or False                 no
@contextmanager def timer(): try: yield; finally: ...            no
contextlib.suppress(...), anything that is not known             yes

Judged by the object that is called (or named) in the header; by the text of its ``__exit__`` or of its generator.
"""

from __future__ import annotations

import ast
import contextlib
import inspect
import textwrap
from typing import Any

__all__ = ["may_swallow", "may_swallow_at"]

# modules whose contexts let exceptions pass, but for the classes below
TRUSTED = ("numpy", "warnings", "io", "_io", "decimal", "threading", "_thread", "multiprocessing", "tempfile", "contextlib", "time", "scipy")
SWALLOWS = (contextlib.suppress, contextlib.ExitStack)


def may_swallow(maker: Any, called: bool) -> bool:
    """For what is called in the header, or, not ``called``, for the context itself."""
    if called and inspect.isgeneratorfunction(inner := inspect.unwrap(maker)):
        return may_swallow_at(inner)
    kind = maker if isinstance(maker, type) else type(maker)
    if called and not isinstance(maker, type):
        return maker is not open
    if issubclass(kind, SWALLOWS):
        return True
    leave = getattr(kind, "__exit__", None)
    home = getattr(leave, "__module__", None) or kind.__module__
    if home.partition(".")[0] in TRUSTED:
        return False
    tree = _tree(leave)
    return tree is None or any(isinstance(n, ast.Return) and not _is_false(n.value) for n in ast.walk(tree))


def may_swallow_at(generator: Any) -> bool:
    """The same for the generator of a context."""
    return (generator.__module__ or "").partition(".")[0] not in TRUSTED and _catches_at_yield(_tree(generator))


def _catches_at_yield(tree: ast.AST | None) -> bool:
    if tree is None:
        return True
    tries = [n for n in ast.walk(tree) if isinstance(n, ast.Try) and n.handlers]
    return any(isinstance(inner, ast.Yield) for n in tries for stmt in n.body for inner in ast.walk(stmt)) or any(
        isinstance(n, ast.Return) for t in ast.walk(tree) if isinstance(t, ast.Try) for s in t.finalbody for n in ast.walk(s)
    )


def _is_false(value: ast.expr | None) -> bool:
    return value is None or (isinstance(value, ast.Constant) and value.value in (None, False))


def _tree(function: Any) -> ast.AST | None:
    try:
        return ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return None
