"""Objects that are made in a function and never leave it: their attributes become variables, whatever methods write to them."""

from dataclasses import dataclass, field

import numpy as np

from tests.programs import Case

X = np.array([0.3, 0.5, 0.7])


class Body:
    def __init__(self, x, v, m=1.0):
        self.x = x
        self.v = v
        self.m = m

    def advance(self, dt):
        self.x = self.x + self.v * dt


class System:
    def __init__(self, bodies):
        self.bodies = bodies
        self.t = 0.0

    def add(self, body):
        self.bodies.append(body)

    def step(self, dt):
        for b in self.bodies:
            b.v = b.v - b.x * dt
            b.advance(dt)
        self.t += dt

    def run(self, n, dt):
        for _ in range(n):
            self.step(dt)

    def energy(self):
        return sum(0.5 * b.m * b.v**2 + 0.5 * b.x**2 for b in self.bodies)


class Spring:
    def __init__(self, a, b, k):
        self.a, self.b, self.k = a, b, k

    def apply(self, dt):
        force = self.k * (self.b.x - self.a.x)
        self.a.v = self.a.v + force * dt
        self.b.v = self.b.v - force * dt


class Adam:
    def __init__(self):
        self.m, self.v, self.t = {}, {}, 0

    def update(self, params, grads):
        self.t += 1
        for k in params:
            self.m[k] = 0.9 * self.m.get(k, 0.0) + 0.1 * grads[k]
            self.v[k] = 0.99 * self.v.get(k, 0.0) + 0.01 * grads[k] ** 2
            params[k] = params[k] - 0.1 * self.m[k] / (np.sqrt(self.v[k]) + 1e-3)


class Momentum:
    def __init__(self, params):
        self.params = params
        self.m = [np.zeros_like(p) for p in params]

    def step(self, grads):
        for i, (p, g) in enumerate(zip(self.params, grads)):
            self.m[i] = 0.9 * self.m[i] + 0.1 * g
            self.params[i] = p - 0.1 * self.m[i]


class Particle:
    def __init__(self, pos, vel):
        self.pos = pos
        self.vel = vel

    def kick(self, a, dt):
        self.vel += a * dt

    def drift(self, dt):
        self.pos += self.vel * dt


class Grid:
    def __init__(self, u):
        self.u, self.new = u, np.empty_like(u)

    def step(self):
        self.new[0], self.new[-1] = self.u[0], self.u[-1]
        self.new[1:-1] = self.u[1:-1] + 0.1 * (self.u[2:] - 2 * self.u[1:-1] + self.u[:-2])
        self.u, self.new = self.new, self.u


class Kalman:
    def __init__(self, x, p):
        self.x, self.p = x, p

    def predict(self, f, q):
        self.x = f @ self.x
        self.p = f @ self.p @ f.T + q

    def update(self, z, r):
        gain = self.p @ np.linalg.inv(self.p + r)
        self.x = self.x + gain @ (z - self.x)
        self.p = (np.eye(3) - gain) @ self.p


class Scaled:
    scale = 2.0

    def __init__(self, x):
        self.x = x

    @property
    def double(self):
        return 2 * self.x

    @double.setter
    def double(self, v):
        self.x = v / 2

    def bump(self, d):
        self.x = self.x + d
        return self


@dataclass
class Walk:
    x: float
    v: float = 1.5
    history: list = field(default_factory=list)

    def step(self, dt):
        self.history.append(self.x)
        self.x += self.v * dt
        self.v *= 0.9


class Stack:
    def __init__(self):
        self.items = []

    def push(self, item):
        self.items.append(item)

    def pop(self):
        return self.items.pop()

    def __len__(self):
        return len(self.items)


class Node:
    def __init__(self, v, behind=None):
        self.v, self.behind = v, behind


class Base:
    def __init__(self, x):
        self.x = x
        self.set_up()

    def set_up(self):
        self.k = 1.0

    def run(self):
        self.x = self.x * self.k
        return self.x


class Derived(Base):
    def __init__(self, x, q):
        super().__init__(x)
        self.q = q

    def set_up(self):
        self.k = self.x

    def run(self):
        self.q += super().run()
        return self.q


def objects_in_a_list_of_an_object(x, v):
    system = System([Body(x, v), Body(2 * x, v * x, 2.0)])
    system.run(3, 0.1)
    return system.energy() * system.t


def objects_added_to_an_object(x, v):
    system = System([])
    system.add(Body(x, v))
    system.add(Body(x * v, v))
    for _ in range(4):
        system.step(0.1)
    return sum(b.x * b.x for b in system.bodies)


def objects_held_by_an_object(x, v):
    a, b = Body(x, v), Body(v, x)
    spring = Spring(a, b, 2.0)
    for _ in range(3):
        spring.apply(0.1)
        a.advance(0.1)
        b.advance(0.1)
    return a.x * b.x


def moments_in_dicts_of_an_object(a, b):
    p = {"a": a, "b": b}
    adam = Adam()
    for _ in range(3):
        adam.update(p, {"a": 2 * p["a"], "b": p["b"] ** 2})
    return p["a"] * p["b"] * adam.t


def moments_in_lists_of_an_object(a, b):
    momentum = Momentum([a, b])
    for _ in range(3):
        momentum.step([2 * momentum.params[0], momentum.params[1] ** 2])
    return momentum.params[0] * momentum.params[1]


def arrays_updated_in_a_loop(x):
    p = Particle(x.copy(), np.zeros(3))
    for _ in range(3):
        p.kick(-p.pos, 0.1)
        p.drift(0.1)
    return np.sum(p.pos**2)


