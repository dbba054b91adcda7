def inner(v, n):
    return v if n == 0 else inner(v, n - 1)


def f(x):
    values = [x, 2.0 * x]
    same = inner(values, 2)
    values.append(x * x)
    return sum(same)


def use(tx):
    tx.grad(f)(2.0)

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: same or values
