import numpy as np


def f(x):
    return np.sum(x * x)


def use(tx):
    return tx.grad(f)(np.array([1j, 2.0]))

# error
# ArgumentError: argument x is complex, and then the value may be complex, too: grad needs a real one
#   Return its np.real(...) or np.abs(...), or use vjp.
