"""From the IR to a function on disk: out of SSA, names, text, cache, load."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from tangentx.ir.nodes import Program, Var

__all__ = ["Emitted", "emit"]


class Emitted(NamedTuple):
    """A printed program: its text; ``lines[generated line] = (label, file, line, text)``; ``names[function][value]``; ``given``, the
    parameters of ``enclosing`` that are no cells, and what each stands for; ``modules``, what it imports."""

    text: str
    lines: dict[int, tuple[str, str, int, str]]
    names: dict[str, dict[Var, str]]
    given: dict[str, Any]
    modules: tuple[str, ...]


def emit(program: Program, *, line_length: int = 100, format: bool = True, annotations: bool = False) -> Emitted:
    """The module of a program as text; ``format=False`` leaves black out, ``annotations`` keeps those of parameters."""
    from tangentx.backend.passes import with_checks_passed
    from tangentx.backend.python import to_source  # astor is needed for printing only, not for loading

    return Emitted(*to_source(with_checks_passed(program), line_length, format, annotations))
