import logging
import math


def f(x):
    y = 1.0
    try:
        y = x * x
        z = math.sqrt(-x)
    except ValueError:
        logging.exception("no root")
        z = x
    return y * z

# error
# UnsupportedSyntax: 'y' is assigned in a try that fails, and read after that: which value it has depends on where
#   File "model.py", line 7, in f
#     7 |     try:
#       |     ^^^^
#   Assign it before the try, and give what the try makes another name.
