def f(x, v):
    d = {"u": [x, v], "w": {"p": [x]}}
    d["u"].append(x * v)
    d["w"]["p"].append(v)
    return sum(d["u"]) * sum(d["w"]["p"])


def use(tx):
    return tx.grad(f, (0, 1))(1.3, 0.7)

# error
# NotDifferentiable: a list grows in a container that is read before and after that
#   Give the list a name, and use that.
