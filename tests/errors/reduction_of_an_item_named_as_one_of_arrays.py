class Total:
    def __init__(self, rate):
        self.rate = rate

    def sum(self, x):
        return self.rate * x * x


def f(x, models):
    for m in models:
        x = m.sum(x)
    return x


def use(tx):
    return tx.grad(f)(1.3, [Total(2.0), Total(3.0)])

# error
# NotDifferentiable: functions of an array module are asked of a value that is of type Total
#   Use NumPy or CuPy; what is asked of another module or object has a name that no function of NumPy's has.
