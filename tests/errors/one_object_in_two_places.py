def f(x):
    rows = []
    for i in range(2):
        rows.append([x, i])
    rows[1] = rows[0]
    rows[0][0] = x * x
    return rows[0][0] * rows[1][0]


def use(tx):
    return tx.grad(f)(2.0)

# error
# AliasError: an item is written that stands in two places of its container
#   Put a copy there: y = x.copy()
