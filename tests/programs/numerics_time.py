"""Numerical programs as people write them: filters, time stepping, statistics, networks, finance, sequences, interpolation."""

import math
from dataclasses import dataclass

import numpy as np

from tests.programs import Case


# time stepping
def rk4(f, y, t, h):
    k1 = f(t, y)
    k2 = f(t + h / 2, y + h * k1 / 2)
    k3 = f(t + h / 2, y + h * k2 / 2)
    k4 = f(t + h, y + h * k3)
    return y + h * (k1 + 2 * k2 + 2 * k3 + k4) / 6


def driven_oscillator(y0, omega, damping):
    def field(t, y):
        return np.array([y[1], -(omega**2) * y[0] - damping * y[1] + math.cos(t)])

    y, t, h = y0, 0.0, 0.1
    for _ in range(4):
        y = rk4(field, y, t, h)
        t += h
    return y[0] ** 2 + y[1]


class Body:
    """A mass on a spring."""

    def __init__(self, q, p, mass=1.0):
        self.q = q
        self.p = p
        self.mass = mass
        self.clock = 0.0

    def force(self):
        return -self.q - 0.3 * self.q**3

    def step(self, h):
        """Velocity Verlet."""
        half = self.p + 0.5 * h * self.force()
        self.q = self.q + h * half / self.mass
        self.p = half + 0.5 * h * self.force()
        self.clock += h
        return self

    @property
    def energy(self):
        return self.p**2 / (2 * self.mass) + self.q**2 / 2


def verlet(q, p, mass, steps):
    body = Body(q, p, mass=mass)
    for _ in range(steps):
        body.step(0.2)
    return body.energy * body.clock + body.q


def adams_bashforth(y, rate):
    history = []

    def field(y):
        return rate * y * (1.0 - y)

    for i in range(5):
        history.append(field(y))
        if i == 0:
            y = y + 0.1 * history[-1]
        else:
            y = y + 0.1 * (1.5 * history[-1] - 0.5 * history[-2])
    return y


def adaptive_euler(y, rate, end, tolerance=0.05):
    t, h = 0.0, 0.4
    while t < end:
        h = min(h, end - t)
        full = y - h * rate * y
        half = y - h / 2 * rate * y
        half = half - h / 2 * rate * half
        if abs(full - half) > tolerance:
            h /= 2
            continue
        y = half
        t += h
    return y


def sir(beta, gamma, days):
    s, i, r = 0.95, 0.05, 0.0
    susceptible, infected = [s], [i]
    for _ in range(days):
        new = beta * s * i
        healed = gamma * i
        s, i, r = s - new, i + new - healed, r + healed
        susceptible.append(s)
        infected.append(i)
    infected = np.array(infected)
    return np.max(infected) + np.mean(np.array(susceptible)) * r


def bodies(positions, velocities, masses, steps, h=0.05):
    x, v = positions.copy(), velocities.copy()
    n = len(masses)
    for _ in range(steps):
        force = np.zeros_like(x)
        for i in range(n):
            for j in range(i + 1, n):
                d = x[j] - x[i]
                pull = masses[i] * masses[j] * d / (np.dot(d, d) + 0.1) ** 1.5
                force[i] += pull
                force[j] -= pull
        v += h * force / masses[:, None]
        x += h * v
    return 0.5 * np.sum(masses * np.sum(v**2, axis=1)) + x[0] @ x[1]


def newton_of_a_system(a):
    x = np.array([1.0, 1.0])
    for _ in range(8):
        residual = np.array([x[0] ** 2 + x[1] - a[0], x[0] - x[1] ** 3 + a[1]])
        jacobian = np.array([[2 * x[0], 1.0], [1.0, -3 * x[1] ** 2]])
        try:
            step = np.linalg.solve(jacobian, residual)
        except np.linalg.LinAlgError:
            step = 0.1 * residual
        x = x - step
    return x


def newton_of_singular_systems(a, b):
    x = b
    for k in range(3):
        matrix = np.array([[a, k * 1.0], [k * 0.3, k * a * a]])
        try:
            x = np.linalg.solve(matrix, x)
        except np.linalg.LinAlgError:
            x = 0.5 * x * a
    return x @ x


