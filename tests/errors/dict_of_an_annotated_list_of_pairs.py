def f(x, pairs: list):
    d = dict(pairs)
    return d["a"] * x


def use(tx):
    tx.grad(f)(1.2, [("a", 2.0), ("b", 3.0)])

# error
# ArgumentError: a dict is made of a list of pairs, and that it is one is only known now
#   Write {key: value for key, value in pairs}.
