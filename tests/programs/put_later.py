"""Arrays that a container or an object is given after something was computed with them, and that are written there.

The reverse sweep asks for what they were: s = np.sin(y); q.append(y); q[0][1] = 0.5.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from tests.programs import Case

X = np.array([0.9, 0.6, 1.3])


class Box:
    def __init__(self, v):
        self.v = v


class Stack:
    def __init__(self):
        self.items = []

    def push(self, v):
        self.items.append(v)


def put(q, y):
    q.append(y)


def appended(x):
    y, q = x * 2.0, []
    s = np.sin(y)
    q.append(y)
    q[0][1] = 0.5
    return s[1] * s[0] + q[0][0]


def of_the_argument(x):
    q = {}
    s = np.sin(x)
    q["a"] = x
    q["a"][1] = 0.5
    return s[1] * s[0] + q["a"][0]


def extended(x):
    y, q = x * 2.0, []
    s = y * y
    q.extend([x, y])
    q[1][:] = x
    return np.sum(s) + q[1][0] * q[1][2]


def replaced(x):
    y = x * 2.0
    s = np.sin(y)
    q = {"a": s, "b": s + x[2]}
    q["a"] = y
    q["a"][1] = q["b"][-1]
    return sum(v[0] * v[-1] for v in q.values()) + s[1]


def updated(x):
    y, q = x * 2.0, {}
    s = np.dot(y, y)
    q.update(k=y)
    q["k"] *= x
    return s * q["k"][0]


def made_by_default(x):
    y, q = x * 2.0, {}
    s = np.sin(y)
    z = q.setdefault("k", y)
    z[1] = 0.5
    return s[1] + q["k"][0]


def part_replaced(x):
    q, y = [x, x], x * 2.0
    s = np.sin(y)
    q[1:] = [y]
    q[1].fill(0.3)
    return s[1] * s[2] + q[1][0] * x[0]


def joined(x):
    y = x * 2.0
    s = y * y
    q = [x] + [y]
    if x[0] > 0.0:
        q[1][1] = x[0]
    return np.sum(s) + q[1][0] * q[1][1]


def attribute(x, b: Box):
    y = x * 2.0
    s = np.sin(y)
    b.v = y
    b.v[1] = 0.5
    return s[1] + b.v[0]


def pushed(x):
    y, q = x * 2.0, Stack()
    s = np.sin(y)
    q.push(y)
    q.items[0][1] = 0.5
    return s[1] + q.items[0][0]


def put_by_a_function(x):
    y, q = x * 2.0, []
    s = np.sin(y)
    put(q, y)
    q[0][1] = 0.5
    return s[1] + q[0][0]


def queued(x):
    y, q = x * 2.0, deque()
    s = np.sin(y)
    q.append(y)
    q[0][1] = 0.5
    return s[1] + q[0][0]


def grown_in_a_loop(x):
    q, t = [], 0.0
    for i in range(2):
        y = x * (2.0 + i)
        s = np.sin(y)
        q.append(y)
        q[-1][1] = 0.5
        t += s[1] * s[0]
    for p in q:
        p[0] = p[2] * p[2]
    return t + q[0][0] * q[1][0]


def of_a_comprehension(x):
    y = x * 2.0
    s = np.sin(y)
    q = {k: v for k, v in zip("ab", [y, y + 1.0])}  # noqa: C416
    q["a"][1] = 0.5
    return s[1] + q["a"][0]


CASES = [
    *(
        Case(f, (X,))
        for f in (
            appended, of_the_argument, extended, replaced, updated, made_by_default, joined, pushed, put_by_a_function, queued,
            grown_in_a_loop, of_a_comprehension,
        )
    ),
    Case(attribute, (X, Box(1.0))),
    Case(part_replaced, (X,), second="is read after something that it may share memory with was written"),
]  # fmt: skip
