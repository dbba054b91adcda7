def f(x):
    h = {"a": [x], "b": [x * x]}
    u = h["b"][0] * h["b"][-1]
    h["b"].append(x**3)
    t = h["a"][0] ** 2
    h["b"].append(x**4)
    return t * u


def use(tx):
    return tx.grad(f)(0.7)

# error
# NotDifferentiable: a list grows in a container that is read before and after that
#   Give the list a name, and use that.
