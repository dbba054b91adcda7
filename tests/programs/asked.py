"""Methods that are called as those of dicts and arrays: of dicts whose names get other values meanwhile, and of classes that have their own."""

import math

import numpy as np

from tests.programs import Case

X = np.array([0.7, -1.3, 2.1])


class Logs:
    """Stores logs, and gives values by its methods."""

    def __init__(self):
        self.d = {}

    def __contains__(self, k):
        return k in self.d

    def __getitem__(self, k):
        return self.d[k]

    def __iter__(self):
        return iter(self.d)

    def get(self, k, default=0.0):
        return math.exp(self.d[k]) if k in self.d else default

    def values(self):
        return [2 * v for v in self.d.values()]

    def items(self):
        return [(k, 3 * v) for k, v in self.d.items()]


class Holder:
    def __init__(self, p):
        self.p = p


class Net:
    def __init__(self, w):
        self.w = w

    def values(self):
        return self.w * 2.0

    def items(self):
        return [("w", self.w)]


class Buffer:
    def __init__(self, n):
        self.a = np.zeros(n)

    def put(self, i, v):
        self.a[i] = v

    def fill(self, v):
        self.a[:] = v * 2

    def partition(self, k):
        return self.a[:k]

    def sort(self, axis):
        return np.sum(self.a)


class Stepped:
    def __init__(self, params):
        self.params = params

    def step(self):
        s = 0.0
        for _, v in self.params.items():
            self.params = {**self.params, "b": self.params["b"] * 2}
            s = s + v
        return s


def made(x):
    p = Logs()
    p.d["a"] = x[0]
    p.d["b"] = x[1] * x[2]
    return p


def get_of(p, x):
    return p.get("a") * x[1]


def values_of(p, x):
    return sum(p.values()) * x[1]


def items_of(p, x):
    s = 0.0
    for _, v in p.items():
        s = s + v * v
    return s * x[0]


def own_methods(x):
    p = made(x)
    return get_of(p, x) + values_of(p, x) + items_of(p, x) + p.get("a") * x[1] + sum(p.values()) + sum(v * v for k, v in p.items())


def own_methods_in_a_list(x):
    t = 0.0
    for p in [made(x), made(x * x)]:
        t = t + p.get("a") * x[1]
    return t


def own_values_in_a_list(x):
    return sum(sum(p.values()) for p in [made(x), made(x * x)])


def own_methods_of_a_field(x):
    h = Holder(made(x))
    return h.p.get("b") + sum(v for k, v in h.p.items())


def own_values_before_a_write(x):
    n = Net(x * 1.0)
    v = n.values()
    n.w = x * x
    return np.sum(v * n.w)


def own_items_before_a_write(x):
    n = Net(x * 1.0)
    pairs = n.items()
    n.w = x * x
    s = 0.0
    for _, v in pairs:
        s = s + np.sum(v**3)
    return s


def own_put(x):
    b = Buffer(3)
    b.put(0, x[0])
    b.put(1, x[1] * x[2])
    return b.a[0] * b.a[1]


def own_partition(x):
    b = Buffer(3)
    b.fill(x[0])
    return np.sum(b.partition(2)) * x[1] + b.sort(axis=0) * x[2]


def own_put_of_an_argument(x):
    def put(b, t):
        b.put(0, t[0])
        return b.a[0] * t[1]

    return put(Buffer(3), x)


def dict_bound_again(x):
    d = {"a": x[0], "b": x[1]}
    s = 0.0
    for v in d.values():
        d = dict(d, b=d["b"] * v)
        s = s + v
    return s * d["b"]


def dict_bound_again_by_a_comprehension(x):
    d = {"a": x[0], "b": x[1], "c": x[2]}
    s = 0.0
    for k, v in d.items():
        d = {q: r * 2 for q, r in d.items()}
        s = s + v * d[k]
    return s


def dict_bound_again_by_a_function(x):
    p = {"a": x[0], "b": x[1]}
    for _, v in p.items():
        p = scaled(p, v)
    return p["a"] * p["b"]


def scaled(p, v):
    return {k: w * v for k, w in p.items()}


