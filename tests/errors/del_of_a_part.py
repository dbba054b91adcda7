def f(x):
    values = [x, 2.0 * x, x * x]
    del values[0:2]
    return values[0]

# error
# UnsupportedSyntax: del of a part is not supported yet
#   File "model.py", line 3, in f
#     3 |     del values[0:2]
#       |         ^^^^^^^^^^^
#   Build a new value without it.
