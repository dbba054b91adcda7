def f(x):
    layers = {"in": {"w": x}, "out": {"w": 2.0 * x}}
    views = {name: layer.values() for name, layer in layers.items()}
    layers["in"]["w"] = x * x
    return sum(views["in"]) + sum(views["out"])


def use(tx):
    tx.grad(f)(0.8)

# error
# AliasError: what .values() of a dict gives is kept, and shows what is written to the dict later
#   File "model.py", line 5, in f
#     5 |     return sum(views["in"]) + sum(views["out"])
#       |            ^^^^^^^^^^^^^^^^
#   Make a list of it: list(d.values()).
