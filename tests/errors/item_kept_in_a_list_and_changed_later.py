class Cell:
    def __init__(self, v):
        self.v = v


def f(x):
    cells, kept = [Cell(1.0), Cell(2.0)], []
    for i in range(4):
        cell = cells[i % 2]
        cell.v = x * (i + 1)
        kept.append(cell)
    return kept[0].v * kept[3].v


def use(tx):
    return tx.grad(f)(2.0)

# error
# AliasError: a value is read after it was written under another name
#   Copy one of the two before the write: kept or cell
