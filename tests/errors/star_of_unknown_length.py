def g(a, b, c=2.0):
    return a * b + c


def f(x):
    return g(*x)

# error
# UnsupportedSyntax: how many arguments the star stands for is not known while transforming
#   File "model.py", line 6, in f
#     6 |     return g(*x)
#       |              ^^
#   Write the arguments out, or pass the tuple itself.
