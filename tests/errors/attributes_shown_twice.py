import numpy as np


class Body:
    def __init__(self, pos, vel):
        self.pos = pos
        self.vel = vel


def f(b, c):
    b.vel += c * b.pos
    return np.sum(b.pos**2)


def use(tx):
    v = np.ones(2)
    return tx.grad(f)(Body(v, v), 0.5)

# error
# AliasError: an argument that is written holds one object in two places
#   Put a copy there: y = x.copy()
