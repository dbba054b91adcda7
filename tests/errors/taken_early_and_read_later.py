import itertools


def f(x):
    ys = [x, x * x, x**3]
    sums = itertools.accumulate(ys)
    ys[0] = 5.0 * x
    return sum(sums)


def use(tx):
    tx.grad(f)(1.2)

# error
# AliasError: what this goes through step by step is written meanwhile, or before that
#   File "model.py", line 8, in f
#     8 |     return sum(sums)
#       |            ^^^^^^^^^
#   Take all of it at once, where it is made: list(...).
