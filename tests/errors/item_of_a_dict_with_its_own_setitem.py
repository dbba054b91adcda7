class Doubled(dict):
    def __setitem__(self, key, value):
        super().__setitem__(key, 2.0 * value)


def f(x):
    d = Doubled()
    d["a"] = x
    return d["a"] * x


def use(tx):
    return tx.grad(f)(2.0)

# error
# UnsupportedSyntax: the class Doubled is a dict with its own __setitem__
#   File "model.py", line 8, in f
#     8 |     d["a"] = x
#       |     ^^^^^^^^^^
#   Use a plain dict, or keep one in an attribute.
