"""The helpers that generated code calls: functions only, no state, NumPy alone.

Each has a rule of its own in ``templates/tangentx/runtime.py``, so that a derivative can be differentiated again.  Arrays are
used through their own methods or through NumPy's ``like`` arguments, so the same code runs on CuPy arrays.
``g`` is an adjoint (or a tangent), ``like`` the primal value that it belongs to.
"""

from __future__ import annotations

import copy
import functools
import math
import types
from collections import deque
from typing import Any

import numpy as np

from tangentx.errors import AliasError, ArgumentError, CotangentError, NonScalarOutput, NotDifferentiable


def check_inputs(**values: Any) -> None:
    """``check_inputs(x=x)``: every argument can be differentiated: a float, a float array, or a container."""
    for name, value in values.items():
        if type(value) is not float and not (type(value) is np.ndarray and value.dtype.kind == "f"):
            check_input(name, value)


def check_input(name: str, value: Any, inside: bool = False) -> None:
    """One argument; in a container integers, strings and None are left alone."""
    children = parts(value)
    if children is not None:
        for key, child in children:
            if key in ("T", "size", "real", "imag", "flat", "mT") and not isinstance(value, dict):
                raise ArgumentError(f"argument {name} has an attribute {key!r}, which is taken for that of an array: give it another name")
            check_input(f"{name}[{key!r}]", child, True)
        return
    kind = getattr(getattr(value, "dtype", None), "kind", "f" if isinstance(value, float) else "c" if isinstance(value, complex) else "")
    if kind == "c":
        raise ArgumentError(f"argument {name} is complex: complex numbers are not supported yet")
    if kind == "f" or inside:
        return
    if isinstance(value, bool | int):
        what = "a boolean" if isinstance(value, bool) else "an integer"
        raise ArgumentError(f"argument {name} is {what} and has no derivative: pass {float(value)!r}")
    if kind in "iub" and kind:
        raise ArgumentError(f"argument {name} is an array of dtype {value.dtype} and has no derivative: pass {name}.astype(float)")
    raise ArgumentError(f"argument {name} is of type {type(value).__name__} and has no derivative")


def check_scalar(y: Any, init_grad: Any) -> None:
    """The output of ``grad`` is a scalar, and so is its cotangent."""
    if not isinstance(y, float | int) and (getattr(y, "shape", None) != () or y.dtype.kind not in "fiub"):
        what = f"shape {y.shape}" if getattr(y, "shape", ()) else f"type {type(y).__name__}"
        raise NonScalarOutput(f"grad needs a real scalar output, got {what}: use vjp or jacobian")
    if type(init_grad) is not float and np.shape(init_grad) != ():
        raise CotangentError(f"init_grad must be a scalar, as the output is, got shape {np.shape(init_grad)}")


def check_cotangent(y: Any, init_grad: Any, name: str = "init_grad") -> None:
    """``init_grad`` has the structure and the shapes of the output."""
    children = parts(y)
    if children is not None:
        if type(y) is not type(init_grad) or [k for k, _ in children] != [k for k, _ in parts(init_grad) or ()]:
            raise CotangentError(f"{name} must have the structure of its value, a {type(y).__name__} of {len(children)}, got {init_grad!r:.80}")
        for (key, child), (_, cotangent) in zip(children, parts(init_grad) or ()):
            check_cotangent(child, cotangent, f"{name}[{key!r}]")
    elif y is not None and not isinstance(y, str) and np.shape(y) != np.shape(init_grad):
        raise CotangentError(f"{name} must have the shape of its value, {np.shape(y)}, got {np.shape(init_grad)}")


def check_tangent(x: Any, x_dot: Any, name: str = "tangent", known: bool = False) -> None:
    """A tangent has the structure and the shapes of its argument; an object whose class is not ``known`` has no operators of its own."""
    check_cotangent(x, x_dot, name)
    if not known:
        check_operators(x)


