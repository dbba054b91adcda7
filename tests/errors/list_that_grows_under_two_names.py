def f(x):
    n = {"u": [x, 2.0 * x], "v": x * x}
    s = n["u"][0] * 3.0
    total = sum(n["u"])
    n["u"].append(n["v"])
    return s * total + sum(n["u"])


def use(tx):
    return tx.grad(f)(0.7)

# error
# NotDifferentiable: a list grows in a container that is read before and after that
#   Give the list a name, and use that.
