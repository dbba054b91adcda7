def f(x, values):
    del values[0:2]
    return values[0] * x

# error
# UnsupportedSyntax: del of a part is not supported yet
#   File "model.py", line 2, in f
#     2 |     del values[0:2]
#       |     ^^^^^^^^^^^^^^^
#   Build a new value without it.
