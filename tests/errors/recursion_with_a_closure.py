def halved(f, a, b):
    if b - a < 0.1:
        return f(a) * (b - a)
    return halved(f, a, (a + b) / 2) + halved(f, (a + b) / 2, b)


def f(x):
    return halved(lambda t: t * t * x, 0.0, x)

# error
# UnsupportedSyntax: halved calls itself with a local function as argument
#   File "model.py", line 4, in halved
#     4 |     return halved(f, a, (a + b) / 2) + halved(f, (a + b) / 2, b)
#       |            ^^^^^^^^^^^^^^^^^^^^^^^^^
#   Define the function that it is given outside, as a function of the module.
