"""Lists and tuples that are joined, repeated and extended."""

import numpy as np

from tests.programs import Case


def grown_by_joining(x, n):
    out = []
    for i in range(n):
        out = out + [x * i]
    return out[1] * out[2] + sum(out)


def joined_with_a_parameter(x, data):
    ys = data + [x, x * x]
    zs = [ys[0], *data] + ys
    return sum(k * v * v for k, v in enumerate(zs)) + sum(data)


def joined_with_a_part(x, data):
    ys = [x] + data[1:]
    zs = data[:-1] + ys
    return ys[0] * ys[-1] + zs[0] * zs[2] * sum(data)


def joined_copy(x, data):
    ys = data.copy()
    zs = ys + [x]
    ys[0] = ys[0] * x
    return sum(zs) * ys[0] * zs[0]


def repeated(x, n):
    ys = [x, x * x] * n
    ys[1] = ys[0] * ys[3]
    return sum(k * v for k, v in enumerate(ys))


def repeated_from_the_left(x):
    ys = 3 * [np.sin(x)]
    ys[0] = x
    return ys[0] * ys[1] * ys[2]


def tuples(x):
    p = (x, 2.0 * x) + (x * x,)
    p += (x * x * x,)
    q = p * 2
    return sum(q) * q[3] * q[6]


def extended(x, data):
    ys = [x]
    ys += [x * x, data[0]]
    zs = ys
    zs += data
    return sum(k * v * v for k, v in enumerate(ys)) * zs[3]


def extended_by_itself(x):
    ys = [x, x * x]
    ys += ys
    ys[0] = ys[3] * x
    return sum(k * v for k, v in enumerate(ys)) * ys[0]


def extended_in_a_loop(x, n):
    ys = [x]
    for i in range(n):
        ys += [ys[-1] * x, x + i]
        ys[0] *= ys[i]
    return sum(ys) * len(ys)


def rows_that_are_joined(x, w):
    rows = [x] + [x * k * w for k in range(1, 3)]
    rows = rows + [rows[0] * rows[1]] * 2
    return np.sum(np.array(rows)) + rows[3][0] * rows[4][1]


def rows_shared_by_joining(x):
    rows = [x * 1.0] + [x * 2.0]
    first = rows + [x * 3.0]
    return first[0][0] * rows[1][1] + first[2][0]


def joined_on_one_path(x, data):
    ys = [x]
    if x > 1.0:
        ys = ys + data
    return sum(ys) * ys[-1]


X = np.array([0.7, -1.3])
CASES = [
    Case(grown_by_joining, (1.3, 4), (0,)),
    Case(joined_with_a_parameter, (1.3, [2.0, 0.5]), (0, 1)),
    Case(joined_with_a_part, (1.3, [2.0, 0.5, 0.3]), (0, 1)),
    Case(joined_copy, (1.3, [2.0, 0.5]), (0, 1)),
    Case(repeated, (1.2, 3), (0,)),
    Case(repeated_from_the_left, (0.8,)),
    Case(tuples, (1.2,)),
    Case(extended, (1.3, [2.0, 0.5]), (0, 1)),
    Case(extended_by_itself, (1.3,)),
    Case(extended_in_a_loop, (1.1, 3), (0,)),
    Case(rows_that_are_joined, (X, 0.6), (0, 1)),
    Case(rows_shared_by_joining, (X,)),
    Case(joined_on_one_path, (1.4, [2.0, 0.5]), (0, 1)),
    Case(joined_on_one_path, (0.4, [2.0, 0.5]), (0, 1)),
]
