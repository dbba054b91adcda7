"""What can be differentiated besides plain functions: methods, partials, callable objects, decorated functions, closures called by name."""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import tangentx as tx
from tangentx import d
from tangentx.errors import AliasError, UnsupportedSyntax
from tangentx.rules.declare import identity, registered


class Model:
    def __init__(self, w: float, b: float) -> None:
        self.w, self.b = w, b

    def predict(self, x: Any) -> Any:
        return self.w * x + self.b

    def loss(self, x: Any, y: Any) -> Any:
        return np.sum((self.predict(x) - y) ** 2)

    def __call__(self, x: Any) -> Any:
        return self.predict(x) ** 3

    @classmethod
    def cube(cls, x: Any) -> Any:
        return x**3

    @staticmethod
    def square(x: Any) -> Any:
        return x**2


class Shifted(Model):
    def predict(self, x: Any) -> Any:
        return super().predict(x) - 1.0


def scaled(a: Any, b: Any, k: float = 2.0) -> Any:
    return a * b**2 * k


@functools.lru_cache
def cached(x: float) -> float:
    return x**4


def doubled(f: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(f)
    def wrapper(*args: Any, **keywords: Any) -> Any:
        return 2.0 * f(*args, **keywords)

    return wrapper


@doubled
def power(x: Any, n: int = 2) -> Any:
    return x**n


def halved(f: Callable[..., Any]) -> Callable[..., Any]:
    def wrapper(*args: Any, **keywords: Any) -> Any:
        return 0.5 * f(*args, **keywords)

    return wrapper


@halved
@halved
def product(x: Any, y: Any = 3.0, *, n: int = 2) -> Any:
    return x**n * y


def objective(x: Any, *args: Any) -> Any:
    return scaled(x, *args) * x


def calls_decorated(x: Any) -> Any:
    return power(x) + power(x, n=3) * x


def made(k: float) -> Callable[[Any], Any]:
    def product(x: Any) -> Any:
        return k * x * x

    return product


twice, thrice = made(2.0), made(3.0)


def calls_closures(x: Any) -> Any:
    return twice(x) + thrice(x) * x


MODEL = Model(1.3, 0.7)
CALLABLES = {
    "bound method": (MODEL.predict, (2.0,), 1.3),
    "method of a subclass": (Shifted(1.3, 0.7).__call__, (2.0,), 3 * 2.3**2 * 1.3),
    "callable object": (MODEL, (2.0,), 3 * 3.3**2 * 1.3),
    "class method": (Model.cube, (2.0,), 12.0),
    "static method": (Model.square, (2.0,), 4.0),
    "static method of an object": (MODEL.square, (2.0,), 4.0),
    "partial": (functools.partial(scaled, 2.0), (3.0,), 24.0),
    "partial with a keyword": (functools.partial(scaled, k=5.0), (3.0, 2.0), 20.0),
    "partial of a lambda": (functools.partial(lambda a, b: a * b**2, 2.0), (3.0,), 12.0),
    "cached": (cached, (2.0,), 32.0),
    "decorated": (power, (3.0,), 12.0),
    "decorated twice, without wraps": (product, (2.0,), 3.0),
    "handed on to a function with a default": (objective, (2.0, 3.0), 2 * 2.0 * 9.0 * 2.0),
    "calls of a decorated function": (calls_decorated, (2.0,), 72.0),
    "closures called by name": (calls_closures, (2.0,), 44.0),
}


@pytest.mark.parametrize("name", CALLABLES)
def test_gradient(name: str) -> None:
    """Against the derivative by hand, finite differences and forward mode; and to second order."""
    f, args, expected = CALLABLES[name]
    assert tx.grad(f)(*args) == pytest.approx(expected)
    tx.check_grad(f, *args)
    h = 1e-6
    df = tx.grad(f)
    difference = (df(args[0] + h, *args[1:]) - df(args[0] - h, *args[1:])) / (2 * h)
    assert tx.grad(df)(*args) == pytest.approx(difference, rel=1e-6, abs=1e-8)


def test_the_object_is_read_when_the_derivative_is_called() -> None:
    """``self`` is a closure variable, not a copy."""
    model = Model(1.0, 0.0)
    df = tx.grad(model.loss, wrt=("x", "y"))
    x, y = np.array([1.0, 2.0]), np.array([0.5, 3.0])
    before = df(x, y)[0]
    model.w = 4.0
    np.testing.assert_allclose(before, 2 * (x - y))
    np.testing.assert_allclose(df(x, y)[0], 8 * (4 * x - y))


def test_another_object_has_another_derivative() -> None:
    """Two objects of one class do not share their cells."""
    assert tx.grad(Model(2.0, 0.0).predict)(1.0) == 2.0
    assert tx.grad(Model(5.0, 0.0).predict)(1.0) == 5.0


def test_a_subclass_in_the_place_of_its_base_is_refused() -> None:
    """The methods were taken from the class that the annotation names."""

    def value(model: Model, x: float) -> Any:
        return model.predict(x)

    value.__annotations__["model"] = Model
    assert tx.grad(value, "x")(Model(2.0, 1.0), 3.0) == 2.0
    with pytest.raises(tx.errors.ArgumentError, match="expected an object of class Model, got one of Shifted"):
        tx.grad(value, "x")(Shifted(2.0, 1.0), 3.0)


def halved(y: Any) -> Any:
    return y[1:]


def apply_and_write(f: Callable[..., Any], x: Any) -> Any:
    z = x * 2.0
    y = f(z)
    z[1] = 2.0
    return np.sum(y * y)


def call_back(f: Callable[..., Any], x: Any) -> Any:
    y = x * 2.0
    f(y)
    return np.sum(y * y)


def cleared(y: Any) -> None:
    y[:] = 0.0


def test_a_function_known_while_running_may_return_a_view_but_then_nothing_is_written() -> None:
    x = np.array([0.3, -0.8, 1.2])
    np.testing.assert_allclose(tx.grad(apply_and_write, 1)(np.sin, x), 4.0 * np.sin(2.0 * x) * np.cos(2.0 * x))
    for derivative in (tx.grad(apply_and_write, 1), lambda f, x: tx.jvp(apply_and_write, 1)(f, x, x_dot=x)):
        with pytest.raises(AliasError, match="written under another name"):
            derivative(halved, x)


def test_a_function_called_for_its_effect_does_not_write() -> None:
    x, seen = np.array([0.3, -0.8, 1.2]), []
    np.testing.assert_allclose(tx.grad(call_back, 1)(seen.append, x), 8.0 * x)
    assert len(seen) == 1
    with pytest.raises(UnsupportedSyntax, match="writes into its argument 'y'"):
        tx.grad(call_back, 1)(cleared, x)


def test_a_function_known_while_running_is_called_once(capsys: pytest.CaptureFixture[str]) -> None:
    def f(t: Any) -> Any:
        print("called")
        return t * t

    assert tx.grad(lambda f, x: f(x) * x, 1)(f, 3.0) == 27.0
    assert capsys.readouterr().out == "called\n"


def test_a_decorated_function_has_the_parameters_of_what_it_is_put_around() -> None:
    """Without functools.wraps, too: by name, by keyword, with defaults."""
    assert tx.grad(product, "y")(2.0, y=5.0, n=3) == pytest.approx(2.0)
    assert tx.grad(product)(x=2.0, n=3) == pytest.approx(0.25 * 3 * 4.0 * 3.0)
    assert tx.jvp(product, 1)(2.0, y_dot=0.5) == pytest.approx((3.0, 0.5))
    assert tx.grad(product) is tx.grad(product)


class Matrix:
    """Rows of numbers."""

    def __init__(self, rows: list[list[Any]]) -> None:
        self.rows = rows

    @classmethod
    def identity(cls, n: int) -> Any:
        return cls([[1.0 if i == j else 0.0 for j in range(n)] for i in range(n)])

    def __matmul__(self, other: Any) -> Any:
        n = len(self.rows)
        return Matrix([[sum(self.rows[i][k] * other.rows[k][j] for k in range(n)) for j in range(n)] for i in range(n)])

    def trace(self) -> Any:
        return sum(self.rows[i][i] for i in range(len(self.rows)))


def power_of_a_matrix(a: float, b: float) -> Any:
    m = Matrix([[a, b], [b, a * b]])
    r = Matrix.identity(2)
    for _ in range(3):
        r = r @ m
    return r.trace()


def test_an_object_that_a_loop_carries_keeps_its_class() -> None:
    """Its operators are those of the class, and so are methods with the names of an array's."""

    def numbers(a: float, b: float) -> Any:
        return np.trace(np.linalg.matrix_power(np.array([[a, b], [b, a * b]]), 3))

    step = 1e-6
    differences = [
        (numbers(0.7 + step, 1.3) - numbers(0.7 - step, 1.3)) / (2 * step),
        (numbers(0.7, 1.3 + step) - numbers(0.7, 1.3 - step)) / (2 * step),
    ]
    np.testing.assert_allclose(tx.grad(power_of_a_matrix, (0, 1))(0.7, 1.3), differences, rtol=1e-8)
    np.testing.assert_allclose(tx.jvp(power_of_a_matrix)(0.7, 1.3, a_dot=1.0)[1], differences[0], rtol=1e-8)


def applied(f, x):
    return f(x)


def test_distributions_known_while_running() -> None:
    """Methods of one name and one class: each has its own derivative, in the cache, too."""
    stats = pytest.importorskip("scipy.stats")
    for one in (stats.norm, stats.cauchy, stats.logistic):
        slope = (one.logpdf(0.7 + 1e-6) - one.logpdf(0.7 - 1e-6)) / 2e-6
        assert tx.grad(applied, 1)(one.logpdf, 0.7) == pytest.approx(slope, rel=1e-6)
        assert tx.grad(one.logpdf)(0.7) == pytest.approx(slope, rel=1e-6)


def test_what_is_built_in_has_its_rule() -> None:
    assert tx.grad(math.sin)(0.3) == math.cos(0.3)
    assert tx.grad(np.sin)(0.3) == np.cos(0.3)
    assert tx.grad(abs)(-0.3) == -1.0
    assert tx.grad(operator.mul, (0, 1))(2.0, 3.0) == (3.0, 2.0)
    assert "np.linalg.norm(x, ord, axis, keepdims)" in tx.source(tx.grad(np.linalg.norm))


def doubled(x):
    return 2.0 * x


def test_a_rule_of_the_users_is_the_derivative() -> None:
    @tx.adjoint(doubled)
    def rule(y, x):
        d[x] = 100.0 * d[y]

    try:
        assert tx.grad(doubled)(1.0) == 100.0 == tx.grad(lambda x: doubled(x))(1.0)
    finally:  # other tests count the rules
        del registered()["adjoint", identity(doubled)]
    assert tx.grad(doubled)(1.0) == 2.0


def counted(f: Any) -> Any:
    def wrapper(*args: Any, **words: Any) -> Any:
        return f(*args, **words) * (len(args) + 10.0 * len(words))

    return wrapper


@counted
def counted_square(x: Any, b: float = 0.5) -> Any:
    return b * x * x


def test_a_wrapper_that_counts_sees_what_is_given_only() -> None:
    """Of a partial, too; a default of the function behind it is not given, and the derivative is that of the call as it stands."""
    assert tx.grad(counted_square)(3.0) == pytest.approx(3.0)
    assert tx.grad(counted_square, (0, 1))(3.0, 0.7) == pytest.approx((2 * 0.7 * 3.0 * 2, 9.0 * 2))
    assert tx.grad(functools.partial(counted_square, b=0.7))(3.0) == pytest.approx(0.7 * 6.0 * 11.0)
    assert tx.grad(functools.partial(counted_square, 3.0), 0)(0.7) == pytest.approx(18.0)
    assert tx.grad(counted_square)(x=3.0) == pytest.approx(3.0 * 10.0)
    assert tx.grad(counted_square)(3.0, b=0.7) == pytest.approx(0.7 * 6.0 * 11.0)
    assert tx.grad(counted_square)(3.0, 0.7) == pytest.approx(0.7 * 6.0 * 2.0)
    assert tx.grad(counted_square)(3.0, 0.7, init_grad=2.0) == pytest.approx(0.7 * 24.0)
    assert tx.grad(counted_square, "b")(3.0, b=0.7) == pytest.approx(9.0 * 11.0)
    with pytest.raises(TypeError, match="too many positional arguments"):
        tx.grad(counted_square)(3.0, 0.7, 1.0)
    with pytest.raises(tx.errors.ArgumentError, match="differentiated by 'b'"):
        tx.grad(counted_square, "b")(3.0)


def asks_for_a_keyword(f: Any) -> Any:
    @functools.wraps(f)
    def wrapper(*args: Any, **words: Any) -> Any:
        if words.pop("halved", False):
            return 0.5 * f(*args, **words)
        return f(*args, **words) * (10.0 if "b" in words else 1.0)

    return wrapper


@asks_for_a_keyword
def cubes(x: Any, b: float = 0.5) -> Any:
    return b * np.sum(x**3)


def given(mode: Any, x: np.ndarray, way: tuple[float, ...], words: dict[str, Any], **more: Any) -> Any:
    return mode(cubes)(x, *way, **words, **more)


@pytest.mark.parametrize(
    ("way", "words", "factor"),
    [
        ((), {}, 0.5),
        ((0.7,), {}, 0.7),
        ((), {"b": 0.7}, 7.0),
        ((), {"halved": True}, 0.25),
        ((), {"b": 0.7, "halved": True}, 0.35),
        ((0.7,), {"halved": False}, 0.7),
    ],
)
def test_every_verb_follows_the_call(way: tuple[float, ...], words: dict[str, Any], factor: float) -> None:
    x, v = np.array([1.0, 2.0]), np.array([0.3, -1.0])
    first, second = factor * 3.0 * x * x, np.diag(factor * 6.0 * x)
    np.testing.assert_allclose(given(tx.grad, x, way, words), first)
    np.testing.assert_allclose(given(tx.value_and_grad, x, way, words)[1], first)
    np.testing.assert_allclose(given(tx.vjp, x, way, words, init_grad=1.0)[1], first)
    np.testing.assert_allclose(given(tx.jvp, x, way, words, x_dot=v)[1], first @ v)
    np.testing.assert_allclose(given(tx.hvp, x, way, words, x_dot=v), second @ v)
    np.testing.assert_allclose(given(tx.jacobian, x, way, words), first)
    np.testing.assert_allclose(given(tx.hessian, x, way, words), second)
    np.testing.assert_allclose(given(lambda f: tx.jacobian(tx.grad(f)), x, way, words), second)
    np.testing.assert_allclose(given(lambda f: tx.jvp(tx.grad(f)), x, way, words, x_dot=v)[1], second @ v)


def as_arrays(f: Any) -> Any:
    @functools.wraps(f)
    def wrapper(*args: Any, **words: Any) -> Any:
        args = tuple(np.asarray(a) for a in args)
        return f(*args, **words)

    return wrapper


def test_a_wrapper_that_converts_its_arguments_follows_the_call() -> None:
    f, x = as_arrays(lambda x, b=0.5: b * np.sum(x * x)), np.array([1.0, 2.0])
    np.testing.assert_allclose(tx.grad(f)(x), x)
    np.testing.assert_allclose(tx.grad(f)(x, 0.7), 1.4 * x)
    np.testing.assert_allclose(tx.grad(f)(x, b=0.7), 1.4 * x)


def called_with(x: Any, g: Any, b: float) -> Any:
    return np.sum(g(x, b) ** 2) + np.sum(g(x, b=b)) + np.sum(g(x))


def test_a_wrapper_known_at_run_time_follows_the_call() -> None:
    x, eps = np.array([1.0, 2.0]), 1e-6
    for g in (cubes, tx.grad(cubes)):
        expected = [(called_with(x + e, g, 0.7) - called_with(x - e, g, 0.7)) / (2 * eps) for e in eps * np.eye(2)]
        np.testing.assert_allclose(tx.grad(called_with)(x, g, 0.7), expected, rtol=1e-6)


DCUBES = tx.grad(cubes)


def slopes(x: Any) -> Any:
    return np.sum(DCUBES(x) ** 2)


def test_a_derivative_of_a_wrapper_in_a_function() -> None:
    """It was looked for in the closure of the derivative."""
    x = np.array([1.0, 2.0])
    np.testing.assert_allclose(tx.grad(slopes)(x), 2.25 * 4 * x**3)


class Weighed:
    def __init__(self, w: float) -> None:
        self.w = w

    @asks_for_a_keyword
    def loss(self, x: Any, b: float = 0.5) -> Any:
        return self.w * b * np.sum(x * x)


def test_a_method_in_a_wrapper_follows_the_call() -> None:
    x, loss = np.array([1.0, 2.0]), Weighed(3.0).loss
    np.testing.assert_allclose(tx.grad(loss)(x), 3.0 * x)
    np.testing.assert_allclose(tx.grad(loss)(x, 0.7), 4.2 * x)
    np.testing.assert_allclose(tx.grad(loss)(x, b=0.7), 42.0 * x)
    np.testing.assert_allclose(tx.grad(loss)(x, halved=True), 1.5 * x)


def test_clip_with_its_bounds() -> None:
    assert tx.grad(np.clip)(0.3, 0.0, 1.0) == 1.0 == tx.grad(np.clip)(0.3)
    assert tx.grad(np.clip)(1.3, a_max=1.0) == 0.0


def scaled_by(k: float) -> Any:
    def apply(g: Any, x: Any) -> Any:
        return g(x) * k

    def set_to(value: float) -> None:
        nonlocal k
        k = value

    return apply, set_to


def test_a_closure_that_is_given_a_local_function_reads_its_variables_when_it_is_called() -> None:
    (twice, set_to), (thrice, _) = scaled_by(2.0), scaled_by(3.0)

    def f(x: Any) -> Any:
        return twice(lambda t: t * x, x) + thrice(lambda t: t + x, x)

    df = tx.grad(f)
    assert df(2.0) == pytest.approx(8.0 + 6.0)
    set_to(5.0)
    assert df(2.0) == pytest.approx(20.0 + 6.0)
    assert tx.grad(df)(2.0) == pytest.approx(10.0)
