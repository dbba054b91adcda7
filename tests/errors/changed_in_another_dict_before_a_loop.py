import numpy as np


def f(x, c):
    p = {"a": [x[1], c], "b": [c, x[2]]}
    q = {"b": [x[2], x[0]]}
    p["b"] = q["b"]
    q["b"][1] = c
    for _ in range(2):
        p["a"][1] = x[0]
    return p["b"][0] * p["b"][1]


def use(tx):
    return tx.grad(f)(np.array([1.0, 2.0, 3.0]), 2.0)

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: p or part
