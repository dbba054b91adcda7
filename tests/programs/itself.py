"""Arrays that are written into themselves: what is written and what it is written over are one array."""

import numpy as np

from tests.programs import Case

X = np.array([[2.0, 3.0], [0.5, 1.0]])


def added(x):
    t = x * 1.5
    t[:] += t
    return np.sum(t * x)


def turned_around(x):
    t = x * 1.5
    t[::-1] = t
    return np.sum(t * x)


def added_in_a_loop(x):
    t = x * 1.5
    u = t[:]
    for _ in range(2):
        u += t
    return np.sum(u * x)


def sorted_rows(x):
    t = x * 1.5
    t[np.argsort(t[:, 0])] = t
    return np.sum(t * x)


def transposed(x):
    t = x * 1.5
    t.T[:] = t
    return np.sum(t * x)


def put_along_an_axis(x):
    t = x * 1.5
    np.put_along_axis(t, np.argsort(t, 0), t, 0)
    return np.sum(t * x)


def swapped_with_the_whole(x):
    t = x * 1.5
    t[0], t[:] = t[1], t
    return np.sum(t * x)


def another_name(x):
    t = x * 1.5
    u = t
    t[:] = u
    return np.sum(t * x)


def masked(x):
    t = x * 1.5
    mask = t > 1.0
    t[mask] += t[mask]
    t[...] *= t
    return np.sum(t * x)


def divided(x):
    t = x * 1.5
    t[:] /= t
    return np.sum(t * x)


def to_its_own_power(x):
    t = x * 1.5
    t[:] **= t
    return np.sum(t * x)


def added_at(x):
    t = x * 1.5
    np.add.at(t, [0, 1], t)
    return np.sum(t * x)


class Node:
    """One of a tree: a parent and its children know each other."""

    def __init__(self, v, parent=None):
        self.v, self.parent, self.children = v, parent, []
        if parent is not None:
            parent.children.append(self)


def children_and_parents(node, x):
    s = 0.0
    for child in node.children:
        s += child.v * child.parent.v * x
    return s


def tree_that_is_held(x):
    return children_and_parents(ROOT, x) * x


ROOT = Node(2.0)
FIRST, SECOND = Node(3.0, ROOT), Node(1.0, ROOT)
CASES = [
    Case(tree_that_is_held, (1.5,)),
    Case(added, (X,)),
    Case(turned_around, (X,)),
    Case(added_in_a_loop, (X,)),
    Case(sorted_rows, (X,)),
    Case(transposed, (X,)),
    Case(put_along_an_axis, (X,)),
    Case(swapped_with_the_whole, (X,)),
    Case(another_name, (X,)),
    Case(masked, (X,)),
    Case(divided, (X,)),
    Case(to_its_own_power, (X,)),
    Case(added_at, (X,)),
]
