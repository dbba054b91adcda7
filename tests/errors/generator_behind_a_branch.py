import numpy as np


def gen(y):
    for v in y:
        yield v * v


def f(x):
    y = [1.0, 2.0]
    g = gen(y) if x[0] > 0 else gen(y[1:])
    y[1] = x[0]
    return sum(g)


def use(tx):
    return tx.grad(f)(np.array([0.7, 1.3, -0.4, 0.9]))

# error
# UnsupportedSyntax: a generator is not taken at once, where it is called
#   File "model.py", line 11, in f
#     11 |     g = gen(y) if x[0] > 0 else gen(y[1:])
#        |         ^^^^^^
#   Collect the values in a list and return it, or take them at once, where nothing is written that they are made of: list(gen(x)).
