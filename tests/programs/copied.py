"""Copies of what nobody knows to be an array, a list or a dict: of numbers all of these are their own."""

import numpy as np

from tests.programs import Case


class Holder:
    def __init__(self, items):
        self.items = items


def changed_by_word(p):
    q = p.copy()
    q["w"] *= 2.0
    q["c"] -= p["w"]
    return p["w"] * q["w"] * q["c"]


def changed_by_word_alone(p):
    q = p.copy()
    q["w"] += 1.0
    return np.sum(q["w"] ** 2 * q["c"])


def other_words(p):
    q = p.copy()
    q["w"] *= 2.0
    return np.sum(q["w"] * p["c"])


def kept_while_the_first_changes(x):
    old = x.copy()
    for i in range(2):
        x[i] -= 0.1 * old[i]
    return old[0] ** 2 * x[1] + x[0]


def by_a_helper(x):
    y = twin(x)
    y[0] *= 2.0
    return np.sum(x * y)


def twin(x):
    return x.copy()


def of_an_attribute(x):
    h = Holder([x[0], x[1] * x[0]])
    b = h.items.copy()
    b[0] *= x[1]
    return h.items[0] * b[0] + b[1]


def in_one_arm(x, deep=False):
    b = [v * 1.0 for v in x] if deep else x.copy()
    b[0] *= 2.0
    return x[0] * b[0] * b[1]


def in_a_container(p):
    q = {"inner": p.copy()}
    q["inner"]["w"] *= 2.0
    return p["w"] * q["inner"]["w"] + p["c"]


def two_copies(x):
    y, z = x.copy(), x.copy()
    z[0] *= 2.0
    return y[0] * z[0] + y[1]


def in_a_loop(x):
    total = 0.0
    for k in range(2):
        y = x.copy()
        y[k] *= 2.0
        total += y[k] * x[0]
    return total


def added_to_itself(x):
    y = x.copy()
    y[0] = 2.0
    y += x
    return np.sum(y * y)


v = np.array([0.7, -1.2, 2.1])

CASES = [
    Case(changed_by_word, ({"w": 1.3, "c": 0.4},)),
    Case(changed_by_word_alone, ({"w": v, "c": v * v},)),
    Case(other_words, ({"w": v, "c": v * v},)),
    Case(kept_while_the_first_changes, (v,)),
    Case(kept_while_the_first_changes, ([0.7, -1.2],)),
    Case(by_a_helper, (v,)),
    Case(of_an_attribute, (v,)),
    Case(in_one_arm, (v,)),
    Case(in_one_arm, ([0.7, -1.2],)),
    Case(in_a_container, ({"w": 1.3, "c": 0.4},)),
    Case(two_copies, (v,)),
    Case(two_copies, ([0.7, -1.2],)),
    Case(in_a_loop, (v,)),
    Case(in_a_loop, ([0.7, -1.2],)),
    Case(added_to_itself, (v,)),
]
