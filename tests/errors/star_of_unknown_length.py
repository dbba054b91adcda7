def f(x):
    return max(*x)

# error
# UnsupportedSyntax: how many arguments the star stands for is not known while transforming
#   File "model.py", line 2, in f
#     2 |     return max(*x)
#       |                ^^
#   Write the arguments out, or pass the tuple itself.
