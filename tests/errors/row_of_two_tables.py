def f(x):
    row = [x, x]
    tables = {"a": {"r": row}, "b": {"s": row}}
    tables["a"]["r"][0] *= x
    return tables["b"]["s"][0] * tables["a"]["r"][1]


def use(tx):
    return tx.grad(f)(1.3)

# error
# AliasError: an item is written that stands in two places of its container
#   Put a copy there: y = x.copy()
