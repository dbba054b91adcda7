"""The errors of tangentx: each has a place, a caret, a reason and a way out.

UnsupportedSyntax: a generator has no value to differentiate
  File "model.py", line 12, in simulate
    12 |     yield x * x
       |     ^^^^^^^^^^^
  Collect the values in a list and return it.
"""

from __future__ import annotations

from typing import Protocol

__all__ = [
    "AliasError", "ArgumentError", "CacheError", "CotangentError", "NonScalarOutput", "NotDifferentiable", "SourceNotFound", "TangentxError",
    "UnsupportedSyntax", "WrtError", "render",
]  # fmt: skip


class PlaceLike(Protocol):
    """What an error needs to know of a place (``tangentx.ir.Place`` has it)."""

    @property
    def file(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def end_line(self) -> int: ...
    @property
    def end_column(self) -> int: ...
    @property
    def snippet(self) -> str: ...
    @property
    def function(self) -> str: ...


class TangentxError(Exception):
    """The family.  ``reason``, ``place`` and ``hint`` (the way out) are kept as attributes; ``writes``: what is refused is a write; ``own``: it is a
    method that was taken for one of a dict; ``apart``: a try of which it must be known where it has failed, and the name that is read ("": any).
    """

    writes = False
    own = False
    apart: tuple[PlaceLike, str] | None = None

    def __init__(self, reason: str, place: PlaceLike | None = None, hint: str = "") -> None:
        self.reason, self.place, self.hint = reason, place, hint
        super().__init__(render(reason, place, hint))

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.reason, self.place, self.hint))


class UnsupportedSyntax(TangentxError, NotImplementedError):
    """A construct that cannot be differentiated, or not yet."""


class NotDifferentiable(TangentxError, NotImplementedError):
    """A function without a rule and without source, or an argument of one that has no derivative."""


class AliasError(TangentxError, ValueError):
    """A write to an array that may have other names."""


class SourceNotFound(TangentxError, OSError):
    """The source of a function cannot be had."""


class ArgumentError(TangentxError, TypeError):
    """A call of a derivative, or of ``grad`` and friends, with an argument that does not fit."""


class WrtError(TangentxError, ValueError):
    """``wrt`` names no parameter of the function."""


class NonScalarOutput(TangentxError, TypeError):
    """``grad`` of a function whose value is not a scalar."""


class CotangentError(TangentxError, ValueError):
    """``init_grad`` (or a tangent) that does not have the shape or structure of the value that it belongs to."""


class CacheError(TangentxError, RuntimeError):
    """No folder to write generated modules to."""


def render(reason: str, place: PlaceLike | None = None, hint: str = "") -> str:
    """The whole message; the exception's name is put before it by Python."""
    lines = [reason]
    if place is not None and place.line:
        where = f", in {place.function}" if place.function else ""
        lines.append(f'  File "{place.file}", line {place.line}{where}')
        if place.snippet.strip():
            stripped = place.snippet.rstrip()
            number = f"{place.line}"
            end = place.end_column if place.end_line == place.line and place.end_column > place.column else len(stripped)
            lines.append(f"    {number} | {stripped}")
            lines.append(f"    {' ' * len(number)} | {' ' * place.column}{'^' * max(1, min(end, len(stripped)) - place.column)}")
    lines.extend(f"  {line}" for line in hint.splitlines())
    return "\n".join(lines)
