"""Arrays of the outside that are reached by a default, a closure, a cache or a method, beside an argument that is written and is another one."""

import functools

import numpy as np

from tests.programs import Case

TABLE = np.array([1.0, 2.0, 3.0])
U = np.array([0.3, 0.7, 1.1])


def total(table=TABLE):
    return table.sum()


def make(table):
    return lambda x: table.sum() * x


of_table, of_ones = make(TABLE), make(np.ones(3))
sum_of_table = TABLE.sum


@functools.lru_cache
def kept():
    return TABLE


class Model:
    def __init__(self, table):
        self.table, self.seen = table, 0.0

    def total(self, table=TABLE):
        return table.sum() + self.table[0]


def by_a_default(x, u):
    u[0] = x * x
    return total() * u[0]


def by_two_closures(x, table, u):
    t = x * x
    u[0] = t
    return of_table(x) * of_ones(t) * u.sum() + table


def by_what_is_kept(x, u):
    u[0] = x * x
    return kept().sum() * u.sum() * sum_of_table()


def by_an_argument(x, u, get):
    u[0] = x * x
    return get(0).sum() * u.sum()


def by_functions_in_a_list(x, u, ways: list):
    u[0] = x * x
    return ways[0]() * u.sum()


def by_an_object_that_is_written(x, model):
    model.table[0] = x * x
    return model.total() * x


def closure_in_a_closure():
    outer = 0.5 * TABLE

    def weight(x):
        return outer.sum() * x

    def f(x, u):
        u[0] = x * x
        return weight(x) * u.sum()

    return f


CASES = [
    Case(by_a_default, (1.2, U)),
    Case(by_two_closures, (1.2, 0.4, U), (0, 1, 2)),
    Case(by_what_is_kept, (1.2, U), (0, 1)),
    Case(by_an_argument, (1.2, U, [TABLE].__getitem__)),
    Case(by_functions_in_a_list, (1.2, U, [total])),
    Case(by_an_object_that_is_written, (1.2, Model(U))),
    Case(closure_in_a_closure(), (1.2, U), (0, 1)),
]