def numbered_dict_bound_again(x):
    d = {"a": x[0], "b": x[1]}
    s = 0.0
    for i, (_, v) in enumerate(d.items()):
        d = {"a": 1.0, "b": s}
        s = s + v * (i + 1)
    return s + d["b"]


def field_bound_again(x):
    return Stepped({"a": x[0], "b": x[1]}).step()


def words_bound_again(x):
    return of_words(a=x[0], b=x[1], c=x[2])


def of_words(**words):
    s = 0.0
    for _, v in words.items():
        words = {**words, "c": words["c"] * 2}
        s = s + v
    return s * words["c"]


def updated_one_by_one(params, x):
    for k, w in params.items():
        params = {**params, k: w * x}
    return np.sum(params["a"]) * np.sum(params["b"])


def target_named_like_the_dict(x):
    d = {"a": x[0], "b": x[1]}
    s = 0.0
    for d, v in d.items():
        s = s + v * len(d)
    return s


def key_in_an_inner_loop(x):
    d = {1: x[0], 2: x[1], 0: x[2]}
    return sum(sum(v * k for k in range(3)) for k, v in d.items())


def dict_in_an_inner_loop(x):
    d = {1: x[0], 2: x[1]}
    return sum([sum([d * v for d in (1.0, 2.0)]) for k, v in d.items()])


def item_in_an_inner_loop(x):
    d = {1: x[0], 2: x[1]}
    return sum([v * sum([v * v for v in x]) for k, v in d.items()])


def key_of_a_lambda(x):
    d = {1: x[0], 2: x[1]}
    return sum([(lambda k: k * v)(3.0) for k, v in d.items()])


def dict_of_a_lambda(x):
    d = {1: x[0], 2: x[1]}
    return sum([(lambda d: d * v)(d=3.0) for k, v in d.items()])


def key_of_a_later_loop(x):
    d = {1: x[0], 2: x[1]}
    return sum(v * k for k, v in d.items() for k in range(3) if k > 0)


def item_of_a_later_loop(x):
    d = {1: [x[0], x[1]], 2: [x[2]]}
    return sum(v * v for k, v in d.items() for v in v)


def dict_assigned_in_a_comprehension(x):
    d = {"a": x[0], "b": x[1]}
    total = sum([v * (d := {"a": v, "b": v * v})["b"] for k, v in d.items()])
    return total * d["a"]


def dict_named_like_its_key(x):
    d = {"a": x[0], "b": x[1]}
    return sum([v * len(d) for d, v in d.items()])


def guarded_by_and(x, limit=None, use=0):
    v = x[0]
    if use == 1 and limit < v:
        return x[1]
    return x[2] * x[0]


def guarded_by_or(x, n=0, limit=None):
    if n == 0 or limit > 3:
        return x[0] * x[1]
    return x[1]


def guarded_by_a_chain(x, limit=None, n=0):
    return x[0] if 1 <= n <= limit else x[1] * x[2]


CASES = [
    *(
        Case(f, (X,))
        for f in (
            own_methods,
            own_methods_in_a_list,
            own_values_in_a_list,
            own_methods_of_a_field,
            own_values_before_a_write,
            own_items_before_a_write,
        )
    ),
    *(Case(f, (X,)) for f in (own_put, own_partition, own_put_of_an_argument)),
    *(Case(f, (X,)) for f in (dict_bound_again, dict_bound_again_by_a_comprehension)),
    Case(dict_bound_again_by_a_function, (X,)),
    *(Case(f, (X,)) for f in (numbered_dict_bound_again, field_bound_again, words_bound_again, target_named_like_the_dict)),
    Case(updated_one_by_one, ({"a": np.array([1.0, 2.0]), "b": np.array([0.5, 3.0])}, 1.5), (0, 1)),
    *(Case(f, (X,)) for f in (key_in_an_inner_loop, dict_in_an_inner_loop, item_in_an_inner_loop, key_of_a_lambda, dict_of_a_lambda)),
    *(Case(f, (X,)) for f in (key_of_a_later_loop, item_of_a_later_loop, dict_assigned_in_a_comprehension, dict_named_like_its_key)),
    *(Case(f, (X,)) for f in (guarded_by_and, guarded_by_or, guarded_by_a_chain)),
]
