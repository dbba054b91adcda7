class Tank:
    def __init__(self, level, out=None):
        self.level = level
        self.out = out


def f(k):
    c = Tank(0.5)
    for _ in range(2):
        c.level -= 0.1 * k
        if c.out is not None:
            c.out.level += 0.1 * k
    return c.level**2


def use(tx):
    return tx.grad(f)(0.3)

# error
# AliasError: c_out is read behind a loop or branch in which something that it may share memory with is read and written
#   File "model.py", line 11, in f
#     11 |         if c.out is not None:
#        |            ^^^^^^^^^^^^^^^^^
#   Read it once, before the loop, and give it a name: c_out = ...
