def f(x):
    xs = [x, x * x, x**3]
    s = 0.0
    for part in [xs]:
        for v in part:
            xs[2] = v
            s += v * x
    return s


def use(tx):
    tx.grad(f)(0.8)

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: part or xs
