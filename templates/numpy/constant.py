"""What carries no derivative: steps, tests, positions, shapes, dtypes, and arrays of given content."""

from __future__ import annotations

import numpy as np

from tangentx.rules.declare import constant

# piecewise constant
constant(np.sign, np.floor, np.ceil, np.trunc, np.rint, np.fix, np.round, np.around, np.ndarray.round, np.floor_divide, np.spacing)
constant(np.signbit, np.digitize, np.gcd, np.lcm, np.int8, np.int16, np.int32, np.int64, np.intp, np.uint8, np.bool_)

# tests
constant(np.equal, np.not_equal, np.less, np.less_equal, np.greater, np.greater_equal, np.isclose, np.allclose, np.array_equal, np.array_equiv)
constant(np.logical_and, np.logical_or, np.logical_xor, np.logical_not, np.any, np.all, np.ndarray.any, np.ndarray.all, np.isin)
constant(np.isnan, np.isinf, np.isfinite, np.isneginf, np.isposinf, np.isreal, np.iscomplex, np.isscalar, np.isrealobj, np.iscomplexobj, np.iterable)
constant(np.bitwise_and, np.bitwise_or, np.bitwise_xor, np.invert, np.left_shift, np.right_shift, np.isnat, getattr(np, "bitwise_count", None))

# positions and counts
constant(np.argmax, np.argmin, np.nanargmax, np.nanargmin, np.argsort, np.argpartition, np.lexsort, np.searchsorted, np.count_nonzero)
constant(np.nonzero, np.flatnonzero, np.argwhere, np.unravel_index, np.ravel_multi_index, np.ix_, np.indices, np.mask_indices)
constant(np.einsum_path)
constant(np.tril_indices, np.triu_indices, np.tril_indices_from, np.triu_indices_from, np.diag_indices, np.diag_indices_from)
constant(np.ndarray.argmax, np.ndarray.argmin, np.ndarray.argsort, np.ndarray.argpartition, np.ndarray.searchsorted, np.ndarray.nonzero)

# shapes and dtypes
constant(np.shape, np.ndim, np.size, np.broadcast_shapes, np.ndarray.shape, np.ndarray.ndim, np.ndarray.size, np.ndarray.strides)
constant(np.ndarray.dtype, np.ndarray.itemsize, np.ndarray.nbytes, np.ndarray.flags, np.shares_memory, np.may_share_memory)
constant(np.dtype, np.finfo, np.iinfo, np.result_type, np.promote_types, np.can_cast, np.min_scalar_type, np.issubdtype, np.common_type)
constant(np.isfortran, np.errstate, np.geterr)

# arrays of given content
constant(np.zeros, np.ones, np.empty, np.zeros_like, np.ones_like, np.empty_like, np.eye, np.identity, np.tri)
