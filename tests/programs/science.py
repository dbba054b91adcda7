"""Ordinary scientific functions as people write them: likelihoods, solvers, recurrences, options, networks, filters, roots."""

import math

import numpy as np

from tests.programs import Case


# likelihoods and statistics
def normal_log_likelihood(theta, data):
    mu, log_sigma = theta[0], theta[1]
    z = (data - mu) / np.exp(log_sigma)
    return -0.5 * np.sum(z**2) - len(data) * (log_sigma + 0.5 * np.log(2 * np.pi))


def poisson_regression(beta, features, counts):
    eta = features @ beta
    return np.sum(np.exp(eta) - counts * eta)


def logistic_loss(w, features, labels, penalty=0.1):
    margins = labels * (features @ w)
    return np.mean(np.log1p(np.exp(-margins))) + penalty * np.dot(w, w)


def mixture_log_likelihood(weights, means, data):
    shares = np.exp(weights - np.max(weights))
    shares = shares / shares.sum()
    density = np.exp(-0.5 * (data[:, None] - means) ** 2) / math.sqrt(2 * math.pi)
    return np.log(density @ shares).sum()


def huber(residuals, delta):
    size = np.abs(residuals)
    return np.sum(np.where(size <= delta, 0.5 * residuals**2, delta * (size - 0.5 * delta)))


def weighted_variance(x, w):
    mean = np.sum(w * x) / np.sum(w)
    return np.sum(w * (x - mean) ** 2) / np.sum(w)


def correlation(x, y):
    dx = x - x.mean()
    dy = y - y.mean()
    return np.sum(dx * dy) / np.sqrt(np.sum(dx**2) * np.sum(dy**2))


def welford_variance(x):
    mean = 0.0
    m2 = 0.0
    for i, value in enumerate(x):
        delta = value - mean
        mean += delta / (i + 1)
        m2 += delta * (value - mean)
    return m2 / (len(x) - 1)


def autoregressive_likelihood(phi, series):
    total = 0.0
    for t in range(2, len(series)):
        error = series[t] - phi[0] * series[t - 1] - phi[1] * series[t - 2]
        total += error**2
    return 0.5 * total


def gaussian_process_likelihood(length, x, y):
    distance = (x[:, None] - x[None, :]) ** 2
    k = np.exp(-0.5 * distance / length**2) + 0.1 * np.eye(len(x))
    sign, logdet = np.linalg.slogdet(k)
    return 0.5 * y @ np.linalg.solve(k, y) + 0.5 * logdet


# ordinary and partial differential equations
def lotka_volterra(rates, steps):
    prey, predators = 1.0, 0.5
    for _ in range(steps):
        births = rates[0] * prey - rates[1] * prey * predators
        deaths = rates[2] * prey * predators - rates[3] * predators
        prey, predators = prey + 0.05 * births, predators + 0.05 * deaths
    return prey + 2 * predators


def pendulum(angle, damping):
    return np.array([angle[1], -np.sin(angle[0]) - damping * angle[1]])


def runge_kutta(state, damping, h=0.1):
    for _ in range(4):
        k1 = pendulum(state, damping)
        k2 = pendulum(state + 0.5 * h * k1, damping)
        k3 = pendulum(state + 0.5 * h * k2, damping)
        k4 = pendulum(state + h * k3, damping)
        state = state + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    return state


def leapfrog_energy(q, p, h):
    for _ in range(5):
        p = p - 0.5 * h * q**3
        q = q + h * p
        p = p - 0.5 * h * q**3
    return 0.5 * p**2 + 0.25 * q**4


def implicit_euler(k, steps):
    u = 1.0
    for _ in range(steps):
        v = u
        for _ in range(6):
            v -= (v - u + 0.1 * k * v**3) / (1 + 0.3 * k * v**2)
        u = v
    return u


def heat_equation(u0, kappa):
    u = u0.copy()
    for _ in range(5):
        u[1:-1] += kappa * (u[2:] - 2 * u[1:-1] + u[:-2])
    return np.sum(u**2)


def upwind(u, speed):
    for _ in range(4):
        if speed > 0:
            u = u - 0.2 * speed * (u - np.roll(u, 1))
        else:
            u = u - 0.2 * speed * (np.roll(u, -1) - u)
    return u


def jacobi_poisson(f):
    u = np.zeros((5, 5))
    for _ in range(4):
        new = np.zeros((5, 5))
        new[1:-1, 1:-1] = 0.25 * (u[2:, 1:-1] + u[:-2, 1:-1] + u[1:-1, 2:] + u[1:-1, :-2] + f)
        u = new
    return np.sum(u**2)


# recurrences
def legendre(x, n):
    if n == 0:
        return 1.0
    before, now = 1.0, x
    for k in range(1, n):
        before, now = now, ((2 * k + 1) * x * now - k * before) / (k + 1)
    return now


