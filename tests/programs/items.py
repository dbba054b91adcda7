"""Items of tuples and dicts of unknown kind, keys that are numbers, extrema of containers, lists of what is given."""

import numpy as np

from tests.programs import Case


def pair_by_index(t):
    return t[0] * t[0] + t[1] * t[0]


def part_of_a_dict(x, d):
    t = d["a"]
    return t[0] * t[0] * x + t[1]


def appended_parts(t):
    m = [t[0] * 2.0]
    m.append(t[1])
    return m[0] * t[0] + m[1]


def number_keys(d):
    total = 0.0
    for k in d:
        total += k * d[k] ** 2
    return total


def number_keys_of_items(d):
    total = 0.0
    for k, v in d.items():
        total += k * v**2
    return total


def number_keys_made_here(a, b):
    d = {1: a * b, 2: b}
    total = 0.0
    for k in d:
        total += k * d[k]
    return total * a


def sum_of_values(a, b):
    d = {"p": a * b, "q": b}
    return sum(d.values()) * a


def largest_of_values(a, b):
    d = {"p": a * b, "q": b}
    return max(d.values()) * d["q"]


def key_of_the_largest(a, b):
    d = {"p": a * b, "q": b}
    k = max(d, key=d.get)
    return d[k] ** 2


def key_of_the_smallest_number(a, b):
    d = {0: a * b, 1: b, 2: a}
    return d[min(d, key=lambda k: d[k])] ** 2 * a


def extrema_of_lists(a, b):
    values = [a, b * b, a * b]
    return max(values) * a + min([v * v for v in values])


def list_of_a_tuple(t):
    m = list(t)
    m[0] = m[0] * m[1]
    return m[0] * t[0] + m[1]


def list_of_an_array(t):
    m = list(t[0] * np.array([1.0, 2.0]))
    m.append(t[1])
    return m[0] * t[0] + m[1] * m[2]


def unpacked_generator(a, b):
    p, q = (a * k + b for k in (1, 2))
    return p * q


def reversed_order(x):
    order = []
    for k in range(len(x)):
        order.append(k)
        order.reverse()
    total = 0.0
    for k in order:
        total = total * x[0] + x[k]
    return total


def reversed_list(a, b):
    values = [a, b, a * b]
    values.reverse()
    return values[0] + 2 * values[1] ** 2 + 3 * values[2]


def two_lines_of_tuples(rate, n):
    """The parts of the second line once took the place of those of the first."""
    s, i, r = 0.95, 0.05, 0.0
    healthy, ill = [s], [i]
    for _ in range(n):
        s, i, r = s - rate * i, i + rate * s, r + rate
        healthy.append(s)
        ill.append(i)
    return healthy[-1] * ill[-1] * s * r


_T = (1.2, 0.7)


def old_items(x):
    xs = [x, x * x, 3.0 * x]
    old = xs[:]
    xs[0] = xs[1] * 2.0
    return xs[0] * old[0] + old[2] ** 2


def old_rows(x):
    xs = [[x, x * x], [3.0 * x, x**3]]
    old = list(xs)
    xs[0] = [x * 5.0, x**2 * 2.0]
    return xs[0][1] * old[0][0] + old[0][1] ** 2


def history(x):
    xs = [x, x * x, 3.0 * x]
    old = []
    for i in range(3):
        old.append(xs[:])
        xs[i] = xs[i] * xs[i - 1]
    return old[0][0] * old[1][1] * old[2][2] + xs[0] * old[2][0]


def rest_that_grows(x, y):
    xs = [x[1, 1], x[0, 0]]
    first, *rest = xs
    rest.append(first)
    return first + y * np.dot(rest, np.arange(1.0, len(rest) + 1)) ** 2


def sorted_keys(x, params):
    t = 0.0
    for k in sorted(params):
        t = t * x[1] + params[k] ** 2
    return t * params["a"]


def scaled_at_an_unknown_place(x, n, data):
    data[n % len(data)] *= x[0]
    return sum(data) * data[0]


def _rotated(a, b):
    a = b
    for _ in range(3):
        b += 0.75
        b, a = (a, np.cos(b))
    return a * b


