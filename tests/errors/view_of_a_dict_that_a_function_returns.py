def values(d):
    return d.values()


def f(x):
    d = {"a": x, "b": 2.0}
    v = values(d)
    d["a"] = x * x * 3.0
    return sum(p**2 for p in v)


def use(tx):
    tx.grad(f)(0.8)

# error
# AliasError: what .values() of a dict gives is kept, and shows what is written to the dict later
#   File "model.py", line 9, in f
#     9 |     return sum(p**2 for p in v)
#       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Make a list of it: list(d.values()).
