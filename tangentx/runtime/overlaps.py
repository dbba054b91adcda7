"""What generated code checks of shared memory while it runs: which names show one array, which hold one object, only the run knows."""

from __future__ import annotations

import functools
import gc
import inspect
import linecache
import re
import sys
from collections import deque
from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np

from tangentx.errors import AliasError
from tangentx.runtime.contents import attributes, inside, is_frozen_dataclass, leaves, parts, reached, refuse_overlap
from tangentx.runtime.lent import asked, lent

__all__ = [
    "check_ahead", "check_apart", "check_beside", "check_disjoint", "check_distinct", "check_flat", "check_hidden", "check_item", "check_items",
    "check_kept", "check_layout", "check_lent", "check_once", "check_outside", "check_own", "check_own_field", "check_part", "check_parts",
    "check_point", "check_returned", "check_row", "check_separate", "check_single", "check_unshared", "check_view", "check_windows", "is_array",
    "last_written", "updated", "taken_early",
]  # fmt: skip

IMMUTABLE = (bool, complex, float, int, str, type(None))
UNASKED = (*IMMUTABLE, np.ndarray, np.float64)
IN_PLACE = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor", "lshift", "rshift")


def check_layout(x: Any) -> None:
    """An array that is copied before it is written lies in memory as its copy will: what is reshaped is a view of both, or of none."""
    if isinstance(x, np.ndarray) and not x.flags.c_contiguous:
        reason = "an array that is written and reshaped does not lie row by row: whether the part is a view depends on that"
        raise AliasError(reason, None, "Pass np.ascontiguousarray(x).")


def check_unshared(x: Any, *others: Any) -> None:
    """``x += e`` where another name may look into ``x``: right for a number, not for an array (``others``: one of these, or a part)."""
    if is_array(x) and (not others or any(_meet(x, other) for other in others)):
        way_out = "Write x[...] += e where that name is to show it and x = x + e where it is not, or annotate its parameter (x: np.ndarray)."
        raise AliasError("an array that has another name is changed in place", None, way_out)


def _meet(x: Any, other: Any) -> bool:
    """Whether a value is another one, or stands in it, or shows the same memory."""
    arrays = any(np.shares_memory(a, b) for a in leaves(x) for b in leaves(other))
    return arrays or any(x is part for part in (other, *inside(other)))


def check_row(x: Any) -> None:
    """``x += e`` on an item of a loop, which by all that is done with it is an array."""
    if not is_array(x):
        reason = "an item is changed in place as an array would be, and is a number: nothing is changed by that"
        raise AliasError(reason, None, "Write into the container: x[i] = x[i] + e.")


def check_point(x: Any) -> None:
    """``x += e`` makes ``x + e`` here, where x has another name: of an array of shape () that is a number, which shows no more writes."""
    if isinstance(x, np.ndarray) and x.shape == ():
        raise AliasError("an array of shape () that has another name is changed in place", None, "Make a number of it, float(x), or write x = x + e.")


def check_items(x: Any, indices: int) -> None:
    """What a callee takes out of ``x`` by so many indices, and changes by ``+=``, is a number: an array would show that here."""
    children = None if isinstance(x, np.ndarray) or indices == 0 else parts(x)
    if children is not None:
        for _, child in children:
            check_items(child, indices - 1)
    elif np.ndim(x) > indices if isinstance(x, np.ndarray) else is_array(x):
        raise AliasError("an array is changed in place by a function that took it out of another one", None, "Write x = x + e there.")


def updated(old: Any, new: Any) -> Any:
    """What a name shows once its value was changed by ``+=`` under another name: an array the ``new`` values, a number the old one."""
    return new if is_array(old) else old


