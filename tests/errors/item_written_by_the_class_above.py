class Table(dict):
    def put(self, key, value):
        super().__setitem__(key, 2.0 * value)


def f(x):
    d = Table()
    d.put("a", x)
    return d["a"] * x


def use(tx):
    return tx.grad(f)(2.0)

# error
# UnsupportedSyntax: super().__setitem__, which is dict.__setitem__, changes its object in place
#   File "model.py", line 3, in put
#     3 |         super().__setitem__(key, 2.0 * value)
#       |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Use a plain dict, or keep one in an attribute.
