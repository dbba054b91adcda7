import numpy as np


def f(x):
    return x * x


def use(tx):
    return tx.grad(f)(np.ones(3))

# error
# NonScalarOutput: grad needs a real scalar output, got shape (3,): use vjp or jacobian
