def f(x, i):
    first = [x]
    rows = [(1.0, first), (2.0, [3.0])]
    kept = {"row": rows[i][1]}
    first.append(x * x)
    return sum(kept["row"])


def use(tx):
    tx.grad(f)(2.0, 0)

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: kept or first
