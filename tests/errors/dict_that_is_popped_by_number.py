def f(d):
    v = d.pop(1)
    return v * d[0]


def use(tx):
    return tx.grad(f)({0: 2.0, 1: 3.0})

# error
# ArgumentError: expected an object of class list, got one of dict: annotate the parameter with its class
