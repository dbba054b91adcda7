"""Array modules that are found at run time, as in code for NumPy and CuPy."""

from __future__ import annotations

import numpy as np

from tests.programs import Case


def module_of(*arrays):
    """What array_namespace and get_array_module do."""
    for a in arrays:
        if hasattr(a, "get"):
            return type(a)
    return np


def both(x):
    return module_of(x), False


def found(x, k):
    xp = module_of(x)
    y = xp.exp(x) * k * xp.pi
    return xp.sum(y) + xp.linalg.norm(x)


def given(x, xp=np):
    x = xp.asarray(x, dtype=xp.float64)
    return xp.sum(xp.sin(x)[xp.newaxis, :] * x, axis=0, dtype=xp.float64)


def unpacked(x):
    xp, special = both(x)
    if special:
        x = xp.tan(x)
    top = xp.max(x)
    return x - top - xp.log(xp.sum(xp.exp(x - top)))


def reductions(x):
    xp = module_of(x)
    return xp.sum(x * x, axis=0) + xp.mean(x) * xp.reshape(x, (-1, 1))[1, 0]


def passed(x, xp=None):
    if xp is None:
        xp = module_of(x)
    return scaled(x, xp) + xp.cos(x)


def scaled(x, xp):
    return xp.sqrt(x * x + 1.0) / xp.sum(xp.abs(x))


MODULES = [np, np]


def of_each(x):
    last, total = MODULES[0], 0.0
    for xp in MODULES:
        total = total + xp.sum(xp.exp(x)) * last.cos(x[0])
        last = xp
    return total + sum(xp.tan(x[1]) for xp in MODULES) * last.sin(x[2])


def checked(x, xp=np):
    """As packages check what they are given."""
    x = xp.atleast_1d(x)
    n = x.shape[0]
    if n == 1:
        x = x[0]
    return x, n


def returned_with_its_length(x):
    y, n = checked(x)
    return (y.reshape(n, 1) * np.sin(y) + y.repeat(n).sum()).sum()


def made_with_its_length(x):
    return x * 2.0, len(x)


def inlined_with_its_length(x):
    y, n = made_with_its_length(x)
    return (y.reshape(1, n) * y.reshape(n, 1)).sum()


class Backend:
    def __init__(self, xp, y):
        self.xp, self.y = xp, y


def loaded(x):
    b = Backend(np, x * 2.0)
    if x[0] > 0.0:
        b.y = b.xp.sin(b.y)
    return b


def module_in_an_object(x):
    b = loaded(x)
    return b.xp.reshape(b.y, (-1, 1)).sum() + b.xp.sum(b.y * b.y)


X = np.array([0.4, -1.3, 2.2])

CASES = [
    Case(found, (X, 1.7), (0, 1)),
    Case(given, (X,)),
    Case(unpacked, (X,)),
    Case(reductions, (X,)),
    Case(passed, (X,)),
    Case(of_each, (X,)),
    Case(returned_with_its_length, (X,), mixed="this call of np.repeat has no derivative"),
    Case(inlined_with_its_length, (X,)),
    Case(module_in_an_object, (X,)),
]
