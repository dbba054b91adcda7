import numpy as np


def f(x, buf):
    s = buf
    for _ in range(2):
        s[0] = x
        s = np.zeros(3)
    return buf[0] * x


def use(tx):
    tx.grad(f)(1.5, np.ones(3))

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: buf or s
