import numpy as np


def f(xs: np.ndarray):
    ys = xs[:]
    ys[0] = 0.0
    return sum(t**2 for t in xs) + sum(ys)


def use(tx):
    return tx.jvp(f)([1.0, 2.0, 3.0], xs_dot=[1.0, 0.0, 0.0])

# error
# ArgumentError: an argument that is annotated as an array is a list, and slices of it may be written
#   Pass np.array(...), or annotate it as a list.
