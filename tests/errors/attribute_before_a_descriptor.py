class Scaled:
    def __get__(self, owner, cls=None):
        return owner.r * 4.0


class Circle:
    around = Scaled()

    def __init__(self, r):
        self.r = r


def f(circle: Circle):
    return circle.around * circle.r


def use(tx):
    circle = Circle(2.0)
    circle.around = 3.0
    return tx.grad(f)(circle)

# error
# ArgumentError: this Circle has a value of its own in place of 'around' of its class
#   Keep it in an attribute of another name, or give the object another class.
