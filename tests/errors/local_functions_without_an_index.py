def f(x):
    functions = [lambda t: t * x]
    return functions[1](x)

# error
# UnsupportedSyntax: there is no item 1 here
#   File "model.py", line 3, in f
#     3 |     return functions[1](x)
#       |            ^^^^^^^^^^^^
#   Check the index.
