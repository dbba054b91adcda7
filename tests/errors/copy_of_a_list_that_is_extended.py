def f(xs):
    b = xs.copy()
    b += xs
    return b[-1] * b[0]


def use(tx):
    tx.grad(f)([1.0, 2.0, 3.0])

# error
# ArgumentError: a list is joined or resized, and that it is one is not known when the derivative is made
#   Annotate it: x: list.
