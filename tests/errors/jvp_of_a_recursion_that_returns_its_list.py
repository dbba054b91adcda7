import numpy as np


def last(q, n):
    return q if n == 0 else last(q, n - 1)


def f(x):
    h = [x * 1.0, x * x, x**3]
    a = last(h, 1)
    y = np.sum(a[0] * a[1])
    a[0] = x * y
    return np.sum(h[0]) * y


def use(tx):
    return tx.jvp(f)(np.array([0.7, 1.3, -0.4]), x_dot=np.ones(3))

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: h or a
