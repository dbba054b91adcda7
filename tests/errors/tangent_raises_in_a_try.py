import math


def f(x, n):
    y = x
    try:
        for i in range(n):
            y = y * math.sqrt(x - i)
    except ZeroDivisionError:
        y = 3.0 * x
    return y


def use(tx):
    tx.jvp(f)

# error
# UnsupportedSyntax: a tangent in this try might raise the ZeroDivisionError that it catches as ZeroDivisionError
#   File "model.py", line 8, in f
#     8 |             y = y * math.sqrt(x - i)
#       |                     ^^^^^^^^^^^^^^^^
#   Put the try around single statements outside of loops, branches and writes, or use reverse mode.
