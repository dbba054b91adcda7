def f(x):
    grid = [[x] * 3] * 2
    grid[0][1] = x * x
    return grid[1][1] * x


def use(tx):
    return tx.grad(f)(2.0)

# error
# AliasError: a list is repeated, and what is in it may be written
#   Make each item: [row.copy() for _ in range(n)]
