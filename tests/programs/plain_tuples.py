"""Named tuples without operators, or whose class is known; numbers that are made of what is one already."""

import math
from collections import namedtuple
from typing import NamedTuple

from tests.programs import Case

Plain = namedtuple("Plain", "x y")


class Vec(NamedTuple):
    x: float
    y: float

    def __sub__(self, other):
        return Vec(self.x - other.x, self.y - other.y)

    def __abs__(self):
        return math.sqrt(self.x**2 + self.y**2)


def parts(p):
    x, y = p
    return x * y * p[0] * p.x


def known(p: Vec, q: Vec):
    return abs(p - q) * p.x


def made_inside(x):
    return abs(Vec(x, x * x) - Vec(1.0, x))


def by_fields(p):
    return p.x * p.y


def converted(x):
    return float(x) * x


def rounded(x):
    return math.floor(x) * float(x)


CASES = [Case(f, (1.7,)) for f in (made_inside, converted, rounded)]
CASES += [Case(parts, (Plain(1.3, 0.7),)), Case(by_fields, (Vec(1.3, 0.7),)), Case(known, (Vec(1.3, 0.7), Vec(0.2, 0.4)))]
