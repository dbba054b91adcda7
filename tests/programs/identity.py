"""Objects that ask for one another by identity (``o is b``) in functions that are given them twice: alone, and in a list."""

import numpy as np

from tests.programs import Case


class Body:
    """A point with a mass; two are equal only if they are one."""

    def __init__(self, m, x):
        self.m = m
        self.x = x

    def pull(self, others):
        return sum(o.m / (o.x - self.x + 0.5) ** 2 for o in others if o is not self)


class System:
    """Bodies that move one another."""

    def __init__(self, bodies):
        self.bodies = bodies

    def pull(self, b):
        return gravity(b, self.bodies)

    def step(self, dt):
        pulls = [self.pull(b) for b in self.bodies]
        for b, a in zip(self.bodies, pulls):
            b.x = b.x + dt * a


def weight(b, bodies):
    a = 0.0
    for o in bodies:
        if o is b:
            continue
        a = a + o.m * b.x
    return a


def weight_of_unequal(b, bodies):
    a = 0.0
    for o in bodies:
        if o != b:
            a = a + o.m * b.x
    return a


def gravity(b, bodies):
    a = 0.0
    for o in bodies:
        if o is not b:
            d = o.x - b.x
            a = a + o.m * d / abs(d) ** 3
    return a


def of_two(a, b):
    if a is b:
        return 3.0 * a.m
    return a.m * b.m


def of_pairs(bodies):
    s = 0.0
    for p in bodies:
        for q in bodies:
            if p is not q:
                s += p.m * q.m
    return s


def one_and_all(m):
    bodies = [Body(m, 1.0), Body(m * m, 2.0)]
    return weight(bodies[0], bodies)


def each_and_all(m):
    bodies = [Body(m, 1.0), Body(m * m, 2.0)]
    return sum(weight(b, bodies) for b in bodies)


def each_by_number(m):
    bodies = [Body(m, 1.0), Body(m * m, 2.0)]
    t = 0.0
    for i, b in enumerate(bodies):
        t += weight(b, bodies) * (i + 1)
    return t


def unequal(m):
    bodies = [Body(m, 1.0), Body(m * m, 2.0)]
    return sum(weight_of_unequal(b, bodies) for b in bodies)


def method(m):
    bodies = [Body(m, 0.0), Body(2.0, m)]
    return sum(b.pull(bodies) for b in bodies)


def twice(m):
    b = Body(m, 1.0)
    return of_two(b, b)


def twice_in_a_list(m):
    b = Body(m, 1.0)
    return of_pairs([b, b, Body(m * m, 1.0)])


def leaps(m):
    bodies = [Body(m, 0.0), Body(m * m, 2.0), Body(1.0, 4.5)]
    for _ in range(3):
        pulls = [gravity(b, bodies) for b in bodies]
        for b, a in zip(bodies, pulls):
            b.x = b.x + 0.1 * a
    return sum(b.x * b.m for b in bodies)


def moved_at_once(m):
    bodies = [Body(m, 0.0), Body(m * m, 2.0), Body(1.0, 4.5)]
    for _ in range(3):
        for b in bodies:
            b.x = b.x + 0.1 * gravity(b, bodies)
    return sum(b.x * b.m for b in bodies)


def moved_by_the_system(m):
    s = System([Body(m, 0.0), Body(m * m, 2.0), Body(1.0, 4.5)])
    for _ in range(2):
        s.step(0.1)
    return sum(b.x * b.m for b in s.bodies)


def written_between(m):
    s = System([Body(m, 0.0), Body(m * m, 2.0), Body(1.0, 4.5)])
    first = s.bodies[0]
    t = s.pull(first)
    first.x = t
    return t + s.pull(first)


def keyed(b, weights):
    return weights[b] * b.m


def key_of_a_dict(m):
    bodies = [Body(m, 1.0), Body(m * m, 2.0)]
    weights = {b: b.x for b in bodies}
    t = 0.0
    for b in bodies:
        t = t + keyed(b, weights)
        b.x = b.x * t
    return t + bodies[1].x


def others_of_rows(u, rows):
    return sum(np.sum(v) for v in rows if v is not u) * u[0]


def rows(m):
    us = [np.array([m, 1.0]), np.array([m * m, 2.0])]
    t = 0.0
    for u in us:
        t = t + others_of_rows(u, us)
        u[0] = u[0] * t
    return t + np.sum(us[0])


SUN = Body(3.0, 9.0)


def weight_near_the_sun(b, bodies):
    a = 0.0
    for o in bodies:
        if o is SUN:
            a = a + 7.0 * b.m
        elif o is not b:
            a = a + o.m * b.x
    return a


def global_among_them(m):
    bodies = [SUN, Body(m, 1.0), Body(m * m, 2.0)]
    t = weight_near_the_sun(bodies[1], bodies)
    bodies[1].x = t
    return t + bodies[1].x


def global_put_there(m):
    bodies = [Body(m, 1.0), Body(m * m, 2.0)]
    bodies.append(SUN)
    t = weight_near_the_sun(bodies[0], bodies)
    bodies.append(Body(m, 3.0))
    return t * weight_near_the_sun(bodies[0], bodies)


BEHIND = "a value is read after it was written under another name"
CASES = [
    *(Case(f, (0.7,)) for f in (one_and_all, each_and_all, each_by_number, unequal, method, twice, twice_in_a_list)),
    *(Case(f, (0.7,)) for f in (leaps, moved_at_once, moved_by_the_system, written_between, rows)),
    *(Case(f, (0.7,)) for f in (global_among_them, global_put_there)),
    Case(key_of_a_dict, (0.7,), second=BEHIND),
]
