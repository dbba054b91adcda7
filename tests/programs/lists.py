"""Lists that grow, shrink and change: their adjoints are lists that do so backwards."""

import numpy as np

from tests.programs import Case


def appended(x):
    ys = []
    for i in range(3):
        ys.append(np.sin(x * (i + 1)))
    return np.sum(np.array(ys) * np.array([1.0, -2.0, 0.5]))


def fibonacci(x):
    ys = [x, x * x]
    for i in range(4):
        ys.append(ys[-1] * ys[-2] + ys[i])
    return ys[-1]


def pushed_and_popped(x):
    stack = []
    for i in range(5):
        stack.append(x * i)
        if i % 2:
            top = stack.pop()
            x = x + 0.1 * top
    while stack:
        x = x * np.sin(stack.pop() + 0.3)
    return x


def written_items(x):
    ys = [0.0] * 4
    for i in range(4):
        ys[i] = x * i
        ys[i] += x
    return ys[2] * ys[3]


def rows_of_a_list(x):
    rows = []
    for i in range(3):
        rows.append(x * i)
        x = np.tanh(x) + 0.2 * np.sum(np.stack(rows) ** 2)
    return np.sum(np.array(rows) ** 2) + len(rows) * np.sum(rows[-1])


def stopped_early(x):
    history = [x]
    for i in range(10):
        history.append(history[-1] * 1.3 + 0.1 * i)
        if history[-1] > 2.0:
            break
    return history[-1] * history[len(history) // 2]


def newton_history(a):
    xs = [a]
    while abs(xs[-1] ** 2 - a) > 1e-9:
        xs.append(0.5 * (xs[-1] + a / xs[-1]))
    return xs[-1] + 0.1 * xs[1] * len(xs)


def grown_in_a_branch(x, flags):
    ys = [x]
    for flag in flags:
        if flag:
            ys.append(ys[-1] ** 2)
        else:
            ys.append(np.cos(ys[-1]))
            ys.append(x * ys[0])
    total = 0.0
    for y in ys:
        total += y * y
    return total


def inserted_and_removed(x):
    ys = [x, 2.0 * x, x * x]
    ys.insert(1, np.sin(x))
    ys.insert(-1, np.exp(x))
    ys.extend([x**3, 4.0])
    gone = ys.pop(0)
    del ys[2]
    ys.insert(0, gone * ys[1])
    return ys[0] * ys[1] + ys[2] * ys[-1] + ys[3]


def emptied(x):
    ys, total = [], 0.0
    for i in range(6):
        ys.append(x * (i + 1))
        if len(ys) == 2:
            total += ys[0] * ys[1] ** 2
            ys.clear()
    return total


def queue(x):
    waiting, done = [x, 2.0 * x], []
    while len(done) < 5:
        first = waiting.pop(0)
        done.append(np.sin(first))
        waiting.append(first * x + 0.1)
    return sum(done) * done[-1]


def steps(h, w):
    states = [h]
    for _ in range(4):
        states.append(np.tanh(states[-1] * w + h))
    return np.sum(np.stack(states, axis=1) * np.arange(5.0))


def sum_of_arrays(xs, w):
    s = sum(xs)
    t = s * w
    return np.sum(t * t)


def sum_of_made_arrays(x):
    ys = [x * k for k in range(1, 4)]
    return np.sum(sum(ys) ** 2 * x)


def list_as_an_array(x):
    ys = [x[0] * 2.0, x[1] * x[0]]
    return np.dot(WEIGHTS, ys) + np.sum(np.sin(ys) * WEIGHTS) + ys[0] + np.mean(ys)


def popped_behind_numpy(x):
    ys = [x * 2.0]
    ys.append(np.sin(x))
    size = np.linalg.norm(ys)
    return size * ys.pop()


def copied_list(xs):
    ys = xs.copy()
    return xs[0] * ys[1] + np.dot(ys, WEIGHTS)


def added_by_numpy(xs, ys):
    return np.mean(np.add(xs, ys) * WEIGHTS) + np.max(np.multiply(xs, 3))


def squares(xs):
    s = 0.0
    for v in xs:
        s = s + v * v
    return s


def product(xs):
    s = 1.0
    for v in xs:
        s = s * v
    return s


def passed_to_two(xs):
    return squares(xs) * product(xs)


def passed_to_three(xs):
    return squares(xs) * np.sum(xs) + product(xs) * np.dot(xs, WEIGHTS)


def table(x, n):
    t = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            t[i][j] = x[i] * x[j] + (t[i - 1][j] * t[i][j - 1] if i and j else 0.1)
    return t[n - 1][n - 1] + t[1][0]


WEIGHTS = np.array([1.5, -0.5])


def made_lists(x):
    a = [x, x * x]
    b = list(a)
    b[0] = b[0] * 3
    b.append(x)
    t = tuple(b)
    return a[0] * t[0] * b[1] * t[2]


def elements(v):
    ys = list(v)
    ys.append(ys[0] * ys[1])
    return ys[0] * ys[2]


def in_order(xs):
    ys = sorted(xs)
    total = ys[0] + 2 * ys[1] + 5 * ys[2] * ys[0]
    for i, v in enumerate(sorted(xs, reverse=True)):
        total = total + v * (i + 1) ** 2
    return total


def pairs_in_order(x):
    ps = sorted([(3 * x, 1.0), (x, 2.0), (2 * x * x, 3.0)], key=lambda p: -p[0])
    return ps[0][0] * ps[0][1] + 2 * ps[1][0] * ps[1][1] + 5 * ps[2][0]


def bubbles(xs):
    ys = list(xs)
    for i in range(len(ys)):
        for j in range(len(ys) - 1 - i):
            if ys[j] > ys[j + 1]:
                ys[j], ys[j + 1] = ys[j + 1], ys[j]
    return ys[0] + 2 * ys[1] + 5 * ys[2]


def parts(x):
    xs = [x * i for i in range(6)]
    return sum(xs[1:4]) * xs[-2:][0] + sum(xs[::-1][:2])


def backwards(xs):
    ys = list(reversed(xs))
    return ys[0] ** 2 * ys[1] * max(xs, key=lambda v: (v - 1) ** 2)


def without_one(xs, k):
    del xs[1]
    k = k * xs.pop(0)
    return min(xs) * k


def grown_in_one_arm(x, k):
    if k > 2:
        x.append(2.0)
        return x[0] * x[-1] * x[1]
    return (x * 2)[1] * (x + x)[0]


rng = np.random.default_rng(11)


def copied_and_grown(x, data):
    """Nothing but what is done with it says that data is a list."""
    old = data.copy()
    while len(data) > 3:
        data[0] += data.pop()
    for k in range(2):
        data.append(x * old[0] * k)
    return x * data[0] * data[-1] + old[3]


CASES = [
    Case(copied_and_grown, (1.3, [0.3, 0.7, 1.1, 0.2]), (0, 1)),
    Case(appended, (0.7,)),
    Case(fibonacci, (0.7,)),
    Case(pushed_and_popped, (0.7,)),
    Case(written_items, (0.7,)),
    Case(rows_of_a_list, (rng.normal(size=2),)),
    Case(stopped_early, (0.7,)),
    Case(newton_history, (2.3,)),
    Case(grown_in_a_branch, (0.6, (True, False, True))),
    Case(inserted_and_removed, (0.7,)),
    Case(emptied, (0.7,)),
    Case(queue, (0.7,)),
    Case(steps, (rng.normal(size=3), rng.normal(size=3)), (0, 1)),
    Case(sum_of_arrays, ([np.array([1.3, 0.2]), np.array([0.4, -0.6])], 2.0), (0, 1)),
    Case(sum_of_arrays, ([np.array([1.3, 0.2]), np.array([0.4, -0.6])], np.array([0.3, 0.8])), (0, 1)),
    Case(sum_of_made_arrays, (rng.normal(size=2),)),
    Case(list_as_an_array, (rng.normal(size=2),)),
    Case(popped_behind_numpy, (0.7,)),
    *(Case(f, ([1.3, 0.4],)) for f in (copied_list, passed_to_two, passed_to_three)),
    Case(passed_to_three, (np.array([1.3, 0.4]),)),
    Case(added_by_numpy, ([1.3, 0.4], [0.7, 2.1]), (0, 1)),
    Case(table, (rng.normal(size=3), 3)),
    *[Case(f, (0.7,)) for f in (made_lists, pairs_in_order, parts)],
    *[Case(f, ([0.9, 0.4, 1.7],)) for f in (in_order, bubbles, backwards)],
    Case(elements, (np.array([0.3, 0.8]),)),
    Case(without_one, ([0.9, 0.4, 1.7, 0.3], 0.7), (0, 1)),
    Case(grown_in_one_arm, (np.array([0.9, 0.4]), 1)),
    Case(grown_in_one_arm, ([0.9, 0.4], 3)),
]
