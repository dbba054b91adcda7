def f(x, row: list, box):
    found = box.values
    found += [x * x]
    return sum(row)


class Box:
    def __init__(self, values):
        self.values = values


def use(tx):
    row = [1.0]
    tx.grad(f)(2.0, row, Box(row))

# error
# AliasError: an argument that is written has something in common with another one that is read after that
#   Read it by way of the one that is written, or pass a copy: row or box