def is_array(x: Any) -> bool:
    """Whether ``x += e`` changes ``x`` in place; a list that is changed has to be known as one, and an object of a class with ``__iadd__``."""
    if isinstance(x, list):
        raise AliasError("a list that has another name is extended in place", None, "Copy it in the function (list(x)), or write x = x + e.")
    if attributes(x) is not None and any(hasattr(type(x), f"__i{word}__") for word in IN_PLACE):
        reason = f"an object of class {type(x).__name__} is changed in place, which is only known while running"
        raise AliasError(reason, None, "Annotate it with its class, or write x = x + e.")
    return hasattr(x, "dtype") and hasattr(x, "__setitem__")


def _either() -> str:
    """What the two values are called where generated code checks them: ``row or rows``."""
    frame = sys._getframe(2)
    while frame.f_back is not None and frame.f_code.co_filename == __file__:
        frame = frame.f_back
    found = re.fullmatch(r"check_\w+\((\w+), (\w+)\)", linecache.getline(frame.f_code.co_filename, frame.f_lineno).strip())
    return f"{found[1]} or {found[2]}" if found else "y = x.copy()"


def check_apart(a: Any, b: Any) -> None:
    """Two values that are taken for different memory must not share any: one of them is written, and the other one read after it."""
    _refuse_later(a, b)
    _refuse_later(b, a)
    if any(np.shares_memory(x, y) for x in leaves(a) for y in leaves(b)) or any(b is x for x in inside(a)):
        raise AliasError("a value is read after it was written under another name", None, f"Copy one of the two before the write: {_either()}")
    refuse_overlap(b)
    _refuse_asked(a, b)
    _refuse_returned(a, b, callable)


def _refuse_returned(a: Any, b: Any, hands_out: Callable[[Any], bool]) -> None:
    """Of functions: what ``b`` may return is written, and nothing of ``a``; or ``b`` is written, and nothing that ``a`` may return."""
    if type(a) in IMMUTABLE or type(b) in IMMUTABLE:
        return
    if hands_out(b) and parts(b) is None and not isinstance(b, type):
        check_separate(a, lent(b))
    if hands_out(a) and parts(a) is None and not isinstance(a, type):
        check_separate(lent(a), b)


def _hands_out(x: Any) -> bool:
    return callable(x) or hasattr(type(x), "__next__")


def _refuse_later(a: Any, b: Any) -> None:
    """``a`` is no iterator that comes to ``b``, which was written since it was made, only when somebody goes on with it."""
    held = a if isinstance(a, list | tuple) else list(a.values()) if type(a) is dict else ()
    for each in (a, *held):
        if hasattr(type(each), "__next__") and any(id(b) in reached(there) for there in gc.get_referents(each)):
            reason = f"a {type(each).__name__} was made of something that is written before it is gone through"
            raise AliasError(reason, None, "Take all of it at once, where it is made: list(...).")


def check_kept(a: Any, b: Any) -> None:
    """The same where ``b`` may be a list with an item that was changed by ``*=``: an array that was read out of it shows that, too."""
    check_apart(a, b)
    if isinstance(b, list | dict | deque) and any(map(is_array, leaves(a))):
        raise AliasError("an array is read after it was changed as an item of its container", None, "Copy it before: y = y.copy()")


def check_outside(a: Any, b: Any) -> None:
    """Other objects were put in ``b``, a list, a dict or an object: it must be no part of ``a``, which is read after that."""
    _refuse_later(a, b)
    if any(b is x for x in inside(a)):
        raise AliasError("a value is read after it was written under another name", None, f"Copy one of the two before the write: {_either()}")


def check_beside(a: Any, b: Any) -> None:
    """The same where they were put in ``b`` or in what stands in it: ``a``, which is read after that, must have no part in common with it."""
    _refuse_later(a, b)
    theirs = {id(x) for x in inside(b)}
    if any(id(x) in theirs for x in inside(a)):
        raise AliasError("a value is read after it was written under another name", None, f"Copy one of the two before the write: {_either()}")


