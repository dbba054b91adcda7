"""Generators of objects whose class is known to nobody when the derivative is made."""

from __future__ import annotations

from tests.programs import Case

X = 1.3


class Tree:
    def __init__(self, weight, kids=()):
        self.weight, self.kids = weight, kids

    def walk(self):
        yield self.weight
        for kid in self.kids:
            yield from kid.walk()

    def nodes(self):
        yield self
        for kid in self.kids:
            yield from kid.nodes()

    def at(self, x):
        return self.weight * x


def tree():
    return Tree(1.0, [Tree(2.0), Tree(3.0, [Tree(4.0)])])


def each(objs):
    for o in objs:
        yield o


def values(objs, x):
    for o in objs:
        yield o.at(x)


def weights_of_a_tree(x, tree):
    total = 0.0
    for w in tree.walk():
        total += w * x * x
    return total


def nodes_of_a_tree(x, tree):
    total = 0.0
    for node in tree.nodes():
        total += node.weight * x * x
    return total


def one_weight(x, tree):
    return [w * x * x for w in tree.walk()][1]


def numbered(x, tree):
    y = x
    for i, w in enumerate(tree.walk()):
        y = y * w + i * x
    return y * y


def largest(x, tree):
    return max(tree.walk()) * x * x


def objects_by_a_generator(x, objs):
    total = 0.0
    for o in each(objs):
        total += o.at(x) * x
    return total


def values_by_a_generator(x, objs):
    return sum(values(objs, x)) ** 2


def one_after_the_other(x, objs):
    found = each(objs)
    first = next(found)
    second = next(found)
    return first.at(x) * second.at(x)


def list_before_a_write(x, tree):
    weights = list(tree.walk())
    tree.weight = x
    return sum(weights) * x * tree.weight


CASES = [
    Case(weights_of_a_tree, (X, tree())),
    Case(nodes_of_a_tree, (X, tree())),
    Case(one_weight, (X, tree())),
    Case(numbered, (X, tree())),
    Case(largest, (X, tree())),
    Case(objects_by_a_generator, (X, [tree(), Tree(2.0)])),
    Case(values_by_a_generator, (X, [tree(), Tree(2.0)])),
    Case(one_after_the_other, (X, [tree(), Tree(2.0)])),
    Case(list_before_a_write, (X, tree())),
]
