class Growth:
    def __init__(self, rate):
        self.rate = rate

    def exp(self, x):
        return self.rate * x * x


def f(x, model):
    return model.exp(x)


def use(tx):
    return tx.grad(f)(1.3, Growth(2.0))

# error
# NotDifferentiable: functions of an array module are asked of a value that is of type Growth
#   Use NumPy or CuPy; what is asked of another module or object has a name that no function of NumPy's has.
