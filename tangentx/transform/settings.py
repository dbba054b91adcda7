"""Settings: what a walk over a function finds to be necessary for its memory, so that it has to begin anew.

x[0] = e        x is a parameter: ``copied``, and the walk begins again        ==>        x.1 = x.copy(); x.2 = store x.1[0] = e
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tangentx.ir.nodes import Var

__all__ = ["Again", "Settings"]


@dataclass
class Settings:
    """What a walk found to be necessary; the next walk starts with it."""

    copied: dict[Var, None] = field(default_factory=dict)  # parameters that are written to
    stores: dict[Var, None] = field(default_factory=dict)  # x += e that has to be a write, since x has another name
    indexed: dict[Var, None] = field(default_factory=dict)  # items of loops that have to be read by index
    apart: dict[tuple[Var, Var], str] = field(default_factory=dict)  # (a parameter that is written, another that is read then) -> by which check
    distinct: dict[Var, None] = field(default_factory=dict)  # parameters whose items are written by their own names
    viewed: dict[Var, None] = field(default_factory=dict)  # items of tuples that are written: for ever in their place, so parts of these
    points: dict[Var, None] = field(default_factory=dict)  # x += e that makes a number of an array of shape (), where that would count
    inside: bool = False  # whether an object that stands in a container is written
    guarded: dict[tuple[Var, Var], str] = field(default_factory=dict)  # (a region of a block, what a write to it must not reach) -> by which check

    def known(self) -> tuple[object, ...]:
        """All that was found up to now, to see whether there is more."""
        return tuple(dict(found) if isinstance(found, dict) else found for found in vars(self).values())


class Again(Exception):
    """The settings have grown: walk once more."""
