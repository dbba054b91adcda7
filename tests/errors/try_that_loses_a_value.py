import math


def f(x):
    y = 1.0
    try:
        y = x * x
        z = math.log(-x)
    except ValueError:
        return y * x
    return z

# error
# UnsupportedSyntax: 'y' is assigned in a try that fails, and read after that: which value it has depends on where
#   File "model.py", line 10, in f
#     10 |         return y * x
#        |                ^
#   Assign it before the try, and give what the try makes another name.
