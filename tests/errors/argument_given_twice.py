def g(a, b):
    return a * b


def f(x):
    return g(x, b=2.0, **{"b": x})

# error
# UnsupportedSyntax: the argument 'b' is given twice
#   File "model.py", line 6, in f
#     6 |     return g(x, b=2.0, **{"b": x})
#       |            ^^^^^^^^^^^^^^^^^^^^^^^
#   Give it once.
