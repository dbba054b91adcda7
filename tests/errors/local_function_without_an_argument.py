def f(x):
    def power(base, scale):
        return base * base * scale

    return power(x)

# error
# UnsupportedSyntax: power is called without 'scale'
#   File "model.py", line 5, in f
#     5 |     return power(x)
#       |            ^^^^^^^^
#   Call it as its def says.
