def f(x):
    d = {"a": x, "b": 2.0}
    views = [d.values() for _ in range(2)]
    d["a"] = x * x
    return sum(views[0])


def use(tx):
    tx.grad(f)(0.8)

# error
# AliasError: what .values() of a dict gives is kept, and shows what is written to the dict later
#   File "model.py", line 5, in f
#     5 |     return sum(views[0])
#       |            ^^^^^^^^^^^^^
#   Make a list of it: list(d.values()).
