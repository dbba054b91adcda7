import numpy as np


class Run:
    buffer = np.zeros(3)

    def clear(self):
        self.buffer = np.zeros(3)


def f(x):
    a, b = Run(), Run()
    a.buffer[0] = x
    return b.buffer[0] ** 2 + x


def use(tx):
    return tx.grad(f)(0.7)

# error
# AliasError: a write to Run.buffer, which stands in the class: all of its objects share it
#   Give each object its own in __init__, or make a copy in the function and return it.
