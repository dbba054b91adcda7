"""What has a plainer spelling: methods taken out of their objects, iterators with names, other names of functions, chains of targets."""

import math

import numpy as np

from tests.programs import Case

X = np.array([[2.0, 3.0], [0.5, 1.0]])


class Scaled:
    def __init__(self, w):
        self.w = w

    def doubled(self):
        return self.w * 2

    def total(self, t=1.0):
        return np.sum(self.w * t)


def get_of_a_dict(x):
    d = {"a": 1.0}
    get = d.get
    d["a"] = x
    return np.sum(get("a") * x)


def values_with_a_name(x):
    d = {"a": x}
    v = d.values()
    d["a"] = x * x
    return np.sum(sum(v))


def keys_with_a_name(x):
    d = {"a": x}
    k = d.keys()
    d["c"] = x
    return np.sum(len(k) * x)


def items_with_a_name(x):
    d = {"a": x}
    pairs = d.items()
    d["a"] = x * x
    total = 0.0
    for _, v in pairs:
        total = total + np.sum(v * v)
    return total


def sum_of_an_array_that_is_changed(x):
    a = np.ones((2, 2))
    s = a.sum
    a *= x
    return np.sum(s() * x)


def reshape_with_a_name(x):
    a = x * 1.0
    f = a.reshape
    f(-1)[0] *= 2
    return np.sum(a * x)


def ravel_with_a_name(x):
    a = x * 1.0
    g = a.ravel
    v = g()
    v[0] *= 2
    return np.sum(a * x)


def method_with_two_names(x):
    m = Scaled(x).doubled
    g = m
    return np.sum(m() * g())


def methods_of_an_array(x):
    u = x * x
    f, g = u.mean, u.copy
    return np.sum(f() * g())


def method_next_to_an_item(x):
    a = x * x
    b = a.sum
    return b() * a[0, 0]


def method_in_a_loop(x):
    a = x * x
    f = a.sum
    total = 0.0
    for _ in range(3):
        total = total + f()
        a[0] += 1.0
    return total


def chosen_method(x):
    a = Scaled(x)
    f = a.total if x[0, 0] > 0 else a.doubled
    return np.sum(f())


def method_on_one_path(x):
    a, total = Scaled(x * x), 0.0
    if x[0, 0] > 1:
        f = a.total
    if x[0, 0] > 1:
        total = f(x)
    return total * x[0, 0]


def method_in_a_list(x):
    a = Scaled(x)
    fs = [a.total, math.sin]
    return fs[0](x[0, 0]) + fs[1](x[0, 0])


def multiply_by_another_name(x):
    a = x * 1.0
    g = np.multiply
    g(a, x, a)
    return np.sum(a)


def copyto_by_another_name(x):
    a = x * 1.0
    g = np.copyto
    g(a, x * x)
    return np.sum(a)


def add_at_by_another_name(x):
    a = x * 1.0
    k = np.add.at
    k(a, [0, 0], x)
    return np.sum(a)


def fill_diagonal_by_another_name(x):
    a = x * 1.0
    h = np.fill_diagonal
    h(a, x[0, 0] * 2)
    return np.sum(a * x)


def _given(g, a, v):
    return g(a, v)


def copyto_handed_on(x):
    a = x * 1.0
    _given(np.copyto, a, x * x)
    return np.sum(a)


def item_then_the_array(x):
    a = x * 1.0
    a[:] = a = a * 2
    return np.sum(a)


def the_array_then_item(x):
    a = x * 1.0
    b = a
    a = a[:] = a * 2
    return np.sum(a) + np.sum(b * x)


def two_names_of_one_array(x):
    a = x * 1.0
    b = a
    b[:] = a[:] = a * 2
    return np.sum(a * x)


def index_then_item(x):
    a = [1.0, x, 3.0]
    i = 0
    i = a[i] = 1
    return np.sum(x * a[1] * a[0])


def index_and_item(x):
    a = np.ones(3)
    i = 0
    i, a[i] = 1, x[0, 0]
    return np.sum(a * np.array([1.0, 2.0, 3.0]))


def field_then_the_object(x):
    o = Scaled(x)
    p = o
    o.w = o = Scaled(x * 3)
    return np.sum(p.w.w) + np.sum(o.w)


def quotient_by_one(x):
    a = x * x
    m = a / 1
    a[0] *= 2
    return np.sum(a * m)


def first_power(x):
    a = x * x
    m, n, p, q = a**1, np.power(a, 1), np.float_power(a, 1), pow(a, 1)
    a[0] *= 2
    return np.sum(a * m * n * p * q)


def minus_minus(x):
    a = x * x
    m = -(-a)
    a[0] *= 2
    return np.sum(a * m)


def conjugate_of_complex_numbers(x):
    z = x + 1j
    v = z.conj()
    z[0] *= 2
    return np.sum((v * z).real)


def astype_told_not_to_copy(x):
    a = x * x
    b = a.astype(a.dtype, "K", "unsafe", True, False)
    a[0] *= 2
    return np.sum(a * b)


def getattr_of_a_field(x):
    m = Scaled(x * 1.0)
    getattr(m, "w")[0] *= 2  # noqa: B009
    return np.sum(m.w * x)


def getattr_of_an_array(x):
    a = x * 1.0
    v = getattr(a, "T")  # noqa: B009
    v[0] *= x[1]
    return np.sum(a * x)


def getitem_by_name(x):
    a = x * 1.0
    a.__getitem__(0)[0] *= 2
    return np.sum(a * x)


def setitem_by_name(x):
    a, d = x * 1.0, {"a": x}
    a.__setitem__(0, x[1])
    d.__setitem__("a", x * x)
    return np.sum(a * x) + np.sum(d["a"])


def operators_by_name(x):
    a = x * x
    b = a.__add__(x)
    b *= 2
    return np.sum(a.__mul__(b)) + a.__len__() * np.sum(a.__neg__()) + np.sum(a.__rsub__(2.0))


def iterator_with_a_name(x):
    a = x * 1.0
    it = iter(a)
    for r in it:
        r[0] *= 2
    return np.sum(a * x)


def pairs_with_a_name(x):
    a, total = x * x, 0.0
    pairs = zip(a, x)
    for i, (p, q) in enumerate(pairs):
        total = total + i * np.sum(p * q)
    return total


def items_of_a_display(x):
    total = 0.0
    for name, v in {"a": x, "b": x * x}.items():
        total = total + np.sum(v * len(name))
    return total


FUNCTIONS = [f for name, f in list(globals().items()) if callable(f) and getattr(f, "__module__", "") == __name__ and name[0] not in "_SC"]
CASES = [Case(f, (X,)) for f in FUNCTIONS]
