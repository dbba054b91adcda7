import itertools


def f(x):
    xs = [x, x * x, x**3]

    def put(v):
        xs[2] = v * v
        return v

    return sum(put(a) * b for a, b in itertools.product(xs, xs))


def use(tx):
    tx.grad(f)(1.2)

# error
# UnsupportedSyntax: 'xs' may be written in a loop that goes through it step by step
#   File "model.py", line 11, in f
#     11 |     return sum(put(a) * b for a, b in itertools.product(xs, xs))
#        |                                       ^^^^^^^^^^^^^^^^^^^^^^^^^
#   Make a list of it before the loop.
