def f(xs):
    ys = xs[:]
    ys[0] = xs[1] * 2.0
    return xs[0] * ys[0]


def use(tx):
    return tx.grad(f)([2.0, 1.0])

# error
# AliasError: a slice or an item of a list is written, and that it is a list is only known now
#   Annotate its parameter: xs: list
