import itertools


class Buffer:
    def __init__(self, values):
        self.values = values

    def view(self):
        return self.values

    def clip(self, v):
        self.values[2] = v


def f(x):
    buffer, t = Buffer([x, x * x, x**3]), 0.0
    ys = buffer.view()
    for v in itertools.islice(ys, 3):
        buffer.clip(0.5 * v)
        t += v * v
    return t


def use(tx):
    tx.grad(f)(1.2)

# error
# AliasError: what this goes through step by step is written meanwhile, or before that
#   File "model.py", line 18, in f
#     18 |     for v in itertools.islice(ys, 3):
#        |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Take all of it at once, where it is made: list(...).
