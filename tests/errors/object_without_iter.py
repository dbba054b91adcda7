class Path:
    def __init__(self, points):
        self.points = points

    def __getitem__(self, i):
        return self.points[i] ** 2


def f(x):
    total = 0.0
    for p in Path([x, x * x]):
        total = total + p
    return total

# error
# UnsupportedSyntax: an object of the class Path is gone through by its __getitem__
#   File "model.py", line 11, in f
#     11 |     for p in Path([x, x * x]):
#        |     ^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Loop over range(len(...)), or give the class an __iter__ that returns iter(a list).
