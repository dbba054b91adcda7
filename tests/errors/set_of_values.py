def f(x):
    return max({x, 2.0 * x})

# error
# UnsupportedSyntax: a set has no order to differentiate by
#   File "model.py", line 2, in f
#     2 |     return max({x, 2.0 * x})
#       |                ^^^^^^^^^^^^
#   Use a tuple or a list.
