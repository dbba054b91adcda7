class Scale:
    def __init__(self, c):
        self.c = c

    def dot(self, x):
        return self.c * x * x


SCALES = {"small": Scale(2.0), "large": Scale(3.0)}


def f(x):
    total = 0.0
    for key in ("small", "large"):
        total = total + SCALES[key].dot(x)
    return total


def use(tx):
    return tx.jvp(f)(1.3, x_dot=1.0)

# error
# NotDifferentiable: .dot is taken for that of an array, and is asked of a Scale, which has its own
#   Give it another name, or call it by its class: Scale.dot(...).
