"""Texts of statements and comments by line, for ``Place``; positions for nodes of our own.

# the loss                                  texts[(2, 4)] == "y = x * x"
y = x * x  # a square           ==>         comments[2] == (("# the loss",), "# a square")
"""

from __future__ import annotations

import io
import tokenize
from typing import Any

import gast

__all__ = ["Comments", "placed", "read_comments", "statement_texts"]

# line of a statement -> (comment lines above it, the comment behind it)
Comments = dict[int, tuple[tuple[str, ...], str]]

HEADERS = {"If": "test", "While": "test", "For": "iter"}


def placed(new: Any, old: Any) -> Any:
    """The new node, with the position of the old one wherever it has none."""
    for part in gast.walk(new):
        if getattr(part, "lineno", None) is None:
            gast.copy_location(part, old)
    return new


def statement_texts(lines: list[str], function: Any) -> dict[tuple[int, int], str]:
    """The text of each statement on one line, by its start; of a compound one the header only, of a lambda the whole of it."""
    stack, found = [function], {}
    while stack:
        node = stack.pop()
        if isinstance(node, gast.stmt | gast.Lambda | gast.ExceptHandler):
            found[node.lineno, node.col_offset] = _text(lines, node)
        for block in ("body", "handlers", "orelse", "finalbody", "cases"):
            inner = getattr(node, block, ())
            stack.extend(inner if isinstance(inner, list) else ())
    return found


def _text(lines: list[str], node: Any) -> str:
    header = HEADERS.get(type(node).__name__)
    if header is not None:
        last = getattr(node, header)
        text = _cut(lines, node.lineno, node.col_offset, last.end_lineno, last.end_col_offset)
        behind = _cut(lines, last.end_lineno, last.end_col_offset, node.body[0].lineno, node.body[0].col_offset)
        return _one_line(text + behind[: behind.find(":") + 1])
    if isinstance(node, gast.Match):
        return _one_line(_cut(lines, node.lineno, node.col_offset, node.subject.end_lineno, node.subject.end_col_offset) + ":")
    if isinstance(node, gast.FunctionDef | gast.AsyncFunctionDef | gast.ClassDef | gast.With | gast.Try | gast.ExceptHandler):
        text = _cut(lines, node.lineno, node.col_offset, node.body[0].lineno, node.body[0].col_offset)
        return _one_line(text[: text.rfind(":") + 1])
    return _one_line(_cut(lines, node.lineno, node.col_offset, node.end_lineno, node.end_col_offset))


def _cut(lines: list[str], line: int, column: int, end_line: int, end_column: int) -> str:
    taken = [x.encode() for x in lines[line - 1 : end_line]]
    taken[-1] = taken[-1][:end_column]
    taken[0] = taken[0][column:]
    return b"".join(taken).decode(errors="replace")


def _one_line(text: str) -> str:
    """Whitespace between words is one space; comments inside are left out, a parenthesis keeps no space around its inside."""
    if "\n" not in text:
        return text.strip()
    parts = [line.split("#")[0] if line.count('"') + line.count("'") == 0 else line for line in text.splitlines()]
    joined = " ".join(" ".join(parts).split())
    for bracket in "([{":
        joined = joined.replace(f"{bracket} ", bracket)
    for bracket in ")]}":
        joined = joined.replace(f", {bracket}", bracket).replace(f" {bracket}", bracket)
    return joined


def read_comments(lines: list[str], node: Any) -> Comments:
    """The comments of a function, attached to the statement below them or on their line."""
    text = lines[node.lineno - 1 : node.end_lineno]
    if not any("#" in line for line in text) or isinstance(node, gast.Lambda):
        return {}
    above: list[str] = []
    waiting: tuple[str, ...] = ()
    found: Comments = {}
    start, fresh = 0, True
    try:
        for token in tokenize.generate_tokens(io.StringIO("".join(text)).readline):
            line = token.start[0] + node.lineno - 1
            if token.type == tokenize.COMMENT and fresh:
                above.append(token.string)
            elif token.type == tokenize.COMMENT:
                found[start] = (waiting, token.string)
            elif token.type == tokenize.NEWLINE:
                fresh = True
            elif fresh and token.type not in (tokenize.NL, tokenize.INDENT, tokenize.DEDENT):
                start, fresh, waiting, above = line, False, tuple(above), []
                if waiting:
                    found[start] = (waiting, "")
    except (tokenize.TokenError, IndentationError):
        pass  # an indented def ends in an odd dedent: what was read till then is right
    return found
