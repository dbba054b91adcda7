import numpy as np


def f(x):
    y = [0.0, 0.0]
    pairs = zip(y, [1.0, 2.0])
    y[1] = x[1]
    return sum(a * b for a, b in pairs)


def use(tx):
    return tx.grad(f)(np.array([0.7, 1.3, -0.4, 0.9]))

# error
# UnsupportedSyntax: what zip gives reads later what it is made of, and that is written before
#   File "model.py", line 6, in f
#     6 |     pairs = zip(y, [1.0, 2.0])
#       |             ^^^^^^^^^^^^^^^^^^
#   Call zip behind the write, or take its values before: list(...).
