def f(x, values):
    return sum(values + values) * x


def use(tx):
    return tx.grad(f, (0, 1))(2.0, [1.0, 2.0])

# error
# ArgumentError: a list is joined or resized, and that it is one is not known when the derivative is made
#   Annotate it: x: list.
