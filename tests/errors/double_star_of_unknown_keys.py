def g(a, b):
    return a * b


def f(x, options):
    return g(x, **options)

# error
# UnsupportedSyntax: what ** stands for is not known while transforming
#   File "model.py", line 6, in f
#     6 |     return g(x, **options)
#       |                   ^^^^^^^
#   Write the keyword arguments out.
