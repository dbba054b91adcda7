import numpy as np


def first_is_one(y):
    def numbers():
        yield 1.0

    y[0] = next(numbers())
    return True


def f(x):
    y = x * x
    if first_is_one(y):
        return np.sum(y)
    return 0.0

# error
# UnsupportedSyntax: a generator has no value to differentiate
#   File "model.py", line 6, in first_is_one
#     6 |         yield 1.0
#       |         ^^^^^^^^^
#   Collect the values in a list and return it.
