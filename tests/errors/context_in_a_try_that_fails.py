class Scaled:
    def __init__(self, values):
        self.values = values

    def __enter__(self):
        self.values[0] *= 2

    def __exit__(self, *error):
        self.values[0] *= 3


def f(x):
    values = [x]
    try:
        with Scaled(values):
            if x > 1:
                raise ValueError
            y = x
    except ValueError:
        y = 2 * x
    return y * values[0]

# error
# UnsupportedSyntax: values is written here, in a try that may fail after that, and read behind it
#   File "model.py", line 6, in __enter__
#     6 |         self.values[0] *= 2
#       |         ^^^^^^^^^^^^^^^^^^^
#   Let it write to a copy, or catch the exception where nothing is written yet.
