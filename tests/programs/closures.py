"""Functions defined inside of the function."""

import functools
import math

import numpy as np

import tangentx as tx
from tests.programs import Case


def counts_its_calls(x):
    count = 0
    total = 0.0

    def step(t):
        nonlocal count, total
        count += 1
        if t > 1.0:
            total = total + t * t
        return t * count

    for k in range(4):
        y = step(x * k)
    return y * total + count * x


def writes_in_a_condition(x):
    y = x

    def g():
        nonlocal y
        y = y * x

    def twice():
        g()
        g()

    if x > 0.0:
        twice()
    while y < 20.0:
        g()
    return y


def late_binding(x):
    k = 2.0

    def g(t):
        return t * k + later * t

    k = 3.0
    later = x * x
    a = g(x)
    k = a
    return g(x) * a


def defaults_at_definition(x):
    k = 2.0

    def g(t, factor=k * x):
        return t * factor * k

    k = 5.0
    return g(x) + g(x, factor=3.0)


def in_a_loop_over_functions(x):
    total = 0.0
    for k in range(3):

        def power(t, n=k):
            r = 1.0
            for _ in range(n):
                r = r * t
            return r

        total = total + power(x) * power(x, n=2)
    return total


def closures_of_closures(x, w):
    def outer(t):
        s = t * w

        def inner(u):
            nonlocal s
            s = s + u
            return s * u

        return inner(t) + inner(s)

    return outer(x) * outer(w)


def stars(x, w):
    def total(first, *rest, scale=1.0, **more):
        s = first * scale
        for r in rest:
            s = s + r * r
        return s * more["power"] if "power" in more else s

    return total(x) * total(x, w, 2.0 * x, scale=w) + total(x, scale=x, power=w)


def decorated(x):
    @functools.lru_cache(maxsize=None)
    def square(t):
        return t * t

    @functools.cache
    def cube(t):
        return square(t) * t

    return cube(x) * square(x)


def same_name_as_a_global(math_scale):
    def scale(t):
        sqrt = t * 2.0
        return sqrt * math.sqrt(t)

    sqrt = 3.0
    return scale(math_scale) * sqrt


def vectors(x):
    h = 0.1

    def rhs(t, y):
        return -y * y + math.sin(t) * x

    def euler(y, t):
        return y + h * rhs(t, y)

    def midpoint(y, t):
        k = rhs(t, y)
        return y + h * rhs(t + 0.5 * h, y + 0.5 * h * k)

    y = x
    for n in range(5):
        y = euler(y, n * h) if n % 2 == 0 else midpoint(y, n * h)
    return np.sum(y * y)


def writes_in_tests(x):
    i = 0

    def following():
        nonlocal i
        i += 1
        return i

    while following() < 4:
        x = x * 1.1 + i
    y = x if following() > 4 and following() > 5 else 0.0
    if following() == 7:
        y = y * x * i
    return y * i


