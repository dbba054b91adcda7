class Model:
    def squared(self, x):
        return x * x

    def value(self, x):
        return type(self).squared(self, x) * 2.0


def f(x):
    return Model().value(x)


def use(tx):
    return tx.grad(f)(1.5)

# error
# NotDifferentiable: the class Model is worked out while running, and asked for its function 'squared'
#   Write self.squared(...), or Model.squared(self, ...).
