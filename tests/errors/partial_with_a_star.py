from functools import partial


def g(a, b):
    return a * b


def f(x):
    args = (x,)
    return partial(g, *args)(x)

# error
# UnsupportedSyntax: a partial with a star is not supported
#   File "model.py", line 10, in f
#     10 |     return partial(g, *args)(x)
#        |            ^^^^^^^^^^^^^^^^^
#   Write its arguments out.
