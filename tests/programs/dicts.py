"""Dicts as people use them: parameters, counts, merged and copied dicts, loops over keys, values and items."""

from collections import OrderedDict, defaultdict

import numpy as np

from tests.programs import Case


def comprehension(x):
    d = {k: a * a for k, a in zip("abc", x)}
    return d["a"] * d["c"] + sum(v for v in d.values())


def network(params, x):
    h = np.tanh(params["W"] @ x + params["b"])
    return np.sum(h * params["scale"])


def layers(model, x):
    for layer in model["layers"]:
        x = np.tanh(layer["w"] * x + layer["b"])
    return x * model["gain"]


def penalty(d):
    s = 0.0
    for k in d:
        s = s + d[k] ** 2
    return s


def handed_on(d):
    return penalty(d) + d["a"] * penalty(d)


def items(d):
    s = 0.0
    for _, v in d.items():
        s = s + v * v
    return s


def numbered_items(d):
    s = 0.0
    for i, (_, v) in enumerate(d.items()):
        s = s + v * v * (i + 1)
    return s


def there_or_not(d):
    s = 0.0
    for k in ("a", "z"):
        if k in d:
            s = s + d[k] ** 2
        if k not in d:
            s = s + d["b"]
    return s + d.get("b", 2.0) * d.get("y", 3.0) + len(d)


def copied(d):
    e = dict(d)
    e["a"] = e["a"] * 2
    return d["a"] * e["a"] + e["b"] ** 2


def copied_with_more(d):
    e = dict(d, a=d["b"] * 3)
    return e["a"] * e["b"]


def merged(d):
    e = {**d, "b": d["a"] * 3}
    f = d | {"b": d["a"] * 2}
    return e["a"] * e["b"] + f["b"] * d["b"] ** 2


def updated(x):
    d = {"a": x}
    d |= {"b": x * x, "a": x * 3}
    return d["a"] * d["b"]


def made_of_words(x):
    d = dict(a=x, b=x * x)
    return d["a"] * d["b"]


def copied_items(x, d):
    e, f = dict(d.items()), dict(sorted(d.items()), b=x)
    e["a"] = e["a"] * x
    return e["a"] * f["b"] * f["a"]


def items_of_its_own(x):
    d = {"b": x, "a": x * x}
    e, f = dict(sorted(d.items())), dict(d.items(), c=x)
    d["a"] = 3.0 * x
    return e["a"] * d["a"] * f["c"] * sorted(d.items())[0][1]


def made_of_pairs(x):
    d = dict([("a", x), ("b", x * x)])
    e = dict(zip(["a", "b"], [x**3, x * 2.0]))
    return d["a"] * d["b"] * e["b"] + e["a"]


def from_keys(x):
    d = dict.fromkeys(["a", "b"], 0.0)
    d["a"] = x * x
    d["b"] = d["b"] + d["a"] * x
    return d["b"] * d["a"]


def weighted_counts(x):
    d = {}
    for w in ["a", "b", "a", "c", "a"]:
        d[w] = d.get(w, 0.0) + x
    return d["a"] ** 2 * d["b"]


def words(**kw):
    return kw["a"] * kw["b"] ** 2


def called_with_words(x):
    return words(a=x, b=x * 2.0)


def united(x, a):
    d = {"a": x, "c": a}
    e = dict(b=a * x, a=x * x)
    both = d | e
    d |= e
    return both["a"] * both["b"] + d["c"] * d["a"] ** 2


def merged_parameters(d: dict, e: dict):
    return d | e


def united_parameters(x, a):
    found = merged_parameters({"p": x, "q": a}, {"p": a * x})
    return found["p"] * found["q"] ** 2


rng = np.random.default_rng(8)
D = {"a": 1.5, "b": 0.3}
PARAMS = {"W": rng.normal(size=(3, 2)), "b": rng.normal(size=3), "scale": 1.3}
MODEL = {"layers": [{"w": 0.7, "b": 0.2}, {"w": -1.1, "b": 0.4}], "gain": 2.5}


