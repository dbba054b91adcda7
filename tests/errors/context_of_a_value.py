class Doubled:
    def __init__(self, a):
        self.a = a

    def __enter__(self):
        self.a = self.a * 2.0
        return self

    def __exit__(self, kind, error, traceback):
        self.a = self.a / 2.0


def f(x):
    with Doubled(x) as d:
        y = d.a * x
    return y

# error
# UnsupportedSyntax: what this context gives to d depends on the inputs
#   File "model.py", line 14, in f
#     14 |     with Doubled(x) as d:
#        |     ^^^^^^^^^^^^^^^^^^^^^
#   Make the object before, and leave out the with.
