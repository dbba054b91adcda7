import numpy as np


def raised(a, n):
    if n > 0:
        a += 1.0
        raised(a, n - 1)


def f(x):
    a = x * np.ones(2)
    raised(a, 3)
    return np.sum(a) * x

# error
# UnsupportedSyntax: raised calls itself and writes into its arguments
#   File "model.py", line 12, in f
#     12 |     raised(a, 3)
#        |     ^^^^^^^^^^^^
#   Let it return the new values.
