"""Stars: in calls, displays and assignments."""

import functools
import itertools
import math

import numpy as np

from tests.programs import Case


def weighed(a, b, c):
    return a * b * b + c


def star_of_a_tuple(x):
    args = (x, 2.0 * x)
    return np.hypot(*args)


def keywords_of_a_dict(x):
    options = {"axis": 0}
    return np.sum(x**3, **options)


def filled_by_a_parameter(x, p):
    return weighed(x, *p)


def filled_by_a_ufunc(p):
    return np.arctan2(*p)


def rest_of_a_tuple(p):
    a, *rest = (p[0], p[1], p[2])
    return weighed(a, *rest)


def nested_rest(x):
    first, (u, *v) = x[0], (x[1], x[2], 3.0)
    return weighed(first, u, v[0]) * v[1] * v[0]


def handed_on(x):
    def h(*args, **kw):
        return weighed(*args, **kw)

    return h(x[0], x[1], c=x[2] ** 2)


def display_of_parts(x):
    t = (x[0], x[1])
    u = [*t, 3.0, *(x[2], x[1])]
    return u[1] * u[3] * u[4] * u[0]


def starmapped(xs, ys):
    return sum(itertools.starmap(lambda a, b: a * b * b, zip(xs, ys)))


def keyed(x, y):
    options = {"b": x * y, "c": y}
    return weighed(x, **options)


def model(x, a, b=2.0, *, power=1.0):
    return a * math.sin(b * x) ** power


def objective(x, *args, **options):
    return model(x, *args, **options)


def handed_on_by_a_function(x, a):
    return objective(x, a) + objective(x, a, x) * objective(x, b=a, a=x) + objective(x, a, power=x)


def doubled(function):
    def wrapper(*args, **options):
        value = function(*args, **options)
        return 2.0 * value

    return wrapper


@doubled
def damped(x, rate=0.5):
    return x * math.exp(-rate * x)


def decorated_without_wraps(x, rate):
    return damped(x) + damped(x, rate) * damped(rate=x, x=rate)


class Layer:
    def __init__(self, *sizes, **options):
        self.w = sizes[0]
        self.b = options.get("bias", 0.5)

    def __call__(self, *args):
        return self.forward(*args)


class Twice(Layer):
    def __init__(self, *sizes, **options):
        super().__init__(*sizes, **options)
        self.scale = sizes[1]

    def forward(self, x, y=3.0):
        return self.w * x * self.scale + self.b * y


def handed_to_a_base(w, x):
    return Twice(w, x)(x, w) + Twice(x * w, 2.0, bias=w * w)(x)


def fill(*arrays, value):
    arrays[0][0] = value
    arrays[1][1] += value * value


def written_through_stars(x):
    y, z = np.ones(3), np.full(3, 2.0)
    fill(y, z, value=x)
    return np.sum(y * z * y)


def product(first, *rest):
    return first * product(*rest) if rest else first


def recursive_star(x, y):
    return product(x, y, x + y, 3.0)


def total(*terms, **weights):
    return sum(t * t * weights["w"] for t in terms)


def gathered(x, y):
    return total(x, y, x * y, w=y) + total(w=x)


def packed_star(xs, a):
    return total(a, *xs, w=a) + total(*[t * a for t in xs[1:]], w=2.0)


def scaled_sum(scale, *terms, power=2):
    return scale * sum(t**power for t in terms)


def star_over_parameters(m):
    return sum(scaled_sum(*row) + scaled_sum(*row, power=3) for row in m)


def extremes(xs, a):
    return max(*xs) * a + min(a, *xs)


def by_unknown_keys(x, params):
    return model(x, **params) + model(x * x, b=x, **params) if "b" not in params else model(x, **params) * params["b"]


def star_of_a_partial(x, a):
    args, options = (a,), {"power": x}
    return functools.partial(model, x, *args, **options)(b=3.0)


def with_a_pop(x, **keywords):
    scale = abs(keywords.pop("scale", 1.0))
    keywords["b"] = keywords.get("b", x) * 2.0
    return scale * model(x, **keywords)


def popped_keywords(x, a):
    return with_a_pop(x, a=a, scale=x * a) + with_a_pop(x, a=x) + with_a_pop(a, a=x, b=0.8)


def with_defaults(x, **keywords):
    if "power" not in keywords:
        keywords.setdefault("b", 3.0 * x)
    options = dict(power=1.2)
    options.update(keywords)
    return model(x, **options) * len(options)


def defaulted_keywords(x, a):
    return with_defaults(x, a=a) + with_defaults(x, a=x, b=a) + with_defaults(a, a=x, power=a)


def in_a_loop(x, a, n):
    options = {"a": a}
    total = 0.0
    for k in range(n):
        options["b"] = x * (k + 1)
        if k > 1:
            options["a"] = options["a"] * x
        total += model(x, **options)
    return total


