def f(x, i):
    functions = [lambda t: t * x, lambda t: t + x]
    return functions[i](x)

# error
# UnsupportedSyntax: a list with local functions in it can be read by a constant index or key, and looped over
#   File "model.py", line 3, in f
#     3 |     return functions[i](x)
#       |            ^^^^^^^^^^^^
#   Take the functions that you call out of it by name.
