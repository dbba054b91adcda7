def f(x):
    def g(t):
        return t * x

    gs = [g]
    return gs[0](x)

# error
# UnsupportedSyntax: g is a local function: it can be called, but not passed on yet
#   File "model.py", line 5, in f
#     5 |     gs = [g]
#       |           ^
#   Define it outside, or call it here.
