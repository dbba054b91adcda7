import numpy as np


class M:
    def __init__(self, w):
        self.w = w
        self.buf = None

    def attach(self, b):
        self.buf = b

    def steps(self):
        for k in range(3):
            yield self.w * self.buf[0]


def f(x):
    m, buf, t = M(x[0]), [x[1]], 0.0
    m.attach(buf)
    for v in m.steps():
        buf[0] = 0.5 * v
        t += v
    return t


def use(tx):
    return tx.grad(f)(np.array([0.7, 1.3, -0.4, 0.9]))

# error
# UnsupportedSyntax: a generator is not taken at once, where it is called
#   File "model.py", line 20, in f
#     20 |     for v in m.steps():
#        |              ^^^^^^^^^
#   Collect the values in a list and return it, or take them at once, where nothing is written that they are made of: list(gen(x)).
