def f(x):
    return next(a * b for a in x for b in x if a * b > 1.0)

# error
# UnsupportedSyntax: next of a generator with several loops has no derivative
#   File "model.py", line 2, in f
#     2 |     return next(a * b for a in x for b in x if a * b > 1.0)
#       |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Make a list of it, and take its first item.
