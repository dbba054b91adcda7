class Grid:
    def __init__(self, value):
        self.value = value

    def __setitem__(self, index, value):
        self.value = self.value * value


def f(x, y):
    grid = Grid(x)
    grid[3] = y
    return grid.value


def use(tx):
    return tx.grad(f)(2.0, 3.0)

# error
# UnsupportedSyntax: the class Grid decides itself what a write to an item does
#   File "model.py", line 11, in f
#     11 |     grid[3] = y
#        |     ^^^^^^^^^^^
#   Give it a method for that.
