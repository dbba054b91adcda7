import numpy as np


def f(q):
    return np.quantile(np.arange(4.0), q, method="lower")


def use(tx):
    tx.grad(f)(0.4)

# error
# NotDifferentiable: a quantile with method='lower' is a step function of q
#   Use method='linear', or a constant q.
