"""Numbers and arrays that are made of global variables, or taken out of them, and changed by ``+=``: the globals stay as they are."""

import numpy as np

from tests.programs import Case

DAY, NIGHT = np.array([1.0, 2.0]), np.array([3.0, 4.0])
TABLE = DAY.reshape(1, 2)
FAST, SLOW = 0.4, 0.1
LEVELS = [1.0, 2.5, 2.0]
RATES = {"a": 1.5, "b": 2.0}


class Setting:
    def __init__(self, value):
        self.value = value


WARM, COLD = Setting(1.5), Setting(0.5)


def one_of_two_items(x, day):
    s = DAY[0] if day else NIGHT[1]
    s += x
    return s * x + DAY[0]


def one_of_two_numbers(x, fast):
    rate = FAST if fast else SLOW
    rate += x
    return rate * x + FAST


def one_of_two_copies(x, day):
    rates = DAY.copy() if day else NIGHT * 2.0
    rates += x
    return rates[0] * x + DAY[1] * x


def summed_from_an_item(x, n):
    s, step = DAY[0], TABLE[0, 1]
    for i in range(n):
        s += NIGHT[i] * x
        step -= 0.1 * x
    return s * step


def largest_of_a_list(x):
    best = LEVELS[0]
    for v in LEVELS:
        if v * x > best:
            best = v
    best += x
    return best * x


def item_by_its_key(x, word):
    rate = RATES[word]
    rate += x
    rate *= x
    return rate + RATES["a"] * x


def attribute_of_one_of_two(x, warm):
    setting = WARM if warm else COLD
    v = setting.value
    v += x
    return v * x + WARM.value


def changed_inside(m, x):
    s = m[0]
    s += x
    return s


def item_given_to_a_function(x, day):
    return changed_inside(DAY if day else NIGHT, x) * x + DAY[0] * x


def new_each_time(x, n):
    h = DAY
    for _ in range(n):
        h = np.tanh(h * x)
        h += NIGHT
    return h[0] * x


CASES = [
    *(Case(f, (1.3, flag)) for f in (one_of_two_items, one_of_two_numbers, one_of_two_copies) for flag in (True, False)),
    *(Case(f, (1.3, flag)) for f in (attribute_of_one_of_two, item_given_to_a_function) for flag in (True, False)),
    Case(summed_from_an_item, (0.7, 2)),
    Case(largest_of_a_list, (1.3,)),
    Case(item_by_its_key, (1.3, "b")),
    Case(new_each_time, (0.6, 3)),
]
