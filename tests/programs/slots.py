"""Items of containers that are written by their own names, before and after something else came to their place."""

import math

import numpy as np

from tests.programs import Case


class Stack:
    """A list behind methods."""

    def __init__(self):
        self.items = []

    def push(self, item):
        self.items.append(item)

    def pop(self):
        return self.items.pop()


def replaced_then_written(x):
    rows = []
    for i in range(2):
        rows.append(x * i)
    a = rows[0]
    rows[0] = x * 3.0
    a[0] = 7.0
    return np.sum(rows[0] * x) + a[1]


def replaced_in_a_dict(x, d):
    a = d["a"]
    d["a"] = x * d["b"]
    a[0] = 7.0
    return np.sum(d["a"] * x) + np.sum(a * x)


def replaced_in_an_object(x):
    s = Stack()
    old = s.items
    s.items = [x, x * x]
    old.append(3.0)
    return s.items[-1] * len(old)


def grown_then_written(x):
    rows = [[x[0] * i, x[1]] for i in range(3)]
    a = rows[0]
    rows.append([x[0], x[1]])
    a[0] = 7 * x[1]
    b = rows[-1]
    b[0] = a[0] * x[0]
    return sum(r[0] * r[1] for r in rows)


def pushed_in_one_arm(x, y):
    stack = Stack()
    stack.push(math.sin(x))
    for i in range(3):
        if i % 2:
            stack.push(y * i)
    return stack.pop() * stack.pop()


def pushed_in_both_arms(x, y):
    stack = Stack()
    for i in range(3):
        if i % 2:
            stack.push(y * i)
        else:
            stack.push(math.sin(x))
    return stack.pop() * stack.pop()


def calculator(x, y):
    """Reverse Polish notation."""
    stack = Stack()
    for token in ["x", "y", "+", "x", "*", "y", "sin", "-"]:
        if token == "x":
            stack.push(x)
        elif token == "y":
            stack.push(y)
        elif token == "sin":
            stack.push(math.sin(stack.pop()))
        else:
            b, a = stack.pop(), stack.pop()
            stack.push({"+": a + b, "-": a - b, "*": a * b}[token])
    return stack.pop()


def sorted_by_swaps(xs: list[float]):
    """The annotation says that the slice is a copy."""
    xs = xs[:]
    for i in range(len(xs)):
        for j in range(len(xs) - i - 1):
            if xs[j] > xs[j + 1]:
                xs[j], xs[j + 1] = xs[j + 1], xs[j]
    return xs[0] + 2 * xs[1] ** 2 + 3 * xs[2] * xs[0]


def items_of_an_argument(rows: list):
    rows[1].append(rows[0][1] * 2)
    return rows[0][0] * rows[1][2] + rows[1][0] ** 2


def swapped_and_written(x):
    q = [[x[0] * i, x[1]] for i in range(3)]
    for i in range(2):
        q[i], q[i + 1] = q[i + 1], q[i]
        q[i][0] = q[i][0] * x[1] + 1.0
    return sum((k + 1) * r[0] * r[1] for k, r in enumerate(q))


class Box:
    def __init__(self, items):
        self.items = items


def lists_in_a_field(x, c):
    box = Box([[x[0], x[1]], [c, 0.5 * x[1]]])
    before = box.items[0]
    box.items[0] = [x[1] * c, x[0]]
    return sum(v[0] * v[-1] for v in box.items) + before[1] ** 2


def lists_of_a_field_swapped(x, c):
    box = Box([[x[0], x[1] * i] for i in range(3)])
    box.items[-1] = [c, x[0] * c]
    box.items[0], box.items[2] = box.items[2], box.items[0]
    return sum((k + 1) * v[0] * v[-1] for k, v in enumerate(box.items)) * box.items[0][1]


def rows_of_an_argument(rows, s):
    rows[0] = rows[1]
    return rows[0][0] * rows[1][1] * s


def two_names_in_a_loop(x, c):
    one = {"a": [c, c * x[0]], "b": [1.5 * x[1], 0.5]}
    two = one
    for i in range(3):
        two["a"] = [one["a"][1], c * i]
        one["a"] = one["b"]
    two["a"] = [x[1], 0.5]
    return two["b"][0] * one["a"][0] * x[0]


def _either(a):
    if a > 100:
        return (a, a)
    for i in range(2, 5, 2):
        return (1.25, i)


def tuple_without_tangent(x):
    scale, n = _either(x)
    return scale * x**n


def replaced_in_a_loop(x, c):
    rows = [np.sin(x), x * 2.0, x + c]
    rows[1][0] *= x[1]
    for i in range(3):
        rows[0] = x * rows[1][0] + rows[0] * i
    return sum(v[0] * v[-1] for v in rows)


def replaced_within_a_loop(x, n):
    total = 0.0
    for _ in range(n):
        rows = [np.zeros(2), np.ones(2) * x]
        rows[0][1] = x
        rows[1] = rows[0] * x
        for k in range(2):
            x = x * rows[1][1] + k
        total += np.dot(rows[0], rows[1])
    return total


