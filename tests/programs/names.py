"""Names of the user's that the generated code would like to have itself."""

import math

import numpy
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


def np_as_local(x, np):
    np = np * x
    return np * np


def np_local_with_numpy(x):
    np = numpy.sin(x)
    return numpy.sum(np * x)


def local_named_like_math(x):
    math = x * x
    return numpy.log(math) * math


def self_outside(self, cls):
    self = self * cls
    return self * cls


def parameter_like_function(parameter_like_function, x):
    return parameter_like_function * x * x


def underscore(x):
    _ = x * x
    for __ in range(2):
        _ = _ * x
    return _


def dunder(__x, __y__):
    ___ = __x * __y__
    return ___ * __x


def builtins_all(sum, len, list, range, max, min, abs, print, zip, float, tuple):
    enumerate = sum * len
    int = enumerate * list + range * max
    isinstance = int * min - abs
    return isinstance * print * zip * float * tuple


def keywords_like(match, case, type, async_, lambda_):
    type_ = match * case
    case = type_ * type
    return case * async_ * lambda_


def unicode_names(α, β, x_ⅹ=2.0):
    θ = α * β
    Δθ = θ * θ * x_ⅹ
    naïve = Δθ * α
    return naïve


def versions2(x, x_1, x_1_1, x_2):
    x_1 = x * x_1
    x = x_1 * x_2
    x_1_1 = x * x_1_1
    x_2 = x_1_1 * x_2
    return x * x_1 * x_1_1 * x_2


def helpers(x, check_inputs, check_scalar, cast_like, unbroadcast):
    zeros_like = x * check_inputs
    copied = zeros_like * check_scalar
    broadcast_like = copied * cast_like
    return numpy.sum(broadcast_like * unbroadcast * x)


def tapes(x, n):
    tape = x
    arm_tape = x
    else_tape = 1.0
    for i in range(n):
        tape = tape * x
        if i % 2 == 0:
            t = tape * arm_tape
            arm_tape = arm_tape * t
        else:
            u = tape * else_tape
            else_tape = else_tape * u
    return tape * arm_tape * else_tape


def flags(x, n):
    returned = 1.0
    result = x
    stopped = 2.0
    skipped = x
    completed = x * x
    for i in range(n):
        if i == 2:
            if result > 100.0:
                continue
            result = result * x
        elif result > 1000.0:
            break
        result = result * returned + skipped * stopped
    else:
        completed = completed * result
    if completed > 5.0:
        return completed
    return completed * result


def saved_gradient(x, saved, gradient, value_and_gradient):
    value_and_tangent = x * saved
    f_pair = value_and_tangent * gradient
    return f_pair * value_and_gradient * helper(x, f_pair)


def helper(saved, helper_fwd):
    helper_bwd = saved * helper_fwd
    if helper_bwd > 0.0:
        helper_bwd = helper_bwd * saved
    return helper_bwd


def helper_fwd(x):
    if x > 100.0:
        return x
    return x * x


def local_like_callee(x):
    helper_fwd = x * 3.0
    y = helper(x, helper_fwd)
    helper_bwd = y * helper_fwd
    return helper_bwd


def bars(x, x_bar, y_bar, x_bar_1, x_dot, x_bar_bar):
    y = x * x_bar * y_bar
    y_bar_1 = y * x_bar_1
    x_dot_dot = y_bar_1 * x_dot
    return x_dot_dot * x_bar_bar * x


def mangled_temporaries(x, y):
    x_times_y = x + y
    z = x * y * x_times_y
    y_plus_x = y + x
    sin_x = math.cos(x)
    return z * y_plus_x * sin_x * math.sin(x) * (x * y)


def dfdx(x):
    return x * x * x


def calls_dfdx(x):
    ddfdxdx = dfdx(x) * x
    return ddfdxdx * dfdx(x)


def df(x, df):
    return x * df


def operator(x, runtime):
    import_ = x * runtime
    return import_ * x


def loop_names(x, n):
    i = 0.5
    last = x
    for _ in range(n):
        for i_1 in range(2):
            last = last * x + i_1
    return last * i


def old_new_view(x):
    old = x * 2.0
    new = numpy.zeros(3)
    new[0] = old[0]
    new[1:] = old[1:] * x[1:]
    new[0] *= x[1]
    new_view = new[1:]
    new_saved = numpy.sum(new_view * x[1:])
    return new_saved * numpy.sum(new)


__k = 3.0
_Private__k = 5.0


class Private:
    """Inside of a class ``__x`` is ``_Private__x``."""

    def private(__x, y):
        __t = __x * y
        return __t * __k * __x


def with_names(x, context, stack, exit):
    with np.errstate(all="ignore") as context:
        stack = x * exit
    return stack * stack


def matched(x, subject, case):
    match subject:
        case [a, b]:
            match = a * x
        case {"k": k}:
            match = k * x
        case _:
            match = x
    return match * case


def local_import(x):
    import math as np
    from math import sin as x_bar

    return np.exp(x) * x_bar(x)


def same_name_closure(x):
    def x_bar(x):
        y_bar = x * x
        return y_bar * x

    def y_bar(x_dot):
        x = x_dot * 2.0
        return x_bar(x) * x

    return y_bar(x) + x


def copied_parameter(x, x_1, copied):
    x[0] = x_1 * copied
    u_saved = x[1] * x[0]
    x[1] = u_saved
    x_saved = np.sum(x * x)
    return x_saved * u_saved


def view_names(a, view, base, index):
    a_view = a[1:]
    a_view[0] = view * base
    a[0] = a_view[0] * index
    base = np.sum(a_view * a[:2])
    return base


def main(__main__, np_1):
    return __main__ * np_1 * np.sin(__main__)


