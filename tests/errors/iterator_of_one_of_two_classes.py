class Path:
    def __init__(self, v):
        self.v = v

    def __iter__(self):
        return iter([self.v, 1.0])


class Ring(Path):
    def __iter__(self):
        return iter([self.v**2])


def f(x):
    total = 0.0
    for path in [Path(x), Ring(x)]:
        total += sum(path)
    return total


def use(tx):
    return tx.grad(f)(2.0)

# error
# ArgumentError: the class Path, which has its own __iter__, is not known when the derivative is made
#   Annotate the parameter with its class: Path.
