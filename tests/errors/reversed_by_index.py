class Path:
    def __init__(self, v):
        self.v = v

    def __len__(self):
        return 2

    def __getitem__(self, k):
        return self.v ** (k + 1)

    def __iter__(self):
        return iter([self.v])


def f(x):
    return sum(k * v for k, v in enumerate(reversed(Path(x))))


def use(tx):
    return tx.grad(f)(2.0)

# error
# UnsupportedSyntax: an object of the class Path is gone through by its __getitem__
#   File "model.py", line 16, in f
#     16 |     return sum(k * v for k, v in enumerate(reversed(Path(x))))
#        |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Loop over range(len(...)), or give the class a __reversed__ that returns iter(a list).
