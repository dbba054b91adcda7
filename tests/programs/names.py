"""Names of the user's that the generated code would like to have itself."""

import numpy as np

from tests.programs import Case


def adjoint_names(x_bar, x_dot):
    x = x_bar * x_dot
    y_bar = x * x
    return y_bar + x_bar


def tape(x, tape):
    dx = x * tape
    for dt in range(3):
        dx = dx * x + dt
    return dx


def init_grad(init_grad, saved):
    unbroadcast = init_grad * saved
    return np.sum(unbroadcast * unbroadcast)


def names(names, zeros_like):
    check_inputs = names * zeros_like
    return check_inputs**2


def builtin_names(sum, len):
    max = sum * len
    return max * sum


def versions(x, x_1):
    x = x * x_1
    x_1 = x + x_1
    x = x * x_1
    return x * x_1


v = np.array([0.5, 1.2])
CASES = [
    Case(adjoint_names, (1.3, 0.7), (0, 1)),
    Case(tape, (1.3, 0.7), (0, 1)),
    Case(init_grad, (v, np.array([0.3, 0.4])), (0, 1)),
    Case(names, (1.3, 0.7), (0, 1)),
    Case(builtin_names, (1.3, 0.7), (0, 1)),
    Case(versions, (1.3, 0.7), (0, 1)),
]
