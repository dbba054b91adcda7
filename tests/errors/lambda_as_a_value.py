def f(x, functions):
    functions = [lambda t: t * t, lambda t: t]
    return functions[0](x)

# error
# UnsupportedSyntax: a lambda as a value is not supported yet
#   File "model.py", line 2, in f
#     2 |     functions = [lambda t: t * t, lambda t: t]
#       |                  ^^^^^^^^^^^^^^^
#   Give it a name, or define it outside of the function.