class Layer:
    def __init__(self, bias):
        self.bias = bias

    def get(self):
        return 1.0 if self.bias is None else self.bias


def field_taken_away(b):
    layer, y = Layer(b), 0.0
    for each in [layer]:
        y = y + each.get()
    layer.bias = None
    return y + layer.get()


class Body:
    def __init__(self, x):
        self.x, self.v = x, 0.0

    def advance(self):
        self.v -= 0.1 * self.x
        self.x += 0.1 * self.v


def fields_written_twice(x, y):
    bodies = [Body(x), Body(y)]
    for i in range(2):
        body = bodies[i]
        body.v += body.x
        body.x += 0.1 * body.v * body.x
    return bodies[0].v * bodies[1].x


def pairs_by_index(x, y, z):
    bodies = [Body(x), Body(y), Body(z)]
    for i in range(3):
        for j in range(i + 1, 3):
            p, q = bodies[i], bodies[j]
            p.v += q.x * p.x
            q.v -= p.x
    return bodies[0].v * bodies[1].v + bodies[2].v ** 2


def advanced(bodies):
    for body in bodies:
        body.advance()


def moved_by_methods(x, y):
    bodies = [Body(x), Body(y)]
    advanced(bodies)
    advanced(bodies)
    return bodies[0].x * bodies[1].v


def pushed_in_turn(x, bodies, forces):
    for body, force in zip(bodies, forces):
        body.x += x * force
    return np.sum(bodies[0].x * bodies[1].x)


def drawn_in_turn(x, bodies, others):
    for k, other in enumerate(others):
        bodies[k].v = bodies[k].v + x * np.sum(other.x)
    return bodies[0].v * bodies[1].v


PUSHED = [Body(np.array([0.3, 1.0])), Body(np.array([2.0, 0.7]))]  # what shares arrays with them, item by item, does not cross


def put_back_after_another(x):
    q = {"a": x * 2.0, "b": x * 3.0}
    first = q["a"]
    first[1] = 0.5
    q["a"] = x * 4.0
    q["a"][1] *= q["a"][0]
    q["a"] = first
    return q["a"][0] * q["b"][0]


def put_back_at_another_place(x):
    q = [x * (i + 2.0) for i in range(2)]
    first = q[0]
    first[1] = 0.5
    q.insert(0, x)
    q[0][1] *= q[0][0]
    q[0] = first
    return sum(v[0] * v[0] for v in q)


CASES = [
    Case(lists_in_a_field, (np.array([2.0, 1.3]), 0.7), (0, 1)),
    Case(lists_of_a_field_swapped, (np.array([2.0, 1.3]), 0.7), (0, 1)),
    Case(rows_of_an_argument, ([[1.5, 2.0], [3.0, 4.0, 5.0]], 0.7), (0, 1)),
    Case(two_names_in_a_loop, (np.array([2.0, 1.3]), 0.7), (0, 1)),
    Case(tuple_without_tangent, (1.3,)),
    Case(sorted_by_swaps, ([3.0, 1.0, 2.0],)),
    Case(items_of_an_argument, ([[3.0, 1.0], [2.0, 5.0]],)),
    Case(swapped_and_written, (np.array([2.0, 1.0]),)),
    Case(replaced_then_written, (np.array([2.0, 1.0]),), second="a value is read after it was written under another name"),
    Case(replaced_in_a_dict, (np.array([2.0, 1.0]), {"a": np.array([2.0, 1.0]), "b": np.array([3.0, 5.0])}), (0, 1)),
    Case(replaced_in_an_object, (2.0,)),
    Case(grown_then_written, (np.array([2.0, 1.0]),)),
    Case(pushed_in_one_arm, (0.4, 1.3), (0, 1)),
    Case(pushed_in_both_arms, (0.4, 1.3), (0, 1)),
    Case(calculator, (0.4, 1.3), (0, 1)),
    Case(replaced_in_a_loop, (np.array([2.0, 1.3]), 0.7), (0, 1)),
    Case(replaced_within_a_loop, (0.7, 2)),
    Case(field_taken_away, (0.5,)),
    Case(fields_written_twice, (0.5, 1.3), (0, 1)),
    Case(pairs_by_index, (0.5, 1.3, 0.7), (0, 1, 2), "a value is read after it was written under another name"),
    Case(moved_by_methods, (0.5, 1.3), (0, 1), "a value is read after it was written under another name"),
    Case(pushed_in_turn, (0.8, PUSHED, [PUSHED[0].x, PUSHED[1].x])),
    Case(pushed_in_turn, (0.8, PUSHED, [np.ones(2), np.array([2.0, 3.0])])),
    Case(drawn_in_turn, (0.8, PUSHED, [Body(np.ones(2)), Body(np.array([2.0, 3.0]))])),
    Case(put_back_after_another, (np.array([2.0, 1.3]),)),
    Case(put_back_at_another_place, (np.array([2.0, 1.3]),)),
]
