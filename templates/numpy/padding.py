"""Padding, in every mode: linear in the array but for "maximum", "minimum" and "median", of which a tie is shared evenly.

Refused: a function as mode (it writes into its argument).  What "empty" pads with has derivative zero.
"""

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, tangent


@adjoint(np.pad)
def pad(y, array, pad_width, mode="constant", *, constant_values=0, end_values=0, stat_length=None, reflect_type="even"):
    """
    >>> np.pad(V, 2)
    >>> np.pad(ZV, 2, constant_values=S)
    >>> np.pad(A23, ((1, 0), (2, 3)), constant_values=((1.0, S), (S, 3.0)))
    >>> np.pad(A23, ((1, 0), (2, 3)), mode="edge")
    >>> np.pad(V, 5, "reflect")
    >>> np.pad(ZV, 2, "linear_ramp")
    >>> np.pad(A34, 5, "reflect", reflect_type="odd")
    >>> np.pad(A34, ((2, 0), (1, 9)), "symmetric", reflect_type="odd")
    >>> np.pad(A23, 4, "wrap")
    >>> np.pad(A23, ((1, 0), (2, 3)), "linear_ramp", end_values=V[:2])
    >>> np.pad(A23, ((1, 0), (2, 3)), "maximum")
    >>> np.pad(A34, ((1, 0), (2, 3)), "mean", stat_length=2)
    >>> np.pad(A34, ((1, 0), (2, 3)), "median")
    >>> np.pad(A34, ((1, 0), (2, 3)), "minimum", stat_length=((1, 2), (2, 9)))
    """
    is_linear = mode not in ("maximum", "mean", "median", "minimum")
    d[array] = (
        rt.unpad(d[y], np.shape(array), pad_width, mode, reflect_type) if is_linear else rt.unpad_stat(d[y], array, pad_width, mode, stat_length)
    )
    d[constant_values] = rt.unbroadcast(rt.unpad_values(rt.cast(d[y], y.dtype), np.shape(array), pad_width), constant_values)
    d[end_values] = rt.unbroadcast(rt.unpad_values(rt.cast(d[y], y.dtype), np.shape(array), pad_width, mode), end_values)


@tangent(np.pad)
def pad_tangent(y, array, pad_width, mode="constant", *, constant_values=0, end_values=0, stat_length=None, reflect_type="even"):
    whole = np.pad(d[array], pad_width, constant_values=rt.cast(d[constant_values], y.dtype)) if mode == "constant" else d[array]
    d[y] = whole if mode == "constant" else rt.padded(d[array], array, pad_width, mode, d[end_values], stat_length, reflect_type)
