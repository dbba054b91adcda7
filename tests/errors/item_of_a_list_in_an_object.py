import numpy as np


class Box:
    def __init__(self, items):
        self.items = items


def f(x):
    box = Box([x * 1.5, x * 2.0])
    boxes = [box]
    first = box.items[0]
    box.items[0] *= x
    return first[1] * boxes[0].items[1][0]


def use(tx):
    return tx.grad(f)(np.ones(3))

# error
# AliasError: an array is read after it was changed as an item of its container
#   Copy it before: y = y.copy()
