import numpy as np


def f(x, n):
    y = x * 1.0
    v = y[1:]
    s = 0.0
    for _ in range(n):
        s = s + v[0]
        v = y[1:]
        y[1] = s
        if s > 10.0:
            break
    return s

# error
# AliasError: a view is carried past a break behind a write to its array
#   File "model.py", line 8, in f
#     8 |     for _ in range(n):
#       |     ^^^^^^^^^^^^^^^^^^
#   Read it again in the loop.
