def make(scale):
    def g(t):
        if t > 0.0:
            return t * scale
        return t

    def f(x):
        return g(x) * x

    return f


f = make(2.0)

# error
# UnsupportedSyntax: g is a closure that reads 'scale', and is called with an active value
#   File "model.py", line 8, in f
#     8 |         return g(x) * x
#       |                ^^^^
#   Pass that value as an argument.
