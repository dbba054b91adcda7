def f(x):
    try:
        raise ValueError(x * x)
    except ValueError as error:
        return error.args[0] * x


def use(tx):
    return tx.grad(f)(2.0)

# error
# UnsupportedSyntax: what an exception carries has no derivative
#   File "model.py", line 5, in f
#     5 |         return error.args[0] * x
#       |                ^^^^^^^^^^
#   Return the value, or put it into a variable, before it is raised.
