def scaled(k):
    return lambda t: t * k


def f(x):
    try:
        h = scaled(x)
    except ValueError:
        h = scaled(2.0)
    return h(x)

# error
# UnsupportedSyntax: which local function this is depends on an exception
#   File "model.py", line 6, in f
#     6 |     try:
#       |     ^^^^
#   Define it before the try.
