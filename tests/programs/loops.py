"""Loops and branches: carried values, breaks, returns, zero trips."""

import math

import numpy as np

from tests.programs import Case


def power(x, n):
    i = 0
    y = 1.0
    while i < n:
        y = y * x
        i += 1
    return y


def tanh_ten_times(x):
    n = 0
    while n < 10:
        x = np.tanh(x)
        n += 1
    return x


def continue_break_else(x, n):
    for i in range(n):
        if i == 2:
            continue
        x = x * 1.1 + math.sin(x)
        if x > 4:
            break
    else:
        x = x * 3
    return x


def return_from_inner_loop(x, n):
    for i in range(n):
        for j in range(i):
            if x > 5:
                return x * j
            x = x + 0.3 * math.cos(x) * j
    return x * x


def recurrence(x):
    y = np.zeros(4)
    y[0] = x
    for i in range(1, 4):
        y[i] = y[i - 1] * x + np.sin(y[i - 1])
    return np.sum(y)


def swap(x):
    a, b = x, x * x
    for i in range(5):
        a, b = b, a * 0.5 + np.sin(b)
    return a * b


def over_enumerate(xs):
    s = 0.0
    for i, x in enumerate(xs):
        s += x * x * i
    return s


def over_zip(xs, ys):
    s = 0.0
    for x, y in zip(xs, ys):
        s += x * np.exp(-y)
    return s


def over_reversed(x):
    s = x * 0
    for v in reversed([x, 2 * x, x * x]):
        s = s * 0.5 + v
    return s


def over_rows(x):
    total = 0.0
    for row in x:
        for v in row:
            if v < 0:
                continue
            total += np.sqrt(v)
    return total


def running_max(x):
    m = x[0]
    for v in x[1:]:
        m = max(m, v)
    return m + np.log(np.sum(np.exp(x - m)))


def while_time(x):
    t = 0.0
    while t < 1.0:
        dt = 0.3 if x > 1 else 0.2
        x = x + dt * math.sin(x)
        t = t + dt
    return x


def backwards_range(x):
    n = len(x)
    s = 0.0
    for i in range(n - 1, 0, -1):
        s += (x[i] - x[i - 1]) ** 2 * i
    return s


def bisection_then_newton(x):
    lo, hi = 0.0, 10.0
    for _ in range(30):
        mid = 0.5 * (lo + hi)
        if mid * mid > x:
            hi = mid
        else:
            lo = mid
    y = lo
    for _ in range(3):
        y = 0.5 * (y + x / y)
    return y


def while_true(x):
    i = 0
    while True:
        i += 1
        x = x * 1.5 - math.sin(x)
        if i > 4 or x > 10:
            break
    return x


def ternary_and_or(x):
    y = x if x > 0 else -x
    z = y > 1 and x * 2 or x * 3
    return y * z


def asserts_and_raises(x):
    assert x > 0, f"bad {x}"
    if x > 100:
        raise ValueError("too large")
    print("", end="")
    return x**3


def isinstance_branch(x):
    if isinstance(x, np.ndarray):
        return np.sum(x * x)
    return x * x * x


def elif_chain(x):
    if x < 0:
        y = -x
    elif x < 1:
        y = x * x
    elif x < 2:
        y = x**3
    else:
        return math.sqrt(x)
    return y * math.exp(-x)


def nested_while(x, n):
    i = 0
    while i < n:
        j = 0
        while j < i:
            x = x + 0.1 * math.sin(x * j)
            j += 1
        i += 1
    return x


def break_changes_value(x, n):
    for i in range(n):
        if x > 5:
            x = x * i
            break
        x = x + 0.3 * math.cos(x) * i
    return x * x


def while_else(x):
    k = 0
    while k < 3:
        x = x * 1.2
        k += 1
        if x > 50:
            break
    else:
        x = x + math.sin(x)
    return x


def leapfrog(q, p, dt, n):
    for _ in range(n):
        p = p - 0.5 * dt * math.sin(q)
        q = q + dt * p
        p = p - 0.5 * dt * math.sin(q)
    return 0.5 * p * p - math.cos(q)


def rk4(y, k, n):
    h = 0.1
    for i in range(n):
        k1 = -k * y
        k2 = -k * (y + 0.5 * h * k1)
        k3 = -k * (y + 0.5 * h * k2)
        k4 = -k * (y + h * k3)
        y = y + h / 6.0 * (k1 + 2 * k2 + 2 * k3 + k4)
    return np.sum(y * y)


def horner(coefficients, x):
    value = 0.0
    for c in coefficients[::-1]:
        value = value * x + c
    return value


v = np.array([0.5, 1.2, 1.7])
CASES = [
    Case(power, (2.0, 4)),
    Case(power, (2.0, 0)),
    Case(tanh_ten_times, (0.7,)),
    Case(continue_break_else, (1.2, 6)),
    Case(continue_break_else, (0.2, 3)),
    Case(return_from_inner_loop, (1.2, 6)),
    Case(return_from_inner_loop, (0.3, 3)),
    Case(return_from_inner_loop, (4.9, 9)),
    Case(recurrence, (0.6,)),
    Case(swap, (0.7,)),
    Case(over_enumerate, (v,)),
    Case(over_enumerate, ([1.0, 2.0, 3.0],), (0,)),
    Case(over_zip, (v, v * 0.3), (0, 1)),
    Case(over_reversed, (1.3,)),
    Case(over_rows, (np.array([[0.7, 1.1, -0.9], [2.0, 3.0, 4.0]]),)),
    Case(running_max, (np.array([1.0, 3.0, 2.0]),)),
    Case(while_time, (1.3,)),
    Case(while_time, (0.3,)),
    Case(backwards_range, (v,)),
    Case(bisection_then_newton, (3.7,)),
    Case(while_true, (1.1,)),
    Case(ternary_and_or, (0.4,)),
    Case(ternary_and_or, (1.4,)),
    Case(ternary_and_or, (-1.4,)),
    Case(asserts_and_raises, (1.3,)),
    Case(isinstance_branch, (1.3,)),
    Case(isinstance_branch, (v,)),
    Case(elif_chain, (-0.7,)),
    Case(elif_chain, (0.7,)),
    Case(elif_chain, (1.7,)),
    Case(elif_chain, (2.7,)),
    Case(nested_while, (0.8, 4)),
    Case(break_changes_value, (1.2, 9)),
    Case(break_changes_value, (0.3, 3)),
    Case(while_else, (1.3,)),
    Case(while_else, (33.0,)),
    Case(leapfrog, (0.4, 0.3, 0.1, 5), (0, 1, 2)),
    Case(rk4, (v, 0.7, 4), (0, 1)),
    Case(horner, (v, 0.7), (0, 1)),
]
