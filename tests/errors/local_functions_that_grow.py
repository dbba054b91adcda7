def f(x):
    functions = [lambda t: t * x]
    functions.append(lambda t: t + x)
    return functions[1](x)

# error
# UnsupportedSyntax: a list with local functions in it can be read by a constant index or key, and looped over
#   File "model.py", line 3, in f
#     3 |     functions.append(lambda t: t + x)
#       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Take the functions that you call out of it by name.
