"""Views of dicts and lazy iterators that are consumed where they are made, and loops over dicts that get another name, or other items."""

import itertools

import numpy as np

from tests.programs import Case


class Model:
    """Parameters by name."""

    def __init__(self, w):
        self.p = {"w": w, "b": 2.0}

    def parameters(self):
        return self.p.values()


class Box:
    """A dict, and a method of a name that arrays have."""

    def __init__(self, d):
        self.d = d

    def fill(self, x):
        self.d["b"] = x


def squares(values):
    return sum(v * v for v in values)


def exchange(model, p):
    model.p = p


def penalty(x):
    m = Model(x * x)
    return squares(m.parameters()) + sum(np.sin(p) for p in m.parameters())


def handed_on(x):
    d = {"w": x, "b": x * x}
    return squares(d.values())


def kept_and_only_read(x):
    m = Model(x)
    ps = m.p.values()
    return sum(ps) * squares(ps)


def written_by_its_owner(x):
    d = {"a": 1.0, "b": 2.0}
    box, s = Box(d), 0.0
    for k, d in d.items():  # noqa: B020
        s += d * x
        box.fill(x)
    return s


def replaced_under_a_second_name(x):
    m, s = Model(x), 0.0
    n = m
    for _, v in m.p.items():
        s += v * x * x
        exchange(n, {"w": 5.0, "b": 7.0})
    return s


def first_ones(x):
    xs, out, t = [x, x * x, 3.0], [0.0, 0.0], 0.0
    for k, v in enumerate(itertools.islice(xs, 2)):
        out[k] = v * v
        t += v
    return t * out[1]


def one_name_twice(x):
    pairs = [(x, 2.0), (3.0, x * x)]
    return sum(x * x for x, x in ((b, a) for a, b in pairs))


def written_after_it_was_listed(x):
    m = Model(x)
    ordered, listed = sorted(m.parameters()), list(m.parameters())
    m.p["w"] = x * x
    return ordered[0] * listed[1] + sum(m.parameters())


def asked_again_after_each_write(x):
    m, s = Model(x), 0.0
    for _ in range(3):
        s += squares(m.parameters())
        m.p["w"] = m.p["w"] * x
    return s


CASES = [
    Case(f, (1.2,))
    for f in (
        penalty,
        handed_on,
        kept_and_only_read,
        written_by_its_owner,
        replaced_under_a_second_name,
        first_ones,
        one_name_twice,
        written_after_it_was_listed,
        asked_again_after_each_write,
    )
]


def distance(a, b, scale):
    return scale * (a - b) ** 2


def beside_what_is_gone_through(x):
    xs, out, t = [x, x * x, x**3], [], 0.0
    total = sum(xs)
    for a, b in itertools.pairwise(xs):
        t += distance(a, b, x)
        out.append(t)
        total += a
    return t + out[0] * total


def from_the_first_item_on(x):
    xs = [x, x * x, x**3]
    so_far, kept = xs[0], np.zeros(3)
    for k, v in enumerate(itertools.islice(xs, 1, None)):
        so_far += v
        kept[k] = so_far
    return kept.sum() * so_far


def table_of_products(x):
    left, right, table = [x, x * x], [1.0, x], np.zeros((2, 2))
    for (i, a), (j, b) in itertools.product(enumerate(left), enumerate(right)):
        table[i, j] = a * b
    return np.sum(table * table)


CASES += [Case(f, (1.2,)) for f in (beside_what_is_gone_through, from_the_first_item_on, table_of_products)]
