import numpy as np


def store(a, value):
    a[0] = value


def f(x):
    y = np.zeros(2)
    store(y, x)
    return np.sum(y)

# error
# UnsupportedSyntax: store writes into something that is not its own
#   File "model.py", line 10, in f
#     10 |     store(y, x)
#        |     ^^^^^^^^^^^
#   Let it return the new value, and assign that.
