def f(c):
    total = 0.0
    for k in sorted(c):
        total += k * c[k]
    return total


def use(tx):
    tx.grad(f)({2: 1.5, 1: 0.5})

# error
# ArgumentError: the keys of a dict are gone through, and that it is one is not known when the derivative is made
#   Annotate it: d: dict.
