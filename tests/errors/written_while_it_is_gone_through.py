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
# UnsupportedSyntax: 'xs' may be written in a loop that goes through it step by step
#   File "model.py", line 6, in f
#     6 |     for a, b in itertools.pairwise(xs):
#       |                 ^^^^^^^^^^^^^^^^^^^^^^
#   Make a list of it before the loop.
