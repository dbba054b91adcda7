def f(x):
    try:
        y = x * x
    finally:
        return x

# error
# UnsupportedSyntax: return in a finally is not supported
#   File "model.py", line 2, in f
#     2 |     try:
#       |     ^^^^
#   It would end exceptions silently: move it behind the try.
