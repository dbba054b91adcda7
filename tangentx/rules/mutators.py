"""Mutators: methods and functions that are called for what they write, not for their value."""

from __future__ import annotations

import inspect
import operator
import types
from collections.abc import Iterable
from typing import Any

__all__ = [
    "ACTS_OUTSIDE", "BUILT_IN", "CHANGES_CONTAINER", "CHANGES_ITS_OBJECT", "CHANGES_ITS_SELF", "STANDARD_WRITERS", "UPDATES", "WRITES_ITS_ARGUMENT",
    "by_position", "changed_by", "changes", "is_of_a_ufunc", "written_by",
]  # fmt: skip

# methods that change their object in place: as a statement they would be lost
CHANGES_ITS_OBJECT = (
    "append", "extend", "insert", "pop", "popitem", "remove", "clear", "sort", "reverse", "update", "setdefault", "add", "discard",
    "fill", "put", "itemset", "partition", "resize", "setfield", "byteswap", "appendleft", "popleft", "extendleft", "rotate",
    "move_to_end", "subtract", "__setitem__",
)  # fmt: skip

BUILT_IN = types.MethodDescriptorType | types.WrapperDescriptorType  # what the classes of Python's own call their methods

# functions of the module operator that do what ``y += x`` does
UPDATES = frozenset({
    "iadd", "isub", "imul", "itruediv", "ipow", "ifloordiv", "imod", "imatmul", "iand", "ior", "ixor", "ilshift", "irshift", "iconcat",
})  # fmt: skip

# the same where a class is asked for them: ``dict.__setitem__(d, k, v)``, ``super().__setitem__(k, v)``
CHANGES_ITS_SELF = frozenset({
    *CHANGES_ITS_OBJECT, "__delitem__", "__setattr__", "__delattr__", "__setstate__", "difference_update", "intersection_update",
    "symmetric_difference_update", "setflags", *(f"__{name}__" for name in UPDATES),
})  # fmt: skip

# functions that write into what they are given: as a statement they would be lost
WRITES_ITS_ARGUMENT = {
    "numpy": ("copyto", "put", "place", "putmask", "put_along_axis", "fill_diagonal", "shuffle", "at"),
    "builtins": ("setattr", "delattr"),
    "operator": ("setitem", "delitem"),
}

# functions of libraries that do something elsewhere than in what they are given: on the screen, in files, in NumPy's settings
ACTS_OUTSIDE = frozenset({
    "print", "input", "open", "exec", "eval", "compile", "next", "breakpoint", "exit", "quit", "__import__",
    "save", "savez", "savez_compressed", "savetxt", "seterr", "seterrcall", "setbufsize", "set_printoptions",
})  # fmt: skip

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


def is_of_a_ufunc(obj: Any) -> bool:
    """Whether it is a ufunc, NumPy's or another's, or a method of one.

    >>> import numpy as np
    >>> is_of_a_ufunc(np.exp), is_of_a_ufunc(np.add.at), is_of_a_ufunc(np.sum)
    (True, True, False)
    """
    return any(type(f).__name__ == "ufunc" and hasattr(f, "nin") for f in (obj, getattr(obj, "__self__", None)))


def written_by(f: Any, positional: int = 0, words: Iterable[str] = ()) -> str:
    """What is to be said of a function of NumPy's that writes into an argument, given so many arguments; "" of another one.

    >>> import numpy as np
    >>> written_by(np.copyto, 2), written_by(np.exp, 2), written_by(np.exp, 1)
    ('copyto writes into its argument', 'exp writes into its argument', '')
    """
    owner, name = getattr(f, "__self__", None), getattr(f, "__name__", "")
    home = (getattr(f, "__module__", None) or type(f if owner is None else owner).__module__).partition(".")[0]
    if home not in ("numpy", "cupy"):
        return ""
    names = by_position(f)
    place = getattr(f, "nin", names.index("out") if names else positional)
    return f"{name} writes into its argument" if name in WRITES_ITS_ARGUMENT["numpy"] or positional > place or "out" in words else ""


def changed_by(f: Any, own: bool = False) -> str:
    """The same of methods of lists, dicts and arrays, and of operators in place; bound ones count if their object is the function's ``own``.

    >>> changed_by([].append), changed_by([].append, own=True), changed_by(operator.iadd)
    ('', 'append writes into its argument', 'iadd writes into its argument')
    """
    name = getattr(f, "__name__", "")
    plain = getattr(operator, name[1:], getattr(operator, f"{name[1:]}_", None)) if name[:1] == "i" else None
    known = isinstance(f, types.BuiltinFunctionType) and getattr(operator, name, None) is f
    in_place = known and (plain is not None or name in WRITES_ITS_ARGUMENT["operator"])
    bound = own and isinstance(f, types.BuiltinMethodType) and not isinstance(f.__self__, types.ModuleType)
    changes = (bound or isinstance(f, types.MethodDescriptorType)) and name in CHANGES_ITS_OBJECT
    return f"{name} writes into its argument" if in_place or changes else ""
