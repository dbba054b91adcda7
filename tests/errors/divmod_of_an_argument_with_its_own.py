class Clock:
    def __init__(self, v):
        self.v = v

    def __divmod__(self, n):
        return self.v * 3.0, self.v * n


def f(x, clock):
    whole, rest = divmod(clock, 60.0)
    return whole * rest * x


def use(tx):
    return tx.grad(f)(2.0, Clock(5.0))

# error
# ArgumentError: the class Clock, which has its own __divmod__, is not known when the derivative is made
#   Annotate the parameter with its class: Clock.
