"""Classes with a ``__copy__`` of their own, which cannot copy an object that is not filled yet."""

from __future__ import annotations

import numpy as np

from tests.programs import Case

x = np.array([0.6, 1.3])


class Turn:
    def __init__(self, q):
        self.q = self.checked(q)
        self.unit = self.q / self.norm()

    def checked(self, q):
        return q * 1.0

    def norm(self):
        return np.sqrt(np.sum(self.q**2))

    def __copy__(self):
        return Turn(self.q)


class Slotted:
    __slots__ = ("a", "b")

    def __init__(self, a):
        self.a = a * a
        self.b = np.sum(self.a)

    def __copy__(self):
        return Slotted(self.b)


def turned(x):
    return Turn(x).unit * Turn(x * x).q


def slotted(x):
    s = Slotted(x)
    return s.a * s.b


def changed(t, x):
    t.q = t.q * x
    return t.norm() + np.sum(t.unit)


def loops(x):
    t = Turn(x)
    for k in range(3):
        t.q = t.q * t.unit + k
    return t.q


CASES = [*(Case(f, (x,)) for f in (turned, slotted, loops)), Case(changed, (Turn(x), x), (1,))]
