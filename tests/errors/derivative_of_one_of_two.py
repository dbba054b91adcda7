import tangentx as tx


def f(x):
    g = (lambda t: t * x) if x > 0.0 else (lambda t: t * t)
    return tx.grad(g)(x)

# error
# UnsupportedSyntax: only the derivative of one local function is supported here, as it was defined
#   File "model.py", line 6, in f
#     6 |     return tx.grad(g)(x)
#       |            ^^^^^^^^^^
#   Take the derivative of a function that calls it.
