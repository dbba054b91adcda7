from contextlib import contextmanager


def make(k):
    s = 1.0

    @contextmanager
    def scaled(v):
        nonlocal s
        old, s = s, v
        yield
        s = old

    def f(x):
        with scaled(k):
            y = x * x * s
        return y

    return f


f = make(4.0)

# error
# UnsupportedSyntax: 's' is of the function around, and a context assigns it
#   File "model.py", line 14, in f
#     14 |     def f(x):
#        |     ^^^^^^^^^
#   Keep it in an attribute of an object, or pass it.
