class Tripled(list):
    def append(self, value):
        super().append(3.0 * value)


def f(x, values):
    values.append(x)
    return values[0] * x


def use(tx):
    return tx.grad(f)(2.0, Tripled())

# error
# NotDifferentiable: a Tripled, which is a list with its own append, is copied, to be written
#   Use a plain list, or keep one in an attribute.
