class Model:
    def __init__(self, w):
        self.p = {"w": w, "b": 2.0}

    def parameters(self):
        return self.p.values()


class Optimizer:
    def __init__(self, params):
        self.params = params


def f(x):
    m = Model(x)
    o = Optimizer(m.parameters())
    m.p["w"] = x * x
    return sum(o.params)


def use(tx):
    tx.grad(f)(0.8)

# error
# AliasError: what .values() of a dict gives is kept, and shows what is written to the dict later
#   File "model.py", line 18, in f
#     18 |     return sum(o.params)
#        |            ^^^^^^^^^^^^^
#   Make a list of it: list(d.values()).
