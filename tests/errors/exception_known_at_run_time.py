import math


def f(x, errors):
    try:
        y = math.log(x)
    except errors:
        y = x
    return y

# error
# UnsupportedSyntax: this exception is only known at run time
#   File "model.py", line 7, in f
#     7 |     except errors:
#       |            ^^^^^^
#   Name the class of the exception.