def recursive(x, n):
    def power(k):
        return 1.0 if k == 0 else x * power(k - 1)

    def depth(k):
        return 0 if k < 2 else 1 + depth(k // 2)

    return power(n) * x * depth(7)


def mutually_recursive(x, n):
    scale = x * 0.5

    def even(t, k):
        if k == 0:
            return t
        return odd(t * scale, k - 1)

    def odd(t, k):
        if k == 0:
            return t * t
        return even(t + helper(x), k - 1)

    def helper(u):
        return u * scale

    first = even(x, n)
    scale = first * x
    return first + odd(x, n)


def tree(x, nodes):
    def total(node, weight, *, base=2.0):
        s = weight * x
        for k, child in enumerate(node):
            if isinstance(child, tuple):
                s = s + total(child, weight * s, base=base + k)
            else:
                s = s * child + base
        return s

    return total(nodes, x) * 0.5


def shadows(x, k):
    """The captured k and the local k of the recursive function are two."""

    def outer(t):
        return t * k

    def walk(n):
        k = n * 2.0
        return outer(x) + k * x if n == 0 else walk(n - 1) * x + k

    return walk(3) * k


def recursive_lambda(x):
    fib = lambda n: x if n < 2 else fib(n - 1) * fib(n - 2)  # noqa: E731
    return fib(5)


def inner_derivatives(x, w):
    def g(t, u):
        return t * t * u * w

    k = 3.0
    both = tx.value_and_grad(g, wrt=(0, "u"))
    value, (dt, du) = both(x, k)
    _, tangent = tx.jvp(g)(x, k, t_dot=w)
    back = tx.vjp(g, 1)(x, k, init_grad=x)
    return value * dt + du * tangent * x + back[1] * tx.grad(lambda t: t * t * k * x)(w)


def scaled(k):
    def inner(a):
        return math.tanh(a * k) + k

    return inner


def composed(*functions):
    def run(t):
        for function in functions:
            t = function(t)
        return t

    return run


def counter(step):
    count = 0.0

    def add(t):
        nonlocal count
        count += step * t
        return count * t

    def total():
        return count

    return add, total


def times(n):
    def decorator(f):
        @functools.wraps(f)
        def wrapper(*args, **keywords):
            result = f(*args, **keywords)
            for _ in range(n - 1):
                result = f(result, **keywords)
            return result

        return wrapper

    return decorator


def rk4(f, y, h, n, callback=None):
    for _ in range(n):
        k1 = f(y)
        k2 = f(y + 0.5 * h * k1)
        y = y + h * k2
        if callback is not None:
            callback(y)
    return y


def made_functions(x):
    """Two of one maker do not share; one that is made in a loop reads what it was made with."""
    first, second = scaled(x), scaled(x * x)
    y = composed(first, lambda t: t * x, second)(x)
    for i in range(3):
        h = composed(scaled(y * i), math.sin)
        y = h(x) + y
    return rk4(scaled(y), first(x), 0.1, 4) + rk4(scaled(x), 1.0, 0.1, 2, callback=lambda t: None)


def made_counters(x):
    """What a function that was returned writes is its own, in loops and branches, under any name."""
    add, total = counter(x)
    other, _ = counter(2.0)
    alias = add
    y = 0.0
    for i in range(4):
        y += alias(x * i)
        if i == 2:
            y += rk4(other, x, 0.1, 2)
    return y * total() + (add(y) if y > 0.0 else x) + total()


def captured_and_changed_later(x):
    k = 2.0
    h = composed(lambda t: t * k)
    a = np.ones(2) * x
    g = composed(lambda t: t * a)
    y = h(x)
    if y > 0.0:
        k = x * x
    for i in range(3):
        y += h(x)
        k = k * y
        a[0] = k
    return y * h(1.0) + np.sum(g(x))


def functions_in_displays(x):
    late = [lambda t: t * k * x for k in range(3)]  # each reads the last k
    early = [lambda t, k=k: t * k * x for k in range(3)]
    powers = {name: (lambda t, w=w: t**w) for name, w in [("square", 2.0), ("power", x)]}
    table = {"sine": math.sin, "scaled": scaled(x), **powers}
    y = sum(f(x) for f in late) + sum(w * f(x) for w, f in zip((x, 2.0, 3.0), early))
    for name, f in table.items():
        y = y + f(y) if name == "sine" else y * f(x)
    for k, f in enumerate((*early[1:], late[0])):
        y += f(k + x)
    whole = functools.reduce(lambda f, g: lambda t: f(g(t)), [math.sin, *early[1:], math.cos])
    return y + table["scaled"](x) * whole(x)


def functions_that_depend_on_the_path(x, n):
    if n > 2:
        shift = x * n
        h = scaled(shift * x)
    elif n > 1:

        def h(t, w=x * x):
            return t * w

    else:
        h = math.sin
    seen = []
    g = (lambda t: t * x) if seen else (lambda t, k=x * x: t * k)
    seen.append(n)  # the choice is made already
    y = 0.0
    for i in range(3):
        y += h(x + i) * g(x)
    return rk4(h, y, 0.1, 2)


def decorated_by_the_user(x):
    @times(3)
    def g(t, *, k=x):
        return t * x + k

    @times(1)
    def power(n):
        return x if n <= 0 else x * power(n - 1)

    return g(x) * g(2.0, k=x * x) + power(2)


def writes_into_what_it_captures(x):
    table = np.zeros(4)
    memo = {}

    def put(i, v):
        table[i] = v * x + table[i - 1]

    def square(k):
        if k not in memo:
            memo[k] = x * k * k
        return memo[k]

    def each(f, n):
        for i in range(n):
            if i != 1:
                f(i, x + i)

    each(put, 4)
    for i in range(2):

        def double(v):
            table[i] *= v

        alias = double
        alias(x)
    before = table * x
    put(2, x * x)
    return np.sum(before * table) + square(2) * square(3) * square(2)


X = np.array([0.7, -0.4, 1.1])
MATRIX = np.array([[2.0, 1.0], [0.0, 3.0]])


def _of_primitives():
    sine, total = np.sin, np.add.reduce

    def closed(x):
        return total(sine(x) * x)

    return closed


primitives_in_a_closure = _of_primitives()


def solved_with_a_global(x):
    return np.sum(np.linalg.solve(MATRIX, x) ** 2)


CASES = [
    Case(primitives_in_a_closure, (np.array([0.3, 1.2]),)),
    Case(solved_with_a_global, (np.array([0.3, 1.2]),)),
    Case(counts_its_calls, (0.8,)),
    Case(writes_in_a_condition, (1.7,)),
    Case(late_binding, (1.3,)),
    Case(defaults_at_definition, (1.3,)),
    Case(in_a_loop_over_functions, (1.3,)),
    Case(closures_of_closures, (1.3, 0.7), (0, 1)),
    Case(stars, (1.3, 0.7), (0, 1)),
    Case(decorated, (1.3,)),
    Case(same_name_as_a_global, (1.3,)),
    Case(vectors, (X,)),
    Case(writes_in_tests, (1.3,)),
    Case(recursive, (1.3, 4)),
    Case(mutually_recursive, (1.3, 4)),
    Case(mutually_recursive, (0.7, 3)),
    Case(tree, (0.8, (1.5, (2.0, 0.5), ((0.3,), 1.1)))),
    Case(shadows, (1.1, 0.6), (0, 1)),
    Case(recursive_lambda, (1.2,)),
    Case(inner_derivatives, (1.2, 0.7), (0, 1)),
    Case(made_functions, (0.7,)),
    Case(made_counters, (0.7,)),
    Case(captured_and_changed_later, (0.7,)),
    Case(functions_in_displays, (0.7,)),
    Case(functions_that_depend_on_the_path, (0.7, 3)),
    Case(functions_that_depend_on_the_path, (0.7, 2)),
    Case(functions_that_depend_on_the_path, (0.7, 1)),
    Case(decorated_by_the_user, (0.7,)),
    Case(writes_into_what_it_captures, (0.7,)),
]
