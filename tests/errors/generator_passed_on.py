def f(x):
    squares = (a * a for a in x)
    return sum(squares)

# error
# UnsupportedSyntax: a generator is consumed where it is made: it cannot be passed on
#   File "model.py", line 2, in f
#     2 |     squares = (a * a for a in x)
#       |               ^^^^^^^^^^^^^^^^^^
#   Make a list of it.
