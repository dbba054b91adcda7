class Pair:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def dot(self, other):
        return self.x * other.x * other.y


def f(x):
    held = {"pair": Pair(x, 2.0 * x)}
    return held["pair"].dot(held["pair"])


def use(tx):
    return tx.grad(f)(1.3)

# error
# NotDifferentiable: .dot is taken for that of an array, and is asked of a Pair, which has its own
#   Give it another name, or call it by its class: Pair.dot(...).
