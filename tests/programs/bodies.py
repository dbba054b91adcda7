"""Objects in lists and dicts, rows of arrays, and parameters in dicts, changed in loops over them; nothing is annotated."""

import numpy as np

from tests.programs import Case


class Body:
    """A point that moves."""

    def __init__(self, pos, vel, mass):
        self.pos = pos
        self.vel = vel
        self.mass = mass


class Spring:
    """Two ends and a length."""

    def __init__(self, x, length):
        self.x = x
        self.length = length


def kick_and_drift(bodies, dt):
    for b in bodies:
        b.vel += dt * (-b.pos)
    for b in bodies:
        b.pos += dt * b.vel
    return sum(np.sum(b.pos**2) for b in bodies)


def gravity(bodies, dt):
    for _ in range(2):
        for i, a in enumerate(bodies):
            force = np.zeros(2)
            for j, b in enumerate(bodies):
                if i != j:
                    d = b.pos - a.pos
                    force = force + b.mass * d / (np.sum(d * d) + 0.1) ** 1.5
            a.vel += dt * force
        for b in bodies:
            b.pos += dt * b.vel
    return sum(np.sum(b.pos**2) for b in bodies)


def gravity_of_bodies_made_here(P, V, dt):
    bodies = [Body(p.copy(), v.copy(), 1.0) for p, v in zip(P, V)]
    for _ in range(2):
        for a in bodies:
            force = sum(b.mass * (b.pos - a.pos) for b in bodies)
            a.vel += dt * force
        for b in bodies:
            b.pos += dt * b.vel
    return sum(np.sum(b.pos**2) for b in bodies)


def items_of_attributes(bodies, dt):
    for b in bodies:
        b.pos[0] += dt * b.vel[0]
        b.pos[1] = b.pos[1] - dt * b.vel[1] * b.pos[0]
    return sum(np.sum(b.pos**2) for b in bodies)


def zipped_with_forces(bodies, forces, dt):
    for b, f in zip(bodies, forces):
        b.vel += dt * f
        b.pos += dt * b.vel
    return sum(np.sum(b.pos**2) for b in bodies)


def bodies_by_name(bodies, dt):
    for _, b in bodies.items():
        b.pos += dt * b.vel
    return sum(np.sum(b.pos**2) for b in bodies.values())


def neighbours_by_index(chain, k):
    for i in range(len(chain) - 1):
        stretch = chain[i + 1].x - chain[i].x - chain[i].length
        chain[i].x = chain[i].x + k * stretch
    return sum(np.sum(s.x**2) for s in chain)


def one_body(b, dt):
    for _ in range(3):
        b.pos += dt * b.vel
        b.vel -= dt * b.pos
    return np.sum(b.pos**2)


def rows_scaled(A):
    for row in A:
        row *= 2
    return np.sum(A**2)


def rows_by_their_norm(A: np.ndarray):
    for row in A:
        row /= np.linalg.norm(row)
    return np.sum(A**3)


def rows_less_the_first(A):
    for _, row in enumerate(A):
        row -= A[0]
    return np.sum(A**2)


def rows_standardized(A):
    total = 0.0
    for row in A:
        row -= row.mean()
        row /= row.std()
        total += row @ row**2
    return total + np.sum(A**3)


def rows_of_a_list(rows: list):
    for row in rows:
        row *= 2
    return sum(np.sum(r**2) for r in rows)


def rows_of_pairs(x):
    a = x * 1.0
    pairs = zip(a, x)
    for p, q in pairs:
        p *= q
    return np.sum(a)


def rows_of_a_part(x):
    a = x * 1.0
    for row in a[1:]:
        row *= x[0]
    return np.sum(a**2)


def numbers_in_a_loop(x):
    total = 0.0
    for v in x:
        v *= 2
        total += v**2
    return total + np.sum(x**2)


def moments(x):
    return {"mean": x.mean(), "squares": x * x, "cubes": np.sum(x**3)}


def items_of_a_helper(x):
    total = 0.0
    for k, v in moments(x).items():
        if k != "mean":
            total += np.sum(v) ** 2
    for v in moments(x).values():
        total += np.sum(v)
    return total


def descent(params, grads, lr):
    for k in params:
        params[k] -= lr * grads[k]
    return sum(np.sum(params[k] ** 2) for k in params)


def descent_by_items(params, grads, lr):
    for k, v in params.items():
        params[k] = v - lr * grads[k]
    return sum(np.sum(v**2) for v in params.values())


def momentum(params, grads, vel, lr):
    for k in params.keys():
        vel[k] = 0.9 * vel[k] - lr * grads[k]
        params[k] += vel[k]
    return sum(np.sum(params[k] ** 2) for k in params)


POS, VEL = np.array([[0.3, -0.4], [1.1, 0.2], [-0.7, 0.9]]), np.array([[0.5, 0.1], [-0.2, 0.6], [0.4, -0.3]])
BODIES = [Body(p, v, 1.0 + 0.3 * k) for k, (p, v) in enumerate(zip(POS, VEL, strict=True))]
PARAMS = {"w": np.array([[0.3, 1.2], [-0.8, 0.5]]), "b": np.array([0.7, -0.4])}
GRADS = {"w": np.array([[1.3, 0.2], [0.4, -0.9]]), "b": np.array([0.6, 0.8])}
CHAIN = [Spring(0.1, 0.5), Spring(0.8, 0.4), Spring(1.1, 0.6)]

CASES = [
    Case(kick_and_drift, (BODIES, 0.1), (0, 1)),
    Case(gravity, (BODIES, 0.1), (0, 1)),
    Case(gravity_of_bodies_made_here, (POS, VEL, 0.1), (0, 1, 2)),
    Case(items_of_attributes, (BODIES, 0.1), (0, 1)),
    Case(zipped_with_forces, (BODIES, VEL, 0.1), (0, 1)),
    Case(bodies_by_name, ({"a": BODIES[0], "b": BODIES[1]}, 0.1), (0, 1)),
    Case(neighbours_by_index, (CHAIN, 0.3), (0, 1)),
    Case(one_body, (BODIES[0], 0.1), (0, 1)),
    Case(rows_scaled, (POS,)),
    Case(rows_by_their_norm, (POS,)),
    Case(rows_less_the_first, (POS,)),
    Case(rows_standardized, (np.array([[0.3, -0.4, 0.8], [1.1, 0.2, -0.6]]),)),
    Case(rows_of_pairs, (POS,)),
    Case(rows_of_a_part, (POS,)),
    Case(rows_of_a_list, ([POS[0], VEL[1]],)),
    Case(numbers_in_a_loop, (POS[:, 0].copy(),)),
    Case(items_of_a_helper, (POS[0],)),
    Case(descent, (PARAMS, GRADS, 0.1), (0, 1)),
    Case(descent_by_items, (PARAMS, GRADS, 0.1), (0, 1, 2)),
    Case(momentum, (PARAMS, GRADS, {k: g * 0.5 for k, g in GRADS.items()}, 0.1), (0, 1)),
]
