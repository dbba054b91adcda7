def bump(values, v):
    values[0] = values[0] * v
    return values[0]


def f(x, y):
    values = [x]
    values[0] += bump(values, y)
    return values[0]


def use(tx):
    return tx.grad(f)(2.0, 3.0)

# error
# UnsupportedSyntax: what is added to an item may write that item, which is read before that
#   File "model.py", line 8, in f
#     8 |     values[0] += bump(values, y)
#       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Work the value out in a line of its own.
