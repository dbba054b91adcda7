"""What selects, inserts and joins elements: where they come from, and where their adjoints go."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tangentx.runtime.contents import rebuilt
from tangentx.runtime.shapes import unbroadcast, with_length
from tangentx.runtime.structures import zeros_like

__all__ = [
    "along_axis", "beside", "box_of_nonzeros", "diagonal_places", "first_places", "insert_axis", "inserted", "mesh", "source_order",
    "unblock", "unchoose", "unmesh",
]  # fmt: skip


def inserted(shape: tuple[int, ...], obj: Any, count: int, axis: int | None = None) -> Any:
    """Which elements along the axis are the ``count`` new ones of ``np.insert``."""
    return np.insert(np.zeros(math.prod(shape) if axis is None else shape[axis], bool), obj, np.ones(count, bool))


def insert_axis(obj: Any, axis: int | None) -> int:
    """The axis along which the values of ``np.insert`` lie: for one place the first, which it moves to ``axis``."""
    return 0 if axis is None or (not isinstance(obj, slice) and np.ndim(obj) == 0) else axis


def box_of_nonzeros(a: Any, trim: str = "fb", axis: Any = None) -> tuple[slice, ...]:
    """What ``np.trim_zeros`` keeps, as an index."""
    axes = range(np.ndim(a)) if axis is None else [i % np.ndim(a) for i in np.atleast_1d(axis).tolist()]
    box = [slice(None)] * np.ndim(a)
    for i, places in enumerate(np.nonzero(a)):
        if i in axes:
            first, last = (int(places.min()), int(places.max()) + 1) if places.size else (0, 0)
            box[i] = slice(first if "f" in trim.lower() else 0, last if "b" in trim.lower() or not places.size else None)
    return tuple(box)


def first_places(a: Any, values: Any, axis: int | None = None) -> Any:
    """Where each of the ``values`` of ``np.unique(a, axis=axis)`` stands first."""
    known, first = np.unique(a, return_index=True, axis=axis)
    return first[np.searchsorted(known, values)] if axis is None else first


def beside(values: Any, like: Any) -> Any:
    """``like`` with its first item replaced by ``values``, and zeros for the others."""
    return (values, *[zeros_like(item) for item in like[1:]])


def along_axis(shape: tuple[int, ...], indices: Any, axis: int) -> tuple[Any, ...]:
    """The index of what ``np.put_along_axis`` writes to."""
    grid: list[Any] = list(np.indices(np.broadcast_shapes(np.shape(indices), with_length(shape, axis, 1)), sparse=True))
    grid[axis] = np.array(indices)  # of its own: what is written later must not show
    return tuple(grid)


def diagonal_places(shape: tuple[int, ...], wrap: bool = False) -> Any:
    """Where ``np.fill_diagonal`` writes to, in the flattened array."""
    marks = np.zeros(shape, bool)
    np.fill_diagonal(marks, True, wrap)
    return np.flatnonzero(marks)


def source_order(a: Any, y: Any, axis: int | None = -1) -> Any:
    """Where the elements of ``y``, which is ``a`` in another order along the axis, stand in ``a``."""
    ranks = np.argsort(np.argsort(y, axis=axis, kind="stable"), axis=axis)
    return np.take_along_axis(np.argsort(a, axis=axis, kind="stable"), ranks, axis=axis)


def unchoose(g: Any, choices: Any, a: Any, mode: str = "raise") -> Any:
    """The adjoint of ``np.choose(a, choices, mode=mode)``: of each choice what was taken from it."""
    n = len(choices)
    a = np.clip(a, 0, n - 1) if mode == "clip" else np.mod(a, n) if mode == "wrap" else np.asarray(a)
    taken = [unbroadcast(np.where(a == k, g, 0.0), choice) for k, choice in enumerate(choices)]
    return np.stack(taken) if hasattr(choices, "dtype") else rebuilt(choices, taken)


def mesh(xs: Any, like: Any, indexing: str = "xy") -> tuple[Any, ...]:
    """The grids of ``np.meshgrid``, each in the shape of that of ``like``."""
    axes = [1, 0, *range(2, len(xs))] if indexing == "xy" and len(xs) > 1 else range(len(xs))
    rows = [np.reshape(x, [-1 if i == axis else 1 for i in range(len(xs))]) for x, axis in zip(xs, axes)]
    return tuple([np.broadcast_to(row, np.shape(grid)) for row, grid in zip(rows, like)])


def unmesh(g: Any, xs: Any, indexing: str = "xy") -> tuple[Any, ...]:
    """The adjoint of ``np.meshgrid(*xs)``: each grid summed over all axes but its own; a bare 0.0 is the zero of any shape."""
    axes = [1, 0, *range(2, len(xs))] if indexing == "xy" and len(xs) > 1 else range(len(xs))
    sums = [np.sum(grid, axis=tuple([i for i in range(np.ndim(grid)) if i != axis])) for grid, axis in zip(g, axes)]
    return tuple([np.reshape(part, np.shape(x)) if np.ndim(part) else zeros_like(x) for part, x in zip(sums, xs)])


def unblock(g: Any, arrays: Any) -> Any:
    """The adjoint of ``np.block``: for each array its part, in lists as they are."""
    return _blocks(g, arrays, _depth(arrays))


def _depth(arrays: Any) -> int:
    return 1 + max(map(_depth, arrays)) if isinstance(arrays, list) else 0


def _blocks(g: Any, arrays: Any, depth: int) -> Any:
    if not isinstance(arrays, list):
        return unbroadcast(np.reshape(g, np.shape(arrays)), arrays)
    blocks = [np.block(a) for a in arrays]
    ends = np.cumsum([b.shape[-depth] if b.ndim >= depth else 1 for b in blocks])
    return [_blocks(part, a, depth - 1) for part, a in zip(np.split(g, ends[:-1], axis=-depth), arrays)]
