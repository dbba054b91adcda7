"""Arrays of numbers: broadcasting, reductions, running sums, what moves or repeats elements, and the adjoints of these."""

from __future__ import annotations

import math
from collections import deque
from typing import Any

import numpy as np

from tangentx.errors import NotDifferentiable
from tangentx.runtime.checks import check_no_list
from tangentx.runtime.contents import attributes, parts, rebuilt, zeros_like

__all__ = [
    "broadcast_like", "cast", "cast_like", "direction", "end_to_end", "expanded", "filled", "inverse_axes", "layout", "rejoin", "repeated",
    "scan", "shifted", "side_by_side", "turned", "unbroadcast", "unbroadcast_shape", "uncumsum", "undiag", "undiagonal", "unjoin", "unreduce",
    "unscan", "untake", "untake_along_axis", "untile", "with_length",
]  # fmt: skip


def unbroadcast(g: Any, like: Any) -> Any:
    """``g`` summed to the shape of ``like`` (or repeated to it) and cast to its dtype; of a complex one for a real number the real part."""
    if type(like) is float:
        if type(g) is float:
            return g
        return (g.sum() if getattr(g, "shape", ()) else g).real
    if type(g) is type(like) and type(g) is np.ndarray and g.shape == like.shape and g.dtype is like.dtype:
        return g
    if isinstance(g, list | tuple | deque):
        check_no_list(len(g) != len(like) and g)
        rows = [item if isinstance(row, str) else unbroadcast(row, item) for row, item in zip(g, like, strict=True)]  # nothing flows into a word
        return rebuilt(like, rows) if isinstance(like, list | tuple | deque) else np.stack(rows)
    if isinstance(like, list | tuple | deque):  # an array all the same: it can be added to
        check_no_list(np.ndim(g) > 0 and np.shape(g)[-1] != len(like) > 1 == np.ndim(like) and like)  # repeated by a number: no array is
        return unbroadcast_shape(g, np.shape(like))
    dtype = getattr(like, "dtype", None)
    if dtype is None:  # a number, or an object, which may be asked for its items
        return unbroadcast_shape(g, ()) if hasattr(g, "dtype") else g
    point = not like.shape and isinstance(like, np.ndarray)  # which can be written
    if getattr(g, "shape", None) != like.shape or (point and not isinstance(g, np.ndarray)):
        number = not like.shape and not point
        g = unbroadcast_shape(g, like.shape) if np.ndim(g) or number else np.full_like(like, g, dtype=None if dtype.kind in "fc" else float)
    if dtype.kind in "fc" and getattr(g, "dtype", dtype) != dtype:
        g = (g.real if dtype.kind == "f" and g.dtype.kind == "c" else g).astype(dtype)
    return g.real if dtype.kind == "f" and type(g) is complex else g


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
    """``g`` repeated to the shape of ``like``; a list, with a list of tangents that is shorter, was joined to another one."""
    if isinstance(like, list | tuple | deque) and isinstance(g, list | tuple | deque):
        check_no_list(len(g) != len(like) and like)
        return g
    return g if np.shape(g) == np.shape(like) else np.broadcast_to(g, np.shape(like))


def cast_like(g: Any, like: Any) -> Any:
    """A gradient in the type of its argument, real for a real one; of a list of numbers, which NumPy takes for an array, in a list."""
    if isinstance(like, list | tuple | deque) and isinstance(g, np.ndarray | list | tuple) and type(g) is not type(like):
        check_no_list(len(g) != len(like) and like)
        return rebuilt(like, [cast_like(part, item) for part, item in zip(g, like, strict=True)])
    if isinstance(like, np.ndarray) and isinstance(g, list | tuple | deque):  # the adjoint of a list that an array was made of
        return np.asarray(g, like.dtype)
    if type(g) is float and not g and not isinstance(like, float):
        return zeros_like(like)  # a bare 0.0 stands for the zero of any structure
    if isinstance(like, dict) and isinstance(g, dict):
        return {key: cast_like(g[key], item) if key in g else zeros_like(item) for key, item in like.items()}  # g may have more, or lack some
    children = None if isinstance(like, float | np.ndarray) else parts(like)
    if children:
        there, named = dict(parts(g) or ()), attributes(like) is not None  # the function may have added an attribute
        return rebuilt(like, [cast_like(there[key], item) if key in there or not named else zeros_like(item) for key, item in children])
    dtype = getattr(like, "dtype", None)
    if dtype is None or dtype.kind not in "fc" or getattr(g, "dtype", dtype) == dtype:
        real = type(like) is float or (type(g) is complex and dtype is not None and dtype.kind == "f")
        return getattr(g, "real", g) if real else complex(g) if type(like) is complex else g
    return (g.real if dtype.kind == "f" else g).astype(dtype)


def direction(z: Any) -> Any:
    """``np.sign(z)``, of which complex numbers have a derivative."""
    return np.sign(z)


def turned(dz: Any, s: Any, z: Any) -> Any:
    """The tangent of ``s = direction(z)`` along ``dz``: none along the radius, none of a real number."""
    return 1j * s * (s.conj() * dz).imag / (abs(z) + (z == 0)) if np.iscomplexobj(z) else np.zeros_like(s)


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


def unscan(c: Any, g: Any, axis: int = -1) -> Any:
    """``s[i] = c[i + 1] * s[i + 1] + g[i]``: the adjoint of ``scan`` with respect to ``u``."""
    return np.flip(scan(np.flip(np.roll(c, -1, axis), axis), np.flip(g, axis), axis), axis)


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
    if np.dtype(dtype).kind in "OV":
        raise NotDifferentiable(f"an array of dtype {np.dtype(dtype)} holds objects, of which nothing is known", None, "Make it with dtype=float.")
    if not hasattr(g, "astype"):
        return g if np.dtype(dtype).kind in "fc" else 0.0
    return g.astype(dtype) if np.dtype(dtype).kind in "fc" else np.zeros_like(g)


def untake(g: Any, shape: tuple[int, ...], indices: Any, axis: int | None = None, mode: Any = "raise") -> Any:
    """The adjoint of ``np.take``: ``g`` added up where its elements were taken."""
    if mode != "raise":
        indices = repeated(shape, 1, axis).take(indices, mode=mode)
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


def end_to_end(parts: tuple[Any, ...]) -> Any:
    """``np.r_[a, b]``: numbers and arrays one behind the other."""
    return np.r_[parts]


def side_by_side(parts: tuple[Any, ...]) -> Any:
    """``np.c_[a, b]``: side by side."""
    return np.c_[parts]


def filled(g: Any, like: Any) -> tuple[Any, ...]:
    """The adjoint of a tuple of arrays, with arrays of zeros where a bare 0.0 stands."""
    return tuple(broadcast_like(part, item) for part, item in zip(g, like))


def layout(a: Any, order: str) -> str:
    """The order in which ``np.ravel`` reads the elements of an array: C or F; A and K ask the array."""
    if order in ("C", "F"):
        return order
    if a.flags.f_contiguous and not a.flags.c_contiguous:
        return "F"
    if order == "K" and not a.flags.c_contiguous:
        raise NotDifferentiable("order='K' of an array that is not contiguous has no derivative here", None, "Use order='C'.")
    return "C"


def with_length(shape: tuple[int, ...], axis: int, n: int) -> tuple[int, ...]:
    """The shape with ``n`` elements along an axis."""
    axis %= len(shape)
    return (*shape[:axis], n, *shape[axis + 1 :])
