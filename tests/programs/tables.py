"""Tables that stand in a class, read by way of its objects."""

import numpy as np

from tests.programs import Case


class Rule:
    NODES = [0.1, 0.5, 0.9]
    BY_NAME = {"a": 2.0}

    def __init__(self, scale):
        self.scale = scale

    def weighted(self, x):
        total = 0.0
        for k, node in enumerate(self.NODES):
            total = total + node * self.scale * x[k]
        return total

    def first(self, x):
        return self.BY_NAME["a"] * self.scale * x[0] + self.NODES[1] * x[2]


class Other(Rule):
    NODES = (2.0, 4.0, 5.0)

    def weighted(self, x):
        return super().weighted(x) * self.scale


def summed(rule, x):
    return rule.weighted(x)


def one_item(rule, x):
    return rule.first(x)


def made_here(x):
    rule = Rule(x[0])
    return rule.weighted(x) * rule.first(x)


def made_anew_in_a_loop(rule, x):
    total = 0.0
    for _ in range(2):
        total = total + rule.weighted(x)
        rule = type(rule)(rule.scale * total)
    return total * rule.scale


X = np.array([1.3, 0.7, 2.1])

CASES = [Case(made_here, (X,))]
CASES += [Case(f, (cls(1.2), X), wrt) for f in (summed, one_item, made_anew_in_a_loop) for cls in (Rule, Other) for wrt in ((0,), (0, 1))]
