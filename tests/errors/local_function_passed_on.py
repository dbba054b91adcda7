def f(x, apply):
    def g(t):
        return t * t

    return apply(g, x)

# error
# UnsupportedSyntax: g is a local function: this call cannot be given it
#   File "model.py", line 5, in f
#     5 |     return apply(g, x)
#       |            ^^^^^^^^^^^
#   Define it outside, or call it here.
