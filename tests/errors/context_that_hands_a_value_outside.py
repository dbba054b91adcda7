import contextlib


class Gain:
    k = 1.0


@contextlib.contextmanager
def gain(k):
    Gain.k = k
    yield
    Gain.k = 1.0


def f(x):
    with gain(x * 2.0):
        y = x * Gain.k
    return y

# error
# UnsupportedSyntax: the context gain is given a value that depends on the inputs, and writes to something that is not of this function
#   File "model.py", line 16, in f
#     16 |     with gain(x * 2.0):
#        |     ^^^^^^^^^^^^^^^^^^^
#   Pass the value to the functions that read it.
