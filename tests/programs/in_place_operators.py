"""Objects that are changed by ``+=``, under one name or two, in loops or not; and methods that return their object."""

from tests.programs import Case


class Total:
    """``t += v`` and ``t + v`` are not the same."""

    def __init__(self, t):
        self.t = t

    def __add__(self, v):
        return Total(self.t + 10.0 * v)

    def __iadd__(self, v):
        self.t = self.t + v
        return self

    def __imul__(self, v):
        self.t = self.t * v
        return self

    def added(self, v):
        self.t = self.t + v * v
        return self


def straight(x):
    c = Total(1.0)
    c += x
    c *= x
    return c.t**2


def in_a_loop(x):
    c = Total(1.0)
    for k in range(3):
        c += x * k
    return c.t**2


def by_two_names(x):
    c = Total(1.0)
    d = c
    for _ in range(3):
        c += x
    return d.t**2 * c.t


def in_a_branch(x):
    c = Total(x)
    d = c
    if x > 0.5:
        c *= x
    else:
        c += x
    return d.t**2


def chained(x):
    return Total(x).added(x).added(2.0).t


def chained_in_a_loop(x):
    c = Total(x)
    for k in range(3):
        c = c.added(x).added(k)
    return c.t**2


CASES = [
    Case(straight, (1.3,)),
    Case(in_a_loop, (1.3,)),
    Case(by_two_names, (1.3,)),
    *(Case(in_a_branch, (x,)) for x in (1.3, 0.2)),
    Case(chained, (1.3,)),
    Case(chained_in_a_loop, (1.3,)),
]
