def f(x):
    def power(n, t=x * x):
        if n == 0:
            return t
        return power(n - 1) * t

    return power(2)

# error
# UnsupportedSyntax: power calls itself and has a default that is computed
#   File "model.py", line 7, in f
#     7 |     return power(2)
#       |            ^^^^^^^^
#   Pass the value as an argument.
