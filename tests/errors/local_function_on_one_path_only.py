def f(x):
    if x > 0.0:

        def g(t):
            return t * t

    return g(x)

# error
# UnsupportedSyntax: this function is not defined on every path
#   File "model.py", line 7, in f
#     7 |     return g(x)
#       |            ^^^^
#   Define it on every path that leads here.
