"""Results that are put into an array which is given: ``out`` of ufuncs of any library, and the functions of ``operator`` that update."""

import operator

import numpy as np
import scipy.special
import scipy.special as sp
from scipy.special import expit as sigmoid
from sklearn.preprocessing import normalize

from tests.programs import Case

X = np.array([0.7, -1.3, 2.1])
ACTIVATION = sp.expit


def squash(x, y):
    sigmoid(x, y)


def squash_by_module(x, y):
    scipy.special.expit(x, out=y)


def add_in(y, x):
    operator.iadd(y, x)


def out_of_scipy(x):
    y = np.zeros(3)
    sp.expit(x, out=y)
    return (y**2).sum() + x[0]


def out_by_position(x):
    y, z = np.zeros(3), np.zeros(3)
    sp.expit(x, y)
    w = sp.xlogy(x * x, x * x, z)
    return (y * z).sum() + w[0]


def out_of_an_imported_name(x):
    y, z = np.zeros(3), np.zeros(3)
    sigmoid(x, out=y)
    ACTIVATION(y * x, z)
    return (y * z).sum()


def out_in_a_helper(x):
    y, z = np.zeros(3), np.zeros(3)
    squash(x, y)
    squash_by_module(y * x, z)
    return (y * z).sum()


def out_over_its_argument(x):
    y = x * 1.0
    sp.expit(y, out=y)
    return (y**2 * x).sum()


def update_as_a_statement(x):
    y = x * 1.0
    w = y
    operator.iadd(y, x)
    return (y * w * x).sum()


def update_of_a_part(x):
    y = x * 1.0
    operator.imul(y[1:], x[0])
    return (y**2).sum()


def update_in_a_helper(x):
    y = x * 1.0
    add_in(y, x * x)
    return (y**2).sum()


def update_of_a_list(x):
    y = [x[0]]
    operator.iadd(y, [x[1]])
    return sum(y) * x[2]


def update_of_a_number(x):
    s = x[0] * 1.0
    operator.iadd(s, x[1])
    return s * x[2]


def normalized_in_place(x):
    y = np.outer(x, x) + 1.0
    normalize(y[:2], copy=False)
    z = normalize(y[1:], "l1", axis=0, copy=False)
    return (y**3).sum() + (z * y[1:]).sum()


def normalized_in_place_or_not(x, copy=False):
    y = np.outer(x, x) + 1.0
    z = normalize(y, copy=copy)
    return (y**3 * x).sum() + z[0, 1]


FUNCTIONS = (
    out_of_scipy, out_by_position, out_of_an_imported_name, out_in_a_helper, out_over_its_argument, update_as_a_statement, update_in_a_helper,
    update_of_a_list, update_of_a_number, update_of_a_part, normalized_in_place, normalized_in_place_or_not,
)  # fmt: skip
def out_of_methods(x):
    y, z, total = np.empty_like(x), np.zeros((2, 3)), np.empty(())
    x.cumprod(out=y)
    np.outer(x[:2], x).clip(-1.0, 2.0, out=z)
    y.sum(out=total)
    return total * (z * y).sum() + x.take([2, 0], out=x[:2] * 0.0)[0]


def out_of_a_method_over_its_object(x):
    y = x * 1.0
    return y.cumsum(out=y).dot(x) + np.outer(y, x).mean(axis=0, out=x * 0.0)[1]


def perhaps_out_of_a_method(x, out=None):
    return (x.cumsum(out=out) * x).sum()


class Totals:
    """It has a method of such a name that means something else."""

    def __init__(self, scale):
        self.scale = scale

    def dot(self, a, b):
        return self.scale * (a @ b)


def methods_of_the_same_names(x):
    totals = Totals(x[0])
    return totals.dot(x, x * x)


CASES = [Case(f, (X,)) for f in FUNCTIONS]
CASES += [Case(f, (X,)) for f in (out_of_methods, out_of_a_method_over_its_object, perhaps_out_of_a_method, methods_of_the_same_names)]
