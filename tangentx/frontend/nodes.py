"""The nodes that passes over syntax build again and again: names, and names that are free.

load("x")                      ==>  x         as it is read
store("x")                     ==>  x         as it is written
free_name("key", {"key"})      ==>  "key_1"
"""

from __future__ import annotations

from typing import Any

import gast

__all__ = ["free_name", "load", "store"]


def load(name: str) -> Any:
    """A name that is read; one with dots is of a module (``builtins.len``), which no variable of a user's can hide."""
    return gast.Name(name, gast.Load(), None, None)


def store(name: str) -> Any:
    """A name that is given a value."""
    return gast.Name(name, gast.Store(), None, None)


def free_name(base: str, names: set[str]) -> str:
    """The base, or the base with a number, that is not among the names; it is one of them from now on."""
    name, number = base, 1
    while name in names:
        name, number = f"{base}_{number}", number + 1
    names.add(name)
    return name
