"""What is asked of the pipeline, and what it gives: the two records between ``api`` and ``pipeline``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

__all__ = ["MODES", "Derived", "Options"]

MODES = ("grad", "value_and_grad", "vjp", "jvp", "hvp")


@dataclass(frozen=True)
class Options:
    """``single``: ``wrt`` was one name, not a tuple.  ``standalone``: the text goes to a file of the user's, so what only
    a running process knows is refused.  ``optimise``: off, the passes that only make the text better are left out."""

    single: bool = True
    standalone: bool = False
    optimise: bool = True


@dataclass(frozen=True)
class Derived:
    """A derivative as text.

    ``text`` is the whole module and ``entry`` the name of the derivative in it.  If ``free`` is not empty the module has
    ``def enclosing(<names>)`` which returns the derivative; each item is ``name``, a closure cell of the user's function,
    or ``name=g.h.cell``: the cell of a closure that is reached by these names from it.
    ``lines`` maps a generated line to ``[sweep, file, line, text]``.  ``manifest`` is kept beside the file, as JSON.
    ``given`` are more parameters of ``enclosing``: what no name leads to, so only a process that derives it can say what it is.
    """

    text: str
    entry: str
    lines: dict[int, Any] = field(default_factory=dict)
    program: Any = None
    free: tuple[str, ...] = ()
    manifest: dict[str, Any] = field(default_factory=dict)
    given: dict[str, Any] = field(default_factory=dict)
