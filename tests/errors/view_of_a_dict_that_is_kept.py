class Model:
    def __init__(self, w):
        self.p = {"w": w, "b": 2.0}

    def step(self, x):
        self.p["w"] = self.p["w"] * x


def f(x):
    m = Model(x)
    ps = m.p.values()
    m.step(x)
    return sum(ps)


def use(tx):
    tx.grad(f)(1.2)

# error
# NotDifferentiable: what .values() of a dict gives is kept, and shows what is written to the dict later
#   Make a list of it: list(d.values()).