def buffers_that_swap(x):
    grid = Grid(x.copy())
    for _ in range(4):
        grid.step()
    return np.sum(grid.u**2)


def buffer_with_a_name_of_its_own(x):
    grid = Grid(x * 1.0)
    u = grid.u
    grid.step()
    return np.sum(grid.u * x) + np.sum(u)


def filtered(x):
    kalman = Kalman(x.copy(), np.eye(3) * x[0])
    for z in [x * 2, x + 1, x**2]:
        kalman.predict(np.eye(3) + 0.1 * np.diag(x[:2], 1), np.eye(3) * 0.1)
        kalman.update(z, np.eye(3))
    return np.sum(kalman.x) + np.trace(kalman.p)


def one_array_in_two_objects(x):
    one = Scaled(x.copy())
    two = Scaled(one.x)
    one.x += x
    two.x *= 2.0
    return np.sum(one.x * two.x)


def default_of_the_class(x, v):
    s = Scaled(x)
    y = s.scale * s.x
    s.scale = v
    return y * s.scale + Scaled(v).scale


def setters_and_chains(x, v):
    s = Scaled(x)
    s.double = v * x
    return s.bump(x).bump(v).double * s.x


def attribute_of_both_arms(x, v):
    s = Scaled(x)
    if x > 0:
        s.extra = v * x
    else:
        s.extra = v
    return s.extra * s.x


def arm_that_raises(x, v):
    s = Scaled(x)
    if x < -10:
        raise ValueError("no")
    else:
        s.x = s.x * v
    return s.x**2


def loop_with_breaks(x, v):
    s = Scaled(x)
    for i in range(6):
        if i == 1:
            continue
        s.x = s.x * v + 1
        if s.x > 3:
            break
        s.last = i
    return s.x * x


def counted_by_an_attribute(x, v):
    s = Scaled(x)
    s.n = 0
    while s.n < 4:
        s.n += 1
        s.x += s.x * v
    return s.x * s.n


def other_names(x, v):
    a = Scaled(x)
    b = a
    c = Scaled(v)
    b.x = b.x * v
    a, c = c, a
    a.x = a.x + c.x
    return a.x * c.x + b.x


def new_one_in_each_iteration(x, v):
    now = Scaled(x)
    for _ in range(3):
        then = Scaled(now.x * v)
        then.x = then.x + x
        now = then
    return now.x


def dataclass_with_a_list(x, v):
    one, two = Walk(x), Walk(x=v, v=2.0)
    for _ in range(3):
        one.step(v)
        two.step(0.5)
    return one.x * sum(one.history) + two.history[1] * two.v


def stacked(x, v):
    s = Stack()
    s.push(x)
    s.push(v)
    s.push(x * v)
    top = s.pop()
    return top * s.items[0] + len(s) * s.pop()


def one_list_in_two_objects(x, v):
    one, two = Stack(), Stack()
    two.items = one.items
    two.push(x)
    one.push(v)
    return one.items[0] * two.items[1] * x


def linked(x, v):
    head = Node(x, Node(v, Node(x * v)))
    head.behind.v = head.behind.v * 2
    head.behind.behind.v += x
    return head.v * head.behind.v * head.behind.behind.v


def inherited(x, v):
    d = Derived(x, v)
    return d.run() * d.run()


def read_before_it_is_written(x, v):
    s = Scaled(x)
    old = s.x
    s.x = v
    return old * s.x


def list_in_an_attribute(x, v):
    s = Scaled([x, v])
    t = s.x
    s.x[0] = x * v
    t[1] = t[0] + x
    s.x = s.x + [x]
    t[0] = 0.0
    return s.x[0] * s.x[1] * s.x[2]


def seen_by_a_local_function(x, v):
    s = Scaled(x)

    def of(k):
        return s.x * k

    a = of(v)
    s.x = v
    return a + of(x)


def asked_for_whom_it_is(x, v):
    a, b = Scaled(x), Scaled(v)
    c = a
    c.x = c.x * v
    return a.x if a is c and a is not b and b is not None else b.x


class Tank:
    def __init__(self, level, out=None):
        self.level = level
        self.out = out


def drained(k, v):
    c = Tank(v)
    for _ in range(2):
        c.level -= 0.1 * k
        if c.out is not None:
            c.out.level += 0.1 * k
    return c.level**2


def drained_into_another(k, v):
    below = Tank(v)
    c = Tank(0.5, below)
    for _ in range(2):
        c.level -= 0.1 * k
        if c.out is not None:
            c.out.level += 0.1 * k
    return c.level**2 + below.level * k


CASES = [
    *(Case(f, (0.7, 0.4), (0, 1)) for f in (drained, drained_into_another)),
    Case(stacked, (0.7, 0.4), (0, 1)),
    *(
        Case(f, (0.7, 0.4), (0, 1))
        for f in (
            objects_in_a_list_of_an_object,
            objects_added_to_an_object,
            objects_held_by_an_object,
            moments_in_dicts_of_an_object,
            moments_in_lists_of_an_object,
            default_of_the_class,
            setters_and_chains,
            attribute_of_both_arms,
            arm_that_raises,
            loop_with_breaks,
            counted_by_an_attribute,
            other_names,
            new_one_in_each_iteration,
            dataclass_with_a_list,
            one_list_in_two_objects,
            linked,
            inherited,
            read_before_it_is_written,
            list_in_an_attribute,
            seen_by_a_local_function,
            asked_for_whom_it_is,
        )
    ),
    *(Case(f, (X,)) for f in (arrays_updated_in_a_loop, buffers_that_swap, buffer_with_a_name_of_its_own, filtered, one_array_in_two_objects)),
]
