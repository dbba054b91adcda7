def f(data):
    first = data[1] * 2.0
    data[0:2] = [1.25]
    return first * data[0]


def use(tx):
    return tx.grad(f)([0.3, 0.7, 1.1])

# error
# ArgumentError: a list is joined or resized, and that it is one is not known when the derivative is made
#   Annotate it: x: list.
