"""Copies that are only taken apart: their rows are arrays of their own.  Where the copy is seen again, they are not."""

import math

import numpy as np

from tests.programs import Case


def columns_made_orthogonal(A):
    """As decompositions of affine transforms are written."""
    M0, M1, M2 = np.array(A).T
    sx = math.sqrt(np.sum(M0**2))
    M0 /= sx
    M1 -= np.dot(M0, M1) * M0
    M1 /= math.sqrt(np.sum(M1**2))
    M2 -= np.dot(M0, M2) * M0 + np.dot(M1, M2) * M1
    M2 /= math.sqrt(np.sum(M2**2))
    R = np.array([M0, M1, M2]).T
    return np.sum(R**3) * sx


def taken_by_index(A: np.ndarray):
    B = A.copy()
    x = B[0]
    v = B[1]
    v -= 0.5 * x
    x += 0.1 * v
    return np.sum(x * v)


def written_by_item(A: np.ndarray):
    x, y = A.copy()
    x *= y
    y[0] = x[1]
    z = y[::-1]
    z *= 3.0
    return np.sum(np.sin(x) * y)


def numbers(a):
    """Of an array of one axis they are numbers, which show no writes."""
    x, y = np.array(a)
    before = x
    x += y
    y *= x
    return x * y + before**2


def in_a_loop(A: np.ndarray):
    total = 0.0
    for _ in range(3):
        x, y = A.copy()
        x += y
        y *= x
        total = total + np.sum(x * y)
    return total


def rows_of_a_stack(a, b):
    x, y = np.stack([a, b * 2.0])
    x += y
    y *= x
    return np.sum(x * y) + np.sum(a * b)


def one_under_two_names(A: np.ndarray):
    x, y = A.copy()
    z = x
    x[0] = 0.5
    return np.sum(z**2 * y)


def read_whole_again(A: np.ndarray):
    """The copy shows what is done to its row."""
    B = A.copy()
    x = B[0]
    y = B[1]
    x *= y
    return np.sum(B**3)


def taken_in_each_iteration(A: np.ndarray):
    """The second iteration goes on with the rows of the first."""
    B = A.copy()
    total = 0.0
    for _ in range(2):
        x = B[0]
        x[:] = x * 2.0
        total = total + np.sum(x**2)
    return total


def read_by_a_function_inside(A: np.ndarray):
    B = A.copy()

    def whole():
        return np.sum(B**2)

    x = B[0]
    x[:] = x * 3.0
    return whole()


def made_twice(A: np.ndarray):
    """The second product is not the first one, of which a row was written."""
    x, y = A * 2.0
    x[0] = y[1]
    v, w = A * 2.0
    v[1] *= w[2]
    u = A * 2.0
    return np.sum(x * y * v * w) + np.sum(u**2)


def rows_of_a_product(A: np.ndarray, B: np.ndarray):
    x, y = A @ B
    x -= y
    y *= np.exp(x)
    return np.sum(x * y)


def steps_of_a_state(state: np.ndarray):
    """``[...]`` says that the state is written, whatever ``pos`` may be."""
    s = state.copy()
    for _ in range(3):
        pos, vel = s
        vel[...] -= 0.1 * pos
        pos[...] += 0.1 * vel
    return np.sum(s**3)


def buffers(a):
    x, y = np.zeros((2, 3))
    x[0] = a[0]
    y[:] = a
    x += y
    y *= x
    return np.sum(x * y)


SQUARE = np.array([[0.9, 0.3, -0.2], [0.1, 1.1, 0.4], [-0.3, 0.2, 0.8]])
PAIR = SQUARE[:2]
ROW = SQUARE[0]

CASES = [
    Case(columns_made_orthogonal, (SQUARE,)),
    Case(taken_by_index, (PAIR,)),
    Case(written_by_item, (PAIR,)),
    Case(numbers, (ROW[:2],)),
    Case(in_a_loop, (PAIR,)),
    Case(rows_of_a_stack, (ROW, SQUARE[1]), (0, 1)),
    Case(one_under_two_names, (PAIR,), second="written under another name"),
    Case(read_whole_again, (PAIR,)),
    Case(taken_in_each_iteration, (PAIR,)),
    Case(read_by_a_function_inside, (PAIR,)),
    Case(made_twice, (PAIR,)),
    Case(rows_of_a_product, (PAIR, SQUARE), (0, 1)),
    Case(steps_of_a_state, (PAIR,)),
    Case(buffers, (ROW,)),
]
