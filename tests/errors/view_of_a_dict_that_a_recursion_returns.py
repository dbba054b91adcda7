def deepest(d, depth):
    if depth > 0:
        return deepest(d, depth - 1)
    return d.values()


def f(x):
    d = {"a": x}
    v = deepest(d, 2)
    d["b"] = x * x * 3.0
    return sum(p**2 for p in v)


def use(tx):
    tx.grad(f)(0.8)

# error
# AliasError: deepest returns what .values() of a dict gives, and it calls itself
#   File "model.py", line 9, in f
#     9 |     v = deepest(d, 2)
#       |         ^^^^^^^^^^^^^
#   Make a list of it: list(d.values()).
