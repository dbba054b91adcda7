"""Loops that are left, skipped or never entered, and what stands in them."""

import math

import numpy as np

from tests.programs import Case


def zero_trips(x, n):
    y = x * x
    for i in range(n):
        y = y * x + i
    return y * x


def zero_trip_while(x):
    y = x
    while x < -10.0:
        y = y * x
        x = x + 1.0
    return y * x


def defined_in_the_loop_only(x, n):
    last = x
    for i in range(n):
        last = math.sin(x * (i + 1))
        x = x + last
    return last * x


def return_in_a_loop(x, n):
    for i in range(n):
        x = x * 1.5 + 0.1 * i
        if x > 3.0:
            return x * x
    return math.exp(-x)


def return_from_two_loops(x, n):
    total = 0.0
    for i in range(n):
        for j in range(i + 1):
            total = total + math.sin(x * (i + j))
            if total > 1.2:
                return total * x
        if total < -1.0:
            return -total
    return total


def return_from_while_in_for(x):
    for k in range(3):
        y = x
        while y < 4.0:
            y = y * y + 0.3
            if k == 1 and y > 2.0:
                return y * x
        x = x + 0.05 * y
    return x


def return_of_what_the_loop_does_not_change(y, data):
    for t in data:
        k = 0
        while k < t:
            return y.sum()
    return y.prod()


def break_out_of_the_inner(x, n):
    total = 0.0
    for i in range(n):
        t = x
        for j in range(5):
            t = t * x + 0.1
            if t > 1.5:
                break
            total = total + t * j
        total = total + t
    return total


def break_with_update(x):
    while True:
        x = x * 0.7
        if x < 0.5:
            x = x * x
            break
        x = x + 0.01
    return x


def two_breaks(x, n):
    y = 1.0
    for i in range(n):
        if y > 4.0:
            break
        y = y * x
        if i == 3:
            y = y + x
            break
        y = y + 0.1
    return y * x


def continue_in_both(x, n):
    total = 0.0
    i = 0
    while i < n:
        i += 1
        if i % 3 == 0:
            continue
        for j in range(i):
            if j == 1:
                continue
            total += math.sin(x * i * j + 0.3)
        total *= x
    return total


def for_else(x, limit):
    for i in range(4):
        x = x * 1.2
        if x > limit:
            x = x - 0.5
            break
    else:
        x = x * x
    return x * 3.0


def loop_variable_after(x, n):
    for i in range(n):
        x = x * 1.1
    return x * i


def carried_swap(a, b, n):
    for _ in range(n):
        a, b = b, a + b * b * 0.1
    return a * b


def three_way_rotation(a, b, c):
    for i in range(4):
        a, b, c = c * 1.1, a, b * a
    return a + 2 * b + 3 * c


def fibonacci(x, n):
    previous, current = x, x * x
    k = 0
    while k < n:
        previous, current = current, current * 0.5 + previous
        k += 1
    return current


def parameter_overwritten_by_the_loop(x):
    for x in [x, x * x, x**3]:
        pass
    return x


def sum_of_a_list(xs):
    total = 0.0
    for x in xs:
        if x < 0:
            continue
        total += x * x
    return total


def items_by_index(xs):
    total = 1.0
    for k in range(len(xs)):
        total = total * xs[k] + xs[k - 1]
    return total


def range_by_step(v):
    total = 0.0
    for i in range(len(v) - 1, -1, -2):
        total = total * 0.5 + v[i] ** 2
    return total


def zip_of_three(a, b, c):
    total = 0.0
    for x, y, z in zip(a, b, c):
        total += x * y * z
    return total


def enumerate_from_one(v):
    total = 0.0
    for k, x in enumerate(v, 1):
        total += x**k
    return total


def enumerate_of_zip(a, b):
    total = 0.0
    for k, (x, y) in enumerate(zip(a, b)):
        total += x * y ** (k + 1)
    return total


def rows_and_columns(m):
    total = 0.0
    for row in m:
        for x in row:
            total = total * 0.9 + x * x
    return total


def secant(x, tol):
    a, b = x, x + 0.5
    fa, fb = a * a - 2.0, b * b - 2.0
    while abs(fb) > tol:
        a, b, fa = b, b - fb * (b - a) / (fb - fa), fb
        fb = b * b - 2.0 * x
    return b


def while_and(x, n):
    k = 0
    while k < n and x < 5.0:
        x = x * x + 0.2
        k += 1
    return x + k


def conditional_inside(x, n):
    state = x
    for i in range(n):
        if state > 0.5:
            drop = state * 0.7
            state = state - drop * x
        else:
            rise = math.cos(state)
            state = state + 0.3 * rise
    return state


def branch_values_of_two_loops(x, n):
    a, b = x, 1.0
    for i in range(n):
        if i % 2:
            a = a * b
        else:
            for j in range(i):
                b = b + a * 0.1
    return a * b


def vector_iteration(A, v, n):
    for _ in range(n):
        w = A @ v
        v = w / np.sqrt(w @ w)
    return v @ (A @ v)


