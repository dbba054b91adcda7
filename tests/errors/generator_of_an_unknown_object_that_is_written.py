class Tree:
    def __init__(self, weight, kids=()):
        self.weight, self.kids = weight, kids

    def walk(self):
        yield self.weight
        for kid in self.kids:
            yield from kid.walk()


def f(x, tree):
    weights = tree.walk()
    tree.weight = x
    return sum(weights) * x


def use(tx):
    return tx.grad(f)(2.0, Tree(1.0, [Tree(3.0)]))

# error
# AliasError: a generator was made of something that is written before it is gone through
#   Take all of it at once, where it is made: list(...).
