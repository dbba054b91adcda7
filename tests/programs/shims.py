"""Shims: objects of a module that hand on what a library has, by ``__getattr__``, so that another library can be put in its place."""

import math

import numpy
import scipy.special

from tests.programs import Case


class Shim:
    def __init__(self, module):
        self._module = module

    def __getattr__(self, name):
        if name == "_module":
            return self._module
        return getattr(self._module, name)


class Late:
    def __getattr__(self, name):
        import numpy.linalg

        return getattr(numpy.linalg, name)


np, special, m, linalg = Shim(numpy), Shim(scipy.special), Shim(math), Late()
X = numpy.array([0.7, 1.3])


def sinc(t):
    return np.where(np.abs(t) > 1e-3, np.sin(np.pi * t) / (np.pi * t), 1.0)


def elementwise(x):
    return np.sum(np.sin(x) * np.exp(x) * np.pi)


def in_a_helper(x):
    return np.dot(sinc(x), x)


def of_a_module_inside(x):
    return np.linalg.norm(x) * np.add.reduce(x)


def written(x):
    y = np.zeros(x.shape, dtype=np.float64)
    y[0] = x[1]
    out = np.empty_like(x)
    np.multiply(x, x, out=out)
    return (np.exp(y)[np.newaxis, :] @ out)[0]


def of_other_libraries(x):
    return special.erf(x[0]) * m.cos(x[1])


def looked_up_late(x):
    return linalg.det(np.outer(x, x) + np.eye(2))


def handed_to_a_function(x):
    return sum(map(np.tanh, x)) + in_place_of(np.cosh, x[0])


def in_place_of(f, t):
    g = np.sqrt
    return f(g(t))


def in_a_local_function(x):
    def inner(t):
        return np.log(t) * t

    return inner(x).sum()


class Optics:
    def __init__(self, k):
        self.k = k

    def phase(self, x):
        return np.cos(self.k * x).sum()


def in_a_method(x):
    return Optics(x[0]).phase(x)


CASES = [
    Case(f, (X,))
    for f in (
        elementwise,
        in_a_helper,
        of_a_module_inside,
        written,
        of_other_libraries,
        looked_up_late,
        handed_to_a_function,
        in_a_local_function,
        in_a_method,
    )
]
