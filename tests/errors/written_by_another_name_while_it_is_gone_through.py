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
# UnsupportedSyntax: 'ys' may be written in a loop that goes through it step by step
#   File "model.py", line 7, in f
#     7 |     for v in itertools.islice(xs, 3):
#       |              ^^^^^^^^^^^^^^^^^^^^^^^
#   Make a list of it before the loop.
