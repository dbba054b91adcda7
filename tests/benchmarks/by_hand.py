"""The adjoints of the six targets as somebody would write them who knows the shapes and checks no input."""

import math

import numpy as np

# A comment after a function names what it takes for granted.


def logxx(x):
    return 2.0 / x


def mlp(x, y, W1, b1, W2, b2):  # x is a matrix, the biases are vectors
    h = np.tanh(x @ W1 + b1)
    out_minus_y = h @ W2 + b2 - y
    out_bar = 2.0 / out_minus_y.size * out_minus_y
    t_bar = out_bar @ W2.T * (1.0 - h * h)
    return x.T @ t_bar, t_bar.sum(axis=0), h.T @ out_bar, out_bar.sum(axis=0)


def newton(x, a, tol, n):
    tape = []
    for i in range(n):
        r = x * x - a
        if abs(r) < tol:
            break
        odd = i % 2 == 1
        tape.append((odd, r, x))
        if odd:
            x = x - 0.5 * r / x
        else:
            x = x - r / (2.0 * x)
    x_bar = a * 2.0 * x
    a_bar = x * x
    for odd, r, x in tape[::-1]:
        if odd:
            r_bar = -0.5 * x_bar / x
            x_bar = x_bar + 0.5 * x_bar * r / (x * x)
        else:
            r_bar = -x_bar / (2.0 * x)
            x_bar = x_bar + 2.0 * x_bar * r / (2.0 * x) ** 2
        x_bar = x_bar + 2.0 * r_bar * x
        a_bar = a_bar - r_bar
    return x_bar, a_bar


def rnn(W, h, b, xs):  # h, b and each x are vectors; there is a step
    tape = []
    for x in xs:
        h_1 = np.tanh(W @ h + b + x)
        tape.append((h, h_1))
        h = h_1
    h_bar = np.zeros_like(h)
    t_bars = []
    for _, h_1 in tape[::-1]:
        t_bar = (h_bar + 2.0 * h_1) * (1.0 - h_1 * h_1)
        t_bars.append(t_bar)
        h_bar = W.T @ t_bar
    t_bars = np.stack(t_bars)
    return t_bars.T @ np.stack([h for h, _ in tape[::-1]]), h_bar, t_bars.sum(axis=0)


def burgers(u, dt, T):
    u = u.copy()
    tape = []
    for _ in range(T):
        s = np.sin(u[1:-1])
        d = u[2:] - u[:-2]
        tape.append((d, s, u[1:-1].copy()))
        u[1:-1] += dt * s * d
    u_bar = 2.0 * u
    dt_bar = 0.0
    for d, s, u_saved in tape[::-1]:
        t_bar = u_bar[1:-1].copy()
        dt_bar = dt_bar + np.sum(t_bar * s * d)
        s_bar = t_bar * dt * d
        d_bar = t_bar * dt * s
        u_bar[2:] += d_bar
        u_bar[:-2] -= d_bar
        u_bar[1:-1] += s_bar * np.cos(u_saved)
    return u_bar, dt_bar


def deep(x, w, n):
    result, saved = _deep_fwd(x, w, n)
    return _deep_bwd(saved, 1.0)


def _layer_fwd(x, w):
    y = math.tanh(x * w)
    return y, (w, x, y)


def _layer_bwd(saved, y_bar):
    w, x, y = saved
    z_bar = y_bar * (1.0 - y * y)
    return z_bar * w, z_bar * x


def _deep_fwd(x, w, n):
    if n == 0:
        return x, (True,)
    y, layer_saved = _layer_fwd(x, w)
    result, deep_saved = _deep_fwd(y, w, n - 1)
    return result, (False, layer_saved, deep_saved)


def _deep_bwd(saved, result_bar):
    if saved[0]:
        return result_bar, 0.0
    _, layer_saved, deep_saved = saved
    y_bar, w_bar = _deep_bwd(deep_saved, result_bar)
    x_bar, w_bar_1 = _layer_bwd(layer_saved, y_bar)
    return x_bar, w_bar + w_bar_1
