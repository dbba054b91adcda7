"""Gradients of the six targets as a careful person writes them."""

from __future__ import annotations

import math

import numpy as np

__all__ = ["burgers", "deep", "logxx", "mlp", "newton", "rnn"]


def logxx(x):
    return 2.0 / x


def mlp(x, y, W1, b1, W2, b2):
    h = np.tanh(x @ W1 + b1)
    out = h @ W2 + b2
    out_bar = (out - y) * (2.0 / out.size)
    t_bar = (out_bar @ W2.T) * (1.0 - h * h)
    return x.T @ t_bar, t_bar.sum(axis=0), h.T @ out_bar, out_bar.sum(axis=0)


def newton(x, a, tol, n):
    steps = []
    for i in range(n):
        r = x * x - a
        if abs(r) < tol:
            break
        steps.append((x, r, i % 2 == 1))
        x = x - 0.5 * r / x if i % 2 == 1 else x - r / (2.0 * x)
    x_bar, a_bar = 2.0 * a * x, x * x
    for x, r, odd in reversed(steps):
        r_bar = -0.5 * x_bar / x
        x_bar = x_bar + 0.5 * x_bar * r / (x * x) + 2.0 * r_bar * x
        a_bar -= r_bar
    return x_bar, a_bar


def rnn(W, h, b, xs):
    states = [h]
    for x in xs:
        h = np.tanh(W @ h + b + x)
        states.append(h)
    h_bar = np.zeros_like(h)
    rows = []
    for h in states[:0:-1]:
        t_bar = (h_bar + 2.0 * h) * (1.0 - h * h)
        rows.append(t_bar)
        h_bar = W.T @ t_bar
    rows = np.array(rows[::-1])
    return rows.T @ np.array(states[:-1]), h_bar, rows.sum(axis=0)


def burgers(u, dt, T):
    u = u.copy()
    steps = []
    for _ in range(T):
        s, c, d = np.sin(u[1:-1]), np.cos(u[1:-1]), u[2:] - u[:-2]
        steps.append((s, c, d))
        u[1:-1] += dt * s * d
    u_bar = 2.0 * u
    dt_bar = 0.0
    for s, c, d in reversed(steps):
        t_bar = u_bar[1:-1].copy()
        dt_bar += t_bar @ (s * d)
        t_bar *= dt
        u_bar[1:-1] += t_bar * d * c
        t_bar *= s
        u_bar[2:] += t_bar
        u_bar[:-2] -= t_bar
    return u_bar, dt_bar


def deep(x, w, n):
    xs = []
    for _ in range(n):
        y = math.tanh(x * w)
        xs.append((x, y))
        x = y
    y_bar, w_bar = 1.0, 0.0
    for x, y in reversed(xs):
        z_bar = y_bar * (1.0 - y * y)
        w_bar += z_bar * x
        y_bar = z_bar * w
    return y_bar, w_bar
