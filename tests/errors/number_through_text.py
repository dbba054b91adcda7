def f(x):
    return float(str(x)) * x

# error
# UnsupportedSyntax: a number that goes through text has no derivative
#   File "model.py", line 2, in f
#     2 |     return float(str(x)) * x
#       |            ^^^^^^^^^^^^^
#   Use the number itself.
