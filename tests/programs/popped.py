"""Items that are popped, and then written: objects of their own, and no items of their container any more."""

from collections import deque

import numpy as np

from tests.programs import Case


class Node:
    """A number, what was worked out of it, and more nodes."""

    def __init__(self, x, v=0.0):
        self.x = x
        self.v = v
        self.kids = []

    def move(self, by):
        self.v += by


def objects(a, b):
    nodes = [Node(x) for x in (a, b, a * b)]
    p = nodes.pop()
    p.v += b
    return nodes[1].x + nodes[0].x * 3.0 + p.v * p.x


def of_a_display(a, b):
    nodes = [Node(a), Node(b), Node(a * b)]
    p = nodes.pop()
    p.x = b * b
    q = nodes.pop()
    q.x *= p.x
    return nodes[0].x + q.x


def by_a_method(a, b):
    nodes = [Node(x) for x in (a, b, a * b)]
    p = nodes.pop()
    p.move(b)
    return nodes[1].x + nodes[0].x * 3.0 + p.v


def arrays_of_an_argument(rows, b):
    p = rows.pop()
    p[0] += b
    return np.sum(rows[1]) * 3.0 + p[0]


def lists_of_an_argument(rows: list, b):
    r = rows.pop(0)
    r[0] = b
    return sum(r) * 2.0 + sum(rows[0])


def of_a_dict(a, b):
    d = {"x": Node(a), "y": Node(b)}
    p = d.pop("x")
    p.x += b
    return sum(o.x for o in d.values()) * 3.0 + p.x


def from_the_left(a, b):
    q = deque([Node(x) for x in (a, b, a * b)])
    p = q.popleft()
    p.x += b
    return q[0].x + p.x


def round_robin(a, b):
    q = deque()
    for x in (a, b, a * b):
        q.append(Node(x))
    for _ in range(5):
        p = q.popleft()
        p.x *= b
        p.v += a * p.x
        q.append(p)
    return sum(o.x * (k + 1) + o.v for k, o in enumerate(q))


def appended_again(a, b):
    rows = [np.ones(2) * x for x in (a, b, 2.0)]
    p = rows.pop()
    p[0] = b
    rows.append(p)
    return sum(np.sum(x) * (i + 1) for i, x in enumerate(rows))


def behind_reverse(a, b):
    nodes = [Node(a), Node(b)]
    nodes.reverse()
    p = nodes.pop()
    p.v = b
    q = nodes.pop()
    q.v = p.v * a
    return p.x * p.v + q.v * q.x


def of_a_tuple(a, b):
    pairs = [(np.ones(2) * x, x) for x in (a, b, a * b)]
    p, w = pairs.pop()
    p[0] += b
    return np.sum(pairs[1][0]) + p[0] * w


def folded(a, b):
    nodes = [Node(x) for x in (a, b, a * b)]
    while len(nodes) > 1:
        p = nodes.pop()
        p.x *= b
        nodes[0].x += p.x
    return nodes[0].x


def used_up(a, b):
    nodes, total = [Node(x) for x in (a, b, a * b)], 0.0
    while nodes:
        o = nodes.pop()
        o.x *= b
        total += o.x
    return total


def tree(a, b):
    root = Node(a)
    root.kids.append(Node(b))
    stack, total = [root], 0.0
    while stack:
        node = stack.pop()
        node.v = node.x * b
        total += node.v
        stack.extend(node.kids)
    return total


def tree_of_dicts(root, b):
    stack, total = [root], 0.0
    while stack:
        node = stack.pop()
        node["v"] = node["x"] * b
        total += node["v"] * node["v"]
        stack.extend(node["kids"])
    return total


def made_on_the_way(a, b):
    stack, total = [Node(a)], 0.0
    while stack:
        node = stack.pop()
        node.v = node.x * b
        total += node.v
        if node.x < 2.0:
            stack.append(Node(node.x + 1.0))
            stack.append(Node(node.x * 3.0 + 1.0))
    return total


TREE = {"x": 1.5, "v": 0.0, "kids": [{"x": 1.2, "v": 0.0, "kids": []}, {"x": 0.3, "v": 0.0, "kids": [{"x": 2.0, "v": 0.0, "kids": []}]}]}


def largest_of_the_rest(xs):
    rest = xs.copy()
    if len(rest) > 1:
        _ = rest.pop(1)
    return max(rest) * rest[0]


CASES = [
    *(
        Case(f, (0.5, 0.9), (0, 1))
        for f in (objects, round_robin, of_a_display, by_a_method, of_a_dict, appended_again, behind_reverse, of_a_tuple, folded, used_up, tree)
    ),
    Case(from_the_left, (0.5, 0.9), (0, 1), "a value is read after it was written under another name"),
    Case(made_on_the_way, (0.5, 0.9), (0, 1), "stack is read after something that it may share memory with was written"),
    Case(arrays_of_an_argument, ([np.ones(2), np.array([3.0, 2.0]), np.array([0.7, 2.0])], 0.9), (0, 1)),
    Case(lists_of_an_argument, ([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], 0.9), (0, 1)),
    Case(tree_of_dicts, (TREE, 0.9), (0, 1)),
    Case(largest_of_the_rest, ([1.0, 2.0, 3.0],)),
]
