class Total:
    def __init__(self, t):
        self.t = t

    def __iadd__(self, v):
        self.t = self.t + v
        return self


def f(x, totals):
    for total in totals:
        total += x
    return totals[0].t


def use(tx):
    tx.grad(f)(1.5, [Total(2.0)])

# error
# ArgumentError: the class Total, which has its own __iadd__, is not known when the derivative is made
#   Annotate the parameter with its class: Total.