def updated_and_rotated(y):
    w = np.zeros(5)
    w[::2] = _rotated(0.75, y)
    return w[0] * y


def shortened_argument(x, data):
    t = sum(data.copy()) * x
    del data[-1]
    return t * np.dot(data, np.arange(1.0, len(data) + 1))


def grown_by_key(x, params):
    before = params.copy()
    k = 0
    while k < 2:
        k += 1
        params["a"] += np.sin(x)
    return params["c"] * before["b"] + params["a"] ** 2


def array_in_a_dict(x):
    d = {"p": x * 1.0}
    d["p"] += x
    return np.sum(d["p"] ** 2)


def parameter_in_a_dict(x):
    d = {"p": x}
    d["p"] += x * 2
    return np.sum(d["p"] ** 2)


def arrays_in_a_list(x):
    d = [x * 1.0, x + 0.0]
    d[0] += d[1]
    d[1] *= 2.0
    return np.sum(d[0] * d[1])


def appended_and_changed(x):
    d = []
    d.append(x - 0.0)
    d.append(+x)
    d[0] -= x[0] * x
    d[1] += x[0] * x
    return np.sum(d[0] * d[1])


def changed_by_every_key(x):
    d = {"p": x * 1.0, "q": x * 1.0}
    for k in d:
        d[k] += x * x
    return np.sum(d["p"] * d["q"]) + np.sum(x)


def changed_in_a_loop(x):
    d = [v * 1.0 for v in (x, x)]
    for i in range(2):
        d[i] += x * i
    return np.sum(d[0] * d[1])


def changed_in_the_callers_dict(x, d):
    d["a"] += x
    return np.sum(d["a"] * x)


CASES = [
    Case(updated_and_rotated, (0.3,)),
    Case(shortened_argument, (1.5, [0.5, 1.7, -0.3]), (0, 1)),
    Case(grown_by_key, (0.5, {"a": 1.0, "b": 2.0, "c": 3.0}), (0, 1)),
    Case(sorted_keys, (np.array([1.5, 0.3]), {"b": 0.4, "a": 1.1}), (0, 1)),
    Case(scaled_at_an_unknown_place, (np.array([1.5, 0.3]), 5, [0.5, 1.7, -0.3]), (0, 2)),
    Case(history, (0.7,)),
    Case(rest_that_grows, (np.array([[0.3, 0.4], [0.5, 0.6]]), 0.7), (0, 1)),
    Case(old_items, (0.7,)),
    Case(old_rows, (0.7,)),
    Case(pair_by_index, (_T,)),
    Case(part_of_a_dict, (1.2, {"a": _T}), (0, 1)),
    Case(appended_parts, (_T,)),
    Case(number_keys, ({1.5: 0.7, 2.0: 0.4},)),
    Case(number_keys_of_items, ({1.5: 0.7, 2.0: 0.4},)),
    Case(number_keys_made_here, _T, (0, 1)),
    Case(sum_of_values, _T, (0, 1)),
    Case(largest_of_values, _T, (0, 1)),
    Case(key_of_the_largest, _T, (0, 1)),
    Case(key_of_the_smallest_number, _T, (0, 1)),
    Case(extrema_of_lists, _T, (0, 1)),
    Case(list_of_a_tuple, (_T,)),
    Case(list_of_an_array, (_T,)),
    Case(unpacked_generator, _T, (0, 1)),
    Case(reversed_order, (np.array([0.9, 1.4, 0.6]),)),
    Case(reversed_list, _T, (0, 1)),
    Case(two_lines_of_tuples, (0.3, 3)),
    *(
        Case(f, (np.array([1.0, 2.0, 3.0]),))
        for f in (array_in_a_dict, parameter_in_a_dict, arrays_in_a_list, appended_and_changed, changed_in_a_loop)
    ),
    Case(changed_in_the_callers_dict, (np.array([1.0, 2.0, 3.0]), {"a": np.ones(3)}), (0, 1)),
    Case(changed_by_every_key, (np.array([1.0, 2.0, 3.0]),)),
]
