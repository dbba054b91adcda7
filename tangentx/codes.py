"""What stands in code objects: the names that they use, the modules that they import, the lines that they came from.

def f(x):
    from model import act         names: model, act; imported: the module model
    return act(x)
"""

from __future__ import annotations

import dis
import functools
import hashlib
import importlib
import importlib.util
import linecache
import os
import re
import sys
import types
from collections.abc import Iterator
from typing import Any

from tangentx.ir.homes import code_within, is_installed

__all__ = ["asked_of_globals", "code_digest", "foreign", "imported", "names_of", "noted", "source_of"]

_FOREIGN = frozenset({"numpy", "scipy", "cupy", "tangentx"})  # their version stands for them
IMPORT = dis.opmap["IMPORT_NAME"]
LOAD_GLOBAL = dis.opmap["LOAD_GLOBAL"]
SHIFT = int(sys.version_info >= (3, 11))  # since then the last bit of its argument says something else
BY_TEXT = {"getattr", "hasattr", "attrgetter", "methodcaller"}  # who uses them names attributes in texts


def names_of(code: types.CodeType) -> dict[str, None]:
    """The names that the code and the functions inside it use, but for plain locals."""
    found = dict.fromkeys(name for inner in code_within(code) for name in (*inner.co_names, *inner.co_freevars))
    if BY_TEXT.isdisjoint(found):
        return found
    texts = [c for inner in code_within(code) for c in inner.co_consts if isinstance(c, str) and re.fullmatch(r"[\w.]+", c)]
    return found | dict.fromkeys(part for text in texts for part in text.split("."))


def asked_of_globals(code: types.CodeType) -> dict[str, None]:
    """The names that the code and the functions inside it look up among the globals, and then the builtins."""
    found: dict[str, None] = {}
    for inner in code_within(code):
        high = 0
        for step, low in zip(inner.co_code[::2], inner.co_code[1::2]):
            if step == LOAD_GLOBAL:
                found[inner.co_names[(high << 8 | low) >> SHIFT]] = None
            high = high << 8 | low if step == dis.EXTENDED_ARG else 0
    return found


def noted(fn: types.FunctionType) -> list[str]:
    """The names in annotations that are texts."""
    return [name for note in fn.__annotations__.values() if isinstance(note, str) for name in re.findall(r"\w+", note)]


def imported(fn: types.FunctionType) -> Iterator[types.ModuleType]:
    """The modules of the user's that a function imports where it stands: those are what it depends on, so they are loaded now."""
    for code in code_within(fn.__code__):
        if IMPORT not in code.co_code[::2] or is_installed(code.co_filename):
            continue
        steps = [step for step in dis.get_instructions(code) if step.opname != "EXTENDED_ARG"]
        for level, wanted, step in zip(steps, steps[1:], steps[2:]):
            if step.opname == "IMPORT_NAME":
                yield from _loaded(fn.__globals__.get("__package__") or "", int(level.argval or 0), step.argval, wanted.argval or ())


def _loaded(package: str, level: int, name: str, wanted: tuple[str, ...]) -> Iterator[types.ModuleType]:
    try:
        full = importlib.util.resolve_name("." * level + name, package) if level else name
        if (
            foreign(full)
            or full not in sys.modules
            and is_installed(getattr(importlib.util.find_spec(full.partition(".")[0]), "origin", None) or "")  # a library does not change
        ):
            return
        module = importlib.import_module(full)
        for part in wanted:
            if part != "*" and hasattr(module, "__path__") and not hasattr(module, part):
                importlib.import_module(f"{full}.{part}")
        yield from (module,) if wanted else (module, sys.modules[full.partition(".")[0]])
    except Exception:  # whoever compiles or calls the function says what is wrong
        return


def code_digest(code: types.CodeType) -> str:
    """The hash of what the code does; tells two lambdas of one line apart, and code from a file that has changed since."""
    parts = [code.co_code.hex(), repr(code.co_names), repr(code.co_varnames), repr(code.co_freevars)]
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            parts.append(code_digest(constant))
        else:
            parts.append(repr(sorted(map(repr, constant))) if isinstance(constant, frozenset) else repr(constant))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def source_of(code: types.CodeType, scope: dict[str, Any]) -> str:
    """Place and text of the lines that the code came from: comments are printed again, and headers name the lines."""
    linecache.checkcache(code.co_filename)
    lines = linecache.getlines(code.co_filename, scope)
    last = _last_line(code)
    return f"{code.co_filename}:{code.co_firstlineno}\n" + "".join(lines[max(0, code.co_firstlineno - 1) : last])


def _last_line(code: types.CodeType) -> int:
    return max((line for inner in code_within(code) for *_, line in inner.co_lines() if line is not None), default=0)


@functools.cache
def foreign(module: Any) -> bool:
    """Whether a module belongs to Python or to a library that the rulebook describes; a compiled class may have no name for it."""
    if not isinstance(module, str):
        return True
    top = module.partition(".")[0]
    if top in _FOREIGN or top in sys.builtin_module_names:
        return True
    path = getattr(sys.modules.get(top), "__file__", None) or ""
    standard = os.path.dirname(os.__file__)
    return top in sys.stdlib_module_names and os.path.dirname(path).startswith(standard) and not is_installed(path)
