class Log(list):
    def __getitem__(self, index):
        return 2.0 * super().__getitem__(index)

    def append(self, value):
        super().append(value)


def f(x):
    log = Log()
    log.append(x)
    return log[0] * x


def use(tx):
    return tx.grad(f)(2.0)

# error
# UnsupportedSyntax: the class Log is a list with its own __getitem__, and is written by 'append'
#   File "model.py", line 6, in append
#     6 |         super().append(value)
#       |         ^^^^^^^^^^^^^^^^^^^^^
#   Use a plain list, or keep one in an attribute.