def check_operators(x: Any) -> None:
    """What an object's class says of ``+``, ``[]`` or ``for`` holds for its values, not for its tangents."""
    words = ("getitem", "iter", "add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "pow", "rpow", "matmul", "rmatmul", "neg", "abs")
    if not isinstance(x, list | tuple | dict | deque | np.ndarray) and attributes(x) is not None:
        own = [word for word in words if isinstance(getattr(type(x), f"__{word}__", None), types.FunctionType)]
        if own:
            reason = f"the class {type(x).__name__}, which has its own __{own[0]}__, is not known when the derivative is made"
            raise ArgumentError(reason, None, f"Annotate the parameter with its class: {type(x).__name__}.")
    for _, child in parts(x) or ():
        check_operators(child)


def check_unshared(x: Any) -> None:
    """``x += e`` where another name may look into ``x``: right for a number, not for an array."""
    if is_array(x):
        raise AliasError("an array that has another name is changed in place", None, "Annotate it (x: np.ndarray), or write x = x + e.")


def updated(old: Any, new: Any) -> Any:
    """What a name shows once its value was changed by ``+=`` under another name: an array the ``new`` values, a number the old one."""
    return new if is_array(old) else old


def is_array(x: Any) -> bool:
    """Whether ``x += e`` changes ``x`` in place; a list that is changed has to be known as one."""
    if isinstance(x, list):
        raise AliasError("a list that has another name is extended in place", None, "Copy it in the function (list(x)), or write x = x + e.")
    return hasattr(x, "dtype") and hasattr(x, "__setitem__")


def check_class(x: Any, cls: type) -> None:
    """An object is of the class that its methods were taken from: a subclass may do something else."""
    if type(x) is not cls:
        raise ArgumentError(f"expected an object of class {cls.__name__}, got one of {type(x).__name__}: annotate the parameter with its class")


def check_no_list(x: Any) -> None:
    """``x`` stands in a sum that would join lists, or a slice of it is written, which may change the length of a list."""
    if isinstance(x, list | tuple):
        raise ArgumentError("a list is joined or resized, and that it is one is not known when the derivative is made", None, "Annotate it: x: list.")


def check_apart(a: Any, b: Any) -> None:
    """Two values that are taken for different memory must not share any: one of them is written, and the other one read after it."""
    if any(np.shares_memory(x, y) for x in leaves(a) for y in leaves(b)) or any(b is x for x in inside(a)):
        raise AliasError("a value is read after it was written under another name", None, "Copy one of the two before the write: y = x.copy()")


def check_view(view: Any, base: Any) -> None:
    """A value that is taken for a view of an array must be one: it is written through."""
    if isinstance(base, list):
        raise AliasError("a slice or an item of a list is written, and that it is a list is only known now", None, "Annotate its parameter: xs: list")
    if not any(np.shares_memory(x, y) for x in leaves(view) for y in leaves(base)):
        raise AliasError("a part of an array is written that is a copy, not a view", None, "Write into the array itself: x[index] = ...")


def check_item(container: Any, key: Any, item: Any) -> None:
    """An object that is written must still stand where it was found: other code may have put another one there."""
    if (getattr(container, key, None) if attributes(container) is not None else container[key]) is not item:
        raise AliasError("an item is written that another one has replaced", None, "Write to it before, or copy it: y = x.copy()")


def check_distinct(x: Any) -> None:
    """An argument that is written, and so copied, must not hold one object in two places: the copies would be two."""
    objects = [*inside(x), *(leaf for leaf in leaves(x) if isinstance(leaf, np.ndarray))]
    if len({id(o) for o in objects}) < len(objects):
        raise AliasError("an argument that is written holds one object in two places", None, "Put a copy there: y = x.copy()")


def check_once(container: Any, item: Any) -> None:
    """An object that is written must stand in one place of its container only."""
    if sum(child is item for _, child in parts(container) or ()) > 1:
        raise AliasError("an item is written that stands in two places of its container", None, "Put a copy there: y = x.copy()")


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


def order(values: Any, reverse: bool = False) -> list[int]:
    """The places of some values, sorted: ``[values[i] for i in order(values)]`` is ``sorted(values)``."""
    return sorted(range(len(values)), key=values.__getitem__, reverse=reverse)


def leaves(x: Any) -> list[Any]:
    """The arrays in a value."""
    children = parts(x)
    if children is None:
        return [x] if getattr(x, "shape", ()) != () else []
    return [leaf for _, child in children for leaf in leaves(child)]


def inside(x: Any) -> list[Any]:
    """A list, dict or object, and those in it."""
    children = parts(x)
    if children is None:
        return []
    return [x] * (not isinstance(x, tuple)) + [c for _, child in children for c in inside(child)]


def array_module(xp: Any) -> Any:
    """``xp``, of which functions of NumPy's are asked: it is NumPy, CuPy, or a module that stands for one of them."""
    name = getattr(xp, "__name__", "")
    if not isinstance(xp, types.ModuleType) or name.rpartition(".")[2] not in ("numpy", "cupy") or name.startswith("jax"):
        what = f"the module {name}" if isinstance(xp, types.ModuleType) else f"of type {type(xp).__name__}"
        raise NotDifferentiable(f"functions of an array module are asked of a value that is {what}", None, "Use NumPy or CuPy.")
    return xp


def parts(value: Any) -> list[tuple[Any, Any]] | None:
    """``(key, item)`` of a list, tuple or dict, ``(name, value)`` of an object's attributes; None of anything else."""
    if isinstance(value, list | tuple | deque):
        return list(enumerate(value))
    if isinstance(value, dict):
        return list(value.items())
    names = attributes(value)
    return None if names is None else [(name, getattr(value, name)) for name in names]


def attributes(value: Any) -> list[str] | None:
    """The names of the attributes of an object of a class that somebody has written; None of anything else."""
    fields = [name for name in getattr(type(value), "__dataclass_fields__", ()) if hasattr(value, name)]
    if not hasattr(type(value), "__dataclass_fields__"):
        if type(value).__module__ in ("builtins", "numpy", "functools", "types", "cupy") or isinstance(value, type | BaseException):
            return None
        slots = [getattr(cls, "__slots__", ()) for cls in type(value).__mro__]
        names = [name for found in slots for name in ((found,) if isinstance(found, str) else found)]
        fields = [name for name in names if name != "__dict__" and hasattr(value, name)]
        if not hasattr(value, "__dict__") and not any(slots):
            return None
    kept = [name for name in getattr(value, "__dict__", ()) if not isinstance(getattr(type(value), name, None), functools.cached_property)]
    return [*fields, *(name for name in kept if name not in fields)]


def rebuilt(like: Any, items: list[Any]) -> Any:
    """A container as ``like`` with other items, in the order of ``parts``."""
    if isinstance(like, list | tuple):
        return type(like)(*items) if hasattr(like, "_fields") else type(like)(items)
    if isinstance(like, deque):
        return deque(items)  # what a limit drops is said, item by item
    if isinstance(like, dict):
        return dict(zip(like, items))
    new = copy.copy(like)
    for name, item in zip(attributes(like) or (), items):
        object.__setattr__(new, name, item)
    return new


def copied(x: Any) -> Any:
    """A copy of an array, or of every array in a container."""
    children = None if isinstance(x, float | np.ndarray) else parts(x)
    if children is None:
        return x.copy() if hasattr(x, "copy") else x
    if getattr(x, "maxlen", None) is not None:
        raise NotDifferentiable("a deque with a limit is copied", None, "Make it in the function: deque(items, maxlen=n).")
    return rebuilt(x, [copied(child) for _, child in children])


def packed(items: Any, like: Any) -> Any:
    """The adjoint of a value that was unpacked into names: an array, a list or a tuple, as the value is; 0.0 is a zero of any shape."""
    if isinstance(like, list | tuple):
        bare = [type(g) is float and g == 0.0 and (isinstance(old, list | tuple | dict) or np.shape(old)) for g, old in zip(items, like)]
        return rebuilt(like, [zeros_like(old) if zero else g for g, old, zero in zip(items, like, bare, strict=True)])
    whole = np.zeros_like(like)
    for k, item in enumerate(items):
        whole[k] = item
    return whole


def zeros_like(x: Any) -> Any:
    """The adjoint zero of a value: 0.0 of a number, float zeros of an array, the same structure of a container."""
    if isinstance(x, float | int):
        return 0.0
    x = x.copy() if isinstance(x, np.flatiter) else x
    if hasattr(x, "dtype") and not isinstance(x, type):
        return x.dtype.type(0) if isinstance(x, np.floating) else np.zeros_like(x, dtype=None if x.dtype.kind in "fc" else float)
    children = parts(x)
    return x if children is None else rebuilt(x, [zeros_like(child) for _, child in children])


def add(a: Any, b: Any) -> Any:
    """``a + b`` of adjoints, item by item in containers."""
    if isinstance(a, dict) and isinstance(b, dict):  # a key that one of them lacks has no adjoint there
        return {key: add(a[key], b[key]) if key in a and key in b else a.get(key, b.get(key)) for key in {**a, **b}}
    children, others = parts(a), parts(b)
    if children is None and others is None:
        return a if a is None or isinstance(a, str | np.dtype) or callable(a) else a + b
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
    elif isinstance(buffer, tuple):
        items = list(buffer)
        items[index] = add(tuple(items[index]) if isinstance(index, slice) else items[index], value)
        return rebuilt(buffer, items)
    elif any(type(i) is list or getattr(i, "shape", ()) and i.dtype.kind != "b" for i in (index if type(index) is tuple else (index,))):
        np.add.at(buffer, index, value)
    elif isinstance(buffer, float | np.floating):  # a number read as an array: x[()], x[None]
        return buffer + value.sum() if getattr(value, "shape", ()) else buffer + value
    else:
        buffer[index] += value
    return buffer


def check_field(x: Any, name: str) -> None:
    """``x.name`` is a value, nothing that the class of ``x`` computes, as a property does."""
    found = next((vars(cls)[name] for cls in type(x).__mro__ if name in vars(cls)), None)
    slot = isinstance(found, types.MemberDescriptorType) or name in getattr(x, "_fields", ())
    if isinstance(found, property | functools.cached_property) or (not slot and hasattr(type(found), "__set__")):
        reason = f"{name} is computed by the class {type(x).__name__}, which is not known when the derivative is made"
        raise ArgumentError(reason, None, f"Annotate the parameter with its class: {type(x).__name__}.")


def is_own(x: Any, name: str) -> bool:
    """Whether ``x.name`` is an attribute of the object's own; if not, it is a constant of its class."""
    check_field(x, name)
    own = name in (getattr(x, "_fields", None) or attributes(x) or ())
    if not own and not hasattr(type(x), name) and hasattr(type(x), "__getattr__"):
        raise ArgumentError(f"{name} is made up by the class {type(x).__name__} when it is read", None, "Read an attribute that the object has.")
    return own


def field(x: Any, name: str) -> Any:
    """An attribute of an object of tangents; 0.0 where it is not the object's own, but its class's: a constant."""
    return getattr(x, name) if isinstance(x, np.ndarray) or is_own(x, name) else 0.0


def add_field(x: Any, name: str, value: Any) -> Any:
    """``x.name += value`` of an object of adjoints, a frozen one too; of a named tuple a new one.  Returns the object."""
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
    """The adjoint of ``sum(like)``: ``g`` for each of the items, in its shape."""
    items = [unbroadcast(g, item) for item in like]
    return rebuilt(like, items) if isinstance(like, list | tuple | deque) else np.stack(items)


def sequence(items: Any) -> Any:
    """What has items, not keys: they are listed."""
    if isinstance(items, dict):
        raise NotDifferentiable("the keys of a dict are listed, and whether it is a dict is only known now", None, "Write list(d.keys()).")
    return items


def put_at(like: Any, index: Any, value: Any) -> Any:
    """Zeros of the structure of ``like`` with ``value`` at ``index``: the adjoint of ``like[index]``."""
    return add_at(zeros_like(like), index, value)


def unbroadcast(g: Any, like: Any) -> Any:
    """``g`` summed to the shape of ``like`` (or repeated to it) and cast to its dtype."""
    if type(like) is float:
        return g if type(g) is float or not getattr(g, "shape", ()) else g.sum()
    if type(g) is type(like) and type(g) is np.ndarray and g.shape == like.shape and g.dtype is like.dtype:
        return g
    if isinstance(g, list | tuple | deque):
        check_no_list(len(g) != len(like) and g)
        rows = [unbroadcast(row, item) for row, item in zip(g, like, strict=True)]
        return rebuilt(like, rows) if isinstance(like, list | tuple | deque) else np.stack(rows)
    if isinstance(like, list | tuple | deque):  # an array all the same: it can be added to
        return unbroadcast_shape(g, np.shape(like))
    dtype = getattr(like, "dtype", None)
    if dtype is None:
        return unbroadcast_shape(g, ())
    if getattr(g, "shape", None) != like.shape:
        g = unbroadcast_shape(g, like.shape) if np.ndim(g) or not like.shape else np.full_like(like, g, dtype=None if dtype.kind in "fc" else float)
    if dtype.kind == "f" and getattr(g, "dtype", dtype) != dtype:
        g = (g.real if g.dtype.kind == "c" else g).astype(dtype)
    return g


def unbroadcast_shape(g: Any, shape: tuple[int, ...]) -> Any:
    """``g`` summed to ``shape``, or repeated to it."""
    if np.shape(g) == shape:
        return g
    if shape == ():
        return g.sum()
    extra = np.ndim(g) - len(shape)
    if extra > 0:
        g = g.sum(axis=tuple(range(extra)))
    axes = tuple([i for i, n in enumerate(shape) if n == 1 and np.ndim(g) == len(shape) and g.shape[i] != 1])
    if axes:
        g = g.sum(axis=axes, keepdims=True)
    return g if np.shape(g) == shape else np.broadcast_to(g, shape)


def expanded(g: Any, shape: tuple[int, ...], axis: Any = None, keepdims: bool = False) -> Any:
    """The result of a reduction over arrays of ``shape``, with its axes back in place, so that it broadcasts against them."""
    if axis is None or keepdims or not np.ndim(g):
        return g
    axes = [i % len(shape) for i in (axis if isinstance(axis, tuple) else (axis,))]
    return g.reshape([1 if i in axes else n for i, n in enumerate(shape)])


def unreduce(g: Any, shape: tuple[int, ...], axis: Any = None, keepdims: bool = False) -> Any:
    """The adjoint of a sum: ``g`` repeated to ``shape`` along the axes that were summed."""
    g = expanded(g, shape, axis, keepdims)
    return np.broadcast_to(g, shape) if shape else g if not np.ndim(g) else g.reshape(())[()]


def broadcast_like(g: Any, like: Any) -> Any:
    """``g`` repeated to the shape of ``like``."""
    return g if np.shape(g) == np.shape(like) else np.broadcast_to(g, np.shape(like))


def cast_like(g: Any, like: Any) -> Any:
    """A gradient in the floating-point type of its argument; of a list of numbers, which NumPy takes for an array, in a list."""
    if isinstance(like, list | tuple | deque) and isinstance(g, np.ndarray | list | tuple) and type(g) is not type(like):
        return rebuilt(like, [cast_like(part, item) for part, item in zip(g, like, strict=True)])
    dtype = getattr(like, "dtype", None)
    return g.astype(dtype) if dtype is not None and dtype.kind == "f" and getattr(g, "dtype", dtype) != dtype else g


def stop_gradient(x: Any) -> Any:
    """The value of ``x`` as a constant: a copy, so that no later write to the one reaches the other."""
    return copied(x)


def share(a: Any, y: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """How the derivative of ``y = max(a)`` (or min) is shared out: evenly among the elements that reach it."""
    hit = np.equal(a, expanded(y, np.shape(a), axis, keepdims)) * np.ones_like(a)
    return hit / np.sum(hit, axis=axis, keepdims=True)


def median_share(a: Any, axis: Any = None) -> Any:
    """The weights of the elements of which ``np.median(a, axis)`` is the mean."""
    flat = a.ravel() if axis is None else a
    rank, n = np.argsort(np.argsort(flat, axis=axis or 0), axis=axis or 0), flat.shape[axis or 0]
    return (np.equal(rank, (n - 1) // 2) * np.ones_like(flat) / 2 + np.equal(rank, n // 2) / 2).astype(a.dtype).reshape(a.shape)


def uncumsum(g: Any, shape: tuple[int, ...], axis: Any = None) -> Any:
    """The adjoint of ``np.cumsum``: sums from the other end."""
    return np.flip(np.cumsum(np.flip(g, axis or 0), axis or 0), axis or 0).reshape(shape)


def scan(c: Any, u: Any, axis: int = -1) -> Any:
    """``s[i] = c[i] * s[i - 1] + u[i]`` along an axis: what the derivatives of running products are made of."""
    s = u.copy()
    factor, line = np.moveaxis(c, axis, 0), np.moveaxis(s, axis, 0)
    for i in range(1, len(line)):
        line[i] += factor[i] * line[i - 1]
    return s


def shifted(s: Any, axis: int = -1, first: float = 0.0) -> Any:
    """``s`` one place further along an axis, with ``first`` in front."""
    moved = np.roll(s, 1, axis)
    np.moveaxis(moved, axis, 0)[:1] = first
    return moved


def undiagonal(g: Any, shape: tuple[int, ...], offset: int = 0, axis1: int = 0, axis2: int = 1) -> Any:
    """The adjoint of ``np.diagonal``: zeros of that shape with ``g`` on the diagonal."""
    buffer = np.zeros_like(g, shape=shape)
    view = np.moveaxis(buffer, (axis1, axis2), (-2, -1))
    row, column = max(0, -offset), max(0, offset)
    index = np.arange(max(0, min(view.shape[-2] - row, view.shape[-1] - column)))
    view[..., row + index, column + index] = g
    return buffer


def undiag(g: Any, shape: tuple[int, ...], k: int = 0) -> Any:
    """The adjoint of ``np.diag``, which makes a matrix or reads one."""
    return np.diag(g, k) if len(shape) == 1 else undiagonal(g, shape, k)


def inverse_axes(axes: Any) -> list[int] | None:
    """The order of axes that undoes ``transpose(axes)``; also of ``(axes,)``, as the method takes them."""
    if axes and (axes[0] is None or np.ndim(axes[0])):
        axes = axes[0]
    return [int(i) for i in np.argsort([i % len(axes) for i in axes])] if axes else None


def repeated(shape: tuple[int, ...], repeats: Any, axis: int | None = None) -> Any:
    """The positions that ``np.repeat`` takes its elements from."""
    return np.repeat(np.arange(math.prod(shape) if axis is None else shape[axis]), repeats)


def untile(g: Any, shape: tuple[int, ...], reps: Any) -> Any:
    """The adjoint of ``np.tile``: the sum of the copies."""
    reps = (reps,) if np.ndim(reps) == 0 else tuple(reps)
    ndim = max(len(reps), len(shape))
    pairs = zip((1,) * (ndim - len(reps)) + reps, (1,) * (ndim - len(shape)) + shape)
    return g.reshape([n for pair in pairs for n in pair]).sum(axis=tuple(range(0, 2 * ndim, 2))).reshape(shape)


def cast(g: Any, dtype: Any) -> Any:
    """``g`` in another dtype; zeros if that holds no fractions."""
    if dtype is None:
        return g
    if not hasattr(g, "astype"):
        return g if np.dtype(dtype).kind in "fc" else 0.0
    return g.astype(dtype) if np.dtype(dtype).kind in "fc" else np.zeros_like(g)


def untake(g: Any, shape: tuple[int, ...], indices: Any, axis: int | None = None) -> Any:
    """The adjoint of ``np.take``: ``g`` added up where its elements were taken."""
    buffer = np.zeros_like(g, shape=shape)
    if axis is None:
        np.add.at(buffer.reshape(-1), indices, g)
    else:
        np.add.at(buffer, (slice(None),) * (axis % len(shape)) + (indices,), g)
    return buffer


def untake_along_axis(g: Any, shape: tuple[int, ...], indices: Any, axis: int | None) -> Any:
    """The adjoint of ``np.take_along_axis``."""
    if axis is None:
        return untake(g, shape, indices)
    buffer = np.zeros_like(g, shape=shape)
    grid = [i if n > 1 else 0 * i for i, n in zip(np.indices(np.shape(g), sparse=True), shape)]
    grid[axis] = indices
    np.add.at(buffer, tuple(grid), g)
    return buffer


def unjoin(g: Any, arrays: Any, axis: int | None = 0) -> Any:
    """The adjoint of ``concatenate``, ``stack`` and the like: a slab of ``g`` for each of the arrays, in its shape."""
    axis = (axis or 0) % g.ndim
    slabs, start, section = [], 0, math.prod(n for i, n in enumerate(g.shape) if i != axis)
    for a in arrays:
        stop = start + math.prod(np.shape(a)) // max(section, 1)
        slabs.append(unbroadcast(g[(slice(None),) * axis + (slice(start, stop),)].reshape(np.shape(a)), a))
        start = stop
    return np.stack(slabs) if hasattr(arrays, "dtype") else rebuilt(arrays, slabs)


def rejoin(slabs: Any, pieces: Any, shape: tuple[int, ...], axis: int | None = 0) -> Any:
    """The adjoint of ``split`` and of ``unjoin``: slabs one behind the other; a bare 0.0 is the zero of its piece."""
    axis = (axis or 0) % len(shape)
    section = max(math.prod(shape[:axis] + shape[axis + 1 :]), 1)
    widths = [math.prod(np.shape(p)) // section for p in pieces]
    parts = [np.reshape(broadcast_like(s, p), (*shape[:axis], n, *shape[axis + 1 :])) for s, p, n in zip(slabs, pieces, widths)]
    return np.concatenate(parts, axis=axis).reshape(shape)


def filled(g: Any, like: Any) -> tuple[Any, ...]:
    """The adjoint of a tuple of arrays, with arrays of zeros where a bare 0.0 stands."""
    return tuple(broadcast_like(part, item) for part, item in zip(g, like))


def unpad(g: Any, shape: tuple[int, ...], pad_width: Any, mode: Any = "constant") -> Any:
    """The adjoint of ``np.pad`` with zeros, or with elements of the array."""
    if mode in ("edge", "reflect", "symmetric", "wrap"):
        return untake(g, shape, np.pad(np.arange(math.prod(shape)).reshape(shape), pad_width, mode))
    if mode != "constant":
        raise NotDifferentiable(f"np.pad with mode={mode!r} has no derivative here", None, "Use mode='constant' or 'edge'.")
    first = np.broadcast_to(pad_width, (len(shape), 2))[:, 0].tolist()
    return g[tuple(slice(i, i + n) for i, n in zip(first, shape))]


def layout(a: Any, order: str) -> str:
    """The order in which ``np.ravel`` reads the elements of an array: C or F; A and K ask the array."""
    if order in ("C", "F"):
        return order
    if a.flags.f_contiguous and not a.flags.c_contiguous:
        return "F"
    if order == "K" and not a.flags.c_contiguous:
        raise NotDifferentiable("order='K' of an array that is not contiguous has no derivative here", None, "Use order='C'.")
    return "C"


def undiff(g: Any, n: int = 1, axis: int = -1) -> Any:
    """The adjoint of ``np.diff``."""
    edge = np.zeros_like(g[(slice(None),) * (axis % g.ndim) + (slice(0, 1),)])
    for _ in range(n):
        g = -np.diff(g, axis=axis, prepend=edge, append=edge)
    return g


def untrapezoid(g: Any, shape: tuple[int, ...], x: Any = None, dx: Any = 1.0, axis: int = -1) -> Any:
    """The adjoint of ``y`` in ``np.trapezoid(y, x, dx, axis)``."""
    widths = dx if x is None else np.diff(x) if np.ndim(x) == 1 else np.moveaxis(np.diff(x, axis=axis), axis, -1)
    half = np.expand_dims(g, -1) * widths / 2 * np.ones(shape[axis] - 1)
    rest = [(0, 0)] * (half.ndim - 1)
    return np.moveaxis(np.pad(half, [*rest, (0, 1)]) + np.pad(half, [*rest, (1, 0)]), -1, axis)


def untrapezoid_x(g: Any, y: Any, shape: tuple[int, ...], axis: int = -1) -> Any:
    """The adjoint of ``x`` in ``np.trapezoid(y, x, axis=axis)``."""
    y = np.moveaxis(np.asarray(y), axis, -1)
    steps = np.expand_dims(g, -1) * (y[..., 1:] + y[..., :-1]) / 2
    steps = unbroadcast_shape(undiff(steps), shape) if len(shape) == 1 else np.moveaxis(undiff(steps), -1, axis)
    return unbroadcast_shape(steps, shape)


def convolved(n: int, m: int, mode: str) -> Any:
    """Where the elements of ``np.convolve`` of sizes n and m stand in the full convolution."""
    short, long = sorted((n, m))
    start, size = {"full": (0, n + m - 1), "same": ((short - 1) // 2, long), "valid": (short - 1, long - short + 1)}[mode]
    return np.arange(start, start + size)


def matmul_left(g: Any, b: Any, shape_a: tuple[int, ...]) -> Any:
    """The adjoint of ``a`` in ``a @ b``, for every rank."""
    if b.ndim == 1:
        return g * b if len(shape_a) == 1 else g[..., None] * b
    if len(shape_a) == 1:
        return unbroadcast_shape((b @ g[..., None])[..., 0], shape_a)
    return unbroadcast_shape(g @ b.swapaxes(-1, -2), shape_a)


def matmul_right(a: Any, g: Any, shape_b: tuple[int, ...]) -> Any:
    """The adjoint of ``b`` in ``a @ b``, for every rank."""
    if a.ndim == 1:
        return g * a if len(shape_b) == 1 else a[:, None] * g[..., None, :]
    if len(shape_b) == 1:
        return unbroadcast_shape((a.swapaxes(-1, -2) @ g[..., None])[..., 0], shape_b)
    return unbroadcast_shape(a.swapaxes(-1, -2) @ g, shape_b)


def summed(product: Any, terms: list[Any], start: Any) -> Any:
    """``start`` plus ``product(u, v, shape)`` of each ``(u, v)`` of ``terms``: one product of matrices where all are vectors."""
    if terms and np.ndim(start) == 2 and all(u.ndim == 1 == v.ndim for u, v in terms):
        us, vs = zip(*terms)
        return start + np.stack(us).T @ np.stack(vs)
    for u, v in terms:
        start = start + product(u, v, np.shape(start))
    return start


def dot_left(g: Any, b: Any, shape_a: tuple[int, ...]) -> Any:
    """The adjoint of ``a`` in ``np.dot(a, b)``; a scalar operand multiplies."""
    if not shape_a or not np.ndim(b):
        return unbroadcast_shape(g * b, shape_a)
    if len(shape_a) < 3 and np.ndim(b) < 3:
        return matmul_left(g, b if hasattr(b, "ndim") else np.asarray(b), shape_a)
    return tensordot_left(g, b, shape_a, (-1, -2 if np.ndim(b) > 1 else -1))


def dot_right(a: Any, g: Any, shape_b: tuple[int, ...]) -> Any:
    """The adjoint of ``b`` in ``np.dot(a, b)``."""
    if not shape_b or not np.ndim(a):
        return unbroadcast_shape(g * a, shape_b)
    if len(shape_b) < 3 and np.ndim(a) < 3:
        return matmul_right(a if hasattr(a, "ndim") else np.asarray(a), g, shape_b)
    return tensordot_right(a, g, shape_b, (-1, -2 if len(shape_b) > 1 else -1))


def tensordot_left(g: Any, b: Any, shape_a: tuple[int, ...], axes: Any = 2) -> Any:
    """The adjoint of ``a`` in ``np.tensordot(a, b, axes)``."""
    mine, others = contracted(axes, len(shape_a), np.ndim(b))
    return uncontract(g, b, mine, others, range(len(shape_a) - len(mine), np.ndim(g)), len(shape_a))


def tensordot_right(a: Any, g: Any, shape_b: tuple[int, ...], axes: Any = 2) -> Any:
    """The adjoint of ``b`` in ``np.tensordot(a, b, axes)``."""
    others, mine = contracted(axes, np.ndim(a), len(shape_b))
    return uncontract(g, a, mine, others, range(np.ndim(a) - len(others)), len(shape_b))


def contracted(axes: Any, ndim_a: int, ndim_b: int) -> tuple[list[int], list[int]]:
    """The axes of each operand that ``np.tensordot`` sums over."""
    a, b = (range(ndim_a - axes, ndim_a), range(axes)) if isinstance(axes, int) else axes
    return [i % ndim_a for i in np.ravel(a).tolist()], [i % ndim_b for i in np.ravel(b).tolist()]


def uncontract(g: Any, other: Any, mine: list[int], others: list[int], g_axes: range, ndim: int) -> Any:
    """``g`` times the other operand, summed over its free axes, with the axes put where the first operand has them."""
    free = [i for i in range(np.ndim(other)) if i not in others]
    product = np.tensordot(g, other, (list(g_axes), free))
    order = [i for i in range(ndim) if i not in mine] + [mine[others.index(i)] for i in sorted(others)]
    return product.transpose([order.index(i) for i in range(ndim)])


def einsum_to(subscripts: str, shape: tuple[int, ...], *operands: Any) -> Any:
    """``np.einsum`` whose result has this shape: letters may be repeated in the output or be missing in the input."""
    inputs, out = subscripts.split("->")
    letters = "".join(dict.fromkeys(out))
    present = "".join([c for c in letters if c in inputs])
    given = [x for x in operands if x is not None]
    dtype = np.result_type(*given)  # a plain float does not widen it
    result = np.einsum(f"{inputs}->{present}", *[dtype.type(x) if type(x) is float else x for x in given])
    if present != out:
        sizes = dict(zip(out, shape))
        found = dict(zip(present, result.shape))
        result = np.broadcast_to(result.reshape([found.get(c, 1) for c in letters]), [sizes[c] for c in letters])
    if letters != out:
        buffer = np.zeros_like(result, shape=shape)
        np.einsum(f"{out}->{letters}", buffer)[...] = result
        return buffer
    return unbroadcast_shape(result, shape)


def swap_subscripts(subscripts: str, position: int) -> str:
    """The subscripts of the adjoint of the operand at ``position``: it and the result change places."""
    inputs, arrow, out = subscripts.replace(" ", "").partition("->")
    if "." in inputs:
        raise NotDifferentiable(f"np.einsum({subscripts!r}): write the letters out, an ellipsis has no derivative yet")
    terms = inputs.split(",")
    if not arrow:
        out = "".join([c for c in sorted(set(inputs) - {","}) if inputs.count(c) == 1])
    mine, terms[position] = terms[position], out
    return ",".join(terms) + "->" + mine


def columns(b: Any, shape_b: tuple[int, ...]) -> Any:
    """Vectors of a linear system as matrices of one column."""
    return b[..., None] if len(shape_b) == 1 else b


def solve_transposed(a: Any, g: Any, shape_b: tuple[int, ...]) -> Any:
    """``np.linalg.solve`` with the transposed matrix; ``shape_b`` says whether ``g`` holds vectors."""
    return np.linalg.solve(a.swapaxes(-1, -2), columns(g, shape_b)).reshape(g.shape)


def unkron_left(g: Any, b: Any, shape_a: tuple[int, ...]) -> Any:
    """The adjoint of ``a`` in ``np.kron(a, b)``."""
    return (kron_matrix(g, shape_a, b.shape) @ b.ravel()).reshape(shape_a)


def unkron_right(a: Any, g: Any, shape_b: tuple[int, ...]) -> Any:
    """The adjoint of ``b`` in ``np.kron(a, b)``."""
    return (a.ravel() @ kron_matrix(g, a.shape, shape_b)).reshape(shape_b)


def kron_matrix(g: Any, shape_a: tuple[int, ...], shape_b: tuple[int, ...]) -> Any:
    """The blocks of a Kronecker product: one row for each element of ``a``, one column for each of ``b``."""
    ndim = max(len(shape_a), len(shape_b))
    pairs = zip((1,) * (ndim - len(shape_a)) + shape_a, (1,) * (ndim - len(shape_b)) + shape_b)
    blocks = g.reshape([n for pair in pairs for n in pair])
    return blocks.transpose([*range(0, 2 * ndim, 2), *range(1, 2 * ndim, 2)]).reshape(math.prod(shape_a), math.prod(shape_b))


def over_gaps(t: Any, w: Any) -> Any:
    """``t[i, j] / (w[j] - w[i])``, zero on the diagonal and where ``t`` is zero."""
    gaps = w[..., None, :] - w[..., :, None]
    off = 1 - np.eye(w.shape[-1], dtype=w.dtype, like=w)
    return np.where(t == 0, 0, t) * off / np.where((t == 0) | (off == 0), 1, gaps)


def vector_order(x: Any, ord: Any, axis: Any) -> float:
    """The order of a vector norm.

    Raises:
        NotImplementedError: it is a norm of matrices, or one without a smooth formula.
    """
    if ord == "fro":
        return 2.0
    if isinstance(ord, str) or not 1 <= ord < math.inf or isinstance(axis, tuple) or (axis is None and np.ndim(x) != 1):
        raise NotImplementedError(
            f"np.linalg.norm of order {ord!r} over axes {axis} of {np.ndim(x)} has no derivative: write it with np.abs, np.sum and np.max"
        )
    return float(ord)
