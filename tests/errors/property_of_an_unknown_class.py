class Disc:
    def __init__(self, r):
        self.r = r

    @property
    def area(self):
        return self.r**2

    @area.setter
    def area(self, value):
        self.r = value**0.5


def f(x, disc):
    disc.area = x * x
    return disc.r


def use(tx):
    return tx.grad(f)(2.0, Disc(1.0))

# error
# ArgumentError: area is computed by the class Disc, which is not known when the derivative is made
#   Annotate the parameter with its class: Disc.
