"""Reads the source of a function: its text as gast, its file and lines, its globals and closure cells.

    >>> read(f)                                                                          # doctest: +SKIP
    Source(name='f', file='model.py', first=12, node=<gast.FunctionDef>, cells={'k': <cell>}, ...)

Columns and lines are those of the file: an indented def is parsed under an ``if 1:`` line, so nothing is dedented.
"""

from __future__ import annotations

import functools
import inspect
import linecache
import os
import sys
import types
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tangentx.errors import SourceNotFound
from tangentx.frontend.checkers import behind_checks
from tangentx.frontend.find import find_def, find_lambda
from tangentx.frontend.places import Comments, read_comments, statement_texts
from tangentx.frontend.stars import Shape
from tangentx.ir.homes import names_at_home
from tangentx.ir.nodes import Place

__all__ = ["Source", "plain_function", "read"]


@dataclass(eq=False)
class Source:
    """A function and its text.  ``node`` is a ``gast.FunctionDef`` or ``gast.Lambda`` with the lines and columns of the file.

    ``lines`` are all lines of the file; ``texts`` maps the start of a statement to its text on one line; ``cells`` are the
    closure cells by name; ``receiver`` is the object that a bound method was taken from; ``shape`` is the call that it is read for.
    """

    function: types.FunctionType
    node: Any
    name: str
    file: str
    path: str
    lines: list[str]
    first: int
    comments: Comments
    module: str
    qualname: str
    globals: dict[str, Any]
    cells: dict[str, Any] = field(default_factory=dict)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    receiver: Any = None
    shape: Shape | None = None

    @property
    def home(self) -> dict[str, Any] | None:
        """The globals, where the name of the module does not lead to them."""
        return names_at_home(self.module, self.globals)

    @property
    def text(self) -> str:
        """The raw lines of the function."""
        return "".join(self.lines[self.node.lineno - 1 : self.node.end_lineno])

    def place(self, node: Any, stmt: Any = None) -> Place:
        """The place of a node; ``stmt`` is the statement that it belongs to (itself when left out)."""
        if node is None or getattr(node, "lineno", None) is None:
            node = stmt if stmt is not None and getattr(stmt, "lineno", None) is not None else self.node
        stmt = node if stmt is None else stmt
        key = (stmt.lineno, stmt.col_offset)
        above, behind = self.comments.get(stmt.lineno, ((), ""))
        line, last = self._line(node.lineno), self._line(node.end_lineno)
        return Place(
            self.file, node.lineno, _chars(line, node.col_offset), node.end_lineno, _chars(last, node.end_col_offset),
            self.texts.get(key, ""), line, self.name, (), above, behind,
        )  # fmt: skip

    def segment(self, node: Any) -> str:
        """The text of an expression on one line."""
        if node is None:
            return ""
        lines = self.lines[node.lineno - 1 : node.end_lineno]
        start, end = _chars(lines[0], node.col_offset), _chars(lines[-1], node.end_col_offset)
        lines = [*lines[:-1], lines[-1][:end]]
        return " ".join("".join([lines[0][start:], *lines[1:]]).split())

    def _line(self, number: int) -> str:
        return self.lines[number - 1].rstrip("\r\n") if 0 < number <= len(self.lines) else ""


def _chars(line: str, column: int) -> int:
    """A column in characters; the parser counts in UTF-8 bytes."""
    return column if line.isascii() else len(line.encode()[:column].decode(errors="ignore"))


def plain_function(fn: Any) -> types.FunctionType:
    """The Python function behind a method, a cache or a compiled function; a function of Python's is taken as it is.

    A wrapper written in Python is *not* looked through: what it does to the value belongs to the derivative; but one of a package's
    that only checks its arguments is.

    Raises:
        SourceNotFound: there is no Python function.
    """
    while not isinstance(fn, types.FunctionType):
        if isinstance(fn, types.MethodType | staticmethod | classmethod):
            fn = fn.__func__
        elif isinstance(getattr(fn, "py_func", None), types.FunctionType):  # numba's dispatcher
            fn = fn.py_func
        elif isinstance(fn, functools._lru_cache_wrapper):
            fn = fn.__wrapped__
        else:
            raise _no_function(fn)
    return behind_checks(fn)