# filters and statistics
def kalman_of_matrices(F, H, Q, R, observations):
    x = np.zeros(F.shape[0])
    P = np.eye(F.shape[0])
    likelihood = 0.0
    for z in observations:
        x = F @ x
        P = F @ P @ F.T + Q
        innovation = z - H @ x
        S = H @ P @ H.T + R
        K = P @ H.T @ np.linalg.inv(S)
        x = x + K @ innovation
        P = (np.eye(len(x)) - K @ H) @ P
        likelihood -= 0.5 * (innovation @ np.linalg.solve(S, innovation) + np.log(np.linalg.det(S)))
    return likelihood


def soft_k_means(points, centres, sharpness, rounds):
    for _ in range(rounds):
        d = ((points[:, np.newaxis, :] - centres[np.newaxis, :, :]) ** 2).sum(axis=2)
        w = np.exp(-sharpness * (d - d.min(axis=1, keepdims=True)))
        w /= w.sum(axis=1, keepdims=True)
        for k in range(len(centres)):
            centres[k] = (w[:, k : k + 1] * points).sum(0) / w[:, k].sum()
    return (centres**2).sum()


def expectation_maximisation(data, mu, rounds):
    mu = list(mu)
    for _ in range(rounds):
        densities = [np.exp(-0.5 * (data - m) ** 2) for m in mu]
        total = sum(densities)
        shares = [p / total for p in densities]
        mu = [np.sum(s * data) / np.sum(s) for s in shares]
    return mu[0] * mu[1] ** 2


def soft_bins(data, edges, width):
    counts = np.zeros(len(edges) - 1)
    for value in data:
        for k, (left, right) in enumerate(zip(edges[:-1], edges[1:])):
            counts[k] += 1 / (1 + np.exp((left - value) / width)) - 1 / (1 + np.exp((right - value) / width))
    p = counts / counts.sum()
    return -np.sum(p * np.log(p))


def quasi_newton(x, A):
    H = np.eye(len(x))
    g = A @ x + x**3
    for _ in range(2):
        s = -0.1 * H @ g
        x = x + s
        new = A @ x + x**3
        y = new - g
        rho = 1.0 / np.dot(y, s)
        left = np.eye(len(x)) - rho * np.outer(s, y)
        H = left @ H @ left.T + rho * np.outer(s, s)
        g = new
    return x @ g


def adam(w, target, steps):
    m = np.zeros_like(w)
    v = np.zeros_like(w)
    for t in range(1, steps + 1):
        g = 2 * (w - target) * w
        m = 0.9 * m + (1 - 0.9) * g
        v[:] = 0.99 * v + (1 - 0.99) * g * g
        w = w - 0.1 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.99**t)) + 1e-2)
    return w.sum()


def line_search(x, step):
    def value(x):
        return np.sum(x**4) - np.prod(x)

    start = value(x)
    slope = 4 * x**3 - np.prod(x) / x
    while True:
        trial = x - step * slope
        if value(trial) < start - 0.1 * step * (slope @ slope):
            break
        step *= 0.5
        if step < 1e-6:
            raise RuntimeError("no descent")
    return value(trial)


# networks
def gru(weights, xs):
    def sigmoid(t):
        return 1.0 / (1.0 + np.exp(-t))

    h = np.zeros(weights["Uz"].shape[0])
    for x in xs:
        z = sigmoid(weights["Wz"] * x + weights["Uz"] @ h)
        r = sigmoid(weights["Wr"] * x + weights["Ur"] @ h)
        h = (1 - z) * h + z * np.tanh(weights["Wh"] * x + weights["Uh"] @ (r * h))
    return np.sum(h**2)


@dataclass
class Cell:
    """A long short-term memory, with one number of each."""

    w: np.ndarray
    state: tuple = (0.0, 0.0)

    def __call__(self, x):
        h, c = self.state
        i, f, o, g = (self.w[k] * x + self.w[k + 4] * h for k in range(4))
        c = c / (1 + np.exp(-f)) + np.tanh(g) / (1 + np.exp(-i))
        h = np.tanh(c) / (1 + np.exp(-o))
        self.state = h, c
        return h