def check_disjoint(a: Any, b: Any) -> None:
    """Something that ``b`` holds was changed: neither an array nor any other object of it must be one of ``a``, which is read after that."""
    check_beside(a, b)
    check_apart(a, b)


def check_separate(a: Any, b: Any) -> None:
    """Of two arguments the second one is written, and what stands in it: no object and no array of it stands in the first one, too."""
    if type(a) in IMMUTABLE:
        return
    if _in_common(a, b):
        reason = "an argument that is written has something in common with another one that is read after that"
        raise AliasError(reason, None, f"Read it by way of the one that is written, or pass a copy: {_either()}")
    _refuse_asked(a, b)
    _refuse_returned(a, b, _hands_out)


def _in_common(a: Any, b: Any) -> bool:
    """Whether one object or one array stands in both."""
    theirs, arrays = {id(x) for x in inside(b)}, leaves(b)
    return any(id(x) in theirs for x in inside(a)) or any(np.shares_memory(x, y) for x in leaves(a) for y in arrays)


def _refuse_asked(a: Any, b: Any) -> None:
    """``b`` is written, and no global variable that ``len(a)``, ``a + 1.0`` or ``if a:`` reads."""
    if type(a) in UNASKED or not (there := asked(a)):
        return
    mine, arrays = {id(x) for x in inside(b)}, leaves(b)
    if any(id(x) in mine or any(np.shares_memory(y, z) for y in leaves(x) for z in arrays) for x in there):
        reason = "an argument that is written is a variable of an outer scope that an operator of another argument reads"
        raise AliasError(reason, None, "Pass a copy: x.copy()")


def check_own(x: Any, *others: Any) -> None:
    """``check_own(x, model.GL)``: an argument that is written, and so copied, shares no memory with a global variable that is read."""
    if type(x) in (bool, complex, float, int, str, type(None)):
        return
    mine = {key: part for key, part in reached(x).items() if parts(part) is not None or isinstance(part, np.ndarray)}
    arrays = [part for part in mine.values() if isinstance(part, np.ndarray)]
    for other in others:
        theirs = reached(other)
        shared = any(key in theirs and not isinstance(part, tuple) for key, part in mine.items())
        if shared or any(np.shares_memory(a, b) for b in theirs.values() if isinstance(b, np.ndarray) for a in arrays):
            raise AliasError("an argument that is written is read as a variable of an outer scope, too", None, "Pass a copy: x.copy()")


def check_own_field(x: Any, name: str) -> None:
    """``x.name``, which is written, is the object's own: what stands in its class belongs to all of its objects."""
    cls, frozen = type(x).__name__, is_frozen_dataclass(x)
    if frozen or (isinstance(x, tuple) and name in getattr(x, "_fields", ())):
        what, new = ("is a frozen dataclass", "object: dataclasses.replace(x, ...)") if frozen else ("is a named tuple", "tuple: x._replace(...)")
        reason = f"what the field {name!r} of a {cls} holds is written, and that this {what} is only known now"
        raise AliasError(reason, None, f"Annotate the parameter with its class ({cls}), or make a new array and a new {new}.")
    if name in getattr(x, "__dict__", ()):
        return
    if isinstance(inspect.getattr_static(type(x), name, None), list | dict | set | deque | np.ndarray):
        reason = f"a write to {type(x).__name__}.{name}, which stands in the class: all of its objects share it"
        raise AliasError(reason, None, "Give each object its own in __init__, or make a copy in the function and return it.")


def check_lent(x: Any, *lenders: Any) -> None:
    """``check_lent(x, q)``: an argument that is written is no global variable that ``q.get()``, ``q.w`` or ``q()`` may hand out."""
    if hasattr(type(x), "__next__"):
        return  # which is refused where it is copied
    arrays = leaves(x)
    mine = {id(part) for part in (*inside(x), *arrays)}
    for value in (value for lender in lenders for value in lent(lender)) if mine else ():
        if id(value) in mine or any(np.shares_memory(a, b) for b in leaves(value) for a in arrays):
            raise AliasError(
                "an argument that is written is a variable of an outer scope that another argument reads, or what is called",
                None,
                "Pass a copy: x.copy()",
            )


