"""Lists that stand in another container and grow after they were read: the adjoint of that read is as long as the list was then."""

import numpy as np

from tests.programs import Case

X = np.array([0.7, -1.3, 2.1])


def read_between_two_appends(x):
    hist = {"x": []}
    hist["x"].append(x)
    total = np.sum(hist["x"][0] ** 2)
    hist["x"].append(x * 2)
    return total


def last_one_read_before_it_grows(x):
    hist = {"x": []}
    hist["x"].append(x * 3)
    total = np.sum(hist["x"][-1] ** 2)
    hist["x"].append(x * 2)
    hist["x"].append(x * 2)
    return total * np.sum(x)


def read_in_the_middle_of_a_loop(x):
    hist, total = {"x": []}, 0.0
    for k in range(3):
        hist["x"].append(x * (k + 1))
        if k == 1:
            total = np.sum(hist["x"][-1] ** 2)
    return total * np.sum(x)


def first_and_last_in_the_middle(x):
    hist, total = {"x": [], "e": []}, 0.0
    for k in range(4):
        x = x * 1.1
        hist["x"].append(x)
        if k == 1:
            total = total + np.sum(hist["x"][0] ** 2) + np.sum(hist["x"][-1] ** 3)
    return total


def two_lists_in_a_list(x):
    hist, total = [[], []], 0.0
    for _ in range(4):
        x = x * 1.1
        hist[0].append(x)
        hist[1].append(np.sum(x))
        total = total + hist[1][-1] * np.sum(hist[0][0])
    return total


def sums_before_and_after(x):
    n = {"u": [x, 2.0 * x], "v": x * x}
    s = n["u"][0] * 3.0
    total = sum(n["u"])
    n["u"].append(n["v"])
    return s * total + sum(n["u"])


def put_in_front(x):
    n = [[x, 2.0 * x], [x * x]]
    s = n[0][0] * 3.0
    n[0].insert(0, x**3)
    t = n[0][0] * n[0][1] ** 2
    n[0].insert(0, s)
    return s * t + n[0][1] ** 2 + n[1][0]


def put_in_front_in_a_loop(x):
    n = {"u": [x, 2.0 * x], "v": [x * x]}
    for _ in range(3):
        s = n["u"][0] * n["v"][-1]
        n["u"].insert(0, s)
    return n["u"][0] + n["u"][-1] ** 2


def two_depths(x, v):
    d = {"u": [x, v], "w": {"p": [x]}}
    d["u"].append(x * v)
    d["w"]["p"].append(v)
    return sum(d["u"]) * sum(d["w"]["p"])


CASES = [
    Case(put_in_front_in_a_loop, (0.7,)),
    Case(two_depths, (1.3, 0.7), (0, 1)),
    Case(sums_before_and_after, (0.7,)),
    Case(put_in_front, (0.7,)),
    Case(read_between_two_appends, (X,)),
    Case(last_one_read_before_it_grows, (X,), second="a value is read after it was written under another name"),
    Case(read_in_the_middle_of_a_loop, (X,)),
    Case(first_and_last_in_the_middle, (X,)),
    Case(two_lists_in_a_list, (X,)),
]
