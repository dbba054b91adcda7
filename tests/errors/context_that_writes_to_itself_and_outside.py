USED = []


class Counter:
    def __init__(self):
        self.n = 0

    def __enter__(self):
        self.n += 1

    def __exit__(self, *error):
        USED.append(self.n)


def f(x, counter: Counter):
    with counter:
        y = x * x
    return y * counter.n

# error
# UnsupportedSyntax: the context Counter writes to its object, and it is not seen how
#   File "model.py", line 16, in f
#     16 |     with counter:
#        |     ^^^^^^^^^^^^^
#   Call what the context does before and behind the block, as functions.