def written_by_key(x):
    d = {"a": x, "b": x * x}
    last = ""
    for k in d:
        d[k] = d[k] * x
        last = k
    d["a"] = d["b"] ** 2
    return d["a"] * d[last]


def written_by_item(p):
    d = dict(p)
    for k, v in d.items():
        d[k] = v * v
    for k in d:
        d[k] += p[k]
    return d["w"] * d["b"]


def old_and_new(x):
    d = {"a": x, "b": x * x}
    old = dict(d)
    d["a"] = d["b"] * 3.0
    return d["a"] * old["a"] + old["b"]


def rows_of_a_table(xs):
    table = {0: {}, 1: {}}
    for i, x in enumerate(xs):
        table[i % 2][i] = x**2
    total = 0.0
    for row in table.values():
        for k, v in row.items():
            total += v * (k + 1)
    return total * table[0][2]


def items_of_items(d):
    return sum(v**2 * len(k) for row in d.values() for k, v in row.items()) + sum(sum(row.values()) ** 2 for row in d.values())


def records(rows):
    doubled = [{k: v * 2 for k, v in r.items()} for r in rows]
    return sum(r["u"] * r.get("v", 2.0) for r in rows) + sum(o["u"] ** 3 for o in doubled)


def updated_argument(x, params):
    params["a"] += x * x
    params["b"] -= x * params["a"]
    params["new"] = x * params["a"]
    params["new"] += 1.0
    params["a"], params["b"] = params["b"] * x, params["new"]
    params.setdefault("more", params["b"] * 2.0)
    return params["a"] * params["b"] ** 2 * params["more"]


def updated_by_words(x):
    d = {"a": x[0], "b": x[1]}
    d.update(a=x[2] * x[0], c=x[1] ** 2)
    return d["a"] * d["b"] + d["c"]


def updated_by_a_dict_and_words(x):
    d = dict(a=x[0])
    d.update({"b": x[1]}, c=x[2] * d["a"])
    return d["a"] * d["b"] + d["c"] * d["b"]


def parameter_updated_by_words(x, d):
    d.update(b=x[1] * d["a"])
    return d["a"] * d["b"] * x[0]


def updated_by_pairs(x):
    d = {}
    for k in range(3):
        d.update(a=x[k] * d.get("a", 1.0))
        d.update([("b", x[k])])
    d.update(zip("cde", x))
    return d["a"] * d["b"] + d["c"] * d["d"] * d["e"]


def between_keys(curve: dict, t):
    times = sorted(curve)
    for a, b in zip(times, times[1:]):
        if a <= t <= b:
            w = (t - a) / (b - a)
            return (1.0 - w) * curve[a] + w * curve[b] ** 2


def scaled_in_place(d, x):
    for k in d:
        d[k][:] = d[k] * x
    return d["a"].sum() + np.sum(d["a"] * d["b"])


def replaced_in_epochs(d, x):
    for i in range(2):
        for k in d:
            d[k] = d[k] * x - i
    return np.sum(d["a"] * d["b"])


def descend(d, g):
    for k in d:
        p = d[k]
        p[:] = p - 0.1 * g[k]


def descended(d, g, x):
    descend(d, g)
    descend(d, {"a": x, "b": x * x})
    return np.sum(d["a"] * d["b"] * x)


def ordered_pairs(x):
    d = OrderedDict([("a", x), ("b", 2 * x)])
    e = OrderedDict(a=x * x)
    return d["a"] * d["b"] * e["a"]


def ordered_by_zip(x):
    d = OrderedDict((k, v * v) for k, v in zip("abc", [x, 2 * x, 3.0]))
    s = 0.0
    for _, v in d.items():
        s = s * v + v
    return s


def list_of_pairs(x):
    pairs = [("a", x)]
    for k in "bc":
        pairs.append((k, x * x))
    d = dict(pairs)
    d.update(pairs)
    e = OrderedDict(pairs)
    return d["a"] * d["b"] + e["c"]


