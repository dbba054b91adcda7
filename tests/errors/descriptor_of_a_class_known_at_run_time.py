class Scaled:
    def __get__(self, owner, cls=None):
        return owner.r * 4.0


class Circle:
    around = Scaled()

    def __init__(self, r):
        self.r = r


def f(circle):
    return circle.around * circle.r


def use(tx):
    return tx.grad(f)(Circle(2.0))

# error
# ArgumentError: around is computed by the class Circle, which is not known when the derivative is made
#   Annotate the parameter with its class: Circle.
