"""Functions of NumPy's, methods and callees that write into an argument."""

import math

import numpy as np

from tests.programs import Case


def fill_from(a, v):
    a[0] = v * v
    a[1:] += v


def filled_by_a_callee(x):
    y = np.zeros(3)
    fill_from(y, x[1])
    fill_from(y, x[2])
    return np.sum(y * y)


def scale(a, k):
    a *= k
    return a


def scaled_by_a_callee(x):
    y = x * 2.0
    z = scale(y, x[0])
    return np.sum(z)


def scaled_for_its_effect(x: np.ndarray):
    y = x * 2.0
    scale(y, x[0])
    return np.sum(y * y)


def sub_solve(A, b):
    n = len(b)
    for i in range(n):
        for j in range(i):
            b[i] -= A[i, j] * b[j]
        b[i] /= A[i, i]
    return b


def solved_in_place(x):
    A = np.outer(x, x) + 2 * np.eye(3)
    y = x**2
    z = sub_solve(A, y)
    return np.sum(z * y)


def deep(a):
    fill_from(a, a[2])


def callee_of_a_callee(x):
    y = x * 1.5
    deep(y)
    return np.sum(y**2)


def addto(s, v):
    s += v
    return s


def sums_by_a_callee(x):
    s = 0.0
    for v in x:
        s = addto(s, v * v)
    return s


def out_of_ufuncs(x):
    y = np.zeros(3)
    np.sin(x, out=y)
    z = np.multiply(y, x, out=y)
    return np.sum(y * z)


def copied_to(x):
    y = np.zeros(3)
    np.copyto(y, x * x)
    np.copyto(y, 3.0, where=x > 1.5)
    y.fill(x[0]) if x[0] > 10 else None
    return np.sum(y**2)


def added_at(x):
    y = np.zeros((3, 3))
    np.add.at(y, ([0, 0, 1], [1, 1, 2]), x)
    np.subtract.at(y, 2, x * x)
    np.fill_diagonal(y, x[0])
    y.put([0, 5], x[:2] ** 3)
    return np.sum(y * y)


def one_buffer(x):
    buf = np.empty(3)
    total = 0.0
    for k in range(3):
        buf.fill(x[k])
        np.cumsum(buf * x, out=buf)
        total += buf[1] * buf[2]
    return total


def out_where(x):
    y = np.zeros(3)
    np.add(x, x[::-1], out=y, where=np.array([True, False, True]))
    return np.sum(y**2) + np.sum(np.square(x, y))


def put_through_a_view(x):
    w = np.outer(x, x)
    np.fill_diagonal(w[:2], x[1])
    np.put(w.T, [0, -2], x[0] ** 3)
    w.T.put([1, 2], x[:2])
    return np.sum(w * w * np.arange(9.0).reshape(3, 3))


def number_added_to_zeros(x, a):
    w = np.zeros_like(x)
    w += math.sin(a)
    w[x > 1.0] *= 2.0
    v = w.copy()
    return np.sum(v * x) + np.sum(w)


X = np.array([1.3, 0.7, 2.1])


def outside_of_the_domain(x, s):
    y = np.sqrt(1.0 - x * x * s, out=np.zeros_like(x), where=x < 1.0)
    return np.sum(y * x)


def sorted_along_an_axis(x):
    y = np.outer(x, x) + np.outer(x, np.ones(3))
    rows = y[1:]
    rows.sort(0)
    y.partition(1, axis=1)
    return np.sum(y * rows[0])


def placed(x):
    y = x * 2.0
    z = y
    np.place(y, x > 0.0, x[:2] ** 2)
    np.putmask(z, [True, False, True], x[1])
    return np.sum(y * z)


def put_along_an_axis(x):
    y = np.outer(x, x)
    z = y.T
    np.put_along_axis(y, np.argmax(y, axis=1, keepdims=True), x[0], 1)
    np.put_along_axis(z, np.array([[0], [2], [1]]), x[:1], 1)
    return np.sum(y * x)


def put_round_the_end(x):
    y = x * x
    np.put(y, [1, 5], x[:1], mode="wrap")
    y.put([7, 0], x[1:] ** 2, mode="clip")
    return np.sum(y * x)


def wrapped_diagonal(x):
    y = np.zeros((5, 2))
    np.fill_diagonal(y, x, wrap=True)
    np.fill_diagonal(y[3:], x[1] ** 2)
    return np.sum(y[:, 0] ** 2) + np.sum(y[:, 1])


def out_by_position(x):
    y = np.zeros(3)
    z = np.sum(np.outer(x, x), 0, None, y)
    return np.sum(z * y * x)


def _squared(x, out=None):
    return np.multiply(x, x, out=out)


def _squared_by_position(x, out):
    return np.multiply(x, x, out)


def out_handed_on(x):
    buffer = np.zeros(3)
    squares = _squared(x, out=buffer)
    return np.sum(buffer * squares * x)


def out_handed_on_by_position(x):
    buffer = np.ones(3)
    _squared_by_position(x, buffer)
    return np.sum(buffer * x) + np.sum(_squared(x))


def _squares(x, out=None):
    if out is None:
        out = np.zeros(3)
    for i in range(3):
        out[i] = x[i] ** 2
    return out


def handed_a_buffer(x):
    buffer = np.ones(3)
    _squares(x, buffer)
    return np.sum(buffer * _squares(x[::-1]))


CASES = [
    Case(out_handed_on, (np.array([0.3, 0.7, -0.2]),)),
    Case(out_handed_on_by_position, (np.array([0.3, 0.7, -0.2]),)),
    Case(outside_of_the_domain, (np.array([0.3, 2.5, -0.6]), 0.9), (0, 1)),
    *(Case(f, (X.copy(),)) for f in (filled_by_a_callee, scaled_by_a_callee, scaled_for_its_effect, solved_in_place, callee_of_a_callee)),
    *(Case(f, (X.copy(),)) for f in (sums_by_a_callee, out_of_ufuncs, copied_to, added_at, one_buffer, out_where, put_through_a_view)),
    Case(number_added_to_zeros, (X.copy(), 0.4), (0, 1)),
    *(Case(f, (X.copy(),)) for f in (sorted_along_an_axis, placed, put_along_an_axis, put_round_the_end, wrapped_diagonal, out_by_position)),
    Case(handed_a_buffer, (np.array([0.5, 1.2, 1.7]),)),
]
