import numpy as np


def squares(z):
    for v in z:
        yield v * v


def f(y, c):
    z = np.zeros(3)
    g = squares(z)
    for i in range(3):
        z[i] = c * y[i]
    return sum(g)


def use(tx):
    return tx.grad(f)(np.ones(3), 2.0)

# error
# UnsupportedSyntax: a generator is not taken at once, where it is called
#   File "model.py", line 11, in f
#     11 |     g = squares(z)
#        |         ^^^^^^^^^^
#   Collect the values in a list and return it, or take them at once, where nothing is written that they are made of: list(gen(x)).