def gradient_descent(x0, rate, n):
    x = x0
    for k in range(n):
        g = 4.0 * x**3 - 2.0 * x
        x = x - rate * g
    return np.sum(x * x)


def alternating_series(x):
    term, total, k = x, x, 1
    while abs(term) > 1e-12:
        term = -term * x * x / ((2 * k) * (2 * k + 1))
        total = total + term
        k = k + 1
    return total


def horner_reversed(coefficients, x):
    total = 0.0
    for c in reversed(coefficients):
        total = total * x + c
    return total


def nested_three(x):
    total = 0.0
    for i in range(2):
        for j in range(3):
            for k in range(2):
                x = math.sin(x + i * j - k)
                total += x * (i + j + k)
    return total


def unused_loop(x):
    waste = 0.0
    for i in range(3):
        waste = waste + x * i
    return x * x


def loop_counts(x):
    count = 0
    while x > 0.1:
        x = x * 0.5
        count += 1
    return x * count


def writes_to_a_number_behind_a_return(x, n):
    if n > 0:
        return x * x
    s = math.exp(0.25 * n)
    for i in range(3):
        for j in range(3):
            if j:
                s[j] = 1.25
                break
            s[j] = x
    return s


v = np.array([0.7, 1.1, -0.4])
w = np.array([0.2, -0.3, 0.9])
A = np.array([[2.0, 0.3, 0.1], [0.3, 1.0, 0.2], [0.1, 0.2, 0.5]])


def left_before_it_is_made(x, n):
    w = x * 2.0
    v = w[:2]
    for _ in range(n):
        z = np.asarray(v)
    for _ in range(2):
        if x[0] < 0.3:
            return np.sum(w)
        z[0] += x[1]
        for q in (w, v):
            q[1] = x[2] * x[0]
    return np.sum(w * z[0])


def made_behind_a_break(x, n):
    """The tape takes c before it is there."""
    b = np.sin(x)
    for k in range(n):
        if k > 1:
            break
        if k == 0:
            c = np.tanh(b * x)
        else:
            c *= np.tanh(b)
            b = b * x
    return b + c * x


CASES = [
    Case(left_before_it_is_made, (np.array([0.1, 0.5, 0.7]), 0)),
    *(Case(zero_trips, (1.2, n)) for n in (0, 1, 4)),
    Case(zero_trip_while, (1.2,)),
    *(Case(defined_in_the_loop_only, (0.7, n)) for n in (0, 1, 3)),
    *(Case(return_in_a_loop, (x, 5)) for x in (0.1, 1.0, 2.5)),
    Case(return_in_a_loop, (1.0, 0)),
    *(Case(return_from_two_loops, (x, 4)) for x in (0.1, 0.7, 3.6)),
    *(Case(return_from_while_in_for, (x,)) for x in (1.3, 0.9)),
    *(Case(return_of_what_the_loop_does_not_change, (v, data)) for data in ([1, 2], [0, 1], [0], [])),
    *(Case(break_out_of_the_inner, (x, 3)) for x in (0.5, 0.95, 1.3)),
    *(Case(break_with_update, (x,)) for x in (0.6, 2.0)),
    *(Case(two_breaks, (x, n)) for x, n in ((1.1, 3), (1.1, 6), (2.0, 6))),
    *(Case(continue_in_both, (0.7, n)) for n in (0, 2, 5)),
    *(Case(for_else, (1.1, limit)) for limit in (1.5, 3.0)),
    Case(loop_variable_after, (0.8, 3)),
    Case(carried_swap, (0.8, 0.5, 4), (0, 1)),
    Case(three_way_rotation, (0.8, 0.5, 1.1), (0, 1, 2)),
    *(Case(fibonacci, (0.8, n)) for n in (0, 1, 5)),
    Case(parameter_overwritten_by_the_loop, (0.8,)),
    Case(sum_of_a_list, (v,)),
    Case(sum_of_a_list, ([0.7, -0.2, 1.1],)),
    Case(items_by_index, (v,)),
    Case(items_by_index, ([0.7, -0.2, 1.1],)),
    Case(range_by_step, (v,)),
    Case(zip_of_three, (v, w, v * w), (0, 1, 2)),
    Case(enumerate_from_one, (v,)),
    Case(enumerate_of_zip, (v, w), (0, 1)),
    Case(rows_and_columns, (A,)),
    Case(secant, (1.3, 1e-9)),
    *(Case(while_and, (x, 3)) for x in (0.6, 2.0)),
    Case(conditional_inside, (0.8, 6)),
    Case(branch_values_of_two_loops, (0.8, 4)),
    Case(vector_iteration, (A, v, 3), (0, 1)),
    Case(gradient_descent, (v, 0.1, 4), (0, 1)),
    Case(alternating_series, (0.9,)),
    Case(horner_reversed, (v, 0.7), (0, 1)),
    Case(nested_three, (0.4,)),
    Case(unused_loop, (0.4,)),
    Case(loop_counts, (0.9,)),
    Case(writes_to_a_number_behind_a_return, (1.3, 2)),
    *(Case(made_behind_a_break, (0.7, n)) for n in (1, 3)),
]
