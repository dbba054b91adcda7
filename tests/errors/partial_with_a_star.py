from functools import partial


def g(a, b):
    return a * b


def f(x):
    return partial(g, *x)()

# error
# UnsupportedSyntax: a partial with a star of unknown length is not supported
#   File "model.py", line 9, in f
#     9 |     return partial(g, *x)()
#       |            ^^^^^^^^^^^^^^
#   Write its arguments out.
