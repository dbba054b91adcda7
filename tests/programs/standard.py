"""The standard library: deques with and without a limit, dicts that make what is missing, ordered ones, counters; getters, fields."""

import contextlib
import math
import operator
from collections import Counter, OrderedDict, defaultdict, deque
from dataclasses import dataclass, field

import numpy as np

from tests.programs import Case


def moving_mean(xs, n):
    window = deque(maxlen=n)
    total = 0.0
    for k, x in enumerate(xs):
        window.append(x * x)
        total += (k + 1) * sum(window) / len(window)
    return total


def delay_line(xs):
    line = deque([0.0, 0.0], maxlen=2)
    out = []
    for x in xs:
        y = x + 0.5 * line[0] * line[-1]
        line.append(y)
        out.append(y)
    return sum((k + 1) * y * y for k, y in enumerate(out))


def delayed_growth(beta, gamma):
    buf = deque([1.2] * 3, maxlen=3)
    x = 1.2
    for _ in range(6):
        delayed = buf[0]
        x = x + 0.2 * (beta * delayed / (1 + delayed**6) - gamma * x)
        buf.append(x)
    return x + sum(buf)


def from_the_left(xs, n):
    d = deque(xs, n)
    total = 0.0
    for x in xs:
        d.appendleft(x * d[0])
        total = total + d[-1]
    d.extendleft([total, xs[0]])
    return total * d[0] + d[1] ** 2


def queue(xs):
    """Breadth first: what is taken at one end makes what is put in at the other."""
    waiting = deque()
    for x in xs:
        waiting.append(x)
    total = 0.0
    while waiting:
        a = waiting.popleft()
        total += a * total + a
        if len(waiting) > 2:
            waiting.append(a * 0.5)
            total += waiting.pop()
            waiting.popleft()
    return total


def pushed_by_a_function(xs):
    def push(q, v):
        q.append(v)
        return len(q)

    q = deque(maxlen=3)
    for x in xs:
        n = push(q, x * x)
    return n * q[0] + q[1] * q[2]


def totals(xs):
    sums = defaultdict(float)
    for i, x in enumerate(xs):
        sums["odd" if i % 2 else "even"] += x**2
    return sums["odd"] * sums["even"] + sums["none"]


def defaults_of_zero(xs):
    count = Counter()
    for i, x in enumerate(xs):
        count[i % 3] += x * x
    return count[0] * count[1] + count[2]


def ordered(a, b):
    o = OrderedDict()
    o["a"] = a * b
    o["b"] = a - b
    o["a"] = o["a"] * o["b"]
    return sum((i + 1) * v for i, v in enumerate(o.values()))


def keys_of_what_is_written(params):
    """The loop goes over the keys of the dict that it changes."""
    p = dict(params)
    speed = {k: np.zeros_like(v) for k, v in p.items()}
    for _ in range(3):
        g = {"w": 2 * p["w"] + p["b"], "b": np.sum(p["w"]) * 0.3}
        for k in p:
            speed[k] = 0.9 * speed[k] + g[k]
            p[k] = p[k] - 0.1 * speed[k]
    return np.sum(p["w"] ** 2) + p["b"]


@dataclass
class Record:
    scale: float
    seen: list = field(default_factory=list)
    options: dict = field(default_factory=lambda: {"k": 2.0})
    shift: float = field(default=1.0, kw_only=True)

    def __post_init__(self):
        self.seen.append(self.scale * self.shift)
        self.count = len(self.seen)


def made_fields(x, a):
    one, two = Record(x, shift=a), Record(a, [x, a * x])
    return one.seen[0] * two.seen[2] * two.seen[1] * one.options["k"] * two.count + one.shift


def quotient_and_rest(x, a):
    q, r = divmod(x * 5.0, a)
    return q * x + r * r


def getters(x, a):
    rows = [(x, a), (a, x * a)]
    second = operator.itemgetter(1)
    best = max(rows, key=operator.itemgetter(1))
    records = sorted([Record(a), Record(x)], key=operator.attrgetter("scale"))
    return second(rows[0]) * best[0] + records[0].scale ** 2 + operator.itemgetter(0, -1)(rows[1])[1]


def suppressed(x, a):
    y = x * a
    with contextlib.suppress(ValueError, ZeroDivisionError):
        y = math.sqrt(x - 1.0) * a
    return y * y


def outside_of_the_table(x, a):
    table = np.array([1.0, 3.0, 2.0]) * a
    return np.interp(x, [0.0, 1.0, 2.0], table, left=a * a) * x + np.interp(x, [0.0, 1.0, 2.0], table, right=x)


def seen_before(xs):
    seen = set()
    total = 0.0
    for i, x in enumerate(xs):
        k = i % 3
        if k in seen:
            total += x * x * len(seen)
        else:
            total -= x
        seen.add(k)
    return total * xs[0]


def taken_from_a_set(xs):
    todo = {0, 1, 2, 3}
    total = 1.0
    for i in (2, 0, 7, 3):
        todo.discard(i)
        total *= xs[min(todo)] + len(todo)
    todo.remove(1)
    return total * len(todo) + sum(xs[i] ** 2 for i in [0, 1] if i not in todo)


def shortest_path(graph):
    """Dijkstra's algorithm."""
    best = {"a": 0.0}
    done = set()
    while len(done) < 4:
        node = min((k for k in best if k not in done), key=lambda k: best[k])
        done.add(node)
        for other, w in graph[node].items():
            new = best[node] + w
            if other not in best or new < best[other]:
                best[other] = new
    return best["d"] ** 2


GRAPH = {"a": {"b": 1.2, "c": 4.0}, "b": {"c": 1.1, "d": 5.0}, "c": {"d": 1.3}, "d": {}}
XS = np.array([1.0, 2.0, 0.5, 3.0, -1.0])

CASES = [
    Case(moving_mean, (XS, 3)),
    Case(delay_line, (XS,)),
    Case(delayed_growth, (1.1, 0.4), (0, 1)),
    Case(from_the_left, (XS, 2)),
    Case(queue, (XS,)),
    Case(pushed_by_a_function, (XS,)),
    Case(seen_before, (XS,)),
    Case(taken_from_a_set, (XS,)),
    Case(shortest_path, (GRAPH,)),
    Case(totals, (XS,)),
    Case(defaults_of_zero, (XS,)),
    Case(ordered, (1.3, 0.4), (0, 1)),
    Case(keys_of_what_is_written, ({"w": np.array([1.0, 2.0]), "b": 0.5},)),
    Case(made_fields, (0.7, 1.3), (0, 1)),
    Case(quotient_and_rest, (0.7, 1.3), (0, 1)),
    Case(getters, (0.7, 1.3), (0, 1)),
    Case(suppressed, (0.7, 1.3), (0, 1)),
    Case(suppressed, (1.7, 1.3), (0, 1)),
    *[Case(outside_of_the_table, (x, 1.3), (0, 1)) for x in (-0.5, 0.7, 2.5)],
]
