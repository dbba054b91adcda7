def f(x):
    n = {"u": [x, 2.0 * x], "v": [x * x]}
    for _ in range(3):
        s = n["u"][0] * n["v"][-1]
        n["u"].insert(0, s)
    return n["u"][0] + n["u"][-1] ** 2


def use(tx):
    return tx.grad(f)(0.7)

# error
# NotDifferentiable: a list grows in a container that is read before and after that
#   Give the list a name, and use that.
