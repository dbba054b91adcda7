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
# NotDifferentiable: what .items() of a dict gives is kept, and shows what is written to the dict later
#   Make a list of it: list(d.items()).
