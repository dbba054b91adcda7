"""Checks of arguments: an array comes out as it went in, or as one of floating-point numbers.  Products, for arrays that are not sparse.

What is asked of the array library (``get_namespace``) says NumPy's: without ``array_api_dispatch`` there is no other.
"""

from __future__ import annotations

import numpy as np
from sklearn.utils import _array_api, check_array, check_consistent_length, extmath, validation

from tangentx.rules.declare import adjoint, constant, d, tangent, written

constant(check_consistent_length, validation.assert_all_finite, validation._num_samples, validation.check_non_negative)
constant(*(getattr(_array_api, name, None) for name in ("get_config", "device", "_max_precision_float_dtype", "_is_numpy_namespace")))
constant(*(getattr(_array_api, name, None) for name in ("get_namespace", "get_namespace_and_device", "_find_matching_floating_dtype")))


@adjoint(check_array)
def checked_array(
    y, array, accept_sparse=False, *, accept_large_sparse=True, dtype="numeric", order=None, copy=False, force_writeable=False,
    ensure_all_finite=True, ensure_non_negative=False, ensure_2d=True, allow_nd=False, ensure_min_samples=1, ensure_min_features=1,
    estimator=None, input_name="",
):  # fmt: skip
    """
    >>> check_array(A23)
    >>> check_array(V, ensure_2d=False, dtype=[np.float64, np.float32], input_name="y")
    >>> check_array([[S, 2.0], [S, S]])
    """
    d[array] = d[y]


@tangent(check_array)
def checked_array_tangent(
    y, array, accept_sparse=False, *, accept_large_sparse=True, dtype="numeric", order=None, copy=False, force_writeable=False,
    ensure_all_finite=True, ensure_non_negative=False, ensure_2d=True, allow_nd=False, ensure_min_samples=1, ensure_min_features=1,
    estimator=None, input_name="",
):  # fmt: skip
    d[y] = np.array(d[array])


def moved(*arrays, xp, device):
    """Where all arrays are NumPy's.

    >>> _array_api.move_to(A23, xp=np, device="cpu")
    >>> _array_api.move_to(V, P, xp=np, device="cpu")[0]
    """
    return arrays[0] if len(arrays) == 1 else arrays


def modified(xp, func, *args, out=None, **kwargs):
    """Without writing: scikit-learn goes on with what it returns.

    >>> _array_api._modify_in_place_if_numpy(np, np.exp, A23, out=np.zeros((2, 3)))
    """
    return func(*args, **kwargs)


written(getattr(_array_api, "move_to", None))(moved)
written(getattr(_array_api, "_modify_in_place_if_numpy", None))(modified)


@written(extmath.row_norms)
def row_norms(X, squared=False):
    """
    >>> extmath.row_norms(A34)
    >>> extmath.row_norms(A34, squared=True)
    """
    norms = np.einsum("ij,ij->i", X, X)
    return norms if squared else np.sqrt(norms)


@written(extmath.safe_sparse_dot)
def safe_sparse_dot(a, b, *, dense_output=False):
    """
    >>> extmath.safe_sparse_dot(A23, A34, dense_output=True)
    >>> extmath.safe_sparse_dot(T, A34.T)
    """
    return np.dot(a, b)
