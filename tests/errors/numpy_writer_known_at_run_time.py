import numpy as np


def f(x):
    a = x * 1.0
    for g in (np.exp, np.sin):
        g(a, a)
    return np.sum(a)


def use(tx):
    return tx.grad(f)(np.ones(3))

# error
# NotDifferentiable: exp writes into its argument, and where it is called it is only known while running
#   Use the value that it returns.
