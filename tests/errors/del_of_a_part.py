def f(x):
    values = {"a": x, "b": x * x}
    del values["a"]
    return values["b"]

# error
# UnsupportedSyntax: del of a part is not supported yet
#   File "model.py", line 3, in f
#     3 |     del values["a"]
#       |         ^^^^^^^^^^^
#   Build a new value without it.
