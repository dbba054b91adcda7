class Record:
    def __init__(self):
        self.values = {}

    def __setitem__(self, key, value):
        self.values[key] = 2.0 * value


def f(x, record):
    record["a"] = x
    return record.values["a"] * x


def use(tx):
    return tx.grad(f, wrt=("x", "record"))(2.0, Record())

# error
# ArgumentError: the class Record, which has its own __setitem__, is not known when the derivative is made
#   Annotate the parameter with its class: Record.
