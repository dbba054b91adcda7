def f(x):
    del y
    y = x * x
    return y

# error
# UnsupportedSyntax: 'y' is deleted before it is assigned
#   File "model.py", line 2, in f
#     2 |     del y
#       |         ^
#   Assign it on every path that leads here.
