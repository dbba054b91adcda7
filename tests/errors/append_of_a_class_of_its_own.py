class Tripled(list):
    def append(self, value):
        super().append(3.0 * value)


def f(x, values):
    values.append(x)
    return values[0] * x


def use(tx):
    return tx.grad(f)(2.0, Tripled())

# error
# ArgumentError: the method .append is taken for that of a list, dict or array, and is asked of a Tripled
#   Annotate the parameter with its class: Tripled.
