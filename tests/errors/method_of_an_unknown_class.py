class Logs:
    def __init__(self, d):
        self.d = d

    def get(self, k):
        return self.d[k] * 2.0


def f(x, p):
    return x * p.get("a")


def use(tx):
    return tx.grad(f)(2.0, Logs({"a": 3.0}))

# error
# ArgumentError: the method .get is taken for that of a list, dict or array, and is asked of a Logs
#   Annotate the parameter with its class: Logs.
