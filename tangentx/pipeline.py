"""The pipeline: the only room, with its workshop, that knows every other.

    read -> prepare (link, inline, settle, analyse) -> augment -> reverse -> remove_dead -> record -> optimise -> emit
                                                    -> forward -> remove_dead ----------> optimise -> emit

``derive`` gives the text of a derivative, ``differentiate`` the program behind it, ``stages`` every step on the way.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from tangentx import backend
from tangentx.errors import UnsupportedSyntax
from tangentx.ir.nodes import Function, Place, Program
from tangentx.ir.show import show
from tangentx.optimise.defer import defer
from tangentx.optimise.gets import with_gets
from tangentx.options import Derived, Options
from tangentx.stages import dump, rulebook
from tangentx.transform.libraries import settle_libraries
from tangentx.workshop import Workshop, differentiate

__all__ = ["derive", "differentiate", "refuse_writer", "rulebook", "stages"]

DEEPER = 10_000  # calls


def derive(fn: Callable[..., Any], mode: str, wrt: tuple[str, ...], *, options: Options) -> Derived:
    """The derivative of a function as the text of a module.

    Raises:
        TangentxError: it cannot be differentiated.
    """
    try:
        try:
            program, emitted = _derived(fn, mode, wrt, options)
        except RecursionError:
            with _deeper():
                program, emitted = _derived(fn, mode, wrt, options)
    except (RecursionError, IndentationError):  # too many levels of either
        code = getattr(fn, "__code__", None)
        place = Place(code.co_filename, code.co_firstlineno, function=code.co_name) if code is not None else None
        reason = f"{getattr(fn, '__name__', 'the function')}, or what it calls, is nested deeper than Python's stack or its indentation goes"
        way_out = "Write many terms or cases as a loop or a table, or let the stack go deeper: sys.setrecursionlimit(20000)."
        raise UnsupportedSyntax(reason, place, way_out) from None
    dump(f"{program.entry}-text", emitted.text)
    names = dict.fromkeys(v.base for f in program.functions for v in f.free)
    free = tuple(name if program.cells.get(name, name) == name else f"{name}={program.cells[name]}" for name in names)
    return Derived(emitted.text, program.entry, emitted.lines, program, free, {"modules": emitted.modules}, emitted.given)


def _derived(fn: Callable[..., Any], mode: str, wrt: tuple[str, ...], options: Options) -> tuple[Program, backend.Emitted]:
    program = differentiate(fn, mode, wrt, options)
    return program, backend.emit(last_touch(program, options))


@contextlib.contextmanager
def _deeper() -> Iterator[None]:
    """A deeper stack for a while: what writes code (sympy) writes sums of many terms, and each is a level of the tree."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, DEEPER))
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def refuse_writer(fn: Callable[..., Any]) -> None:
    """Refuses a function that writes to what it is given.

    Raises:
        UnsupportedSyntax: it does.
    """
    shop = Workshop(Options())
    shop.writers.refuse_writer(shop.read(fn))


def stages(fn: Callable[..., Any], mode: str, wrt: tuple[str, ...], options: Options) -> list[tuple[str, str]]:
    """Every stage of a derivation, in order: (name, text)."""
    log: list[tuple[str, Function]] = []
    program = differentiate(fn, mode, wrt, options, log)
    return [*((name, show(function)) for name, function in log), ("text", backend.emit(last_touch(program, options)).text)]


def last_touch(program: Program, options: Options) -> Program:
    """What only the text gets, and not the program that is differentiated again."""
    program = settle_libraries(program)
    return replace(program, functions=tuple(with_gets(defer(f)) for f in program.functions)) if options.optimise else program
