def f(x):
    d = {"a": x * x, "b": x}
    pairs = d.items()
    d = {}
    total = len(d)
    for _, v in pairs:
        total += v * v
    return total


def use(tx):
    return tx.grad(f)(2.0)

# error
# NotDifferentiable: no derivative is known for the method .items() of a dict
#   Make the value in the function.
