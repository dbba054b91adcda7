def f(x):
    return 2.0(x)

# error
# UnsupportedSyntax: this value cannot be called
#   File "model.py", line 2, in f
#     2 |     return 2.0(x)
#       |            ^^^^^^
#   Call a function by its name.
