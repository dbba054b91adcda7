import numpy as np


def f(a, b):
    total = 0.0
    for i, p in enumerate(a + b):
        total = total + np.sum(p**3) * i
    return total


def use(tx):
    x = np.array([0.5, 1.5])
    tx.jvp(f)([x], [2.0 * x], a_dot=[x])

# error
# ArgumentError: a list is joined or resized, and that it is one is not known when the derivative is made
#   Annotate it: x: list.
