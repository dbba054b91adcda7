class Log:
    def __init__(self):
        self.sum = 0.0

    def append(self, x):
        pass


class Sum(Log):
    def append(self, x):
        self.sum = self.sum + x


def f(x, log: Log):
    log.append(x * x)
    return log.sum


def use(tx):
    return tx.grad(f)(0.7, Sum())

# error
# ArgumentError: expected an object of class Log, got one of Sum: annotate the parameter with its class
