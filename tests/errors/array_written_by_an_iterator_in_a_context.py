import numpy as np


def f(x):
    a = np.zeros(2)
    with np.nditer(a, op_flags=["readwrite"]) as items:
        for item in items:
            item[...] = x
    return np.sum(a)


def use(tx):
    tx.grad(f)(2.0)

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: a or item
