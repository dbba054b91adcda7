"""Objects that calculate: operators and methods of classes that make objects of their own class, in loops and branches."""

import math
from typing import NamedTuple

from tests.programs import Case


class Value:
    """A number in a box; its methods have names that NumPy's functions have, too."""

    def __init__(self, data):
        self.data = data

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data)

    __radd__ = __add__

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data)

    def tanh(self):
        return Value(math.tanh(self.data))


class State(NamedTuple):
    s: float
    i: float
    r: float


def boxed(a, b):
    x, y = Value(a), Value(b)
    z = (x * y + x * 2.0).tanh() + y * y
    return z.data


def epidemic(beta, gamma):
    st = State(0.9, 0.1, 0.0)
    hist = [st]
    for _ in range(5):
        new = beta * st.s * st.i
        st = st._replace(s=st.s - new, i=st.i + new - gamma * st.i, r=st.r + gamma * st.i)
        hist.append(st)
    return max(h.i for h in hist) + hist[-1].r


CASES = [
    Case(boxed, (0.7, 1.3), (0, 1)),
    Case(epidemic, (0.5, 0.2), (0, 1)),
]
