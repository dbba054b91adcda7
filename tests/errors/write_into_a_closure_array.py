import numpy as np


def make():
    buffer = np.zeros(3)

    def f(x):
        buffer[0] = x * x
        return buffer[0]

    return f


f = make()

# error
# UnsupportedSyntax: a write into a variable of an outer scope
#   File "model.py", line 8, in f
#     8 |         buffer[0] = x * x
#       |         ^^^^^^^^^
#   Make a copy in the function and return it.
