def f(x):
    if x > 0.0:

        def g(t):
            return t * t

    else:

        def g(t):
            return t

    return g(x)

# error
# UnsupportedSyntax: the local function g depends on the path
#   File "model.py", line 2, in f
#     2 |     if x > 0.0:
#       |     ^^^^^^^^^^^
#   Define it outside of the branch or loop.
