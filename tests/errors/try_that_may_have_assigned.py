import math


def f(x):
    try:
        y = x * x
        z = math.log(-x)
    except ValueError:
        z = 0.0
    return y * z + y

# error
# UnsupportedSyntax: 'y' is assigned in a try that fails, and read after that: which value it has depends on where
#   File "model.py", line 5, in f
#     5 |     try:
#       |     ^^^^
#   Assign it before the try, and give what the try makes another name.
