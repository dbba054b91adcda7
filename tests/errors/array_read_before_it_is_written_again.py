import numpy as np


def f(x):
    total, new = 0.0, np.zeros(3)
    first = new
    for _ in range(3):
        total += first[0]
        new[:] = x
        new = np.zeros(3)
    return total


def use(tx):
    tx.grad(f)(1.5)

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: new or new_1
