import math


def f(x):
    y = 1.0
    try:
        z = (y := x * x) + math.sqrt(-x)
    except ValueError:
        z = x
    return y * z

# error
# UnsupportedSyntax: 'y' is assigned in a try that fails, and read after that: which value it has depends on where
#   File "model.py", line 6, in f
#     6 |     try:
#       |     ^^^^
#   Assign it before the try, and give what the try makes another name.
