import contextlib
import math


def f(x):
    with contextlib.suppress(ValueError):
        x = x * math.log(x)
    return x

# error
# UnsupportedSyntax: this context ends the exceptions of its body
#   File "model.py", line 6, in f
#     6 |     with contextlib.suppress(ValueError):
#       |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Use try and except.