def check_returned(x: Any, function: Any) -> None:
    """``check_returned(y, f)``: y, which is written, came from f, and is nothing that f keeps: that would stay changed."""
    if _in_common(lent(function), x):
        reason = "what a function returned is written, and it keeps that in a variable outside of it"
        raise AliasError(reason, None, "Copy it first: y = y.copy()")


def check_hidden(x: Any, *lenders: Any) -> None:
    """``check_hidden(table, f)``: what a context writes into is nothing that ``f`` reads: its reverse runs behind the context.

    A list that it reads by the name of a variable outside of it is read once: see transform/snapshots.
    """
    mine = [part for part in reached(x).values() if isinstance(part, np.ndarray | list | deque)]
    theirs = {id(part): part for lender in lenders for value in (lender, *lent(lender, False)) for part in reached(value).values()} if mine else {}
    for part in theirs.values():
        shared = isinstance(part, np.ndarray) and any(isinstance(a, np.ndarray) and np.shares_memory(part, a) for a in mine)
        if shared or any(part is a for a in mine):
            what = "an array" if isinstance(part, np.ndarray) else "a list"
            reason = f"a context writes into {what} that a function reads which is only known while running"
            raise AliasError(reason, None, "Pass the function a copy of it, or call it by its name.")


def check_view(view: Any, base: Any) -> None:
    """A value that is taken for a view of an array must be one: it is written through."""
    if isinstance(base, list) or (isinstance(base, dict) and isinstance(view, np.ndarray)):
        what = type(base).__name__
        reason = f"a slice or an item of a {what} is written, and that it is a {what} is only known now"
        raise AliasError(reason, None, f"Annotate its parameter: xs: {what}")
    if isinstance(base, float | int | complex | np.generic) and not (isinstance(view, np.ndarray) and view.flags.writeable):
        return  # made of a number, and not written
    shown = sum(any(np.shares_memory(x, y) for x in leaves(view)) for y in leaves(base))
    if not shown:
        raise AliasError("a part of an array is written that is a copy, not a view", None, "Write into the array itself: x[index] = ...")
    if shown > 1:
        raise AliasError("an item is written that another item of its container shows, too", None, "Put a copy there: y = x.copy()")


def check_part(view: Any, base: Any) -> None:
    """The same where ``base`` may be a list or a dict, too: nothing else is put into it, so that its arrays stay where they are."""
    if isinstance(view, np.ndarray) and isinstance(base, list | dict):
        base = tuple(base.values() if isinstance(base, dict) else base)
    check_view(view, base)


def check_parts(view: Any, base: Any) -> None:
    """What is read of ``base`` again, into which nothing else was put: an array in there, or a list of such arrays."""
    if isinstance(view, list | tuple | dict):
        for array in leaves(view):
            check_part(array, base)
    else:
        check_part(view, base)


def check_item(container: Any, key: Any, item: Any) -> None:
    """An object that is written must still stand where it was found: other code may have put another one there."""
    try:
        there = getattr(container, key, None) if attributes(container) is not None else container[key]
    except (IndexError, KeyError):
        there = None
    if there is not item:
        raise AliasError("an item is written that another one has replaced", None, "Write to it before, or copy it: y = x.copy()")


def check_distinct(x: Any) -> None:
    """An argument that is written, and so copied, must not hold one object in two places: the copies would be two."""
    objects = list(inside(x))
    arrays = [leaf for leaf in leaves(x) if isinstance(leaf, np.ndarray)]
    if len({id(o) for o in objects}) < len(objects) or any(np.shares_memory(a, b) for a, b in combinations(arrays, 2)):
        raise AliasError("an argument that is written holds one object in two places", None, "Put a copy there: y = x.copy()")


