"""Adjoints of containers and objects: zeros, sums and copies, and single items and attributes of them."""

from __future__ import annotations

import collections
import enum
import functools
import inspect
import numbers
import types
from collections import deque
from typing import Any

import numpy as np

from tangentx.errors import ArgumentError, NotDifferentiable
from tangentx.runtime.contents import attributes, holds_itself, inside, leaves, parts, rebuilt, refuse_overlap, same_class, with_items, zeros_like
from tangentx.runtime.described import check_place
from tangentx.runtime.shapes import cast_like, unbroadcast

__all__ = [
    "add", "add_at", "add_field", "copied", "each", "field", "fitting", "is_own", "order", "own_copy", "own_like", "packed",
    "place_of_field", "put_at", "put_field", "repeat", "sequence", "snapshot", "stop_gradient", "unrepeat",
]  # fmt: skip


NUMBERS = (bool, int, float, complex, str, type(None))


def copied(x: Any) -> Any:
    """A copy of an array, or of every array in a container."""
    children = None if isinstance(x, float | np.ndarray) else parts(x)
    refuse_overlap(x)
    if isinstance(x, types.MappingProxyType):
        raise NotDifferentiable("what a mappingproxy shows is copied, to be written", None, "Pass a dict: dict(m).")
    if hasattr(type(x), "__next__"):
        raise NotDifferentiable(f"a {type(x).__name__} is copied, since what it gives is written", None, "Pass a list: list(...).")
    if isinstance(x, np.ndarray) and x.dtype.hasobject and any(isinstance(item, np.ndarray) or parts(item) is not None for item in x.flat):
        raise NotDifferentiable("an array of objects is copied, since what it holds is written", None, "Pass a list: list(x).")
    if children is None:
        return x.copy() if hasattr(x, "copy") and not isinstance(x, type | types.ModuleType) else x
    if isinstance(x, deque) and x.maxlen is not None:
        raise NotDifferentiable("a deque with a limit is copied", None, "Make it in the function: deque(items, maxlen=n).")
    try:
        return same_class(x, [(key, copied(child)) for key, child in children], copied)
    except RecursionError:
        raise holds_itself(x) from None


def own_copy(x: Any, given: Any = ()) -> Any:
    """A copy of what a function returned, which it may have kept for its reverse: what was one object is one, and a view of it a view.

    What was ``given`` to the function, and a view of that, stays what it is.
    """
    new: dict[int, Any] = {}  # by the id of what was copied: an object, or the array that memory belongs to
    theirs = leaves(given)
    new.update({id(value): value for value in (*inside(given), *theirs)})

    def copy(value: Any) -> Any:
        if isinstance(value, np.ndarray) and any(np.shares_memory(value, other) for other in theirs):
            return value
        if isinstance(value, np.ndarray) and isinstance(value.base, np.ndarray):
            return view(value)
        if id(value) not in new:
            children = None if isinstance(value, float | np.ndarray) else parts(value)
            new[id(value)] = copied(value) if children is None else same_class(value, [(key, copy(child)) for key, child in children], copy)
        return new[id(value)]

    def view(value: np.ndarray) -> np.ndarray:
        base = value
        while isinstance(base.base, np.ndarray):
            base = base.base
        if not base.flags.forc or base.dtype.hasobject:
            return value.copy()
        if id(base) not in new:
            new[id(base)] = base.copy(order="K")
        offset = value.__array_interface__["data"][0] - base.__array_interface__["data"][0]
        flat = new[id(base)].reshape(-1, order="A").view(np.uint8)
        return np.ndarray(value.shape, value.dtype, flat, offset, value.strides)

    return copy(x)


def snapshot(x: Any, own: int | None = None, kept: Any = ()) -> Any:
    """A copy of what a call is given that is written before its reverse comes: what is one object there is one in the copy, for ``o is b``.

    Of a tuple of arguments only the first ``own`` may be written: of the others only what has something in common with these is copied.
    What is ``kept``, or in it, stays what it is.
    """
    stay = {id(value) for value in (*inside(kept), *leaves(kept))} if kept else set()
    new: dict[int, tuple[Any, Any]] = {}  # what was copied, which has to live as long as its id is asked for, and the copy
    written = () if own is None else x[:own]
    known = {id(value) for value in (*inside(written), *leaves(written))}

    def copy(value: Any, apart: bool) -> Any:
        if type(value) in NUMBERS or id(value) in stay or (apart and known.isdisjoint(map(id, (*inside(value), *leaves(value))))):
            return value
        if id(value) not in new:
            children = None if isinstance(value, np.ndarray) else parts(value)
            if children is not None:
                words = isinstance(value, dict)
                pairs = [(key(k, apart) if words else k, copy(child, apart)) for k, child in children]
                made: Any = same_class(value, pairs, lambda part: copy(part, apart))
            elif isinstance(value, set | frozenset) and any(parts(item) for item in value):
                made = type(value)(key(item, apart) for item in value)
            else:
                made = copied(value)
            new[id(value)] = value, made
        return new[id(value)][1]

    def key(value: Any, apart: bool) -> Any:
        return value if parts(value) is None else copy(value, apart)

    try:
        return copy(x, False) if own is None else tuple(copy(value, k >= own) for k, value in enumerate(x))
    except RecursionError:
        raise holds_itself(x) from None


