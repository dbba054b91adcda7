class Body:
    def __init__(self, m, x):
        self.m = m
        self.x = x


def others(b, bodies, ids):
    return sum(o.m for o, i in zip(bodies, ids) if i != id(b)) * b.x


def f(m):
    bodies = [Body(m, 1.0), Body(m * m, 2.0)]
    ids = [id(b) for b in bodies]
    t = 0.0
    for b in bodies:
        t = t + others(b, bodies, ids)
        b.x = b.x * t
    return t


def use(tx):
    tx.grad(f)(0.7)

# error
# AliasError: others asks for the id of objects that are written behind the call, and so is given copies of them
#   File "model.py", line 16, in f
#     16 |         t = t + others(b, bodies, ids)
#        |                 ^^^^^^^^^^^^^^^^^^^^^^
#   Compare the objects themselves: o is b.
