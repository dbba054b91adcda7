def f(x):
    def power(base, scale):
        return base * base * scale

    return power(x, x, x)

# error
# UnsupportedSyntax: the arguments do not fit power(base, scale)
#   File "model.py", line 5, in f
#     5 |     return power(x, x, x)
#       |            ^^^^^^^^^^^^^^
#   Call it as its def says.
