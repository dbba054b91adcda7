class Box:
    pass


box = Box()


def f(x):
    box.scale = 2.0 * x
    return x * x


def use(tx):
    return tx.grad(f)(1.0)

# error
# UnsupportedSyntax: a write to an attribute of something of the outside
#   File "model.py", line 9, in f
#     9 |     box.scale = 2.0 * x
#       |     ^^^^^^^^^
#   Return the new value instead.