def _no_function(fn: Any) -> SourceNotFound:
    name = getattr(fn, "__qualname__", None) or getattr(fn, "__name__", None) or repr(fn)
    if isinstance(fn, functools.partial):
        return SourceNotFound("a functools.partial has no source of its own", hint="Write it as a lambda: lambda x: f(x, scale=2.0).")
    if isinstance(fn, type):
        return SourceNotFound(f"{name} is a class; only functions can be differentiated")
    if isinstance(fn, types.BuiltinFunctionType | types.BuiltinMethodType | types.MethodDescriptorType) or type(fn).__name__ == "ufunc":
        return SourceNotFound(f"{name} is built in: it has no Python source", hint=f"Wrap it in a function: lambda x: {name}(x).")
    if callable(fn):
        return SourceNotFound(f"an object of class {type(fn).__name__} is no plain function", hint="Write a function (or a lambda) that calls it.")
    return SourceNotFound(f"{name} is no function")


def read(fn: Callable[..., Any]) -> Source:
    """The source of a function.

    Before: a function object.  After: ``Source`` with its gast, places and names.

    Raises:
        SourceNotFound: Python cannot show the source, or the file no longer holds this function.
    """
    function = plain_function(fn)
    code = function.__code__
    lines = _lines(function)
    if code.co_name == "<lambda>":
        node, name = find_lambda(lines, code)
    else:
        node, name = find_def(lines, code, function.__qualname__), function.__name__
    if node is None:
        raise SourceNotFound(
            f"the source of {function.__qualname__} is not at line {code.co_firstlineno} of {os.path.basename(code.co_filename)}",
            hint="The file has changed since it was imported, or the function was made by exec: reload it, or put it in a file.",
        )
    path = _path(function)
    return Source(
        function, node, name, os.path.basename(path), path, lines, code.co_firstlineno, read_comments(lines, node),
        function.__globals__.get("__name__", "__main__"), function.__qualname__, function.__globals__,
        dict(zip(code.co_freevars, function.__closure__ or (), strict=True)), statement_texts(lines, node),
        fn.__self__ if inspect.ismethod(fn) else None,
    )  # fmt: skip


def _path(function: types.FunctionType) -> str:
    """The file of a function; of one of the standard library that Python has built in, collections.abc's, that which it was built from."""
    path = function.__code__.co_filename
    return str(function.__globals__.get("__file__", path)) if path.startswith("<frozen ") else path


def _lines(function: types.FunctionType) -> list[str]:
    code, path = function.__code__, _path(function)
    linecache.checkcache(path)
    lines = linecache.getlines(path, function.__globals__)
    if not lines and hasattr(linecache, "_getlines_from_code"):  # what was typed in, Python 3.14
        lines = linecache._getlines_from_code(code)
    if not lines and code.co_filename == "<string>" and function.__globals__ is vars(sys.modules["__main__"]):
        lines = _command_line()
    if not lines:
        where = "typed in or made by exec" if code.co_filename.startswith("<") else f"from {os.path.basename(code.co_filename)}"
        raise SourceNotFound(f"the source of {function.__qualname__} ({where}) is not available", hint="Put the function in a file and import it.")
    return lines


def _command_line() -> list[str]:
    """The text given by ``python -c``, which Python itself shows from 3.13 on."""
    given = sys.orig_argv
    at = next((i for i, word in enumerate(given) if word.startswith("-") and not word.startswith("--") and word.endswith("c")), len(given))
    return given[at + 1].splitlines(keepends=True) if at + 1 < len(given) else []
