def f(x, ks):
    odd = {k for k in ks if k % 2}
    return x * len(odd)

# error
# UnsupportedSyntax: a set comprehension is not supported yet
#   File "model.py", line 2, in f
#     2 |     odd = {k for k in ks if k % 2}
#       |           ^^^^^^^^^^^^^^^^^^^^^^^^
#   Use a for loop.
