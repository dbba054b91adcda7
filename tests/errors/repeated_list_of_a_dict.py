import numpy as np


def f(d):
    return np.sum(np.array(d["w"] * d["n"]))


def use(tx):
    return tx.grad(f)({"w": [1.0, 2.0], "n": 3})

# error
# ArgumentError: a list is joined or resized, and that it is one is not known when the derivative is made
#   Annotate it: x: list.
