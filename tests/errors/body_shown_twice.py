import numpy as np


class Body:
    def __init__(self, pos, vel):
        self.pos = pos
        self.vel = vel


def f(P, dt):
    rest = np.zeros(2)
    bodies = [Body(p, rest) for p in P]
    for b in bodies:
        b.vel += dt * b.pos
    return sum(np.sum(b.vel**2) for b in bodies)


def use(tx):
    return tx.grad(f)(np.ones((3, 2)), 0.1)

# error
# AliasError: an item is written that stands in two places of its container
#   Put a copy there: y = x.copy()
