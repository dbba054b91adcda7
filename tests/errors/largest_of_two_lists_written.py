import numpy as np


def f(x):
    a = [x[0], 0.0]
    b = [x[1], 0.0]
    t = max(a, b)
    t.append(x[2])
    return len(a) * a[-1] + len(b)


def use(tx):
    return tx.grad(f)(np.array([0.7, -1.3, 2.1]))

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: a or t
