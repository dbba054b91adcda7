import math


def f(x, n):
    y = x
    try:
        for i in range(n):
            y = y * math.sqrt(x - i)
    except ValueError:
        pass
    return y

# error
# UnsupportedSyntax: 'y' is assigned in a try that fails, and read after that: which value it has depends on where
#   File "model.py", line 6, in f
#     6 |     try:
#       |     ^^^^
#   Assign it before the try, and give what the try makes another name.
