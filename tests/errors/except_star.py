def f(x):
    try:
        y = x * x
    except* ValueError:
        y = x
    return y

# error
# UnsupportedSyntax: except* is not supported
#   File "model.py", line 2, in f
#     2 |     try:
#       |     ^^^^
#   Test for the case with if, or call the function inside the try.
