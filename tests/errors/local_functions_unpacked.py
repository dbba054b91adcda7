def f(x):
    g, h = [lambda t: t * x]
    return g(x) + h(x)

# error
# UnsupportedSyntax: 1 values cannot be unpacked here
#   File "model.py", line 2, in f
#     2 |     g, h = [lambda t: t * x]
#       |     ^^^^
#   Give each of them a name.
