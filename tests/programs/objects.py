"""Objects with active leaves: as arguments, made inside, written to; methods, properties, operators, inheritance."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from tests.programs import Case


class Point(NamedTuple):
    x: float
    y: float


class State(NamedTuple):
    position: np.ndarray
    velocity: np.ndarray
    time: float = 0.0


@dataclass
class Layer:
    w: np.ndarray
    b: np.ndarray
    name: str = "layer"
    width: int = 3

    def apply(self, x):
        return np.tanh(self.w @ x + self.b)


@dataclass(frozen=True)
class Net:
    first: Layer
    second: Layer
    scale: float

    def __call__(self, x):
        return self.second.apply(self.first.apply(x)) * self.scale

    @property
    def size(self):
        return np.sum(self.first.w**2) + np.sum(self.second.w**2)


class Model:
    rate = 0.5

    def __init__(self, w, b):
        self.w = w
        self.b = b
        self.calls = 0

    def predict(self, x):
        return self.w * x + self.b

    def loss(self, x, y):
        r = self.predict(x) - y
        return np.sum(r * r) * self.rate

    @staticmethod
    def half(x):
        return 0.5 * x * x

    @classmethod
    def unit(cls, x):
        return cls(x, 1.0)


class Damped(Model):
    def __init__(self, w, b, damping):
        super().__init__(w, b)
        self.damping = damping

    def predict(self, x):
        return super().predict(x) * np.exp(-self.damping * x)


class Vector:
    def __init__(self, a, b):
        self.a, self.b = a, b

    def __add__(self, other):
        return Vector(self.a + other.a, self.b + other.b)

    def __sub__(self, other):
        return Vector(self.a - other.a, self.b - other.b)

    def __mul__(self, k):
        return Vector(self.a * k, self.b * k)

    __rmul__ = __mul__

    def __neg__(self):
        return Vector(-self.a, -self.b)

    def __getitem__(self, i):
        return self.a if i == 0 else self.b

    def norm(self):
        return self.a**2 + self.b**3


class Mean:
    """A class with state."""

    def __init__(self):
        self.total = 0.0
        self.count = 0

    def add(self, value, weight=1.0):
        self.total = self.total + weight * value * value
        self.count += 1

    def value(self):
        return self.total / self.count


class Oscillator:
    def __init__(self, x, v, k):
        self.x = x
        self.v = v
        self.k = k

    def step(self, dt):
        self.v -= dt * self.k * self.x
        self.x += dt * self.v


def named_tuple(p):
    return p.x * p.y + p.x


def network(net: Net, x):
    return np.sum(net(x)) + net.size


def method(model: Model, x, y):
    return model.loss(x, y)


def inherited(model: Damped, x, y):
    return model.loss(x, y)


def made_inside(x):
    model = Model(x[0], x[1])
    return model.predict(x[2]) * model.w


def operators(x):
    a = Vector(x[0], x[1])
    b = Vector(x[2], 2.0)
    c = (a + b) * x[1] - 2.0 * b
    return (-c).norm() + c[0] * c[1]


def accumulator(x):
    mean = Mean()
    for k, v in enumerate(x):
        mean.add(v, k + 1.0)
    return mean.value()


def written_attribute(model: Model, x):
    model.w = model.w * x
    model.calls += 1
    return model.predict(x) + model.b**2


def slot_overwritten(model, x):
    w = model.w
    model.w = w * x
    model.b = model.w + w
    return w * model.w + model.b


def rows_of_a_layer(layer, x):
    s = 0.0
    for i in range(layer.width):
        s = s + np.sum(layer.w[i] * x) * layer.b[i]
    return s


def written_array_of_a_layer(layer, x):
    layer.w[0] *= x
    layer.b[1:] += layer.w[0, :2]
    return np.sum(layer.w * layer.w) + np.sum(layer.b**3)


def state_in_a_loop(x):
    state = State(x * 1.0, -x)
    for _ in range(4):
        v = state.velocity - 0.1 * state.position
        state = State(state.position + 0.1 * v, v, state.time + 0.1)
    return np.sum(state.position**2) * state.time


def stepped(x):
    o = Oscillator(x[0], x[1], x[2])
    energy = 0.0
    for _ in range(5):
        o.step(0.1)
        energy += o.x**2
    return energy + o.v


def built_by_a_class_method(x):
    model = Model.unit(x[0])
    return model.predict(x[1]) + Model.half(x[2]) + model.half(x[0])


def one_of_two(x, c):
    p = Point(x[0], x[1]) if c else Point(x[2], 2.0)
    return p.x * p.y


def unpacked(x):
    p = Point(x[0] * x[1], x[2])
    a, b = p
    return a * b + p[1]


def passed_on(net: Net, x):
    return regular(net.first) + np.sum(net.first.apply(x)) + regular(net.first)


def regular(layer):
    return np.sum(layer.w**2) + np.sum(layer.b)


def frozen_made_inside(x):
    net = Net(Layer(np.outer(x, x), x), Layer(np.eye(3), x * x), 0.5)
    return np.sum(net(x)) + net.size


def layer(s):
    return Layer(np.outer(X, X[::-1]) * s, X * s)


class Scaled(NamedTuple):
    x: float
    scale: float = 0.5
    shift: object = np.array([0.3, 0.2])


@dataclass
class Shifted:
    x: float
    by: list = field(default_factory=lambda: [0.5, 1.5])


def defaults(x):
    one, other = Scaled(x[0]), Shifted(x[1] * x[0])
    return one.x * one.scale * other.by[0] + other.x * other.by[1] + np.sum(one.shift) * one.x + one.scale


@dataclass(frozen=True)
class Interval:
    low: float
    high: float = 2.0

    def width(self):
        return self.high**2 - self.low

    def widened(self, by):
        return replace(self, high=self.high * by)


def replaced(x):
    p = Point(x[0], x[1] * x[0])._replace(x=x[2] ** 2)
    q = replace(Interval(x[0] * x[1]), low=x[2] * x[0])
    return p.x * p.y * q.width() + q.widened(x[1]).width()


def replaced_parameter(interval: Interval, x):
    return replace(interval, low=x).width() * interval.low


@dataclass
class Particle:
    x: float
    v: float


def particles(x, dt):
    ps = [Particle(x[0], x[1]), Particle(x[1], x[2]), Particle(0.5, x[0])]
    for _ in range(2):
        for i in range(3):
            for j in range(3):
                ps[i].v += dt * (ps[j].x - ps[i].x)
        for p in ps:
            p.x += dt * p.v
    return sum(p.x * p.v for p in ps)


class Spring:
    def __init__(self, k):
        self.k = k

    def force(self, x):
        return -self.k * x**3


def _verlet(force, x, v, dt):
    for _ in range(3):
        v = v + dt * force(x)
        x = x + dt * v
    return x


def method_handed_on(x, k):
    force = Spring(k * x).force
    return _verlet(force, x, 0.5, 0.1) + force(k)


class Planet:
    def __init__(self, position, velocity):
        self.position = position
        self.velocity = velocity

    def kick(self, force, dt):
        self.velocity = self.velocity + force * dt

    def drift(self, dt):
        self.position = self.position + self.velocity * dt


def advance(planets, dt):
    for planet in planets:
        force = 0.0
        for other in planets:
            if other is not planet:
                away = other.position - planet.position
                force = force + away / (1.0 + away @ away)
        planet.kick(force, dt)
    for planet in planets:
        planet.drift(dt)


def solar_system(x, dt):
    planets = [Planet(x * k, x[::-1] - k) for k in range(3)]
    for _ in range(2):
        advance(planets, dt)
    return sum(p.position @ p.velocity for p in planets)


X = np.array([1.3, 0.7, 2.1])


@dataclass
class Physics:
    d: float = 0.5


@dataclass
class Setup:
    n: int = 6
    physics: Physics = field(default_factory=Physics)

    def __post_init__(self):
        self.dx = 1.0 / (self.n - 1)


def set_up(d):
    return Setup(5, Physics(d)).physics.d * d + Setup(physics=Physics(d * d)).physics.d * Setup(4).dx


CASES = [
    Case(set_up, (1.3,)),
    Case(method_handed_on, (0.7, 1.3), (0, 1)),
    Case(solar_system, (X, 0.1), (0, 1)),
    Case(particles, (X, 0.1), (0, 1)),
    Case(named_tuple, (Point(1.3, 0.7),)),
    Case(network, (Net(layer(0.1), layer(0.2), 1.5), X), (0, 1)),
    Case(method, (Model(1.3, 0.7), X, X[::-1].copy()), (0, 1)),
    Case(inherited, (Damped(1.3, 0.7, 0.2), X, X[::-1].copy()), (0, 1)),
    Case(written_attribute, (Model(1.3, 0.7), 2.0), (0, 1)),
    Case(slot_overwritten, (Model(1.3, 0.7), 2.0), (0, 1)),
    Case(rows_of_a_layer, (layer(0.3), X), (0, 1)),
    Case(written_array_of_a_layer, (layer(0.3), 1.5), (0, 1)),
    Case(passed_on, (Net(layer(0.1), layer(0.2), 1.5), X), (0, 1)),
    *(Case(f, (X,)) for f in (made_inside, operators, accumulator, state_in_a_loop, stepped, built_by_a_class_method, unpacked)),
    Case(one_of_two, (X, True)),
    Case(one_of_two, (X, False)),
    Case(frozen_made_inside, (X * 0.3,)),
    Case(defaults, (X,)),
    Case(replaced, (X,)),
    Case(replaced_parameter, (Interval(0.5, 1.7), 0.3), (0, 1)),
]
