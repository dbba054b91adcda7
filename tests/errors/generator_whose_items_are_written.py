import numpy as np


def gen(rows):
    for r in rows:
        yield r


def f(x):
    rows = [np.ones(4), np.ones(4)]
    for r in gen(rows):
        r *= x
    return np.sum(rows[0] * rows[1])


def use(tx):
    return tx.grad(f)(np.array([0.7, 1.3, -0.4, 0.9]))

# error
# AliasError: a loop goes over something that its body writes
#   File "model.py", line 11, in f
#     11 |     for r in gen(rows):
#        |     ^^^^^^^^^^^^^^^^^^^
#   Loop over range(len(...)) and read items by index.
