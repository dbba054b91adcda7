class Stack:
    def __init__(self, v):
        self.v = v

    def append(self, x):
        self.v = self.v * x


def f(a, b):
    s = Stack(a) if a < b else [a]
    s.append(b)
    return s.v * a


def use(tx):
    return tx.grad(f)(2.0, 3.0)

# error
# UnsupportedSyntax: whether 'append' is that of a list or dict, or of Stack, is not known
#   File "model.py", line 11, in f
#     11 |     s.append(b)
#        |     ^^^^^^^^^^^
#   Give the object a name of its own.
