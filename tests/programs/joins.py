"""Lists and tuples that are joined, repeated and extended."""

import math

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


def joined_to_a_number(xs, a):
    ys = xs + [a]
    return ys[0] * ys[-1] ** 2 + sum([2.0] + xs)


def shifted_by_a_list(x):
    return np.sum((x + [2.0, 0.5]) ** 3)


def sorted_by_a_key(xs, a, backwards):
    pairs = [(t * a, t + a) for t in xs]
    pairs.sort(key=lambda p: -p[1], reverse=backwards)
    return pairs[0][0] ** 2 * pairs[1][1] + pairs[2][0]


def sorted_array(x):
    y = x * x
    y.sort()
    return y[0] * y[1] ** 2


def replaced_part(x, data):
    ys = [x, x * x, 2.0 * x, 1.5 * x]
    ys[0:2] = [x * x * x]
    ys[-1:] = data
    return sum(k * v * v for k, v in enumerate(ys))


def replaced_from_here_to_there(x, data, i, j):
    ys = list(data)
    ys[i:j] = (x, x * x, x)
    del ys[j : i + 1]
    del ys[:1]
    return sum(k * v * v for k, v in enumerate(ys))


def sorted_in_place(x, data):
    ys = [x * v for v in data]
    ys.sort()
    zs = ys
    zs.sort(reverse=True)
    return sum(k * v * v for k, v in enumerate(ys))


def sorted_and_grown(x, data):
    data.sort()
    data.append(x)
    return sum(k * v * v for k, v in enumerate(data))


def perhaps_sorted_and_grown(x, data, n):
    if n > 2:
        data.reverse()
    else:
        data.sort()
        data[:] = [x * v for v in data]
    data.append(x * data[0])
    return sum(k * v * v for k, v in enumerate(data))


def product(x, data):
    return math.prod([x, x * x]) * math.prod(data, start=2.0) + math.prod(v * x for v in data)


def got_by_a_sum(x, d):
    n = {}
    for i in range(3):
        n[i] = n.get(i - 1, x) * d.get("a", 1.0) + i
    return n[2] * n[1]


def new_keys_of_a_parameter(x, d):
    d["z"] = x * d["a"]
    d["a"] *= x
    return d["z"] * d["a"] * d["b"]


def items_of_a_parameter(x, data):
    data[1] -= x * x
    data[0] = x
    return sum(v * v * k for k, v in enumerate(data))


def said_to_be_a_list(x, data: "list[float]"):
    ys = data + data
    zs = [0.5] + data[1:] * 2
    if x > 0.5:
        zs = zs + ys * 3
    return sum(k * v * v for k, v in enumerate(zs)) * x


def joined_to_itself(x):
    ys = [x, x * x]
    zs = ys + ys
    return sum(k * v * v for k, v in enumerate(zs)) * x


def read_before_it_grows(x, data):
    ys = [x, *data]
    zs = data[:]
    data.append(data[0] * x)
    zs[0] *= x
    return sum(ys) * sum(zs) * data[-1]


def grown_in_a_dict(x, v):
    n = {"u": [x, 1.5], "v": v}
    n["u"].append(n["v"])
    n["v"] = x * v
    return sum(n["u"]) * n["u"][2] + n["v"]


def turned_round(x, data, d):
    data.reverse()
    d.update({"b": x * data[0]})
    return sum(k * v for k, v in enumerate(data)) * d["a"] * d["b"]


def product_of_a_list_with_itself(x, data):
    return math.sin(np.dot(data, data)) * x


X = np.array([0.7, -1.3])
HELD = "is read after something that it may share memory with was written"
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
    Case(joined_to_a_number, ([0.7, 0.4], 1.3), (0, 1)),
    Case(shifted_by_a_list, (X,)),
    Case(sorted_by_a_key, ([0.9, 0.4, 0.7], 1.3, True), (0, 1)),
    Case(sorted_by_a_key, ([0.9, 0.4, 0.7], 1.3, False), (0, 1)),
    Case(sorted_array, (X,)),
    Case(replaced_part, (1.3, [0.5, 0.7]), (0, 1)),
    *[Case(replaced_from_here_to_there, (1.3, [0.5, 0.7, 2.0, 3.0], i, j), (0, 1), HELD) for i, j in ((1, 2), (2, 1), (-2, -1))],
    Case(sorted_in_place, (1.3, [0.5, 0.9, 0.7]), (0, 1)),
    Case(sorted_and_grown, (1.3, [0.5, 0.9, 0.7]), (0, 1)),
    *(Case(perhaps_sorted_and_grown, (1.3, [0.5, 0.9, 0.7], n), (0, 1)) for n in (1, 5)),
    Case(product, (1.3, [0.5, 2.0, 1.5]), (0, 1)),
    Case(got_by_a_sum, (1.3, {"a": 0.6}), (0, 1)),
    Case(new_keys_of_a_parameter, (1.3, {"a": 0.6, "b": 0.8}), (0, 1)),
    Case(items_of_a_parameter, (1.3, [0.6, 0.8, 0.4]), (0, 1)),
    Case(said_to_be_a_list, (1.3, [0.6, 0.8, 0.4]), (0, 1)),
    Case(joined_to_itself, (1.3,)),
    Case(read_before_it_grows, (1.3, [0.6, 0.8, 0.4]), (0, 1)),
    Case(grown_in_a_dict, (1.3, 0.7), (0, 1)),
    Case(turned_round, (1.3, [0.6, 0.8, 0.4], {"a": 0.7}), (0, 1, 2)),
    Case(product_of_a_list_with_itself, (1.3, [0.6, 0.8, 0.4]), (0, 1)),
]
