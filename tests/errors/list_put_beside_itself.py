def f(x):
    h = {"a": [x, 2.0 * x], "b": []}
    for _ in range(3):
        h["b"].append(h["a"])
        h["a"][0] *= x
    return sum(r[0] * r[1] for r in h["b"])


def use(tx):
    return tx.jvp(f)(1.3, x_dot=1.0)

# error
# AliasError: an item is written that stands in two places of its container
#   Put a copy there: y = x.copy()
