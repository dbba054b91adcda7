class Schedule:
    def rate(self, t):
        return 0.1 * t

    def use(self, v):
        return v * self.rate(v)


def constant(t):
    return 0.5 * t


def f(s: Schedule, x):
    return s.use(x)


def use(tx):
    s = Schedule()
    s.rate = constant
    return tx.grad(f, "x")(s, 2.0)

# error
# ArgumentError: this Schedule has a function of its own in place of the method 'rate' of its class
#   Keep it in an attribute of another name, or give the object another class.
