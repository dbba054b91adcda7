"""Operators of objects: which operand Python asks, where an item of a list, a total so far or an argument stands on the left; sums of objects."""

import functools
import math
import operator

import numpy as np

from tests.programs import Case


class Map:
    """y = a * x + b"""

    def __init__(self, a, b):
        self.a = a
        self.b = b

    def __mul__(self, o):
        return Map(self.a * o.a, self.a * o.b + self.b) if isinstance(o, Map) else Map(self.a * o, self.b * o)

    __rmul__ = __mul__  # scalar * Map


class Gate:
    def __init__(self, a, b):
        self.a = a
        self.b = b

    def __matmul__(self, o):
        return Gate(self.a * o.a, self.a * o.b + self.b)

    __rmatmul__ = __matmul__


class Number:
    """Its ``-`` may be asked of numbers only, from the right."""

    def __init__(self, v):
        self.v = v

    def __sub__(self, o):
        return Number(self.v - o.v * o.v if isinstance(o, Number) else self.v - o)

    def __rsub__(self, o):
        return Number(o - self.v)


class Base:
    def __init__(self, v):
        self.v = v

    def __add__(self, o):
        return Base(self.v + o.v)


class Sub(Base):
    def __radd__(self, o):
        return Sub(10 * self.v * o.v)


class Plain(Base):
    pass


class Measured:
    def __init__(self, v, e):
        self.v = v
        self.e = e

    def __add__(self, o):
        return Measured(self.v + o.v, math.hypot(self.e, o.e))


class Log:
    def __init__(self, v):
        self.v = v

    def __add__(self, o):
        return Log(np.logaddexp(self.v, o.v))

    def __radd__(self, o):
        if o == 0:
            return self
        return self + o


class Either:
    def __init__(self, v):
        self.v = v

    def __add__(self, o):
        if isinstance(o, Either):
            return Either(self.v * o.v)
        return NotImplemented


def product_in_a_loop(x):
    ms = [Map(x, 1.0), Map(2.0, x), Map(3.0, x * x)]
    t = ms[0]
    for m in ms[1:]:
        t = t * m
    return t.b


def product_of_items(x):
    ms = [Map(x, 1.0), Map(2.0, x), Map(3.0, x * x)]
    return (ms[0] * ms[1] * ms[2]).b


def product_reduced(x):
    return functools.reduce(lambda p, q: p * q, [Map(x, 1.0), Map(2.0, x)]).b


def product_by_operator(x):
    return functools.reduce(operator.mul, [Map(x, 1.0), Map(2.0, x)], 1.0).b


def product_by_math(x):
    return math.prod([Map(x, 1.0), Map(2.0, x)]).b


def product_from_a_number(x):
    t = 1.0
    for m in [Map(x, 1.0), Map(2.0, x)]:
        t = t * m
    return t.b


def product_in_place(x):
    t = 1.0
    for m in [Map(x, 1.0), Map(2.0, x)]:
        t *= m
    return t.b


def gates(x):
    gs = [Gate(x, 1.0), Gate(2.0, x), Gate(3.0, x * x)]
    t = gs.pop(0)
    while gs:
        t = t @ gs.pop(0)
    return t.b


def gate(g: Gate):
    return (g @ Gate(2.0, 3.0)).b


def numbers_first(x):
    ns = [Number(x), Number(x * x)]
    t = 1.0
    for n in ns:
        t = t - n
    return t.v


def number_on_the_left(x, k):
    return (k * Map(x, 2.0) * x).b * (2.0 * Map(x, x)).b


def subclass_on_the_right(x):
    return (Base(x) + Sub(x * x)).v * (Sub(x) + Base(x)).v * (Base(x) + Plain(x)).v


def sum_of_objects(x):
    return sum([Measured(x, x), Measured(x * x, 2 * x)], Measured(0.0, 0.0)).e


def sum_from_zero(x):
    return sum([Log(x), Log(x * x)]).v


def sum_of_a_generator(x):
    return sum(Log(x * k) for k in range(1, 4)).v


def logs(x):
    return [Log(x * k) for k in range(1, 4)]


def sum_of_a_list_returned(x):
    return sum(logs(x), start=Log(0.0)).v


