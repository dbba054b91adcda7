def f(x, y):
    value, weight = max((x, y), (y, x))
    return value * weight


def use(tx):
    return tx.grad(f)(2.0, 3.0)

# error
# NotDifferentiable: max and min of tuples have no derivative: they compare more than one number
#   Choose by key=, or compare the numbers themselves.
