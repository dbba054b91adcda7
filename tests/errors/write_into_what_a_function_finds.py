import numpy as np

TABLE = np.ones(3)


def found():
    return TABLE


def f(x):
    t = found()
    t[0] = x
    return np.sum(t) * x

# error
# AliasError: t[...] = ... writes to a global variable
#   File "model.py", line 12, in f
#     12 |     t[0] = x
#        |     ^^^^^^^^
#   Copy it first: t = t.copy()
