def f(x, row, find):
    found = find()
    found[0] = x * x
    return sum(row)


def use(tx):
    row = [1.0, 2.0]
    tx.grad(f)(2.0, row, lambda: row)

# error
# AliasError: an argument that is written has something in common with another one that is read after that
#   Read it by way of the one that is written, or pass a copy: row or find
