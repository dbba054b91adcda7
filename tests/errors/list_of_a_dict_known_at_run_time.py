def f(d):
    return sum(k * k for k in list(d))


def use(tx):
    return tx.grad(f)({1.5: 0.7, 2.0: 0.4})

# error
# NotDifferentiable: the keys of a dict are listed, and whether it is a dict is only known now
#   Write list(d.keys()).
