import numpy as np


async def f(x):
    return x * x

# error
# UnsupportedSyntax: an async function has no value to differentiate
#   File "model.py", line 4, in f
#     4 | async def f(x):
#       | ^^^^^^^^^^^^^^^
#   Differentiate a plain function.
