"""Python's own functions.

Left out, so refused for active values: ``complex``, ``pow`` with a modulus, and whatever passes its items on (``zip``,
``reversed`` ...) outside of the places that the compiler knows.  ``max`` and ``min`` share the derivative between equal values.
"""

from __future__ import annotations

import bisect
import builtins
import inspect

import numpy as np

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, constant, d, elementwise, linear, tangent

elementwise(float)(lambda y, x: 1)
elementwise(abs)(lambda y, x: np.sign(x).conj() if np.isrealobj(x) else np.conj(x) / (y + (y == 0)))
elementwise(pow)(lambda z, base, exp: (exp * base ** (exp - (exp != 0)), z * np.log(base + (base == 0))))


@linear(builtins.sum)
def sum(y, iterable, start=0):
    """
    >>> sum([S, 2.0 * S, S * S])
    >>> sum((V, V * V), A23)
    >>> sum(V)
    >>> sum(A23, start=S)
    """
    d[iterable] = rt.each(d[y], iterable)
    d[start] = rt.unbroadcast(d[y], start)


@adjoint(builtins.divmod)
def divmod(y, x, divisor):
    """
    >>> divmod(7.0 * S, 1.5)
    >>> divmod(7.0 * S, S - 1.0)
    >>> divmod(7.0 * V, 0.4 * S)
    """
    _, g = rt.filled(d[y], y)
    d[x] = rt.unbroadcast(g, x)
    d[divisor] = rt.unbroadcast(-g * y[0], divisor)


@tangent(builtins.divmod)
def divmod_tangent(y, x, divisor):
    d[y] = (rt.zeros_like(y[0]), d[x] - y[0] * d[divisor])


@adjoint(list, tuple)
def sequence(y, iterable):
    """
    >>> list((S, 2.0 * S))
    >>> tuple([V, S])
    >>> list(V)
    """
    d[iterable] = rt.packed(d[y], rt.sequence(iterable))


@tangent(list)
def list_tangent(y, iterable):
    d[y] = list(rt.sequence(d[iterable]))


@tangent(tuple)
def tuple_tangent(y, iterable):
    d[y] = tuple(rt.sequence(d[iterable]))


@adjoint(max, min)
def extremum(y, *args):
    """
    >>> max(S, 2.0 * S)
    >>> min(S, 5.0, 2.0 * S)
    >>> min([S, 2.0 * S, S * S])
    >>> max(V)
    """
    d[args] = rt.unbroadcast(d[y] * rt.picked(args, y), args)


@tangent(max, min)
def extremum_tangent(y, *args):
    d[y] = np.sum(rt.picked(args, y) * np.array(d[args]))


constant(int, bool, round, len, isinstance, issubclass, callable, hasattr, type, id, hash, any, all, range, slice)
constant(object.__new__)
constant(bisect.bisect, bisect.bisect_left, bisect.bisect_right)
constant(inspect.signature, inspect.getfullargspec)
constant(str, repr, ascii, format, chr, ord, bin, hex, oct, print)
constant(*[value for value in vars(builtins).values() if isinstance(value, type) and issubclass(value, BaseException)])
