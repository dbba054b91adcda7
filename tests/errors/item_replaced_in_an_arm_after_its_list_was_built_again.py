import numpy as np


class Box:
    def __init__(self, items):
        self.items = items


def f(x, c):
    box = Box([x * 1.0, x * 3.0])
    box.items[0][0] += x[0]
    if c > 0.7:
        box.items[0][0] = c
        box.items[0] = x * 2.0
    box.items[0][0] = x[1]
    return box.items[0][1]


def use(tx):
    return tx.grad(f)(np.array([0.4, -1.3, 2.2]), 1.0)

# error
# AliasError: box_items is read after something that it may share memory with was written
#   File "model.py", line 15, in f
#     15 |     box.items[0][0] = x[1]
#        |     ^^^^^^^^^^^^
#   Read its items where they are used, by their index.
