"""New names for a pass: the next free version of a base, and the names of adjoints and tangents."""

from __future__ import annotations

from tangentx.ir.nodes import Function, Var
from tangentx.ir.walk import defined, free_vars

__all__ = ["Fresh"]


class Fresh:
    """Hands out names that a function does not use yet.

    >>> fresh = Fresh([Var("x"), Var("x", 1)])
    >>> str(fresh("x")), str(fresh("y"))
    ('x.2', 'y')
    """

    def __init__(self, taken: list[Var] | dict[Var, None] | set[Var] = ()) -> None:  # type: ignore[assignment]
        self._next: dict[str, int] = {}
        for var in taken:
            self._next[var.base] = max(self._next.get(var.base, 0), var.version + 1)

    @classmethod
    def of(cls, function: Function) -> Fresh:
        """For a function: everything that it defines or reads is taken."""
        names = defined(function.body) | set(free_vars(function.body)) | {p.var for p in function.params} | set(function.free)
        return cls(names)

    def __call__(self, base: str) -> Var:
        version = self._next.get(base, 0)
        self._next[base] = version + 1
        return Var(base, version)

    def __contains__(self, base: str) -> bool:
        return base in self._next
