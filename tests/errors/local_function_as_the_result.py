def f(x):
    def g(t):
        return t * x

    return g

# error
# UnsupportedSyntax: g is a local function: it can be called, but is no value here
#   File "model.py", line 5, in f
#     5 |     return g
#       |            ^
#   Call it here, hand it to a function of your own, or define it outside of the function.
