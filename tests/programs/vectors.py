"""Bodies whose fields are vectors of a class with operators: what stands in a field is known where all the bodies are made in the function."""

from __future__ import annotations

from tests.programs import Case


class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y)

    def __mul__(self, k):
        return Vector(self.x * k, self.y * k)

    def __rmul__(self, k):
        return self * k

    def times(self, other):
        return self.x * other.x + self.y * other.y


class Planet:
    def __init__(self, pos, vel, mass):
        self.pos = pos
        self.vel = vel
        self.mass = mass


class Other(Vector):
    def times(self, other):
        return self.x * other.x


def step(bodies, dt):
    for b in bodies:
        acc = Vector(0.0, 0.0)
        for o in bodies:
            if o is not b:
                d = o.pos - b.pos
                acc = acc + d * (o.mass / d.times(d) ** 1.5)
        b.vel = b.vel + dt * acc
    for b in bodies:
        b.pos = b.pos + b.vel * dt


def orbits(x, dt):
    bodies = [Planet(Vector(x, 0.0), Vector(0.0, 0.5), 1.0), Planet(Vector(-1.0, 0.2), Vector(0.0, -0.5), 2.0)]
    for _ in range(2):
        step(bodies, dt)
    return bodies[0].pos.x * bodies[1].pos.y


def drift(x, dt):
    bodies = [Planet(Vector(x, k * x), Vector(dt, 0.5), 1.0) for k in range(3)]
    for b in bodies:
        b.pos = b.pos + b.vel * dt
    return sum(b.pos.times(b.vel) for b in bodies)


def planet(k, x):
    return Planet(Other(x, x), Vector(0.0, 0.0), 1.0) if k else Planet(Vector(x, x), Vector(0.0, 0.0), 1.0)


def some_made_elsewhere(x):
    bodies = [planet(k, x) for k in range(2)]
    bodies.append(Planet(Vector(x, x * x), Vector(0.0, 0.0), 1.0))
    return sum(b.pos.times(b.pos) for b in bodies)


CASES = [
    Case(orbits, (1.2, 0.1)),
    Case(orbits, (1.2, 0.1), (1,), second="a value is read after it was written under another name"),
    Case(drift, (1.2, 0.1)),
    Case(some_made_elsewhere, (1.2,)),
]
