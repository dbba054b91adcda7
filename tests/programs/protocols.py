"""Objects as Python goes through them: setters, iteration, contexts, slots, a history that grows, what a class itself holds."""

from abc import ABC, abstractmethod

import numpy as np

from tests.programs import Case


class Temperature:
    factor = 1.8
    scale = 3.0

    def __init__(self, celsius):
        self._celsius = celsius
        self.count = 0
        self.history = []

    @property
    def fahrenheit(self):
        return self._celsius * self.factor + 32.0

    @fahrenheit.setter
    def fahrenheit(self, value):
        self._celsius = (value - 32.0) / self.factor

    @classmethod
    def of_fahrenheit(cls, value):
        return cls((value - 32.0) / cls.factor)

    @staticmethod
    def squared(x):
        return x * x

    def step(self, x):
        self.count += 1
        self.history.append(x * self.scale)
        return x * self._celsius * self.count

    def __enter__(self):
        self._celsius = self._celsius * 2.0
        return self

    def __exit__(self, kind, error, traceback):
        return False

    def __iter__(self):
        return iter([self._celsius, self._celsius**2])

    def __getitem__(self, i):
        return self._celsius * (i + 1)

    def __len__(self):
        return 3


class Store:
    def __init__(self):
        self.kept = {}

    def get(self, key, x):
        return x * x * key


class Slotted:
    __slots__ = ("a", "b")

    def __init__(self, a, b):
        self.a = a
        self.b = b


class Base:
    factor = 2.0

    def __init__(self, a):
        self.a = a

    def value(self):
        return self.a * self.factor

    def __add__(self, other):
        return type(self)(self.a + other.a)


class Derived(Base):
    factor = 5.0

    def __init__(self, a, b):
        super().__init__(a * 2.0)
        self.b = b

    def value(self):
        return super().value() * self.b


class Shape(ABC):
    def __init__(self, size):
        self.size = size

    @abstractmethod
    def area(self): ...

    def doubled(self):
        return self.area() * 2.0


class Circle(Shape):
    def area(self):
        return np.pi * self.size**2


class Square(Shape):
    def __init__(self, size, stretch):
        super().__init__(size)
        self.stretch = stretch

    def area(self):
        return self.size * self.size * self.stretch


def setter(x):
    t = Temperature(x)
    t.fahrenheit = x * x + 50.0
    t.fahrenheit *= x
    return t._celsius * t.fahrenheit


def setter_of_a_parameter(x, t: Temperature):
    t.fahrenheit = x * x
    return t._celsius * x


def class_method(x):
    return Temperature.of_fahrenheit(x * x)._celsius * x * Temperature.scale


def static_method(x):
    return Temperature.squared(x) * Temperature(x).squared(x)


def history(x):
    t = Temperature(x)
    y = x
    for _ in range(3):
        y = t.step(y)
    return y * t.count + t.history[-1] * t.history[0]


def appended(x):
    t = Temperature(x)
    t.history.append(x * x)
    t.history.append(x * 3.0)
    return t.history[-1] * t.history[0]


def context(x):
    with Temperature(x) as t:
        y = t._celsius * x
    return y * t._celsius


def loop(x):
    total = 0.0
    for i, v in enumerate(Temperature(x)):
        total = total + v * v * (i + 1.0)
    return total


def loop_in_a_comprehension(x):
    return sum([v * v for v in Temperature(x)]) + sum(Temperature(x * x))


def unpacked(x):
    a, b = Temperature(x)
    return a * b


def items_and_length(x):
    t = Temperature(x)
    return t[1] * len(t) * t[0]


def method_named_get(x):
    store = Store()
    return store.get(2.0, x) * x


def slots(x):
    s = Slotted(x, x * x)
    s.b = s.b * s.a
    return s.b * s.a


def inherited(x):
    return Derived(x, x * x).value() * x


def class_of_self(x):
    return (Base(x) + Base(x * x)).value() * x


def abstract_base(x):
    return sum([s.doubled() for s in [Circle(x), Square(x * x, x)]])


def abstract_annotation(x, shape: Shape):
    return shape.doubled() * x


CASES = [
    *(Case(f, (0.7,)) for f in (setter, class_method, static_method, history, appended, context, loop, loop_in_a_comprehension, unpacked)),
    *(Case(f, (0.7,)) for f in (items_and_length, method_named_get, slots, inherited, class_of_self, abstract_base)),
    Case(setter_of_a_parameter, (0.7, Temperature(1.3))),
    Case(abstract_annotation, (0.7, Circle(1.3))),
]
