class Money:
    def __init__(self, v):
        self.v = v

    def __mul__(self, other):
        return Money(self.v * other.v)


class Taxed(Money):
    def __rmul__(self, other):
        return Money(5.0 * other.v)


def f(x):
    total = Money(x)
    for part in [Money(2.0), Taxed(x)]:
        total = total * part
    return total.v


def use(tx):
    return tx.grad(f)(2.0)

# error
# ArgumentError: the class Taxed is a subclass of Money and has __rmul__: Python asks it first
#   Annotate the parameter with its class, Taxed, or call the method that is meant by its name.
