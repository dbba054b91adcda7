"""Contexts that decorate a function, that are given what they write into, or are around a function that is only known while running."""

from contextlib import contextmanager

import numpy as np

from tests.programs import Case

TABLE = np.array([1.0, 2.0])
OTHER = np.array([0.5, 3.0])
CONFIG = {"gain": 2.0, "table": np.array([1.0, 2.0])}


class Settings:
    k = 2.0
    table = np.array([1.0, 2.0])


@contextmanager
def table(v):
    old = TABLE.copy()
    TABLE[:] = v
    try:
        yield
    finally:
        TABLE[:] = old


@contextmanager
def filled(values, v):
    old = values.copy()
    values[:] = v
    try:
        yield
    finally:
        values[:] = old


@contextmanager
def gain(v):
    old = CONFIG["gain"]
    CONFIG["gain"] = v
    try:
        yield
    finally:
        CONFIG["gain"] = old


@contextmanager
def other_k(v):
    old = Settings.k
    Settings.k = v
    try:
        yield
    finally:
        Settings.k = old


@table(5.0)
def with_fives(x):
    return np.sum(x * TABLE)


@filled(TABLE, 3.0)
def with_threes(x):
    return np.sum(x * TABLE) * x


@gain(3.0)
def with_gain(x):
    return x * CONFIG["gain"] * x


def decorated(x):
    return with_fives(x) * x + np.sum(TABLE * x)


def decorated_by_what_is_given(x):
    return with_threes(x) * x


def decorated_by_an_item(x):
    return with_gain(x) * x


def given_what_is_outside(x):
    with filled(TABLE, 3.0):
        y = np.sum(x * TABLE) * x
    return y * TABLE[1]


def around_a_function(x, loss):
    with table(2.0):
        y = loss(x)
    return y * x


def around_a_function_that_reads_an_item(x, loss):
    with gain(5.0):
        y = loss(x)
    return y * x


def around_a_method(x, model):
    with other_k(3.0):
        y = model.loss(x)
    return y * x


def of_another(x):
    return np.sum(x * OTHER) * x


def of_an_item(x):
    return np.sum(x * CONFIG["table"]) * CONFIG["gain"] * x


class Model:
    def __init__(self, settings):
        self.settings = settings

    def loss(self, x):
        return x * self.settings.k * Settings.k * x


CASES = [
    Case(decorated, (1.3,)),
    Case(decorated_by_what_is_given, (1.3,)),
    Case(decorated_by_an_item, (1.3,)),
    Case(given_what_is_outside, (1.3,)),
    Case(around_a_function, (1.3, of_another)),
    Case(around_a_function_that_reads_an_item, (1.3, of_an_item)),
    Case(around_a_method, (1.3, Model(Settings))),
]
