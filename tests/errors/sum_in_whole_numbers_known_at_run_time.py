import numpy as np


def f(x, dtype):
    return np.sum(x, dtype=dtype) * 1.0


def use(tx):
    tx.grad(f)(np.ones(2), int)

# error
# NotDifferentiable: dtype=int64 holds no fractions: there the value is rounded
#   Leave dtype= out.
