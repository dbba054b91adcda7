def f(x, table, row):
    first = list(table)[0]
    first["n"] = x * x
    return sum(row.values())


def use(tx):
    row = {"a": 1.0}
    tx.grad(f)(2.0, [row], row)

# error
# AliasError: an argument that is written has something in common with another one that is read after that
#   Read it by way of the one that is written, or pass a copy: row or table
