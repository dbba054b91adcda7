import numpy as np


def g(x):
    return x, x * x


def use(tx):
    return tx.grad(g)(2.0)

# error
# NonScalarOutput: grad needs a real scalar output, got type tuple: use vjp or jacobian
