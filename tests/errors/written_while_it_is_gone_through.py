import itertools


def f(x):
    xs, t = [x, 2.0, 3.0], 0.0
    for a, b in itertools.pairwise(xs):
        xs[2] = a * 2
        t += a * b
    return t


def use(tx):
    tx.grad(f)(1.2)

# error
# AliasError: 'xs' is written while something goes through it step by step, or before that
#   File "model.py", line 6, in f
#     6 |     for a, b in itertools.pairwise(xs):
#       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Take all of it at once, where it is made: list(...).
