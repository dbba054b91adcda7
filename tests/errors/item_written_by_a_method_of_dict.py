class Table(dict):
    def put(self, key, value):
        dict.__setitem__(self, key, 2.0 * value)


def f(x):
    d = Table()
    d.put("a", x)
    return d["a"] * x


def use(tx):
    return tx.grad(f)(2.0)

# error
# UnsupportedSyntax: dict.__setitem__ writes into its argument
#   File "model.py", line 3, in put
#     3 |         dict.__setitem__(self, key, 2.0 * value)
#       |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Write the statement that calls it: x[i] = v.
