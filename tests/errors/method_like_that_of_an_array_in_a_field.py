class Pair:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def sum(self):
        return self.x * self.y


class Box:
    def __init__(self, pair):
        self.pair = pair


def made(first, x):
    return Box(Pair(x, x)) if first else Box(Pair(x, 2.0 * x))


def f(x):
    return sum(box.pair.sum() for box in [made(True, x), made(False, x)])


def use(tx):
    return tx.jvp(f)(1.3, x_dot=1.0)

# error
# NotDifferentiable: .sum is taken for that of an array, and is asked of a Pair, which has its own
#   Give it another name, or call it by its class: Pair.sum(...).
