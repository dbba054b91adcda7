import math


def f(x):
    y = 1.0

    def root():
        nonlocal y
        y = x * x
        return math.sqrt(-x)

    try:
        z = root()
    except ValueError:
        z = x
    return y * z

# error
# UnsupportedSyntax: 'y' is assigned in a try that fails, and read after that: which value it has depends on where
#   File "model.py", line 12, in f
#     12 |     try:
#        |     ^^^^
#   Assign it before the try, and give what the try makes another name.
