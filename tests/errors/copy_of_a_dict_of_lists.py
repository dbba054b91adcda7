def f(p):
    q = p.copy()
    q["l"][0] = 5.0
    return sum(p["l"]) * q["m"]


def use(tx):
    tx.grad(f)({"l": [1.0, 2.0], "m": 3.0})

# error
# AliasError: an item is changed that stands in a dict and in its copy, and that it is one is only known now
#   Copy it by dict(...) instead of .copy(), or copy each of its items, too.
