def f(x, apply):
    def g(t):
        return t * t

    return apply(g, x)

# error
# UnsupportedSyntax: g is a local function: it can be called, but not passed on yet
#   File "model.py", line 5, in f
#     5 |     return apply(g, x)
#       |                  ^
#   Define it outside, or call it here.