def fitting(g: Any, like: Any) -> Any:
    """A tangent that can hold what is written into ``like``: complex numbers, or fractions; itself, if it can."""
    children, others = parts(g), parts(like)
    if children is not None and others is not None and len(children) == len(others):
        new = [fitting(child, other) for (_, child), (_, other) in zip(children, others)]
        if isinstance(like, collections.defaultdict | collections.Counter):  # a key that comes in has the tangent zero
            return with_items(zeros_like(like), zip(g, new))
        return g if all(a is b for a, (_, b) in zip(new, children)) else rebuilt(g, new)
    if not isinstance(g, np.ndarray) or getattr(getattr(like, "dtype", None), "kind", "") not in ("f", "c"):
        return g
    return g.astype(np.result_type(g.dtype, like.dtype), copy=False)


def own_like(g: Any, like: Any) -> Any:
    """A copy of an adjoint or a tangent that is written as ``like`` is: it holds such numbers, complex ones or of a finer dtype, and lies in memory
    as that does, so that what is a view of that one is a view of this one."""
    children, others = parts(g), parts(like)
    if children is not None and others is not None and len(children) == len(others):
        return rebuilt(g, [own_like(child, other) for (_, child), (_, other) in zip(children, others)])
    if not hasattr(like, "dtype") or not hasattr(like, "__setitem__"):
        return copied(g)
    if np.shape(g) not in ((), np.shape(like)):
        return g.astype(np.result_type(g.dtype, like.dtype))
    new = np.empty_like(like, dtype=np.result_type(g, like.dtype))
    new[...] = g
    return new


def packed(items: Any, like: Any) -> Any:
    """The adjoint of a value that was unpacked into names: an array, a list or a tuple, as the value is; 0.0 is a zero of any shape."""
    if isinstance(like, list | tuple):
        bare = [type(g) is float and g == 0.0 and (parts(old) is not None or np.shape(old)) for g, old in zip(items, like)]
        return rebuilt(like, [zeros_like(old) if zero else g for g, old, zero in zip(items, like, bare, strict=True)])
    whole = np.zeros_like(like)
    for k, item in enumerate(items):
        whole[k] = item
    return whole


def add(a: Any, b: Any) -> Any:
    """``a + b`` of adjoints, item by item in containers."""
    if isinstance(a, dict) and isinstance(b, dict):  # a key that one of them lacks has no adjoint there
        return {key: add(a[key], b[key]) if key in a and key in b else a.get(key, b.get(key)) for key in {**a, **b}}
    children, others = parts(a), parts(b)
    if children is None and others is None:
        if a is None or b is None:  # what held nothing for a while has the adjoint of what it held before
            return b if a is None else a
        return a + b if isinstance(a, numbers.Number) or hasattr(a, "dtype") else a  # a text, a slice, a set: nothing of them varies
    if children is None or others is None:
        whole, other = (a, b) if others is None else (b, a)
        if np.ndim(other):  # what NumPy makes of a list of numbers is an array
            return add(whole, cast_like(other, whole))
        if other is None or not other:  # a bare 0.0 stands for the zero of any structure
            return whole
        raise TypeError(f"an adjoint of type {type(other).__name__} for a value of type {type(whole).__name__}")
    if len(children) != len(others):
        raise NotDifferentiable("a list grows in a container that is read before and after that", None, "Give the list a name, and use that.")
    return rebuilt(a, [add(item, other) for (_, item), (_, other) in zip(children, others)])


def order(values: Any, reverse: bool = False) -> list[int]:
    """The places of some values, sorted: ``[values[i] for i in order(values)]`` is ``sorted(values)``."""
    return sorted(range(len(values)), key=values.__getitem__, reverse=reverse)


def repeat(items: Any, n: int) -> Any:
    """``items * n`` of a list or tuple."""
    return items * n


def unrepeat(g: Any, items: Any) -> Any:
    """The adjoint of ``items`` in ``items * n``: the sums of its copies."""
    n = max(len(items), 1)
    return functools.reduce(add, [g[k : k + n] for k in range(0, len(g), n)], zeros_like(items))


