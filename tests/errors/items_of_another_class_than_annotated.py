class Weight:
    def __init__(self, value):
        self.value = value

    def __mul__(self, other):
        return self.value * other.value




class Other:
    def __init__(self, value):
        self.value = value

    def __mul__(self, other):
        return 2 * self.value * other.value


def f(ws: list[Weight]):
    return ws[0] * ws[1]


def use(tx):
    return tx.grad(f)([Other(2.0), Weight(3.0)])

# error
# ArgumentError: expected an object of class Weight, got one of Other: annotate the parameter with its class
