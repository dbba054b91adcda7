"""Stars: in calls, displays and assignments."""

import itertools

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


x, y = np.array([1.5, 0.3, 2.5]), np.array([0.7, 1.9, 3.1])
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
]