def add_at(buffer: Any, index: Any, value: Any) -> Any:
    """``buffer[index] += value``, right for repeated indices and for containers; returns the buffer (a new one of a tuple)."""
    if isinstance(buffer, list | dict | deque):
        buffer[index] = add(buffer[index], value)
    elif isinstance(buffer, np.ndarray) and buffer.dtype.kind == "f" and np.iscomplexobj(value):  # that of a real part came first
        return add_at(buffer.astype(np.result_type(buffer, value)), index, value)
    elif isinstance(buffer, tuple):
        items = list(buffer)
        items[index] = add(tuple(items[index]) if isinstance(index, slice) else items[index], value)
        return rebuilt(buffer, items)
    elif any(type(i) is list or getattr(i, "shape", ()) and i.dtype.kind != "b" for i in (index if type(index) is tuple else (index,))):
        np.add.at(buffer, index, value)
    elif isinstance(buffer, float | np.floating) and (
        index is None or index is Ellipsis or isinstance(index, tuple | bool | np.bool_) or getattr(index, "shape", None) == ()
    ):  # a number read as an array; a mask of no axes asks for it, or for nothing
        return buffer + value.sum() if getattr(value, "shape", ()) else buffer + value
    else:
        buffer[index] += value
    return buffer


def put_at(like: Any, index: Any, value: Any) -> Any:
    """Zeros of the structure of ``like`` with ``value`` at ``index``: the adjoint of ``like[index]``."""
    one = isinstance(value, list) and isinstance(like, list | dict) and isinstance(index, int | str)
    if one and isinstance(like[index], list) and len(like[index]) != len(value):  # it has grown since it was read
        new = zeros_like(like)
        new[index] = copied(value)
        return new
    return add_at(zeros_like(like), index, value)


def is_own(x: Any, name: str) -> bool:
    """Whether ``x.name`` is an attribute of the object's own; if not, it is a constant of its class."""
    if isinstance(x, enum.Enum):
        return False
    check_place(x, name)
    own = name in (getattr(type(x), "_fields", None) or attributes(x) or ())
    if not own and not hasattr(type(x), name) and hasattr(type(x), "__getattr__"):
        raise ArgumentError(f"{name} is made up by the class {type(x).__name__} when it is read", None, "Read an attribute that the object has.")
    return own


def field(x: Any, name: str) -> Any:
    """An attribute of an object of tangents; 0.0 where it is not the object's own, but its class's: a constant."""
    if type(x) is tuple:
        reason = f"the field {name} of a named tuple of a library's is read behind another function"
        raise NotDifferentiable(reason, None, "Read it by its place: result[0].")
    if isinstance(x, np.ndarray) or is_own(x, name):
        return getattr(x, name)
    constant = inspect.getattr_static(type(x), name, None)  # a table: zeros of its structure, since items of it may be read
    return zeros_like(constant) if isinstance(constant, list | tuple | dict | np.ndarray) else 0.0


def place_of_field(x: Any, name: str) -> Any:
    """Where a named tuple has its field: the tangent of what ``np.linalg.eigh`` returns is a plain tuple."""
    return x._fields.index(name)


def add_field(x: Any, name: str, value: Any) -> Any:
    """``x.name += value`` of an object of adjoints, a frozen one too; of a named tuple a new one.  Returns the object."""
    if isinstance(x, float | np.floating):  # a bare zero has no place for it
        raise TypeError(f"an adjoint of type {type(x).__name__} for an object with the attribute {name!r}")
    if not is_own(x, name):
        return x
    total = add(getattr(x, name), value)
    if isinstance(x, tuple):
        return x._replace(**{name: total})  # type: ignore[attr-defined]
    object.__setattr__(x, name, total)
    return x


def put_field(like: Any, name: str, value: Any) -> Any:
    """Zeros of the structure of an object with ``value`` as that attribute: the adjoint of ``like.name``."""
    return add_field(zeros_like(like), name, value)


def each(g: Any, like: Any) -> Any:
    """The adjoint of ``sum(like)``: ``g`` for each of the items, in its shape; of a deque one without a limit, for it follows all writes."""
    items = [unbroadcast(g, item) for item in like]
    if isinstance(like, deque):
        return deque(items)
    return rebuilt(like, items) if isinstance(like, list | tuple) else np.stack(items)


def sequence(items: Any) -> Any:
    """What has items, not keys: they are listed."""
    if isinstance(items, dict):
        raise NotDifferentiable("the keys of a dict are listed, and whether it is a dict is only known now", None, "Write list(d.keys()).")
    return items


def stop_gradient(x: Any) -> Any:
    """The value of ``x`` as a constant: a copy, so that no later write to the one reaches the other."""
    return copied(x)