def lambda_names(x):
    f = lambda f: f * f  # noqa: E731
    g = lambda x, y=x: x * y  # noqa: E731
    return f(x) * g(x)


def nested_fn_named_like_param(x):
    def inner(inner):
        return inner * x

    return inner(x) * inner(2.0)


def deleted_builtin(x):
    sum = x
    del sum
    return sum_(x)


def sum_(x):
    return x * x


def very_long_name_of_a_variable_that_goes_on_and_on_for_ever_and_ever_until_the_line_ends(x):
    a_rather_long_intermediate_name_for_a_product_of_two_numbers = x * x
    another_rather_long_intermediate_name_for_a_product_of_two_numbers = a_rather_long_intermediate_name_for_a_product_of_two_numbers * x
    return another_rather_long_intermediate_name_for_a_product_of_two_numbers * a_rather_long_intermediate_name_for_a_product_of_two_numbers


def True_(x, None_, Ellipsis, NotImplemented):
    return x * None_ * Ellipsis * NotImplemented


def underscore_vars(x):
    _x = x * 2.0
    x_ = _x * x
    _x_ = x_ * _x
    for _ in range(2):
        _, y = _x_ * 2.0, x_
    return _ * y * _x_


def unpacked_saved(saved):
    u_saved = saved * 2.0
    a, b, c = u_saved
    d, e, f = saved
    return a * b * b + c * d + e * f + np.sum(u_saved * u_saved)


v = np.array([0.5, 1.2])


def a_parameter_of_ours(name, self):
    return name * name * self


RATES = {1.5: 0.3, 2.5: 0.7}


def a_rate_of_a_table(x, y):
    return RATES[min(x, 1.5)] * y * y * x


def the_only_number(x):
    y = np.exp(x)
    s = y.squeeze()[()]
    return s * s * np.abs(x)[()]


def absolute_of_an_item(x):
    return math.fabs(x[0]) * x[1] + math.copysign(x[1], x[0]) * x[0]


CASES = [
    Case(a_parameter_of_ours, (1.5, 0.7), (0, 1)),
    Case(a_rate_of_a_table, (2.0, 0.7), (0, 1)),
    Case(the_only_number, (-1.3,)),
    Case(absolute_of_an_item, (np.array([-1.3, 0.7]),)),
    Case(adjoint_names, (1.3, 0.7), (0, 1)),
    Case(tape, (1.3, 0.7), (0, 1)),
    Case(init_grad, (v, np.array([0.3, 0.4])), (0, 1)),
    Case(names, (1.3, 0.7), (0, 1)),
    Case(builtin_names, (1.3, 0.7), (0, 1)),
    Case(versions, (1.3, 0.7), (0, 1)),
    Case(np_as_local, (1.3, 0.7), (0, 1)),
    Case(np_local_with_numpy, (v,), (0,)),
    Case(local_named_like_math, (1.3,), (0,)),
    Case(self_outside, (1.3, 0.7), (0, 1)),
    Case(parameter_like_function, (1.3, 0.7), (0, 1)),
    Case(underscore, (1.3,), (0,)),
    Case(dunder, (1.3, 0.7), (0, 1)),
    Case(builtins_all, tuple(np.linspace(0.5, 1.5, 11).tolist()), (0, 3, 9)),
    Case(keywords_like, (1.3, 0.7, 0.4, 0.5, 0.6), (0, 2)),
    Case(unicode_names, (1.3, 0.7), (0, 1)),
    Case(versions2, (1.3, 0.7, 0.4, 0.5), (0, 1, 2, 3)),
    Case(helpers, (v, 0.7, 0.4, 0.5, v * 2), (0, 1, 4)),
    Case(tapes, (1.1, 3), (0,)),
    Case(flags, (1.3, 4), (0,)),
    Case(saved_gradient, (1.3, 0.7, 0.4, 0.5), (0, 1, 2, 3)),
    Case(local_like_callee, (1.3,), (0,)),
    Case(bars, (1.3, 0.7, 0.4, 0.5, 0.6, 0.9), (0, 1, 2, 3, 4, 5)),
    Case(mangled_temporaries, (1.3, 0.7), (0, 1)),
    Case(calls_dfdx, (1.3,), (0,)),
    Case(df, (1.3, 0.7), (0, 1)),
    Case(operator, (1.3, 0.7), (0, 1)),
    Case(loop_names, (1.3, 2), (0,)),
    Case(old_new_view, (v,), (0,)),
    Case(Private.private, (1.3, 0.7), (0, 1)),
    Case(with_names, (1.3, 1.0, 1.0, 0.7), (0, 3)),
    Case(matched, (1.3, [2.0, 3.0], 0.7), (0, 2)),
    Case(matched, (1.3, {"k": 3.0}, 0.7), (0, 2)),
    Case(local_import, (1.3,)),
    Case(same_name_closure, (1.3,)),
    Case(copied_parameter, (v, 0.7, 0.9), (0, 1, 2)),
    Case(view_names, (v, 0.7, 0.9, 1.1), (0, 1, 2, 3)),
    Case(main, (1.3, 0.7), (0, 1)),
    Case(lambda_names, (1.3,)),
    Case(nested_fn_named_like_param, (1.3,)),
    Case(deleted_builtin, (1.3,)),
    Case(very_long_name_of_a_variable_that_goes_on_and_on_for_ever_and_ever_until_the_line_ends, (1.3,)),
    Case(True_, (1.3, 0.7, 0.6, 0.9), (0, 1, 2, 3)),
    Case(underscore_vars, (1.3,)),
    Case(unpacked_saved, (np.array([0.5, 1.2, 0.7]),)),
]
