"""Dicts of lists that are appended to in a loop: what a program keeps of its run, read behind it or while it runs."""

from collections import defaultdict

import numpy as np

from tests.programs import Case

X = np.array([0.7, -1.3, 2.1])


def one_list(x):
    hist = {"y": []}
    for _ in range(3):
        x = x * x
        hist["y"].append(x)
    return sum(hist["y"])


def two_lists_and_the_time(x):
    hist, t = {"y": [], "t": []}, 0.0
    for _ in range(3):
        x = x * x
        hist["y"].append(x)
        hist["t"].append(t)
        t += 0.1
    return hist["y"][-1] * hist["t"][-1]


def a_counter_beside_it(x):
    log = {"n": 0, "y": []}
    for _ in range(3):
        x = x * x
        log["y"].append(x)
        log["n"] += 1
    return sum(log["y"]) / log["n"]


def made_on_demand(x):
    log = defaultdict(list)
    for k in range(6):
        x = x * 1.1
        log[k % 3].append(x)
    return sum(sum(v) ** 2 for v in log.values())


class Optimiser:
    def __init__(self, rate):
        self.rate, self.theta = rate, 1.0
        self.history = {"theta": [], "loss": []}

    def step(self):
        self.theta = self.theta * self.rate + 0.1
        self.history["theta"].append(self.theta)
        self.history["loss"].append(self.theta**2)


def of_an_object(x):
    o = Optimiser(x)
    for _ in range(3):
        o.step()
    return o.history["theta"][-1] + sum(o.history["loss"])


def read_while_it_grows(x):
    hist = {"y": [x], "late": []}
    while len(hist["y"]) < 8 and hist["y"][-1] > 0.1:
        hist["y"].append(hist["y"][-1] * x + hist["y"][0])
        if hist["y"][-1] > 2.0:
            hist["late"].append(hist["y"][-1] ** 2)
    return sum(hist["y"]) + sum(hist["late"])


def by_keys_of_a_loop(x):
    hist = {"y": [], "z": []}
    for _ in range(4):
        x = x * 1.1
        for key, v in [("y", x), ("z", x * x)]:
            hist[key].append(v)
    return sum(hist["y"]) * sum(hist["z"])


def losses_of_arrays(v):
    hist = {"loss": [], "v": []}
    for _ in range(3):
        v = v - 0.2 * v
        hist["v"].append(v.copy())
        hist["loss"].append(np.sum(v**2))
    return hist["loss"][-1] * hist["loss"][0] + np.sum(np.array(hist["v"]) ** 3)


def a_window(x):
    h = {"a": [x, x * x], "gone": []}
    for _ in range(4):
        h["a"].append(h["a"][-1] * h["a"][-2] + x)
        if len(h["a"]) > 3:
            h["gone"].append(h["a"].pop(0) ** 2)
    return sum(h["a"]) * sum(h["gone"])


def begun_anew_on_the_way(x):
    h = {"a": [], "b": [x]}
    for k in range(4):
        x = x * 1.2
        h["a"].append(x)
        h["b"].append(x * h["a"][-1])
        if k == 1:
            h["a"] = [x * x]
    return sum(h["a"]) * sum(h["b"])


def keys_that_come_on_the_way(x):
    h = {}
    for k in range(6):
        x = x * 1.1
        key = "a" if k % 2 else "b"
        if key not in h:
            h[key] = []
        h[key].append(x)
    return sum(h["a"]) * h["b"][1]


def run(h, x):
    for _ in range(3):
        x = x * 1.1
        h["a"].append(x)
    return x


def handed_to_a_function(x):
    h = {"a": [], "b": [x]}
    y = run(h, run(h, x))
    h["b"].append(y)
    return sum(h["a"]) * sum(h["b"])


def pairs(x):
    h = {"a": [], "n": []}
    for k in range(3):
        x = x * 1.3
        h["a"].append((x, x * x, k))
        h["n"].append(k)
    return sum(a * b * k for a, b, k in h["a"]) * sum(h["n"])


def lists_in_a_list(x):
    rows = [[], []]
    for k in range(4):
        x = x * 1.2
        rows[k % 2].append(x)
        rows[0].append(rows[k % 2][-1] ** 2)
    return sum(rows[0]) * sum(rows[1])


def read_between_two_appends(x):
    h = {"a": [], "b": []}
    h["a"].append(x)
    h["b"].append(x * x)
    t = h["a"][0] ** 2 + h["b"][0]
    h["b"].append(x**3)
    return t * h["b"][1]


CASES = [
    Case(one_list, (0.7,)),
    Case(two_lists_and_the_time, (0.7,)),
    Case(a_counter_beside_it, (0.7,)),
    Case(made_on_demand, (0.7,)),
    Case(of_an_object, (0.7,)),
    Case(read_while_it_grows, (0.7,)),
    Case(by_keys_of_a_loop, (0.7,)),
    Case(losses_of_arrays, (X,)),
    Case(a_window, (0.7,)),
    Case(begun_anew_on_the_way, (0.7,)),
    Case(keys_that_come_on_the_way, (0.7,)),
    Case(handed_to_a_function, (0.7,)),
    Case(pairs, (0.7,)),
    Case(lists_in_a_list, (0.7,), second="a value is read after it was written under another name"),
    Case(read_between_two_appends, (0.7,)),
]
