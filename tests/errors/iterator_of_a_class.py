class Squares:
    def __init__(self, xs):
        self.xs, self.i = xs, 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.i >= len(self.xs):
            raise StopIteration
        self.i += 1
        return self.xs[self.i - 1] ** 2


def f(x):
    return sum(Squares([x, 2.0 * x]))


def use(tx):
    return tx.grad(f)

# error
# UnsupportedSyntax: an object of the class Squares is gone through by its __next__
#   File "model.py", line 16, in f
#     16 |     return sum(Squares([x, 2.0 * x]))
#        |            ^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Give the class an __iter__ that returns iter(a list).
