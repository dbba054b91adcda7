def f(x):
    first, table = [x], {}
    for key, values in [("a", first), ("b", [1.0])]:
        table[key] = values
    first.append(x * x)
    return sum(table["a"])


def use(tx):
    tx.grad(f)(2.0)

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: table or first
