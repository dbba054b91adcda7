import numpy as np


class Own:
    def __call__(self, x):
        v = x.copy()
        v[0] = v[1]
        return x if len(x) == 3 else v


def f(x, layer):
    y = x * 1.0
    z = layer(y)
    y[1] = 5.0 * x[0]
    return np.sum(z * z)


def use(tx):
    return tx.grad(f)(np.array([0.7, -1.3, 2.1]), Own())



# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: z or y
