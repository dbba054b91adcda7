class Box:
    def __init__(self, size):
        self.size = size


def f(box):
    return box.size * 2.0


def use(tx):
    return tx.grad(f)(Box(1.0))

# error
# ArgumentError: argument box has 'size' of its own, which is taken for that of an array
#   Annotate the parameter with its class (Box), or give it another name.
