def counter():
    n = 0.0

    def add(t):
        nonlocal n
        n += t
        return n

    return add


def f(x):
    add = counter()
    while add(0.5) < 2.0:
        x = x * x
    return x

# error
# UnsupportedSyntax: 'n' is written in the test of this loop, by a local function
#   File "model.py", line 14, in f
#     14 |     while add(0.5) < 2.0:
#        |           ^^^^^^^^^^^^^^
#   Call it by the name that it was defined with, or return the value.
