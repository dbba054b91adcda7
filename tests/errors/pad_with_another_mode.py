import numpy as np


def ends(vector, pad_width, iaxis, kwargs):
    vector[0] = vector[-1] = 10.0


def f(x):
    return np.sum(np.pad(x, 1, mode=ends) ** 2)


def use(tx):
    tx.grad(f)(np.ones(3))

# error
# NotDifferentiable: np.pad with a function as mode has no derivative here
#   Write the padding out with np.concatenate.
