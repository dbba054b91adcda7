def f(x):
    def each(*functions):
        return functions[0](x)

    return each(lambda t: t * x)

# error
# UnsupportedSyntax: each is given a local function
#   File "model.py", line 5, in f
#     5 |     return each(lambda t: t * x)
#       |            ^^^^^^^^^^^^^^^^^^^^^
#   Define that outside of the function.
