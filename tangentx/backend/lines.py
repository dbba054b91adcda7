"""The line table: what each line of the printed text belongs to.

x_times_x = x * x                                                  ("primal", "model.py", 5, "return np.log(x * x)")
# Grad of: return np.log(x * x)  [model.py:5]           ==>
x_times_x_bar = init_grad / x_times_x                              ("Grad of", "model.py", 5, "return np.log(x * x)")
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from tangentx.backend.comments import without_comments

__all__ = ["Line", "line_table"]

Line = tuple[str, str, int, str]  # label, file, line, text


def line_table(text: str, module: ast.Module) -> dict[int, Line]:
    """The line table: the statements of the printed text, in order, are those of the tree."""
    table: dict[int, Line] = {}
    for printed, node in zip(_walk(ast.parse(text).body), _walk(without_comments(module).body)):
        place = getattr(node, "place", None)
        if place is None or not place.line:
            continue
        inner = getattr(printed, "body", None)
        last = inner[0].lineno - 1 if inner else printed.end_lineno or printed.lineno
        entry = (": ".join(place.sweep) or "primal", place.file, place.line, place.text)
        for line in range(printed.lineno, max(last, printed.lineno) + 1):
            table[line] = entry
    return table


def _walk(body: Sequence[ast.stmt]) -> list[ast.stmt]:
    found: list[ast.stmt] = []
    for stmt in body:
        found.append(stmt)
        for name in ("body", "handlers", "orelse"):
            found += _walk(getattr(stmt, name, ()))
    return found
