import numpy as np


def f(x):
    return x * x


def use(tx):
    return tx.grad(f)(2.0, init_grad=np.ones(3))

# error
# CotangentError: init_grad must be a scalar, as the output is, got shape (3,)
