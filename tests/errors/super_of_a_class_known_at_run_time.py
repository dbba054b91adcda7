class Base:
    def __init__(self, r):
        self.r = r

    def value(self):
        return self.r


class Cubed(Base):
    def value(self):
        return self.r**3


class Doubled(Base):
    def value(self):
        return super().value() * 2.0


class Both(Doubled, Cubed):
    pass


def f(p):
    return Doubled.value(p)


def use(tx):
    return tx.grad(f)(Both(2.0))

# error
# ArgumentError: super().value in Doubled is that of Cubed for a Both, not that of Base
#   Annotate the parameter with its class: Both.
