import numpy as np


def f(x):
    return x * x


def use(tx):
    return tx.vjp(f)(np.ones(3), init_grad=np.ones(2))

# error
# CotangentError: init_grad must have the shape of its value, (3,), got (2,)
