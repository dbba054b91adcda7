def f(rows: list):
    rows[0].append(rows[1][0] * 3.0)
    return rows[0][-1] * rows[1][-1]


def use(tx):
    row = [2.0, 1.0]
    return tx.grad(f)([row, row])

# error
# AliasError: an argument that is written holds one object in two places
#   Put a copy there: y = x.copy()
