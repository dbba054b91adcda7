class Warm:
    def __init__(self, x):
        self.x = x

    @property
    def T(self):
        return self.x**2


class Cold:
    def __init__(self, x):
        self.T = x


def made(warm, x):
    return Warm(x) if warm else Cold(x)


def f(x):
    return made(x > 0.0, x).T * x


def use(tx):
    return tx.grad(f)(1.3)

# error
# NotDifferentiable: .T is taken for that of an array, and is asked of a Warm, which has its own
#   Give it another name.
