from types import MappingProxyType

import numpy as np


def f(x):
    d = {"a": np.zeros(4)}
    seen = MappingProxyType(d)
    d["a"][1] = x[0]
    return np.sum(seen["a"] * seen["a"])


def use(tx):
    return tx.grad(f)(np.array([0.7, 1.3, -0.4, 0.9]))

# error
# UnsupportedSyntax: what MappingProxyType gives reads later what it is made of, and that is written before
#   File "model.py", line 8, in f
#     8 |     seen = MappingProxyType(d)
#       |            ^^^^^^^^^^^^^^^^^^^
#   Call MappingProxyType behind the write, or take its values before: list(...).
