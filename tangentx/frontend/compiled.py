"""Whether a code object is what the lines of its file say now: a file that was edited after its import holds another function.

    x * 2.0    (imported)        x * 3.0    (in the file now)    ==>    False

The whole file is compiled, so that closures, private names and ``__future__`` imports mean what they meant.  What pytest puts in
the place of an ``assert`` is passed over.
"""

from __future__ import annotations
import __future__

import ast
import dis
import functools
import operator
import types
from typing import Any

from tangentx.ir.homes import code_within

__all__ = ["alike", "holds"]

FUTURE = functools.reduce(operator.or_, (getattr(__future__, name).compiler_flag for name in __future__.all_feature_names))

# id of a file's lines, compiler flags -> the lines (so that the id stays theirs), its code objects by name and line, the lines of asserts
Compiled = tuple[list[str], dict[tuple[str, int], list[types.CodeType]], frozenset[int]]
_COMPILED: dict[tuple[int, int], Compiled] = {}


def holds(lines: list[str], code: types.CodeType) -> bool:
    """Whether one of the functions that these lines define compiles to that code."""
    _, codes, asserts = _compiled(lines, code.co_flags & FUTURE)
    found = codes.get((code.co_name, code.co_firstlineno), [])
    return any(alike(one, code) for one in found) or (_is_rewritten(code) and any(_alike_but(one, code, asserts) for one in found))


def _is_rewritten(code: types.CodeType) -> bool:
    """Whether pytest has put something else in the place of an ``assert``."""
    return any(name.startswith("@py") for one in code_within(code) for name in (*one.co_varnames, *one.co_names, *one.co_cellvars))


def alike(a: types.CodeType, b: types.CodeType) -> bool:
    """Whether two code objects do the same."""
    if (a.co_code, a.co_names, a.co_varnames, a.co_freevars) != (b.co_code, b.co_names, b.co_varnames, b.co_freevars):
        return False
    if len(a.co_consts) != len(b.co_consts):
        return False
    return all(_same_constant(x, y) for x, y in zip(a.co_consts, b.co_consts, strict=True))


def _same_constant(x: Any, y: Any) -> bool:
    if isinstance(x, types.CodeType) and isinstance(y, types.CodeType):
        return alike(x, y)
    return type(x) is type(y) and (x == y if isinstance(x, frozenset) else repr(x) == repr(y))


def _compiled(lines: list[str], flags: int) -> Compiled:
    known = _COMPILED.get((id(lines), flags))
    if known is not None and known[0] is lines:
        return known
    codes: dict[tuple[str, int], list[types.CodeType]] = {}
    asserts: frozenset[int] = frozenset()
    try:
        tree = ast.parse("".join(lines))
        allow = flags | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT  # the cells of notebooks
        module = compile(tree, "<lines>", "exec", allow, dont_inherit=True)
    except (SyntaxError, ValueError):
        pass
    else:
        asserts = frozenset(n for s in ast.walk(tree) if isinstance(s, ast.Assert) for n in range(s.lineno, (s.end_lineno or s.lineno) + 1))
        for code in code_within(module):
            codes.setdefault((code.co_name, code.co_firstlineno), []).append(code)
    if len(_COMPILED) > 64:
        _COMPILED.clear()
    _COMPILED[id(lines), flags] = found = (lines, codes, asserts)
    return found


def _alike_but(a: types.CodeType, b: types.CodeType, passed: frozenset[int]) -> bool:
    """Whether two code objects do the same on all lines but these; how they jump over those is not compared."""
    one, other = _by_line(a, passed), _by_line(b, passed)
    if one.keys() != other.keys():
        return False
    for line in one:
        if len(one[line]) != len(other[line]):
            return False
        for (name, x), (other_name, y) in zip(one[line], other[line], strict=True):
            same = _alike_but(x, y, passed) if isinstance(x, types.CodeType) and isinstance(y, types.CodeType) else _same_constant(x, y)
            if name != other_name or not same:
                return False
    return True


def _by_line(code: types.CodeType, passed: frozenset[int]) -> dict[int, list[tuple[str, Any]]]:
    """What is done on each line."""
    found: dict[int, list[tuple[str, Any]]] = {}
    line = code.co_firstlineno
    for step in dis.get_instructions(code):
        starts = getattr(step, "line_number", step.starts_line)  # a flag from Python 3.13 on
        line = line if starts is None else int(starts)
        jumps = "JUMP" in step.opname or step.opname == "FOR_ITER"
        if line in passed or (jumps and "_IF_" not in step.opname) or step.opname in ("NOP", "EXTENDED_ARG", "RETURN_VALUE"):
            continue
        if "_CONST" not in step.opname or step.argval is not None:  # the None of an end without return
            name = step.opname.replace("_CHECK", "").replace("_BORROW", "")
            found.setdefault(line, []).append((name, None if jumps else step.argval))
    return found
