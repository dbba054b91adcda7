import itertools


def f(x):
    xs, s = [x, x * x, x**3], 0.0
    ys = xs
    for v in itertools.islice(xs, 3):
        s += v
        ys[2] = s
    return s


def use(tx):
    tx.grad(f)(1.2)

# error
# AliasError: 'xs' is written while something goes through it step by step, or before that
#   File "model.py", line 7, in f
#     7 |     for v in itertools.islice(xs, 3):
#       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Take all of it at once, where it is made: list(...).
