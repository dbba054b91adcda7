class Options:
    def __init__(self, given):
        self.given = given

    def __getattr__(self, name):
        return self.given[name]


def f(options, x):
    return getattr(options, "rate", 1.0) * x


def use(tx):
    return tx.grad(f, "x")(Options({"rate": 2.0}), 2.0)

# error
# NotDifferentiable: getattr with a default asks an object of class Options for 'rate', which its __getattr__ works out
#   Read it by its name: x.rate.
