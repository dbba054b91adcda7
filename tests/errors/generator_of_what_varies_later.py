import numpy as np


def moving(h, n):
    for i in range(n):
        yield 0.5 * h[i]


def f(x):
    h, t = np.zeros(5), 0.0
    for i, m in enumerate(moving(h, 4)):
        h[i + 1] = x[i] + m
        t += m * m
    return t


def use(tx):
    return tx.grad(f)(np.array([0.7, 1.3, -0.4, 0.9]))

# error
# UnsupportedSyntax: a generator is not taken at once, where it is called
#   File "model.py", line 11, in f
#     11 |     for i, m in enumerate(moving(h, 4)):
#        |                           ^^^^^^^^^^^^
#   Collect the values in a list and return it, or take them at once, where nothing is written that they are made of: list(gen(x)).
