def f(x, values):
    other = values
    other += x
    return sum(values) * other[0]


def use(tx):
    return tx.grad(f)([1.0, 2.0], [0.5])

# error
# AliasError: a list that has another name is extended in place
#   Copy it in the function (list(x)), or write x = x + e.
