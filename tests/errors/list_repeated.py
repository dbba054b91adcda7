def f(x):
    cycle = x * 3
    return cycle[0] * cycle[-1]


def use(tx):
    return tx.grad(f)([1.0, 2.0])

# error
# ArgumentError: a list is joined or resized, and that it is one is not known when the derivative is made
#   Annotate it: x: list.
