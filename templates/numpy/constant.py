"""What carries no derivative: tests, integers, shapes, and arrays that do not depend on their arguments' values."""

import numpy as np

from tangentx.rules.declare import constant

constant(
    np.less, np.less_equal, np.equal, np.not_equal, np.greater, np.greater_equal, np.logical_and, np.logical_or, np.logical_not, np.logical_xor,
    np.isnan, np.isinf, np.isfinite, np.isclose, np.allclose, np.array_equal, np.any, np.all, np.isin, np.iscomplexobj, np.isrealobj, np.isscalar,
    np.ndarray.any, np.ndarray.all,
)  # fmt: skip
constant(
    np.argmax, np.argmin, np.nanargmax, np.nanargmin, np.argsort, np.argpartition, np.searchsorted, np.digitize, np.nonzero, np.flatnonzero,
    np.argwhere, np.count_nonzero, np.lexsort, np.bincount, np.ndarray.argmax, np.ndarray.argmin, np.ndarray.argsort, np.ndarray.nonzero,
    np.ndarray.searchsorted,
)  # fmt: skip
constant(
    np.shape, np.ndim, np.size, np.result_type, np.finfo, np.iinfo, np.broadcast_shapes, np.ndarray.shape, np.ndarray.ndim, np.ndarray.size,
    np.ndarray.dtype, np.dtype, np.issubdtype, np.can_cast,
)  # fmt: skip
constant(
    np.zeros, np.ones, np.empty, np.eye, np.identity, np.arange, np.indices, np.tri, np.tril_indices, np.triu_indices, np.diag_indices,
    np.unravel_index, np.ravel_multi_index, np.zeros_like, np.ones_like, np.empty_like, np.bool_, np.int64, np.int32, np.intp,
)  # fmt: skip
