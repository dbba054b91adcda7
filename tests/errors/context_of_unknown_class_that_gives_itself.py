class Box:
    def __init__(self):
        self.w = 1.0

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False


def f(x, box):
    with box as b:
        b.w = x * x
    return box.w * x


def use(tx):
    tx.grad(f, wrt=("x",))(2.0, Box())

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: box or b