def check_ahead(changed: Any, items: Any) -> None:
    """Of two lists that a loop goes through, the items of the first one are changed: nothing of them comes later in the other one."""
    if not (isinstance(changed, list | tuple | np.ndarray) and isinstance(items, list | tuple | np.ndarray)):
        return check_separate(items, changed)
    arrays, objects = list[Any](), set[int]()
    for before, later in zip(changed, list(items)[1:]):
        arrays += leaves(before)
        objects.update(map(id, inside(before)))
        if any(id(x) in objects for x in inside(later)) or any(np.shares_memory(a, b) for b in leaves(later) for a in arrays):
            reason = "an array is changed in place that comes later in the loop, under another name"
            raise AliasError(reason, None, "Loop by index, and write xs[i] += e; of two arguments pass a copy of one.")


def check_once(container: Any, item: Any, *path: Any) -> None:
    """An object that is written must stand in one item of its container only, be it that item or, by a path, in it."""
    for key in path:
        item = getattr(item, key) if attributes(item) is not None else item[key]
    if isinstance(item, float | int | complex | str | np.generic | None):
        return
    mine = leaves(item)

    def shows(child: Any) -> bool:
        return _holds(child, item) or (mine != [] and any(np.shares_memory(x, y) for x in leaves(child) for y in mine))

    if sum(shows(child) for _, child in parts(container) or ()) > 1:
        raise AliasError("an item is written that stands in two places of its container", None, "Put a copy there: y = x.copy()")


def _holds(x: Any, item: Any) -> bool:
    """Whether a value is that object, or has it in it."""
    seen, stack = set[int](), [x]
    while stack:
        value = stack.pop()
        if value is item:
            return True
        if isinstance(value, float | int | complex | str | np.ndarray | np.generic | None) or id(value) in seen:
            continue
        seen.add(id(value))
        stack += [child for _, child in parts(value) or ()]
    return False


def check_windows(x: Any, index: Any) -> None:
    """What is written of windows that overlap shows each element once."""
    part = x[index]
    steps = [np.arange(n) * step for n, step in zip(np.shape(part), getattr(part, "strides", ()))]
    places = functools.reduce(np.add.outer, steps, np.zeros((), int))
    if np.unique(places).size < np.size(places):
        raise AliasError("windows that overlap are written at once", None, "Write into the array itself, or one window after the other.")


def check_flat(x: Any) -> None:
    """``x.copy()`` or ``x + [v]`` shares nothing with x: an array, or a container of numbers; an item of one of the two is changed in place."""
    if hasattr(type(x), "__array__") or not any(leaves(child) or inside(child) for _, child in parts(x) or ()):
        return
    reason = f"an item is changed that stands in a {type(x).__name__} and in its copy, and that it is one is only known now"
    raise AliasError(reason, None, f"Copy it by {type(x).__name__}(...) instead of .copy(), or copy each of its items, too.")


def check_single(items: Any) -> None:
    """What is repeated in a list must not be written: each of its places would show that."""
    if isinstance(items, list | tuple) and any(hasattr(item, "__setitem__") or attributes(item) for item in items):
        raise AliasError("a list is repeated, and what is in it may be written", None, "Make each item: [row.copy() for _ in range(n)]")


def last_written(x: Any, index: Any) -> Any:
    """For ``x[index] = value``: which parts of the value stay, where an index comes more than once; True if all do."""
    if all(type(i) is not list and (getattr(i, "shape", ()) == () or i.dtype.kind == "b") for i in (index if type(index) is tuple else (index,))):
        return True
    numbers = np.arange(np.size(x[index])).reshape(np.shape(x[index]))
    last = np.zeros(np.shape(x), int)
    last[index] = numbers
    return last[index] == numbers


def taken_early(items: Any, *seen: Any) -> None:
    """Behind a list that was made at once of what Python reads step by step: only the compiler sees it, and whether that is written meanwhile."""
