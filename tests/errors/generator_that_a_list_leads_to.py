import numpy as np


class M:
    def __init__(self):
        self.w = 1.0

    def steps(self):
        for k in range(3):
            yield self.w


def f(x):
    m = M()
    ms, t = [m], 0.0
    for v in m.steps():
        t += v
        ms[0].w = x[0]
    return t


def use(tx):
    return tx.grad(f)(np.array([0.7, 1.3, -0.4, 0.9]))

# error
# UnsupportedSyntax: a generator is not taken at once, where it is called
#   File "model.py", line 16, in f
#     16 |     for v in m.steps():
#        |              ^^^^^^^^^
#   Collect the values in a list and return it, or take them at once, where nothing is written that they are made of: list(gen(x)).
