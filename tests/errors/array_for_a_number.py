import numpy as np

W = np.ones((2, 3))


def f(x: float):
    return np.sum(x * W)


def use(tx):
    return tx.grad(f)(np.ones(3))

# error
# ArgumentError: an argument that is annotated as a number is an array of shape (3,)
#   Leave the annotation out, or annotate it as np.ndarray.