def counted_from_pairs(x):
    d = defaultdict(float, [("a", x)])
    d["a"] += x
    d["b"] += x * x
    return d["a"] * d["b"]


W = {"a": np.array([1.0, 2.0]), "b": np.array([0.5, 0.7])}
G = {"a": np.array([0.3, 0.2]), "b": np.array([0.5, 0.1])}

ANOTHER_NAME = "a value is read after it was written under another name"


def momentum_of_values(x, params, speeds):
    """What the loop does not write is gone through as it is; an array of it is changed in place."""
    for (k, p), v in zip(params.items(), speeds.values()):
        v *= 0.9
        v -= x * p
        params[k] = p + v
    return sum(np.sum(p**2) for p in params.values())


def values_written_meanwhile(x, d):
    """The values are those of the time when they come."""
    t = 0.0
    for v, k in zip(d.values(), ["b", "c", "a"]):
        d[k] = v * x
        t += v
    for (k, v), (_, w) in zip(d.items(), d.items()):
        d["c"] = v * x
        t += w * v
    return t


def pairs_written_meanwhile(x, d):
    t = 0.0
    for pair in d.items():
        d["c"] = pair[1] * x
        t += pair[1]
    for (k, v), (k, w) in zip(d.items(), d.items()):
        d[k] = v * x
        t += w * v
    return t


CASES = [
    Case(momentum_of_values, (0.3, {"a": np.array([1.0, 2.0]), "b": np.array([0.5])}, {"a": np.array([0.2, 0.1]), "b": np.array([0.3])})),
    Case(pairs_written_meanwhile, (0.3, {"a": 1.0, "b": 2.0, "c": 3.0})),
    Case(values_written_meanwhile, (0.3, {"a": 1.0, "b": 2.0, "c": 3.0})),
    Case(scaled_in_place, (W, np.array([1.1, 0.9])), (0, 1)),
    Case(replaced_in_epochs, (W, np.array([1.1, 0.9])), (0, 1)),
    *(Case(f, (0.7,)) for f in (ordered_pairs, ordered_by_zip, list_of_pairs, counted_from_pairs)),
    Case(descended, (W, G, np.array([1.1, 0.9])), (0, 1, 2)),
    Case(between_keys, ({0.0: 1.1, 1.0: 0.9, 2.0: 0.7}, 1.5), (0, 1)),
    Case(updated_argument, (0.4, {"a": 0.3, "b": 0.7}), (0, 1)),
    Case(updated_argument, (0.4, {"a": 0.3, "b": 0.7}), (1, 0)),
    Case(rows_of_a_table, (np.array([1.0, 2.0, 0.5]),)),
    Case(items_of_items, ({"a": {"u": 1.0, "vv": 2.0}, "b": {"u": 3.0}},)),
    Case(records, ([{"u": 1.0, "v": 2.0}, {"u": 3.0}],)),
    Case(network, (PARAMS, rng.normal(size=2)), (0, 1)),
    Case(layers, (MODEL, 0.8), (0, 1)),
    *[Case(f, (D,)) for f in (handed_on, items, numbered_items, there_or_not, copied, copied_with_more, merged)],
    *[Case(f, (0.7,)) for f in (made_of_words, called_with_words)],
    *[Case(f, (0.7,)) for f in (written_by_key, old_and_new, updated, made_of_pairs, from_keys, weighted_counts)],
    Case(written_by_item, ({"w": 0.7, "b": 1.3},)),
    Case(comprehension, (np.array([1.3, 0.4, 0.7]),)),
    Case(united, (0.7, 1.3), (0, 1)),
    Case(united_parameters, (0.7, 1.3), (0, 1)),
    *(Case(f, (np.array([1.0, 2.0, 3.0]),)) for f in (updated_by_words, updated_by_a_dict_and_words, updated_by_pairs)),
    Case(parameter_updated_by_words, (np.array([1.0, 2.0, 3.0]), {"a": 2.0}), (0, 1)),
    Case(copied_items, (0.7, {"a": 2.0, "c": 1.0})),
    Case(items_of_its_own, (0.7,)),
]
