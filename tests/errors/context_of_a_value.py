import contextlib


class Doubled:
    def __init__(self, a):
        self.a = a * 2.0

    def close(self):
        pass


def f(x):
    with contextlib.closing(Doubled(x)) as d:
        y = d.a * x
    return y

# error
# UnsupportedSyntax: what this context gives to d depends on the inputs
#   File "model.py", line 13, in f
#     13 |     with contextlib.closing(Doubled(x)) as d:
#        |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Make the object before, and leave out the with.
