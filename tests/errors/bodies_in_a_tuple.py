import numpy as np


class Body:
    def __init__(self, pos):
        self.pos = pos


def f(bodies):
    for b in bodies:
        b.pos *= 2
    return sum(np.sum(b.pos**2) for b in bodies)


def use(tx):
    return tx.grad(f)((Body(np.ones(2)), Body(np.ones(2))))

# error
# ArgumentError: expected an object of class list, got one of tuple: annotate the parameter with its class
