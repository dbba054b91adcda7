"""What a context gives by ``as`` is the context itself, and is written: the context shows that."""

import numpy as np

from tests.programs import Case


class Box:
    def __init__(self, w=1.0):
        self.w = w
        self.parts = [1.0, 2.0]

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False


class Lent:
    def __init__(self):
        self.values = np.array([1.0, 2.0])

    def __enter__(self):
        return self.values

    def __exit__(self, *error):
        return None


def made_before(x):
    box = Box()
    with box as b:
        b.w = x * x
        b.parts[0] = b.w * x
    return box.w * x + box.parts[0]


def entered_twice(x):
    with Box() as box:
        with box as b:
            b.w = x * x
        y = box.w
    return y * x


def in_a_loop(x):
    boxes = [Box(), Box()]
    for box in boxes:
        with box as b:
            b.w = x * x
    return boxes[0].w * boxes[1].w


def a_part_of_it(x):
    lent = Lent()
    with lent as values:
        values[0] = x * x
        values *= x
    return np.sum(lent.values) * x


def given(x, box: Box):
    with box as b:
        b.w = b.w * x
    return box.w * x


CASES = [
    *(Case(f, (1.3,)) for f in (made_before, entered_twice, in_a_loop, a_part_of_it)),
    Case(given, (1.3, Box(2.0))),
    Case(given, (1.3, Box(2.0)), (0, 1)),
]