def horner(coefficients, x):
    result = 0.0
    for c in reversed(coefficients):
        result = result * x + c
    return result


def logistic_map(r, x0, n):
    x = x0
    for _ in range(n):
        x = r * x * (1 - x)
    return x


def continued_fraction(x, depth):
    value = 1.0
    for k in range(depth, 0, -1):
        value = 1.0 + k * x / value
    return 1.0 / value


def agm(a, b):
    while abs(a - b) > 1e-12:
        a, b = 0.5 * (a + b), math.sqrt(a * b)
    return a


def bessel_series(x):
    term = 1.0
    total = 1.0
    k = 1
    while abs(term) > 1e-17:
        term *= -(x * x / 4) / (k * k)
        total += term
        k += 1
    return total


# functions that optimisers are tested on
def rosenbrock(x):
    return np.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def rastrigin(x):
    return 10 * len(x) + np.sum(x**2 - 10 * np.cos(2 * np.pi * x))


def ackley(x):
    root = np.sqrt(np.mean(x**2))
    return -20 * np.exp(-0.2 * root) - np.exp(np.mean(np.cos(2 * np.pi * x))) + 20 + np.e


def himmelblau(p):
    x, y = p
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def lennard_jones(positions):
    energy = 0.0
    n = len(positions)
    for i in range(n):
        for j in range(i):
            r2 = np.sum((positions[i] - positions[j]) ** 2)
            inverse = 1.0 / r2**3
            energy += 4 * (inverse * inverse - inverse)
    return energy


# prices
def normal_cdf(x):
    return 0.5 * (1 + math.erf(x / math.sqrt(2)))


def black_scholes(spot, strike, rate, sigma, t):
    d1 = (math.log(spot / strike) + (rate + 0.5 * sigma**2) * t) / (sigma * math.sqrt(t))
    d2 = d1 - sigma * math.sqrt(t)
    return spot * normal_cdf(d1) - strike * math.exp(-rate * t) * normal_cdf(d2)


def binomial_put(spot, sigma, steps=6):
    up = np.exp(sigma * np.sqrt(1.0 / steps))
    p = (np.exp(0.05 / steps) - 1 / up) / (up - 1 / up)
    values = np.maximum(1.02 - spot * up ** (2.0 * np.arange(steps + 1) - steps), 0.0)
    for _ in range(steps):
        values = np.exp(-0.05 / steps) * (p * values[1:] + (1 - p) * values[:-1])
    return values[0]


def bond_price(rate, coupon, years):
    price = 0.0
    for year in range(1, years + 1):
        payment = coupon if year < years else coupon + 1.0
        price += payment / (1 + rate) ** year
    return price


# networks
def dense(x, layer):
    w, b = layer
    return np.tanh(x @ w + b)


def perceptron(x, w1, b1, w2, b2):
    hidden, out = (w1, b1), (w2, b2)
    return np.sum((dense(dense(x, hidden), out) - 0.3) ** 2)


def attention(q, k, v):
    scores = q @ k.T / np.sqrt(k.shape[1])
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    return weights @ v


def recurrent(w, u, inputs):
    h = np.zeros(3)
    loss = 0.0
    for x in inputs:
        h = np.tanh(w @ h + u * x)
        loss += np.dot(h, h)
    return loss / len(inputs)


def layer_norm(x, gain, eps=1e-5):
    mean = x.mean(axis=-1, keepdims=True)
    var = ((x - mean) ** 2).mean(axis=-1, keepdims=True)
    return gain * (x - mean) / np.sqrt(var + eps)


# signals
def exponential_smoothing(alpha, signal):
    level = signal[0]
    error = 0.0
    for value in signal[1:]:
        error += (value - level) ** 2
        level = alpha * value + (1 - alpha) * level
    return error


def moving_average(signal, taps):
    out = np.zeros(len(signal) - len(taps) + 1)
    for i in range(len(out)):
        out[i] = np.sum(signal[i : i + len(taps)] * taps)
    return out


def kalman(noise, observations):
    mean, variance, loss = 0.0, 1.0, 0.0
    for z in observations:
        variance = variance + 0.1
        gain = variance / (variance + noise)
        loss += (z - mean) ** 2 / (variance + noise) + np.log(variance + noise)
        mean, variance = mean + gain * (z - mean), (1 - gain) * variance
    return 0.5 * loss


# roots
def newton_root(a):
    x = a
    while abs(x**3 - a) > 1e-13 * abs(a):
        x = x - (x**3 - a) / (3 * x**2)
    return x


def kepler(mean_anomaly, eccentricity):
    e = mean_anomaly
    for _ in range(50):
        step = (e - eccentricity * math.sin(e) - mean_anomaly) / (1 - eccentricity * math.cos(e))
        e -= step
        if abs(step) < 1e-14:
            break
    return e


