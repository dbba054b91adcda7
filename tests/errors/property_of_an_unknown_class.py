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
# ArgumentError: area is a property of Disc
#   Annotate the parameter with its class: Disc.
