"""What a loop made last, of any shape, read behind the loop: the iterations before have no adjoint of it."""

from __future__ import annotations

import numpy as np

from tests.programs import Case

X = np.array([0.8, 1.1, 0.6])


def product(x):
    for k in range(3):
        r = np.outer(x, x) @ x * k
    return np.sum(r * r)


def residual(x):
    z = x * 0.5
    for _ in range(3):
        step = np.outer(x, z) @ z - x
        scaled = 2.0 * step
        z = z - 0.1 * scaled
    return np.sum(scaled * scaled) + np.sum(z)


def joined(x):
    for k in range(3):
        r = np.concatenate([x, x * k])
    return np.sum(r * r)


def running_sum(x):
    k = 0
    while k < 3:
        r = np.cumsum(x * k)
        k += 1
    return np.sum(r * r)


def several(x):
    for k in range(3):
        r = [x * k, x, {"a": x * x}]
    return np.sum(r[0] * r[1] * r[2]["a"])


def in_an_arm(x):
    for k in range(4):
        if k % 2 == 0:
            r = np.reshape(x * k, (3, 1))
    return np.sum(r * r)


def in_an_inner_loop(x):
    for k in range(2):
        for j in range(k + 1):
            r = np.cumsum(x * (j + 1.0))
    return np.sum(r * r)


def replaced_first(a, value):
    a = a.copy()
    a[0] = value
    return a


def row_of_a_callee(x):
    rows = np.outer(x, x)
    for row in rows:
        r = replaced_first(row, x[1])
    return np.sum(r * r)


def written_row(x):
    rows = np.outer(x, x)
    for row in rows:
        r = row.copy()
        r[0] = x[1]
    return np.sum(r * r)


def also_read_by_part(x):
    for k in range(3):
        u, v = x * x, x * k
        r = u[1:] * v[0]
    return np.sum(r * u[1:])


def filled(x):
    for i in range(2):
        s = np.zeros(3)
        for k in range(3):
            s[k] = np.tanh(x[k] * x[i])
    return np.sum(s * s)


def made_and_updated(x):
    for i in range(2):
        s = x * x
        for k in range(3):
            s[k] *= np.tanh(x[k] * x[i])
    return np.sum(s * s)


def scaled_in_an_inner_loop(x):
    for _ in range(2):
        s = np.cumsum(x * x)
        for k in range(3):
            s = s * x[k]
            t = s[k]
    return np.sum(s * s) * t


def item_of_an_inner_loop(x):
    items = [x[0] * x[1], x[1], x[2]]
    for a in items:
        for k, b in enumerate(items):
            if k > 1:
                break
            t = a * b
    items[-1] -= np.sin(x[0])
    return b + t + items[0] * items[2]


CASES = [
    Case(f, (X.copy(),))
    for f in (
        product,
        residual,
        joined,
        running_sum,
        several,
        in_an_arm,
        in_an_inner_loop,
        row_of_a_callee,
        written_row,
        also_read_by_part,
        filled,
        made_and_updated,
        scaled_in_an_inner_loop,
        item_of_an_inner_loop,
    )
]
