"""What SciPy's functions ask of the array library before they compute.  Without ``SCIPY_ARRAY_API`` it is NumPy, and these say so."""

from __future__ import annotations

import numpy as np
from scipy._lib import _array_api as api

from tangentx.rules.declare import constant, written

# their names change from one version of SciPy to the next
CONSTANTS = (
    "array_namespace", "is_numpy", "is_cupy", "is_jax", "is_torch", "is_dask", "is_lazy_array", "is_marray", "is_array_api_strict", "is_complex",
    "is_torch_array", "is_jax_array", "is_cupy_array", "xp_result_type", "xp_default_dtype", "xp_result_device", "xp_device", "xp_device_type",
    "xp_size", "get_native_namespace_name", "scipy_namespace_for", "_length_nonmasked",
)  # fmt: skip

constant(*(getattr(api, name, None) for name in CONSTANTS))


def as_array(array, dtype=None, order=None, copy=None, *, xp=None, check_finite=False, subok=False):
    """
    >>> api._asarray(V)
    >>> api._asarray(A23, dtype=float, xp=np)
    >>> api._asarray(A23, copy=True, subok=True)
    """
    return np.array(array, dtype=dtype, order=order) if copy else np.asarray(array, dtype=dtype, order=order)


def promoted(*args, broadcast=False, force_floating=False, xp):
    """
    >>> api.xp_promote(V, force_floating=True, xp=np)
    >>> api.xp_promote(A23, V, broadcast=True, xp=np)[1]
    >>> api.xp_promote(A23, None, S, xp=np)[2]
    """
    dtype = api.xp_result_type(*args, force_floating=force_floating, xp=xp)
    arrays = [None if a is None else np.asarray(a, dtype=dtype) for a in args]
    if broadcast:
        shape = ()
        for a in arrays:
            shape = shape if a is None else np.broadcast_shapes(shape, a.shape)
        arrays = [None if a is None else np.broadcast_to(a, shape) for a in arrays]
    return arrays[0] if len(arrays) == 1 else tuple(arrays)


def copied(x, *, xp=None):
    """
    >>> api.xp_copy(V)
    """
    return np.array(x)


written(getattr(api, "_asarray", None))(as_array)
written(getattr(api, "xp_promote", None))(promoted)
written(getattr(api, "xp_copy", None))(copied)
