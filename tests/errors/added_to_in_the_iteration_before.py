import numpy as np


class Body:
    def __init__(self, pos):
        self.pos = pos


def f(x):
    bodies = [Body(x), Body(2.0 * x)]
    for body in bodies:
        body.pos += x
    return sum(np.sum(body.pos) for body in bodies)


def use(tx):
    return tx.grad(f)(np.array([1.1, 0.9]))

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: x_1 or body_pos
