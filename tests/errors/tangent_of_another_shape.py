import numpy as np


def f(x):
    return x * x


def use(tx):
    return tx.jvp(f)(np.ones(3), x_dot=np.ones(2))

# error
# CotangentError: tangent must have the shape of its value, (3,), got (2,)
