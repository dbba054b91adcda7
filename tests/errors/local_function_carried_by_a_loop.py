def scaled(k):
    return lambda t: t * k


def f(x):
    h = scaled(x)
    for i in range(3):
        h = scaled(h(x) * i)
    return h(x)

# error
# UnsupportedSyntax: the local function h depends on the path
#   File "model.py", line 7, in f
#     7 |     for i in range(3):
#       |     ^^^^^^^^^^^^^^^^^^
#   Define it outside of the branch or loop.
