"""Values put together by keys: setdefault, collections in attributes, and those that a function is handed."""

from collections import defaultdict, deque

import numpy as np

from tests.programs import Case

XS = [0.4, -0.9, 1.3, 0.6]


def by_setdefault(x, xs):
    groups = {}
    for i, v in enumerate(xs):
        groups.setdefault(i % 2, []).append(v * x)
    return sum(groups[0]) ** 2 * sum(groups[1])


def the_list_has_a_name(x, xs):
    groups = {}
    for i, v in enumerate(xs):
        group = groups.setdefault(i % 2, [])
        group.append(v * x)
    return sum(groups[0]) ** 2 * sum(groups[1])


def words_and_totals(xs, keys):
    groups = {}
    for key, v in zip(keys, xs):
        groups.setdefault(key, []).append(v * v)
    return sum(sum(group) ** 2 for group in groups.values())


def dicts_in_a_dict(x, xs):
    d = {}
    for i in range(4):
        d.setdefault(i % 2, {})[f"v{i // 2}"] = xs[i] * x
    return d[0]["v0"] * d[0]["v1"] + d[1]["v1"] ** 2


def numbers(x, xs):
    d = {}
    for i in range(4):
        d[i % 2] = d.setdefault(i % 2, 1.0) * xs[i] * x
    return d[0] + d[1] ** 2


def rows_of_sums(x, xs):
    d = {}
    for i in range(4):
        d.setdefault(i % 2, np.zeros(2))[:] += xs[i] * x
    return np.sum(d[0] * d[1])


class Log:
    def __init__(self, scale):
        self.log = defaultdict(list)
        self.scale = scale

    def put(self, key, v):
        self.log[key].append(v * self.scale)


def a_log_in_an_object(x, xs):
    log = Log(x)
    for v in xs:
        log.put("all", v)
        log.put("all", log.log["all"][-1] * v)
        if v > 0.5:
            log.put("large", v * v)
    return sum(log.log["all"]) ** 2 + sum(log.log["large"]) + len(log.log["none"])


def put(groups, key, v):
    groups[key].append(v)


def handed_to_a_helper(x, xs):
    groups = defaultdict(list)
    for i, v in enumerate(xs):
        put(groups, i % 2, v * x)
    return sum(groups[0]) ** 2 * groups[1][0]


class Counts:
    def __init__(self, scale):
        self.of, self.scale = defaultdict(float), scale

    def add(self, key, v):
        self.of[key] += v * self.scale


def totals_in_an_object(x, xs):
    counts = Counts(x)
    for i, v in enumerate(xs):
        counts.add(i % 2, v)
    return counts.of[0] ** 2 * counts.of[1] + counts.of[7]


class Window:
    def __init__(self, size):
        self.values = deque(maxlen=size)

    def put(self, v):
        self.values.append(v)


def a_window_in_an_object(x, xs):
    window, total = Window(2), 0.0
    for v in xs:
        window.put(v * x)
        total += sum(window.values) ** 2
    return total


def push(window, v):
    window.append(v)


def a_window_handed_to_a_helper(x, xs):
    window, total = deque(maxlen=2), 0.0
    for v in xs:
        push(window, v * x)
        total += sum(window) ** 2
    return total


def each_row_is_kept_once(x, xs):
    rows, kept = [np.zeros(2), np.zeros(2)], []
    for i in range(2):
        row = rows[i]
        row[0] = xs[i] * x
        kept.append(row)
    return sum(kept[0]) * sum(kept[1])


CASES = [
    Case(by_setdefault, (0.7, XS), (0, 1)),
    Case(the_list_has_a_name, (0.7, XS), (0, 1)),
    Case(words_and_totals, (XS, ["a", "b", "a", "c"])),
    Case(dicts_in_a_dict, (0.7, XS), (0, 1)),
    Case(numbers, (0.7, XS), (0, 1)),
    Case(rows_of_sums, (0.7, XS), (0, 1)),
    Case(a_log_in_an_object, (0.7, XS), (0, 1)),
    Case(handed_to_a_helper, (0.7, XS), (0, 1)),
    Case(totals_in_an_object, (0.7, XS), (0, 1)),
    Case(a_window_in_an_object, (0.7, XS), (0, 1), second="a deque with a limit is copied"),
    Case(a_window_handed_to_a_helper, (0.7, XS), (0, 1), second="a deque with a limit is copied"),
    Case(each_row_is_kept_once, (0.7, XS), (0, 1)),
]
