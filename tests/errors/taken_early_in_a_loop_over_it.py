import itertools


def f(x):
    ys, t = [x, x * x, x**3], 0.0
    for zs in [ys]:
        for v in itertools.chain(ys, [1.0]):
            zs[2] = 2 * v
            t += v * v
    return t


def use(tx):
    tx.grad(f)(1.2)

# error
# AliasError: 'ys' is written while something goes through it step by step, or before that
#   File "model.py", line 7, in f
#     7 |         for v in itertools.chain(ys, [1.0]):
#       |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Take all of it at once, where it is made: list(...).