def lstm(w, xs):
    cell = Cell(w)
    outputs = [cell(x) for x in xs]
    return outputs[-1] + cell.state[1] * outputs[0]


def batch_norm_and_relu(x, gamma, beta):
    centred = x - x.mean(axis=0)
    y = gamma * centred / np.sqrt((centred**2).mean(axis=0) + 1e-3) + beta
    y[y < 0] *= 0.1
    return (y**3).sum()


def convolution_by_loops(image, kernel, stride=1):
    m, n = (image.shape[0] - kernel.shape[0]) // stride + 1, (image.shape[1] - kernel.shape[1]) // stride + 1
    out = np.zeros((m, n))
    for i in range(m):
        for j in range(n):
            window = image[i * stride : i * stride + kernel.shape[0], j * stride : j * stride + kernel.shape[1]]
            out[i, j] = np.sum(window * kernel)
    return np.maximum(out, 0.0)


def max_pool(x):
    m, n = x.shape
    pooled = np.empty((m // 2, n // 2))
    for i in range(0, m - 1, 2):
        for j in range(0, n - 1, 2):
            pooled[i // 2, j // 2] = x[i : i + 2, j : j + 2].max()
    return (pooled**2).sum()


_R = np.random.default_rng(12)
_V = np.array([0.9, 1.4, 0.6, 1.1])
_G = _R.uniform(0.2, 1.4, (4, 5))
_Q = _R.uniform(0.1, 0.9, (2, 2))
_W = {name: _R.normal(size=(3, 3) if name[0] == "U" else 3) for name in ("Wz", "Uz", "Wr", "Ur", "Wh", "Uh")}

CASES = [
    Case(driven_oscillator, (np.array([0.4, 0.7]), 1.3, 0.2), (0, 1, 2)),
    Case(verlet, (0.6, 0.3, 1.4, 3), (0, 1, 2)),
    Case(adams_bashforth, (0.3, 1.7), (0, 1)),
    Case(adaptive_euler, (1.2, 1.9, 1.0), (0, 1)),
    Case(sir, (0.9, 0.3, 6), (0, 1)),
    Case(bodies, (_G[:3, :2], _G[1:, 2:4] - 0.7, _V[:3], 2), (0, 1, 2)),
    Case(newton_of_a_system, (np.array([2.3, 0.4]),)),
    Case(newton_of_singular_systems, (1.3, np.array([0.4, 0.7])), (0, 1)),
    Case(kalman_of_matrices, (_Q, _Q[:1] + 0.5, 0.3 * np.eye(2), np.array([[0.4]]), [np.array([0.3]), np.array([0.7])]), (0, 1, 2, 3)),
    Case(soft_k_means, (_G[:, :2], _G[:2, 3:], 1.3, 2), (0, 1, 2)),
    Case(expectation_maximisation, (_V, (0.3, 1.2), 2), (0, 1)),
    Case(soft_bins, (_V, np.array([0.0, 0.7, 1.2, 2.0]), 0.2), (0, 1, 2)),
    Case(quasi_newton, (_V, _G[:, :4] @ _G[:, :4].T), (0, 1)),
    Case(adam, (_V, np.array([0.2, 0.3, 1.1, 0.5]), 3), (0, 1)),
    Case(line_search, (_V, 0.9), (0, 1)),
    Case(gru, (_W, [0.3, -0.7, 0.5]), (0, 1)),
    Case(lstm, (_R.normal(size=8), [0.3, -0.7, 0.5]), (0, 1)),
    Case(batch_norm_and_relu, (_G, _G[0], 0.2), (0, 1, 2)),
    Case(convolution_by_loops, (_G, _G[:2, 1:3] - 0.4), (0, 1)),
    Case(convolution_by_loops, (_G, _G[:2, 1:3] - 0.4, 2), (0, 1)),
    Case(max_pool, (_G,)),
]