def secant(c):
    a, b = 0.0, 1.0
    fa, fb = math.cos(a) - c * a, math.cos(b) - c * b
    while abs(fb) > 1e-13:
        a, b = b, b - fb * (b - a) / (fb - fa)
        fa, fb = fb, math.cos(b) - c * b
    return b


rng = np.random.default_rng(20)
X = rng.normal(size=(6, 3))
Y = rng.normal(size=6)
SIGNS = np.array([1.0, -1.0, 1.0, 1.0, -1.0, -1.0])
COUNTS = np.array([0.0, 2.0, 1.0, 3.0, 1.0, 0.0])

CASES = [
    Case(normal_log_likelihood, (np.array([0.3, -0.2]), Y)),
    Case(poisson_regression, (np.array([0.2, -0.1, 0.4]), X, COUNTS), wrt=(0, 1)),
    Case(logistic_loss, (np.array([0.2, -0.1, 0.4]), X, SIGNS)),
    Case(mixture_log_likelihood, (np.array([0.1, 0.4]), np.array([-0.5, 0.8]), Y), wrt=(0, 1)),
    Case(huber, (np.array([0.2, -1.7, 0.4, 2.2]), 0.9), wrt=(0, 1)),
    Case(weighted_variance, (Y, np.abs(Y) + 0.3), wrt=(0, 1)),
    Case(correlation, (Y, np.array([0.5, -0.2, 0.9, 1.3, -0.4, 0.1])), wrt=(0, 1)),
    Case(welford_variance, (Y,)),
    Case(autoregressive_likelihood, (np.array([0.5, -0.3]), Y), wrt=(0, 1)),
    Case(gaussian_process_likelihood, (0.8, np.array([0.0, 0.6, 1.1, 1.9]), Y[:4]), wrt=(0, 2)),
    Case(lotka_volterra, (np.array([1.1, 0.4, 0.3, 0.7]), 6)),
    Case(runge_kutta, (np.array([0.7, -0.2]), 0.3), wrt=(0, 1)),
    Case(leapfrog_energy, (0.8, 0.3, 0.1), wrt=(0, 1, 2)),
    Case(implicit_euler, (0.9, 3)),
    Case(heat_equation, (np.array([0.0, 0.4, 1.0, 0.3, 0.2, 0.0]), 0.2), wrt=(0, 1)),
    Case(upwind, (Y, 0.7), wrt=(0, 1)),
    Case(upwind, (Y, -0.7), wrt=(0, 1)),
    Case(jacobi_poisson, (X[:3],)),
    Case(legendre, (0.4, 5)),
    Case(legendre, (0.4, 0)),
    Case(horner, (np.array([1.0, -0.5, 0.3, 0.2]), 0.7), wrt=(0, 1)),
    Case(logistic_map, (2.9, 0.3, 7), wrt=(0, 1)),
    Case(continued_fraction, (0.6, 6)),
    Case(agm, (1.0, 0.4), wrt=(0, 1)),
    Case(bessel_series, (1.3,)),
    Case(rosenbrock, (np.array([-0.5, 0.4, 1.2, 0.8]),)),
    Case(rastrigin, (np.array([0.3, -0.8, 0.1]),)),
    Case(ackley, (np.array([0.3, -0.8, 0.1]),)),
    Case(himmelblau, (np.array([1.2, -0.7]),)),
    Case(lennard_jones, (np.array([[0.0, 0.0, 0.1], [1.1, 0.1, 0.0], [0.2, 1.2, 0.3]]),)),
    Case(black_scholes, (1.1, 1.0, 0.03, 0.25, 0.8), wrt=(0, 1, 2, 3, 4)),
    Case(binomial_put, (1.0, 0.3), wrt=(0, 1)),
    Case(bond_price, (0.04, 0.03, 5), wrt=(0, 1)),
    Case(perceptron, (X, 0.3 * X.T @ X, np.array([0.1, -0.2, 0.3]), 0.2 * X.T, np.zeros(6)), wrt=(0, 1, 2, 3, 4)),
    Case(attention, (X[:4], X[1:5], X[2:]), wrt=(0, 1, 2)),
    Case(recurrent, (0.4 * X[:3], np.array([0.5, -0.2, 0.1]), Y), wrt=(0, 1, 2)),
    Case(layer_norm, (X, np.array([1.0, 0.5, 2.0])), wrt=(0, 1)),
    Case(exponential_smoothing, (0.4, Y), wrt=(0, 1)),
    Case(moving_average, (Y, np.array([0.25, 0.5, 0.3])), wrt=(0, 1)),
    Case(kalman, (0.6, Y), wrt=(0, 1)),
    Case(newton_root, (1.7,)),
    Case(kepler, (0.9, 0.3), wrt=(0, 1)),
    Case(secant, (1.2,)),
]
