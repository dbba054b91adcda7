"""Finds the def or the lambda that a code object was compiled from, among the lines of its file.

@scale                      code.co_firstlineno == 1 (the decorator's line), code.co_name == "f"
def f(x): ...       ==>     gast.FunctionDef f, lines and columns as in the file
"""

from __future__ import annotations

import ast
import inspect
import types
from typing import Any

import gast

from tangentx.frontend.compiled import alike, holds
from tangentx.frontend.private import with_private_names

__all__ = ["find_def", "find_lambda"]

# a lambda and the name that it was given
Found = tuple[ast.Lambda, str]

# id of a file's lines -> the lines (so that the id stays theirs) and the file's lambdas by line
_LAMBDAS: dict[int, tuple[list[str], dict[int, list[Found]]]] = {}


def find_def(lines: list[str], code: types.CodeType, qualname: str = "") -> Any:
    """The ``gast.FunctionDef`` that starts at the code's first line and compiles to that code, or None."""
    first = code.co_firstlineno - 1
    if not 0 <= first < len(lines):
        return None
    block = inspect.getblock(lines[first:])
    indented = block[0][:1].isspace()
    text = "\n" * (first - 1) + "if 1:\n" + "".join(block) if indented else "\n" * first + "".join(block)
    if indented and first == 0:
        return None
    try:
        tree = gast.parse(text)
    except SyntaxError:
        return None
    node = tree.body[0].body[0] if indented else tree.body[0]
    if not isinstance(node, gast.FunctionDef | gast.AsyncFunctionDef) or node.name != code.co_name:
        return None
    node = with_private_names(node, code, qualname)
    return node if _parameters(node.args) == _code_parameters(code) and holds(lines, code) else None


def _parameters(args: Any) -> list[str]:
    """The parameters in the order of ``co_varnames``."""
    names = [*args.posonlyargs, *args.args, *args.kwonlyargs, *([args.vararg] if args.vararg else []), *([args.kwarg] if args.kwarg else [])]
    return [getattr(a, "id", None) or a.arg for a in names]


def _code_parameters(code: types.CodeType) -> list[str]:
    count = code.co_argcount + code.co_kwonlyargcount + bool(code.co_flags & inspect.CO_VARARGS) + bool(code.co_flags & inspect.CO_VARKEYWORDS)
    return list(code.co_varnames[:count])


def find_lambda(lines: list[str], code: types.CodeType) -> tuple[Any, str]:
    """The ``gast.Lambda`` of a code object and the name it was given (``f`` when it has none); (None, "") if it is not there.

    Several lambdas of one line are told apart by the columns of the code's instructions (by its bytes before Python 3.11).
    """
    found = [pair for pair in _lambdas(lines).get(code.co_firstlineno, ()) if _parameters(pair[0].args) == _code_parameters(code)]
    if len(found) > 1:
        found = [pair for pair in found if _covers(pair[0], code)]
        found.sort(key=lambda pair: (pair[0].end_lineno or 0, pair[0].end_col_offset or 0, -pair[0].col_offset))
    same = [pair for pair in found if _same_code(pair[0], code)]
    if not same and hasattr(code, "co_positions") and holds(lines, code):
        same = found[:1]  # its columns tell it from others, and it compiles to this code as part of its file
    return (gast.ast_to_gast(same[0][0]), same[0][1]) if same else (None, "")


def _lambdas(lines: list[str]) -> dict[int, list[Found]]:
    """Every lambda of a file by its line; linecache hands out the same list as long as the file is the same."""
    known = _LAMBDAS.get(id(lines))
    if known is not None and known[0] is lines:
        return known[1]
    found: dict[int, list[Found]] = {}
    try:
        tree = ast.parse("".join(lines))
    except SyntaxError:
        return found
    names: dict[ast.AST, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            names[node.value] = node.targets[0].id  # f = lambda x: ... is called f
        elif isinstance(node, ast.Lambda):
            found.setdefault(node.lineno, []).append((node, names.get(node, "f")))
    if len(_LAMBDAS) > 64:
        _LAMBDAS.clear()
    _LAMBDAS[id(lines)] = (lines, found)
    return found


def _covers(node: ast.Lambda, code: types.CodeType) -> bool:
    """Whether every instruction of the code lies inside the lambda's body (always True before Python 3.11)."""
    if not hasattr(code, "co_positions"):
        return True
    body = node.body
    start, end = (body.lineno, body.col_offset), (body.end_lineno, body.end_col_offset)
    for line, end_line, column, end_column in code.co_positions():
        if None in (line, end_line, column, end_column) or (column == end_column == 0):
            continue
        if (line, column) < start or (end_line, end_column) > end:
            return False
    return True


def _same_code(node: ast.Lambda, code: types.CodeType) -> bool:
    """Whether the lambda compiles to that code; its free names are made cells by a function around it."""
    free = ast.arguments([], [ast.arg(name) for name in code.co_freevars], None, [], [], None, [])
    around = ast.fix_missing_locations(ast.FunctionDef("around", free, [ast.Return(node)], [], None, None))
    if hasattr(around, "type_params"):
        around.type_params = []
    try:
        module = compile(ast.Module([around], []), "<lambda>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, TypeError):
        return False
    outer = next(c for c in module.co_consts if isinstance(c, types.CodeType))
    return any(isinstance(c, types.CodeType) and alike(c, code) for c in outer.co_consts)