def alone_or_with(x, *args, **keywords):
    if not args and not keywords:
        return x * x
    if len(args) == 2:
        y, z = args
        return x * y * z
    return model(x, *args, **keywords)


def any_number(x, a):
    return alone_or_with(x) + alone_or_with(x, a, a) + alone_or_with(x, a) + alone_or_with(x, a=a, b=x)


x, y = np.array([1.5, 0.3, 2.5]), np.array([0.7, 1.9, 3.1])


def bent(a, b=2.0, c=0.5, *, d=1.0):
    return (a * b * b + c) * d


def filled_as_far_as_they_reach(x, p, q):
    return bent(x, *p) * bent(*q, d=x) + bent(x, *p[1:], d=2.0) * bent(*q)


def scaled_by(x, w=np.array([1.5, 2.5]), f=lambda t: t * t):
    return f(x) @ w


def filled_by_what_a_method_returns(x):
    return Line(x[0]).at(x[1])


class Line:
    def __init__(self, a=1.0, b=0.3):
        self.a, self.b = a, b

    def parameters(self):
        return [self.a, self.b]

    def at(self, t):
        return bent(t, *self.parameters())

    @classmethod
    def made(cls, a, b=0.7):
        return cls(a, b)


def fitted(f, x, args=()):
    total = 0.0
    for t in x:
        total = total + f(t, *args)
    return total


def handed_on_by_a_fit(x, args):
    return fitted(bent, x, args) * Line(*args).at(x[0])


def rows_as_arguments(rows):
    total = 0.0
    for row in rows:
        total = total + bent(*row)
    return total


def defaults_that_are_objects(x, options):
    return scaled_by(x, **options)


def class_method_with_keywords(x, options):
    return Line.made(x, **options).at(x)


CASES = [
    Case(star_of_a_tuple, (1.3,)),
    Case(keywords_of_a_dict, (x,)),
    Case(filled_by_a_parameter, (1.3, (0.7, 1.9)), (0, 1)),
    Case(filled_by_a_ufunc, ((1.3, 0.4),)),
    Case(rest_of_a_tuple, (x,)),
    Case(nested_rest, (x,)),
    Case(handed_on, (x,)),
    Case(display_of_parts, (x,)),
    Case(starmapped, (x, y), (0, 1)),
    Case(keyed, (1.3, 0.4), (0, 1)),
    Case(handed_on_by_a_function, (0.7, 1.3), (0, 1)),
    Case(decorated_without_wraps, (0.7, 0.3), (0, 1)),
    Case(handed_to_a_base, (0.7, 1.3), (0, 1)),
    Case(written_through_stars, (0.7,)),
    Case(recursive_star, (0.7, 1.3), (0, 1)),
    Case(gathered, (0.7, 1.3), (0, 1)),
    Case(packed_star, ([0.3, 0.8, 0.9], 0.7), (0, 1)),
    Case(star_over_parameters, (np.array([[0.3, 0.8, 0.9], [0.4, 0.5, 0.7]]),)),
    Case(extremes, ([0.3, 0.8, 0.9], 0.7), (0, 1)),
    Case(by_unknown_keys, (0.7, {"a": 1.3}), (0, 1)),
    Case(by_unknown_keys, (0.7, {"a": 1.3, "b": 0.8, "power": 1.2}), (0, 1)),
    Case(star_of_a_partial, (0.7, 1.3), (0, 1)),
    Case(popped_keywords, (0.7, 1.3), (0, 1)),
    Case(defaulted_keywords, (0.7, 1.3), (0, 1)),
    Case(in_a_loop, (0.3, 1.3, 4), (0, 1)),
    Case(any_number, (0.7, 1.3), (0, 1)),
]
CASES += [
    Case(filled_as_far_as_they_reach, (0.7, (0.4,), [1.1, 0.6]), (0, 1, 2)),
    Case(filled_as_far_as_they_reach, (0.7, (0.4, 1.3), [1.1]), (0, 1, 2)),
    Case(filled_by_what_a_method_returns, (np.array([0.7, 0.4]),)),
    Case(handed_on_by_a_fit, (np.array([0.7, 0.4]), (1.2, 0.6)), (0, 1)),
    Case(handed_on_by_a_fit, (np.array([0.7, 0.4]), ()), (0,)),
    Case(rows_as_arguments, ([(0.7,), (0.4, 1.3), (1.1, 0.2, 0.9)],)),
    Case(defaults_that_are_objects, (np.array([0.7, 0.4]), {})),
    Case(defaults_that_are_objects, (np.array([0.7, 0.4]), {"w": np.array([0.3, 0.1])})),
    Case(class_method_with_keywords, (0.7, {"b": 0.2})),
    Case(class_method_with_keywords, (0.7, {}), (0,)),
]
