class Words(dict):
    def __init__(self, **words):
        super().__init__(**words)
        self.__dict__ = self


def f(x, d):
    d["a"] = x
    return d["a"] * x


def use(tx):
    return tx.grad(f, wrt=("x",))(2.0, Words(a=1.0))

# error
# NotDifferentiable: a Words, whose attributes are its items, is copied
#   Pass a plain dict: dict(d).
