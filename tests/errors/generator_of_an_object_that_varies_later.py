import numpy as np


class Acc:
    def __init__(self):
        self.s = 0.0

    def steps(self, n):
        for i in range(n):
            yield self.s


def f(x):
    a, t = Acc(), 0.0
    for i, v in enumerate(a.steps(4)):
        a.s = a.s + x[i]
        t += v * v
    return t


def use(tx):
    return tx.grad(f)(np.array([0.7, 1.3, -0.4, 0.9]))

# error
# UnsupportedSyntax: a generator is not taken at once, where it is called
#   File "model.py", line 15, in f
#     15 |     for i, v in enumerate(a.steps(4)):
#        |                           ^^^^^^^^^^
#   Collect the values in a list and return it, or take them at once, where nothing is written that they are made of: list(gen(x)).
