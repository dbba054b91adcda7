def apply(g, x):
    return g(x)


def f(x):
    calls = 0

    def g(t):
        nonlocal calls
        calls += 1
        return t * x

    return apply(g, x) * calls

# error
# UnsupportedSyntax: g is passed on, and writes to a variable of the function around it
#   File "model.py", line 13, in f
#     13 |     return apply(g, x) * calls
#        |                  ^
#   Return the value instead.
