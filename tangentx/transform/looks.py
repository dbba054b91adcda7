"""Looks: where a name looks, what ``+=`` has changed, and what ``regions`` knows at one point of a walk.

v = u[1:]          Look(u, whole=False, call=u[1:])            v += e          Bump(time, v, v.1, block)
"""

from __future__ import annotations

from dataclasses import dataclass

from tangentx.ir.nodes import Call, Var

__all__ = ["Bump", "Look", "State"]


@dataclass(frozen=True)
class Look:
    """Where a name looks: at a whole region, or into it by ``call``; an ``item`` of a loop has none, nor has an alias.

    ``how`` is ``view`` (sure), ``maybe`` (taken for a view) or ``number`` (taken for a value of its own); the last two are
    checked at run time where it matters.
    """

    region: Var
    whole: bool = True
    call: Call | None = None
    how: str = "view"
    item: Var | None = None


@dataclass(frozen=True)
class Bump:
    """``x += e``: when, of which name, the new name, and the block where that can be seen."""

    time: int
    old: Var
    new: Var
    block: int


@dataclass(frozen=True)
class State:
    """What changes from statement to statement, at one point of the walk (see ``Regions``)."""

    current: dict[Var, Var]
    made: dict[Var, int]
    wrote: dict[Var, int]
    bumped: dict[Var, Bump]
    held: dict[Var, dict[Var, int]]
    names: dict[Var, Var]
    deep: dict[Var, int]
    within: dict[Var, int]
    stirred: dict[Var, int]
    settled: dict[Var, tuple[int, frozenset[Var]]]
    overtaken: frozenset[Var]
