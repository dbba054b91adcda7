from types import SimpleNamespace

import numpy as np

PARAMS = SimpleNamespace(w=np.array([1.0, 2.0, 3.0]))


def f(a):
    a[0] = a[0] * 3.0
    return (PARAMS.w * a).sum()


def use(tx):
    return tx.grad(f)(PARAMS.w)

# error
# AliasError: an argument that is written is read as a variable of an outer scope, too
#   Pass a copy: x.copy()
