def values(d):
    return d.values()


def f(x, make):
    d = {"a": x}
    v = make(d)
    d["b"] = x * x * 3.0
    return sum(p**2 for p in v)


def use(tx):
    tx.grad(f)(0.8, lambda d: values(d))

# error
# AliasError: this returns what .values() of a dict gives, and where it is called it is only known while running
#   File "model.py", line 13, in f
#     13 |     tx.grad(f)(0.8, lambda d: values(d))
#        |                     ^^^^^^^^^^^^^^^^^^^
#   Make a list of it: list(d.values()).
