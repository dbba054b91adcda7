import numpy as np


def identity(v):
    return v


def f(x, layer):
    h = x * x
    a = layer(h)
    y = np.sum(a)
    a[0] = x[1]
    return y * np.sum(h)


def use(tx):
    return tx.jvp(f)(np.array([0.7, 1.3, -0.4]), identity, x_dot=np.ones(3))

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: h or a
