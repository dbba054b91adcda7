class Log(list):
    def ordered(self):
        super().sort()
        return self


def f(x):
    log = Log()
    log.append(3.0 * x)
    log.append(x * x)
    return log.ordered()[0] * x


def use(tx):
    return tx.grad(f)(2.0)

# error
# UnsupportedSyntax: super().sort, which is list.sort, changes its object in place
#   File "model.py", line 3, in ordered
#     3 |         super().sort()
#       |         ^^^^^^^^^^^^^^
#   Use a plain list, or keep one in an attribute.
