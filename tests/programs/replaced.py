"""What an object has in place of what its class has: strategies, functions put in place of a method, buffers of its own."""

import numpy as np

from tests.programs import Case

X = np.array([0.7, -1.3, 2.1])


def cube(t):
    return t**3


class Rule:
    def __init__(self, w):
        self.w = w

    def step(self, t):
        return t * self.w

    def two(self, t):
        return self.step(t) + self.step(2.0 * t)


class Chosen:
    def __init__(self, kind):
        self.f = self.square if kind == "square" else self.cube

    def square(self, t):
        return t**2

    def cube(self, t):
        return t**3

    def f(self, t):
        return t

    def apply(self, t):
        return self.f(t)


class Neuron:
    def __init__(self, w, act=None):
        self.w = w
        if act is not None:
            self.act = act

    def act(self, t):
        return t * t

    def __call__(self, t):
        return self.act(self.w * t)


class Rate:
    def __init__(self, rate):
        self.rate = rate


class Constant:
    def __init__(self, w):
        self.w = w

    def rate(self):
        return self.w


class Buffered:
    buffer = np.zeros(3)

    def __init__(self, own=True):
        if own:
            self.clear()

    def clear(self):
        self.buffer = np.zeros(3)

    def add(self, v):
        self.buffer[0] = self.buffer[0] + v


def buffered():
    made = Buffered()
    return made


def replace_step(rule):
    rule.step = cube


def with_a_cube(w):
    rule = Rule(w)
    rule.step = cube
    return rule


def perhaps_with_a_cube(w):
    rule = Rule(w)
    if w < 0:
        rule.step = cube
    return rule


def method_replaced(x):
    rule = Rule(x[1])
    rule.step = cube
    return rule.step(x[0]) * x[2]


def method_replaced_that_a_method_calls(x):
    rule = Rule(x[1])
    rule.step = cube
    return rule.two(x[0])


def method_replaced_by_a_helper(x):
    rule = Rule(x[1])
    replace_step(rule)
    return rule.step(x[0])


def method_called_and_replaced(x):
    rule = Rule(x[1])
    before = rule.step(x[0])
    replace_step(rule)
    return rule.step(x[0]) * before


def method_replaced_in_one_arm(x):
    rule = Rule(x[1])
    if x[0] > 0:
        rule.step = np.sin
    return rule.step(x[0]) * rule.w


def method_replaced_where_the_object_is_made(x):
    return with_a_cube(x[1]).step(x[0])


def method_replaced_in_one_of_two(x):
    return perhaps_with_a_cube(x[1]).two(x[0]) + perhaps_with_a_cube(x[2]).two(x[0])


def method_replaced_in_one_of_a_list(x):
    rules = [Rule(x[1]), Rule(x[2])]
    rules[0].step = cube
    return sum(rule.step(x[0]) for rule in rules)


def method_chosen_in_init(x):
    return Chosen("square").apply(x[0]) + Chosen("cube").apply(x[1])


def activation_given_or_not(x):
    return Neuron(x[0])(x[1]) + Neuron(x[2], np.tanh)(x[1]) + Neuron(x[1], cube)(x[0])


def activation_of_an_argument(x, neuron):
    return neuron(x[0]) * neuron.act(x[1])


def activation_of_a_known_argument(x, neuron: Neuron):
    return neuron(x[0]) * neuron.act(x[1])


def field_called_as_a_method_of_another_class(x):
    a, b = Constant(x[0]), Rate(x[1])
    b.rate = x[2] * 2.0
    return a.rate() * b.rate


def buffer_in_place_of_that_of_the_class(x):
    a, b = Buffered(), Buffered(own=False)
    b.clear()
    a.buffer[0] = x[0]
    b.add(x[1])
    return b.buffer[0] ** 2 * a.buffer[0] + x.sum()


def buffer_of_an_object_made_elsewhere(x):
    a = buffered()
    a.add(x[0])
    a.buffer[1] = x[1]
    return (a.buffer**2).sum()


def buffer_of_an_argument(x, a):
    a.buffer[0] = x[0]
    return (a.buffer**2).sum() * x[1]


GLOBAL = Rule(2.0)
GLOBAL.step = cube
CHOSEN = Chosen("square")


def method_replaced_in_a_global(x):
    return GLOBAL.step(x[0]) + GLOBAL.two(x[1]) + CHOSEN.apply(x[2])


CASES = [
    Case(method_replaced, (X,)),
    Case(method_replaced_that_a_method_calls, (X,)),
    Case(method_replaced_by_a_helper, (X,)),
    Case(method_called_and_replaced, (X,)),
    Case(method_replaced_in_one_arm, (X,)),
    Case(method_replaced_where_the_object_is_made, (X,)),
    Case(method_replaced_in_one_of_two, (X,)),
    Case(method_replaced_in_one_of_a_list, (X,)),
    Case(method_chosen_in_init, (X,)),
    Case(activation_given_or_not, (X,)),
    Case(activation_of_an_argument, (X, Neuron(2.0, np.sin))),
    Case(activation_of_an_argument, (X, Neuron(2.0)), wrt=(0, 1)),
    Case(activation_of_a_known_argument, (X, Neuron(2.0)), wrt=(0, 1)),
    Case(activation_of_a_known_argument, (X, Neuron(2.0, cube))),
    Case(field_called_as_a_method_of_another_class, (X,)),
    Case(method_replaced_in_a_global, (X,)),
    Case(buffer_in_place_of_that_of_the_class, (X,)),
    Case(buffer_of_an_object_made_elsewhere, (X,)),
    Case(buffer_of_an_argument, (X, Buffered())),
]
