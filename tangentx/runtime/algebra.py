"""Adjoints of linear algebra, for every rank of the operands."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tangentx.errors import NotDifferentiable
from tangentx.runtime.shapes import unbroadcast_shape

__all__ = [
    "columns", "contracted", "cross_to", "diagonal_blocks", "dot_left", "dot_right", "einsum_to", "kron_matrix", "matmul_left", "matmul_right",
    "multi_dot_tangent", "permutation", "solve_transposed", "spelled", "summed", "swap_subscripts", "tensordot_left", "tensordot_right",
    "skewed", "transposition", "twofold", "uncontract", "unit_lower", "unkron_left", "unkron_right", "unmulti_dot", "upper_block", "vecdot_to",
    "vectors_last",
]  # fmt: skip


def matmul_left(g: Any, b: Any, shape_a: tuple[int, ...]) -> Any:
    """The adjoint of ``a`` in ``a @ b``, for every rank; ``b`` may be a sparse matrix."""
    if not hasattr(b, "swapaxes"):
        return g @ b.T
    if b.ndim == 1:
        return g * b if len(shape_a) == 1 else g[..., None] * b
    if len(shape_a) == 1:
        return unbroadcast_shape((b @ g[..., None])[..., 0], shape_a)
    return unbroadcast_shape(g @ b.swapaxes(-1, -2), shape_a)


def matmul_right(a: Any, g: Any, shape_b: tuple[int, ...]) -> Any:
    """The adjoint of ``b`` in ``a @ b``, for every rank; ``a`` may be a sparse matrix."""
    if not hasattr(a, "swapaxes"):
        return a.T @ g
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
    if not shape_a or not np.ndim(b):
        return unbroadcast_shape(g * b, shape_a)
    mine, others = contracted(axes, len(shape_a), np.ndim(b))
    return uncontract(g, b, mine, others, range(len(shape_a) - len(mine), np.ndim(g)), len(shape_a))


def tensordot_right(a: Any, g: Any, shape_b: tuple[int, ...], axes: Any = 2) -> Any:
    """The adjoint of ``b`` in ``np.tensordot(a, b, axes)``."""
    if not shape_b or not np.ndim(a):
        return unbroadcast_shape(g * a, shape_b)
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
    given = [x for x in operands if x is not None]
    inputs, out = spelled(subscripts, [np.ndim(x) for x in given], len(shape))
    letters = "".join(dict.fromkeys(out))
    present = "".join([c for c in letters if c in inputs])
    dtype = np.result_type(*given)  # a plain float does not widen it
    result = np.einsum(f"{inputs}->{present}", *[dtype.type(x) if type(x) is float else x for x in given])
    if present != letters:
        sizes = dict(zip(out, shape))
        found = dict(zip(present, result.shape))
        result = np.broadcast_to(result.reshape([found.get(c, 1) for c in letters]), [sizes[c] for c in letters])
    if letters != out:
        buffer = np.zeros_like(result, shape=shape)
        np.einsum(f"{out}->{letters}", buffer)[...] = result
        return buffer
    return unbroadcast_shape(result, shape)


def spelled(subscripts: str, ndims: list[int], ndim: int) -> tuple[str, str]:
    """The terms of the operands and that of the result, with letters for the axes of an ellipsis: those of each are the last of all."""
    unused = "".join([c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" if c not in subscripts])
    terms = subscripts.replace("->", ",").split(",")
    counts = [n + 3 - len(term) for term, n in zip(terms, [*ndims, ndim])]
    most = max([n for term, n in zip(terms, counts) if "..." in term], default=0)
    terms = [term.replace("...", unused[most - n : most]) for term, n in zip(terms, counts)]
    return ",".join(terms[:-1]), terms[-1]


def swap_subscripts(subscripts: str, position: int) -> str:
    """The subscripts of the adjoint of the operand at ``position``: it and the result change places."""
    if not isinstance(subscripts, str):
        raise NotDifferentiable("np.einsum with subscripts in lists has no derivative here", None, 'Write them as a string: "ij,jk->ik".')
    inputs, arrow, out = subscripts.replace(" ", "").partition("->")
    terms = inputs.split(",")
    if not arrow:
        letters = [c for c in sorted(set(inputs) - {",", "."}) if inputs.count(c) == 1]
        out = "".join(["..." if "..." in inputs else "", *letters])
    mine, terms[position] = terms[position], out
    return ",".join(terms) + "->" + mine


def cross_to(u: Any, v: Any, shape: tuple[int, ...], axisu: int = -1, axisv: int = -1, axis: int = -1) -> Any:
    """The cross products of the vectors along an axis of each operand, summed to ``shape``, in which they lie along ``axis``."""
    moved = vectors_last(shape, axis)
    if moved[-1] == 2 or np.shape(u)[axisu] == 2 or np.shape(v)[axisv] == 2:
        raise NotDifferentiable("np.cross of vectors with two components has no derivative here", None, "Give them a third component: 0.0.")
    return np.moveaxis(unbroadcast_shape(np.cross(u, v, axisu, axisv), moved), -1, axis)


def vecdot_to(g: Any, x: Any, shape: tuple[int, ...], axis: int = -1) -> Any:
    """Numbers times the vectors that lie along an axis of ``x``, summed to ``shape``: the adjoint of ``np.vecdot``."""
    product = np.expand_dims(g, -1) * np.moveaxis(x, axis, -1)
    return np.moveaxis(unbroadcast_shape(product, vectors_last(shape, axis)), -1, axis)


def vectors_last(shape: tuple[int, ...], axis: int) -> tuple[int, ...]:
    """A shape with this axis moved to the end."""
    axis %= len(shape)
    return (*shape[:axis], *shape[axis + 1 :], shape[axis])


def multi_dot_tangent(arrays: Any, dots: Any) -> Any:
    """The tangent of a product of matrices."""
    product, total = arrays[0], dots[0]
    for k in range(1, len(arrays)):
        total = total @ arrays[k] + product @ dots[k]
        product = product @ arrays[k]
    return total


def unmulti_dot(g: Any, arrays: Any) -> Any:
    """The adjoints of the factors of a product of matrices."""
    before = [arrays[0]]
    for k in range(1, len(arrays) - 1):
        before.append(before[k - 1] @ arrays[k])
    bars = []
    for k in range(len(before), 0, -1):
        bars.append(matmul_right(before[k - 1], g, np.shape(arrays[k])))
        g = matmul_left(g, arrays[k], np.shape(before[k - 1]))
    bars.append(g)
    return bars[::-1]


def columns(b: Any, shape_b: tuple[int, ...]) -> Any:
    """Vectors of a linear system as matrices of one column."""
    return b[..., None] if len(shape_b) == 1 else b


def solve_transposed(a: Any, g: Any, shape_b: tuple[int, ...]) -> Any:
    """``np.linalg.solve`` with the transposed matrix; ``shape_b`` says whether ``g`` holds vectors."""
    return np.linalg.solve(a.swapaxes(-1, -2), columns(g, shape_b)).reshape(g.shape)


def unkron_left(g: Any, b: Any, shape_a: tuple[int, ...]) -> Any:
    """The adjoint of ``a`` in ``np.kron(a, b)``."""
    return (kron_matrix(g, shape_a, np.shape(b)) @ np.ravel(b)).reshape(shape_a)


def unkron_right(a: Any, g: Any, shape_b: tuple[int, ...]) -> Any:
    """The adjoint of ``b`` in ``np.kron(a, b)``."""
    return (np.ravel(a) @ kron_matrix(g, np.shape(a), shape_b)).reshape(shape_b)


def kron_matrix(g: Any, shape_a: tuple[int, ...], shape_b: tuple[int, ...]) -> Any:
    """The blocks of a Kronecker product: one row for each element of ``a``, one column for each of ``b``."""
    ndim = max(len(shape_a), len(shape_b))
    pairs = zip((1,) * (ndim - len(shape_a)) + shape_a, (1,) * (ndim - len(shape_b)) + shape_b)
    blocks = g.reshape([n for pair in pairs for n in pair])
    return blocks.transpose([*range(0, 2 * ndim, 2), *range(1, 2 * ndim, 2)]).reshape(math.prod(shape_a), math.prod(shape_b))


def transposition(trans: Any, a: Any) -> int:
    """1 if SciPy solves with the transposed matrix, 0 if not."""
    if trans in (2, "C") and np.iscomplexobj(a):
        raise NotDifferentiable("trans='C' of a complex matrix has no derivative here", None, "Use trans='T' with np.conj of the matrix.")
    return 0 if trans in (0, "N") else 1


def unit_lower(factors: Any) -> Any:
    """The lower factor of an LU factorisation, whose diagonal of ones is not stored."""
    return np.tril(factors, -1) + np.eye(factors.shape[-1], dtype=factors.dtype, like=factors)


def permutation(pivots: Any) -> Any:
    """The order of the rows that exchanging row i with row ``pivots[i]``, one after the other, makes."""
    order = list(range(len(pivots)))
    for i, k in enumerate(pivots):
        order[i], order[k] = order[k], order[i]
    return np.asarray(order)


def twofold(a: Any, e: Any) -> Any:
    """``[[a, e], [0, a]]``, in which a function of a matrix shows its derivative."""
    top = np.concatenate([a, e], axis=-1)
    return np.concatenate([top, np.concatenate([np.zeros_like(a), a], axis=-1)], axis=-2)


def skewed(rows: Any, middle: int, back: bool = False) -> Any:
    """Each row moved as far to the right as it stands below the ``middle`` one (``back``: to the left), zeros behind it.

    Rows of a band become columns of the matrix: ``ab[u + i - j, j]`` is its element ``i, j``, and ``skewed(ab, u)[u + i - j, i]``, too.
    """
    moved, n = np.zeros_like(rows), rows.shape[1]
    for r, row in enumerate(rows):
        k = (middle - r) if back else (r - middle)
        if k >= 0:
            moved[r, k:] = row[: max(n - k, 0)]
        else:
            moved[r, :k] = row[-k:]
    return moved


def upper_block(b: Any) -> Any:
    """The upper right one of four blocks."""
    m = b.shape[-1] // 2
    return b[..., :m, m:]


def diagonal_blocks(g: Any, arrays: Any) -> Any:
    """The blocks along the diagonal of a matrix, in the shapes of these arrays."""
    blocks, row, column = [], 0, 0
    for a in arrays:
        rows, columns = np.shape(np.atleast_2d(a))
        blocks.append(np.reshape(g[row : row + rows, column : column + columns], np.shape(a)))
        row, column = row + rows, column + columns
    return tuple(blocks)
