class Block:
    def __init__(self, x):
        self.size = x * x


def f(x):
    held = {"block": Block(x)}
    return held["block"].size * x


def use(tx):
    return tx.grad(f)(1.3)

# error
# NotDifferentiable: .size is taken for that of an array, and is asked of a Block, which has its own
#   Give it another name.
