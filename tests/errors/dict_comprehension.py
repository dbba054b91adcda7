def f(x):
    squares = {k: a * a for k, a in enumerate(x)}
    return squares[0]

# error
# UnsupportedSyntax: a dict comprehension is not supported yet
#   File "model.py", line 2, in f
#     2 |     squares = {k: a * a for k, a in enumerate(x)}
#       |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Use a for loop.
