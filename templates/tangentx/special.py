"""Rules of the helpers for special functions: each derivative has a next one."""

import tangentx.runtime as rt
from tangentx.rules.declare import elementwise


@elementwise(rt.i0_derivative)
def i0_derivative(y, x, n):
    """
    >>> rt.i0_derivative(A23, 1)
    >>> rt.i0_derivative(S, 2)
    """
    return rt.i0_derivative(x, n + 1), None


@elementwise(rt.sinc_derivative)
def sinc_derivative(y, x, n):
    """
    >>> rt.sinc_derivative(A23, 1)
    >>> rt.sinc_derivative(S, 2)
    >>> rt.sinc_derivative(2.0 * T, 3)
    """
    return rt.sinc_derivative(x, n + 1), None
