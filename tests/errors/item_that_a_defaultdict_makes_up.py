from collections import defaultdict
from itertools import count

numbers = count()


def f(x, d):
    d["a"] += x
    return d["a"] * x


def use(tx):
    d = defaultdict(lambda: next(numbers))
    d["b"] = 1.0
    tx.jvp(f)(1.2, d, x_dot=1.0)

# error
# NotDifferentiable: an item that a defaultdict makes up has a derivative, and whether its function does something else, too, is not known
#   Put the item there first: if key not in d: d[key] = ...
