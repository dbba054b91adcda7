"""Mutators: methods and functions that are called for what they write, not for their value."""

from __future__ import annotations

import inspect
from typing import Any

__all__ = ["CHANGES_CONTAINER", "CHANGES_ITS_OBJECT", "STANDARD_WRITERS", "WRITES_ITS_ARGUMENT", "by_position", "changes"]

# methods that change their object in place: as a statement they would be lost
CHANGES_ITS_OBJECT = (
    "append", "extend", "insert", "pop", "popitem", "remove", "clear", "sort", "reverse", "update", "setdefault", "add", "discard",
    "fill", "put", "itemset", "partition", "resize", "setfield", "byteswap", "appendleft", "popleft", "extendleft", "rotate",
    "move_to_end", "subtract", "__setitem__",
)  # fmt: skip

# functions that write into what they are given: as a statement they would be lost
WRITES_ITS_ARGUMENT = {
    "numpy": ("copyto", "put", "place", "putmask", "put_along_axis", "fill_diagonal", "shuffle", "at"),
    "builtins": ("setattr", "delattr"),
    "operator": ("setitem", "delitem"),
}

# what of the standard library writes into what it is given, in a function that cannot be read
STANDARD_WRITERS = frozenset({
    "heapify", "heappop", "heappush", "heappushpop", "heapreplace", "insort", "insort_left", "insort_right", "memmove", "memset", "pack_into",
    "readinto", "shuffle",
})  # fmt: skip

# of these the methods of lists and dicts that are known as writes, with the numbers of arguments that they may have
CHANGES_CONTAINER = {
    "append": (1,), "extend": (1,), "insert": (2,), "update": (1,), "clear": (0,), "reverse": (0,), "remove": (1,), "pop": (0, 1, 2),
    "setdefault": (1, 2),
}  # fmt: skip


def changes(name: str, given: int, words: bool) -> bool:
    """Whether a method of that name, given so many arguments, and ``words``, is one that changes a list or a dict.

    >>> changes("append", 1, False), changes("append", 0, False), changes("update", 0, True)
    (True, False, True)
    """
    return name in CHANGES_CONTAINER and (given in (0, 1) if words and name == "update" else given in CHANGES_CONTAINER[name] and not words)


def by_position(fn: Any) -> list[str]:
    """The names of what a function takes by position, if ``out`` is among it; none of a ufunc, whose outputs come behind its inputs.

    >>> by_position(len)
    []
    """
    try:
        found = {} if hasattr(fn, "nout") else inspect.signature(fn).parameters
    except (TypeError, ValueError):
        return []
    names = [name for name, p in found.items() if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    return names if "out" in names else []
