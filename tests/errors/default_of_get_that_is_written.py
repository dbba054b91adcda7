def f(x, rows: dict, other: list):
    row = rows.get("first", other)
    row.append(x * x)
    return sum(other) * x


def use(tx):
    tx.grad(f)(2.0, {"second": [1.0]}, [3.0])

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: other or row
