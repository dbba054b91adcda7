import numpy as np


class Body:
    def __init__(self, v):
        self.v = v


def f(x, bodies, forces):
    for b, g in zip(bodies, forces):
        b.v += x * g
    return sum(np.sum(b.v**2) for b in bodies)


def use(tx):
    bodies = [Body(np.array([0.3, 1.0])), Body(np.array([2.0, 0.7]))]
    tx.value_and_grad(f)(0.8, bodies, [bodies[1].v, bodies[0].v])

# error
# AliasError: an array is changed in place that comes later in the loop, under another name
#   Loop by index, and write xs[i] += e; of two arguments pass a copy of one.