def same_class_or_not(x):
    return (Either(x) + Either(x * x)).v


class Backwards:
    def __init__(self, a):
        self.items = [a, a * a]

    def __reversed__(self):
        return iter([3 * self.items[0], self.items[1]])

    def __len__(self):
        return 2

    def __getitem__(self, i):
        return self.items[i]

    def __iter__(self):
        return iter(self.items)


class Path:
    def __init__(self, v):
        self.v = v

    def __iter__(self):
        return iter([self.v, self.v**2])

    def __float__(self):
        return self.v**3


class Ring(Path):
    def __iter__(self):
        return iter([3 * self.v])


class Returned:
    def __init__(self, v):
        self.v = v

    def __add__(self, o):
        return Returned(self.v * o.v + o.v)

    def __radd__(self, o):
        return self if not isinstance(o, Returned) else o + self


class Pair:
    def __init__(self, v):
        self.v = v

    def __sub__(self, o):
        return Pair(self.v - o.v * self.v)


class Node:
    def __init__(self, v, following=None):
        self.v = v
        self.following = following


def backwards_in_a_loop(x):
    t = 0.0
    for k, v in enumerate(reversed(Backwards(x)), 1):
        t = 2 * t + k * v
    return t


def backwards_unpacked(x):
    a, b = reversed(Backwards(x))
    return a * a * b + list(reversed(Backwards(x)))[0]


def summed_by_math(x):
    return math.fsum(Path(x)) * sum(v * w for v, w in zip(Path(x), Path(2 * x)))


def reduced(x):
    return functools.reduce(lambda a, b: a * b, Path(x))


def taken_as_a_number(x):
    return float(Path(x)) * x


def paths(x):
    return [Path(x), Ring(x)]


def path_of_two(x):
    a, b = paths(x)
    c, d = a
    return c * d * x


def returned_by_its_own(x):
    return sum(Returned(x * k) for k in range(1, 4)).v * sum([Returned(x), Returned(x * x)]).v


def pairs(x):
    a, b = Pair(x), Pair(x * x)
    for _ in range(3):
        a, b = a - b, b - a
    return a.v * b.v


def linked(x):
    n = None
    for k in range(3):
        n = Node(x * k, n)
    t = 0.0
    while n is not None:
        t += n.v**2
        n = n.following
    return t


class Clock:
    """Its ``divmod`` is not its ``//`` and ``%``."""

    def __init__(self, v):
        self.v = v

    def __divmod__(self, other):
        return self.v * 3.0, self.v * other

    def __rdivmod__(self, other):
        return other * 2.0, self.v * self.v

    def __floordiv__(self, other):
        return self.v * 7.0

    def __mod__(self, other):
        return self.v * 11.0


def divided(x):
    whole, rest = divmod(Clock(x), x)
    return whole * rest


def divided_by(x):
    whole, rest = divmod(x, Clock(x * x))
    return whole * rest


class Ranked:
    def __init__(self, v):
        self.v = v

    def __lt__(self, other):
        return self.v * other.v


class RankedHigher(Ranked):
    def __gt__(self, other):
        return 5.0 * self.v - other.v


def compared_by_a_subclass(x):
    return (Ranked(x) < RankedHigher(x * x)) * x


LOOPS = (product_in_a_loop, product_of_items, product_reduced, product_by_operator, product_by_math, product_from_a_number, product_in_place)
SUMS = (sum_of_objects, sum_from_zero, sum_of_a_generator, sum_of_a_list_returned)
CASES = [
    *(Case(f, (1.3,)) for f in (*LOOPS, *SUMS, numbers_first, subclass_on_the_right, same_class_or_not)),
    Case(gates, (1.3,), second="tape is read after something"),
    *(Case(f, (1.3,)) for f in (backwards_in_a_loop, backwards_unpacked, summed_by_math, reduced, taken_as_a_number, path_of_two)),
    *(Case(f, (1.3,)) for f in (returned_by_its_own, pairs, linked)),
    Case(number_on_the_left, (1.3, 2.0)),
    Case(gate, (Gate(1.3, 0.7),)),
    *(Case(f, (1.3,)) for f in (divided, divided_by, compared_by_a_subclass)),
]
