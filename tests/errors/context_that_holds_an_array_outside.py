import contextlib

import numpy as np

HELD = []


@contextlib.contextmanager
def held(a):
    HELD.append(a)
    a[0] = 2.0
    yield
    HELD.pop()


def f(x):
    w = np.ones(2)
    with held(w):
        y = x * w[0]
    return y


def use(tx):
    return tx.grad(f)(1.5)

# error
# NotDifferentiable: the context held may write into what it is given, of class ndarray, and it is not seen how
#   Call the functions of the context, or give it a copy.
