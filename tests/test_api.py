"""The public verbs: what they return, how they are called, and what every bad call is told."""

from __future__ import annotations

import functools
import inspect
import math
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tangentx as tx
from tangentx.errors import ArgumentError, SourceNotFound, WrtError


def f(x, y, n=3):
    return np.sin(x) * y**n


def vector(x, y):
    return np.exp(x) * y


def norm(w):
    return np.sum(w * w * w)


def nothing():
    return 1.0


def starred(*args):
    return args[0]


def pair(x):
    return x * x, np.sin(x)


# ------------------------------------------------------------------------------------------------------------ the verbs


def test_grad_by_position_name_and_tuple() -> None:
    x, y = 0.7, 1.3
    dx, dy = math.cos(x) * y**3, 3.0 * math.sin(x) * y**2
    assert tx.grad(f)(x, y) == pytest.approx(dx)
    assert tx.grad(f, 1)(x, y) == pytest.approx(dy)
    assert tx.grad(f, "y")(x, y) == pytest.approx(dy)
    assert tx.grad(f, ("y", 0))(x, y) == pytest.approx((dy, dx))
    assert tx.grad(f, (0,))(x, y) == pytest.approx((dx,))
    assert tx.grad(f, np.int64(1))(x, y) == pytest.approx(dy)


def test_every_verb() -> None:
    x, y = 0.7, 1.3
    dx = math.cos(x) * y**3
    assert tx.value_and_grad(f)(x, y) == pytest.approx((f(x, y), dx))
    assert tx.vjp(f)(x, y, init_grad=2.0) == pytest.approx((f(x, y), 2.0 * dx))
    assert tx.jvp(f)(x, y, x_dot=2.0) == pytest.approx((f(x, y), 2.0 * dx))
    assert tx.jvp(f, ("x", "y"))(x, y, x_dot=1.0, y_dot=0.0)[1] == pytest.approx(dx)
    assert tx.hvp(f)(x, y, x_dot=2.0) == pytest.approx(-2.0 * f(x, y))
    assert tx.grad(f)(x, y, init_grad=5.0) == pytest.approx(5.0 * dx)
    assert tx.grad(f)(x, y, 1) == pytest.approx(math.cos(x) * y)


def test_parameters_of_the_users_that_are_named_like_ours() -> None:
    def f(x, *, init_grad=1.0, init_grad_scale=1.0, x_dot=1.0):
        return x * x * x * init_grad * init_grad_scale * x_dot

    df = tx.grad(f)
    assert list(inspect.signature(df).parameters) == ["x", "init_grad", "init_grad_scale", "x_dot", "init_grad_1"]
    assert df(2.0, init_grad=5.0, init_grad_scale=2.0, init_grad_1=3.0) == 12.0 * 10.0 * 3.0
    ddf = tx.grad(df)
    assert list(inspect.signature(ddf).parameters) == ["x", "init_grad", "init_grad_scale", "x_dot", "init_grad_1"]
    assert ddf(2.0, init_grad=5.0, init_grad_scale=2.0, init_grad_1=3.0) == 12.0 * 10.0 * 3.0
    assert tx.hvp(f)(2.0, init_grad=5.0, x_dot=2.0, x_dot_1=1.0) == 12.0 * 10.0
    assert tx.jvp(f)(2.0, init_grad=5.0, x_dot_1=3.0) == (40.0, 180.0)


def test_names_and_signatures() -> None:
    assert [tx.grad(f).__name__, tx.grad(f, ("x", "y")).__name__, tx.jvp(f).__name__] == ["dfdx", "df", "f_jvp"]
    assert [tx.value_and_grad(f).__name__, tx.vjp(f).__name__, tx.hvp(f).__name__] == ["f_and_grad", "f_vjp", "f_hvp"]
    assert list(inspect.signature(tx.grad(f)).parameters) == ["x", "y", "n", "init_grad"]
    assert inspect.signature(tx.grad(f)).parameters["init_grad"].kind is inspect.Parameter.KEYWORD_ONLY
    assert inspect.signature(tx.grad(f)).parameters["n"].default == 3


def test_any_order() -> None:
    ddf = tx.grad(tx.grad(f))
    assert ddf.__name__ == "ddfdxdx"
    assert ddf(0.7, 1.3) == pytest.approx(-f(0.7, 1.3))
    assert tx.grad(ddf)(0.7, 1.3) == pytest.approx(-math.cos(0.7) * 1.3**3)
    assert tx.jvp(tx.grad(f))(0.7, 1.3, x_dot=1.0)[1] == pytest.approx(-f(0.7, 1.3))
    assert tx.grad(tx.grad(f), "y")(0.7, 1.3) == pytest.approx(3.0 * math.cos(0.7) * 1.3**2)


def test_jacobian_and_hessian() -> None:
    x, y = np.array([0.1, 0.2, 0.3]), np.array([1.0, 2.0, 3.0])
    np.testing.assert_allclose(tx.jacobian(vector)(x, y), np.diag(np.exp(x) * y))
    by_x, by_y = tx.jacobian(vector, ("x", "y"))(x, y)
    np.testing.assert_allclose(by_y, np.diag(np.exp(x)))
    np.testing.assert_allclose(by_x, np.diag(np.exp(x) * y))
    w = np.arange(1.0, 7.0).reshape(2, 3)
    assert tx.jacobian(norm)(w) == pytest.approx(3.0 * w * w)
    np.testing.assert_allclose(tx.hessian(norm)(w).reshape(6, 6), np.diag(6.0 * w.ravel()))
    assert tx.hessian(f)(0.7, 1.3) == pytest.approx(-f(0.7, 1.3))
    (xx, xy), (yx, yy) = tx.hessian(f, (0, 1))(0.7, 1.3)
    assert (xx, xy, yy) == pytest.approx((-f(0.7, 1.3), yx, 6.0 * math.sin(0.7) * 1.3))
    assert tx.jacobian(pair)(0.5) == pytest.approx((1.0, math.cos(0.5)))
    np.testing.assert_allclose(tx.jacobian(pair)(x)[1], np.diag(np.cos(x)))
    assert tx.hessian(f).__name__ == "f_hessian"
    assert list(inspect.signature(tx.hessian(f)).parameters) == ["x", "y", "n"]


def test_the_jacobian_takes_the_cheaper_side() -> None:
    x = np.linspace(0.1, 0.9, 5)
    np.testing.assert_allclose(tx.jacobian(vector, "y")(x, 2.0), np.exp(x))  # one input: forward
    np.testing.assert_allclose(tx.jacobian(norm)(x), 3.0 * x * x)  # one output: reverse
    assert tx.jacobian(vector)(np.ones((0,)), np.ones((0,))).shape == (0, 0)


def test_jacobians_are_modules_on_disk_too() -> None:
    whole = tx.jacobian(vector)
    assert pickle.loads(pickle.dumps(whole)) is whole is tx.jacobian(vector)
    scale = 3.0
    assert tx.jacobian(lambda x: scale * x * x)(2.0) == 12.0
    with pytest.raises(ArgumentError) as caught:
        tx.grad(whole)
    assert str(caught.value) == (
        "vector_jacobian puts products together; it is not differentiated itself\n"
        "  Differentiate the function itself: hessian(f), or jacobian(grad(f))."
    )


def test_jacobian_refuses_integers_and_containers() -> None:
    with pytest.raises(ArgumentError, match=r"x=2 is not a float, so it has no derivative\n  Pass x as a float"):
        tx.jacobian(f)(2, 1.0)
    with pytest.raises(ArgumentError, match="neither a number nor an array"):
        tx.jacobian(norm)({"a": 1.0})


# ------------------------------------------------------------------------------------------------- functions on disk


def test_source_is_what_stands_on_disk() -> None:
    df = tx.grad(f)
    text = tx.source(df)
    assert text == Path(inspect.getsourcefile(df) or "").read_text(encoding="utf-8")
    assert inspect.getsource(df) in text
    assert text.count("def dfdx(x, y, n=3, *, init_grad=1.0):") == 1
    assert "def f_jacobian(*args, **kwargs):" in tx.source(tx.jacobian(f))


def test_source_of_something_else() -> None:
    with pytest.raises(ArgumentError) as caught:
        tx.source(f)
    assert str(caught.value) == "f was not made by tangentx\n  Pass what grad, value_and_grad, vjp, jvp or hvp returned."


def test_the_same_function_is_answered_from_memory() -> None:
    assert tx.grad(f) is tx.grad(f, 0) is tx.grad(f, "x")
    assert tx.grad(f, (0,)) is not tx.grad(f)


def test_pickle_in_another_process(write_module: Callable[..., Any], tmp_path: Path) -> None:
    model = write_module("pickled_model", "def f(x):\n    return x * x * x\n")
    data = tmp_path / "df.pickle"
    data.write_bytes(pickle.dumps(tx.grad(model.f)))
    program = f"import pickle; df = pickle.load(open({str(data)!r}, 'rb')); print(df(2.0)); import tangentx as tx; print(tx.grad(df)(2.0))"
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, env=_env(tmp_path), check=True)
    assert done.stdout == "12.0\n12.0\n"


def test_multiprocessing_spawn(write_module: Callable[..., Any], tmp_path: Path) -> None:
    import multiprocessing

    model = write_module("spawned_model", "def f(x):\n    return x * x\n")
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.map(tx.grad(model.f), [1.0, 2.0]) == [2.0, 4.0]


def _env(folder: Path) -> dict[str, str]:
    import os

    root = str(Path(tx.__file__).resolve().parent.parent)
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), root])}


def test_closures_read_the_users_cells() -> None:
    scale = 2.0

    def scaled(x):
        return scale * x * x

    df = tx.grad(scaled)
    assert df(3.0) == 12.0
    scale = 5.0
    assert df(3.0) == 30.0
    with pytest.raises((AttributeError, pickle.PicklingError), match="local object"):
        pickle.dumps(df)


def test_each_closure_has_its_own_derivative() -> None:
    def make(scale: float) -> Callable[..., Any]:
        return lambda x: scale * x * x

    two, five = make(2.0), make(5.0)
    assert (tx.grad(two)(1.0), tx.grad(five)(1.0)) == (4.0, 10.0)


def test_lambdas() -> None:
    square, cube = (lambda x: x * x), (lambda x: x * x * x)
    assert (tx.grad(square)(2.0), tx.grad(cube)(2.0)) == (4.0, 12.0)


def test_a_wrapper_does_not_inherit_what_it_wraps() -> None:
    def plain(x):
        return x * x

    tx.grad(plain)

    @functools.wraps(plain)
    def doubled(x):
        return 2.0 * plain(x)

    assert tx.grad(doubled)(3.0) == 12.0


# --------------------------------------------------------------------------------------------------------- check_grad


def test_check_grad_agrees() -> None:
    report = tx.check_grad(f, 0.7, 1.3, wrt=("x", "y"))
    assert report and report.ok
    assert [row.where for row in report.rows] == ["x", "y"]
    assert str(report).startswith("f: 2 directions agree\n  where  ")
    assert tx.check_grad(vector, np.array([0.1, 0.2]), 1.5).ok
    assert tx.check_grad(norm, np.arange(1.0, 31.0)).rows[-1].where == "w direction 16"
    assert tx.check_grad(pair, np.array([0.1, 0.2]), mode="forward").rows[0].reverse is None
    assert tx.check_grad(norm, np.arange(1.0, 4.0, dtype=np.float32)).ok


def test_check_grad_finds_a_wrong_rule(own_rules: None) -> None:
    @tx.elementwise(wrong_square)
    def _(y, x):
        return 3 * x

    with pytest.raises(tx.CheckFailed) as caught:
        tx.check_grad(uses_wrong_square, 2.0)
    assert isinstance(caught.value, AssertionError)
    assert "1 of 1 directions disagree" in str(caught.value)
    assert caught.value.report.rows[0].verdict == "wrong"
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def wrong_square(x):
    return x * x


def uses_wrong_square(x):
    return wrong_square(x)


def test_check_grad_says_when_differences_do_not_settle() -> None:
    with pytest.raises(tx.CheckFailed, match="a kink or a jump there"):
        tx.check_grad(lambda x: np.sign(x) + x, 1e-9)


def test_check_grad_refuses_an_unknown_mode() -> None:
    with pytest.raises(ArgumentError, match="Use 'both', 'reverse' or 'forward'"):
        tx.check_grad(f, 1.0, 1.0, mode="backward")


# ------------------------------------------------------------------------------------------------------------ bad calls


class Model:
    def loss(self, x):
        return x

    def __call__(self, x):
        return x


BAD_FUNCTIONS = [
    (3, ArgumentError, "3 is an int, not a function\n  Pass the function itself, then call the result: grad(f)(x)."),
    (input, SourceNotFound, "input is built in and has no Python source\n  Write a function that calls it: lambda x: input(x)."),
    (np.packbits, SourceNotFound, "np.packbits is built in and has no Python source\n  Write a function that calls it: lambda x: np.packbits(x)."),
    (
        functools.partial(np.sin),
        ArgumentError,
        "a partial of sin is not a plain function\n  Write a function that fixes the arguments: lambda x: sin(x, ...).",
    ),
    (
        np.vectorize(f),
        SourceNotFound,
        "np.f is built in and has no Python source\n  Write a function that calls it: lambda x: np.f(x).",
    ),
    (Model, ArgumentError, "Model is a class, not a function\n  Write a function that makes the instance and returns a number."),
]


@pytest.mark.parametrize(("bad", "error", "message"), BAD_FUNCTIONS, ids=[str(m)[:30] for _, _, m in BAD_FUNCTIONS])
def test_what_is_no_function(bad: Any, error: type[Exception], message: str) -> None:
    for verb in (tx.grad, tx.value_and_grad, tx.vjp, tx.jvp, tx.hvp, tx.jacobian, tx.hessian):
        with pytest.raises(error) as caught:
            verb(bad)
        assert str(caught.value) == message


CHOICES = "Use one of 'x', 'y', 'n', or a position from 0 to 2."
KINDS = "Give a position (0), a name ('x'), or a tuple of these (0, 'y')."
BAD_WRT = [
    (f, 3, WrtError, f"wrt=3 is out of range for f(x, y, n=3)\n  {CHOICES}"),
    (f, -1, WrtError, f"wrt=-1 is out of range for f(x, y, n=3)\n  {CHOICES}"),
    (f, "z", WrtError, f"f(x, y, n=3) has no parameter 'z'\n  {CHOICES}"),
    (f, ("x", "z"), WrtError, f"f(x, y, n=3) has no parameter 'z'\n  {CHOICES}"),
    (f, (), WrtError, "wrt is an empty tuple\n  Name at least one parameter of f(x, y, n=3)."),
    (f, ("x", 0), WrtError, "wrt names 'x' twice: ('x', 0)\n  Name each parameter once."),
    (f, True, ArgumentError, f"wrt=True is a bool, not a parameter of f(x, y, n=3)\n  {KINDS}"),
    (f, 1.0, ArgumentError, f"wrt=1.0 is a float, not a parameter of f(x, y, n=3)\n  {KINDS}"),
    (f, None, ArgumentError, f"wrt=None is a NoneType, not a parameter of f(x, y, n=3)\n  {KINDS}"),
    (f, [0, "y"], ArgumentError, "wrt=[0, 'y'] is a list, not a parameter of f(x, y, n=3)\n  Write wrt=(0, 'y')."),
    (nothing, 0, WrtError, "nothing() has no parameters to differentiate with respect to\n  Make what should vary a parameter."),
    (norm, 1, WrtError, "wrt=1 is out of range for norm(w)\n  Use 'w', or position 0."),
    (
        starred,
        "args",
        WrtError,
        "wrt='args' is a starred parameter of starred(*args)\n  Give the parameters names of their own, or pass one array.",
    ),
]


@pytest.mark.parametrize(("function", "wrt", "error", "message"), BAD_WRT, ids=[repr(w) for _, w, _, _ in BAD_WRT])
def test_bad_wrt(function: Callable[..., Any], wrt: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error) as caught:
        tx.grad(function, wrt)
    assert str(caught.value) == message


def test_the_errors_fit_the_builtin_families() -> None:
    with pytest.raises(TypeError):
        tx.grad(3)  # type: ignore[arg-type]
    with pytest.raises(ValueError):
        tx.grad(f, "z")
    with pytest.raises(tx.TangentxError):
        tx.grad(f, "z")


@pytest.mark.parametrize("x", [2, True, np.arange(3), np.int64(2), np.array([True])], ids=["int", "bool", "int array", "np.int64", "bool array"])
def test_an_integer_argument_is_refused_at_the_call(x: Any) -> None:
    with pytest.raises(ArgumentError, match="has no derivative"):
        tx.grad(norm)(x)


def test_a_value_that_is_not_scalar() -> None:
    with pytest.raises(tx.errors.NonScalarOutput):
        tx.grad(vector)(np.array([1.0, 2.0]), 3.0)
    with pytest.raises(tx.errors.NonScalarOutput):
        tx.grad(pair)(1.0)


def test_a_seed_of_the_wrong_shape() -> None:
    x = np.array([1.0, 2.0])
    with pytest.raises(tx.errors.CotangentError):
        tx.vjp(vector)(x, 3.0, init_grad=np.ones(3))
    with pytest.raises(tx.errors.CotangentError):
        tx.jvp(vector)(x, 3.0, x_dot=np.ones(3))
    with pytest.raises(tx.errors.CotangentError):
        tx.vjp(pair)(1.0, init_grad=1.0)


def test_the_seed_is_never_written_to() -> None:
    x, seed = np.array([1.0, 2.0]), np.array([1.0, 1.0])
    tx.vjp(vector)(x, 3.0, init_grad=seed)
    assert seed.tolist() == [1.0, 1.0]


def test_unknown_public_name() -> None:
    with pytest.raises(AttributeError, match="module 'tangentx' has no attribute 'gradient'"):
        tx.gradient  # type: ignore[attr-defined]  # noqa: B018


def rms(x: np.ndarray, axis: int | None = None, keepdims: bool = False) -> np.ndarray:
    return np.sqrt(np.average(x * x, axis=axis, keepdims=keepdims))


def tenth(x: np.ndarray, axis: int) -> np.ndarray:
    return np.sum(0.1 * x, axis)


def rms_of_rows(x: np.ndarray, y: np.ndarray) -> float:
    return rms(x) + np.sum(rms(x, 1) ** 3) + np.sum(y * rms(x, axis=0, keepdims=True)) + np.sum(tenth(x, 1) ** 3)


def by_its_axis(x: np.ndarray) -> np.ndarray:
    return tenth(x, x[0, 0])


def test_a_reduction_of_the_users_own(own_rules: None) -> None:
    """One partial derivative, over any axes, in both modes; one that only broadcasts against the parameter is spread."""
    tx.reduction(rms)(lambda y, x, axis=None, keepdims=False: x * (np.size(y) / np.size(x)) / y)
    tx.reduction(tenth)(lambda y, x, axis: 0.1)
    x = np.arange(1.0, 7.0).reshape(2, 3)
    assert tx.check_grad(rms_of_rows, x, x).ok
    assert "rms_x_bar = expanded(" not in tx.source(tx.grad(rms_of_rows))
    with pytest.raises(tx.errors.NotDifferentiable, match="with respect to 'axis'"):
        tx.vjp(by_its_axis)
    with pytest.raises(tx.errors.NotDifferentiable, match="with respect to 'axis'"):
        tx.jvp(by_its_axis)


class Scale:
    """An object with a method that no source can be had of, as far as the compiler knows."""

    def by(self, x: np.ndarray) -> np.ndarray:
        return np.asarray(eval("3.0 * x"))


scale = Scale()


def scaled_and_reduced(x: np.ndarray) -> float:
    return np.sum(scale.by(x) ** 2) + np.add.reduce(x)


def test_a_rule_for_the_method_of_one_object(own_rules: None) -> None:
    """``np.add.reduce``, ``scipy.stats.norm.pdf``: methods of objects are made anew each time, and known by the object and the name."""
    tx.elementwise(scale.by)(lambda y, x: 3.0)
    assert tx.check_grad(scaled_and_reduced, np.array([1.0, 2.0])).ok


class Quadratic:
    """``q * x`` is no product."""

    def __init__(self, a: float) -> None:
        self.a = a

    def __mul__(self, x: float) -> float:
        return self.a * x * x

    def __rmul__(self, x: float) -> float:
        return self.a * x * x

    def __getitem__(self, x: float) -> float:
        return self.a * x * x


def times_an_operand(x, q):
    return q * x


def operand_in_a_list(x, q):
    return x * 2.0 * q[1]


def operand_of_a_callee(x, q):
    y = x + 1.0
    return times_an_operand(y * y, q) + y


def looked_up(x, q):
    return q[x]


def times_a_known_operand(x, q: Quadratic):
    return x * q + q[x]


def summed_product(x, a):
    return np.sum(a * x)


@pytest.mark.parametrize("derivative", [tx.grad, lambda f: lambda *args: tx.jvp(f)(*args, x_dot=1.0)])
def test_operands_with_operators_of_their_own(derivative: Any) -> None:
    """What is no argument of the derivative may be an object, whose class says what its operators mean: these gave wrong numbers."""
    q = Quadratic(3.0)
    for f, operand in ((times_an_operand, q), (operand_in_a_list, [1.0, q]), (operand_of_a_callee, q), (looked_up, q)):
        with pytest.raises(tx.errors.ArgumentError, match="the class Quadratic, which has its own"):
            derivative(f)(2.0, operand)
    assert derivative(times_a_known_operand)(2.0, q) in (24.0, (24.0, 24.0))
    with pytest.raises(tx.errors.ArgumentError, match=r"np.matrix"):
        derivative(summed_product)(np.ones((2, 2)), np.matrix([[1.0, 2.0], [3.0, 4.0]]))


def test_operands_of_libraries() -> None:
    """Operators of a library's classes are those of arrays."""
    sparse = pytest.importorskip("scipy.sparse")
    a = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert np.allclose(tx.grad(lambda x, a: np.sum(a @ x))(np.ones(2), sparse.csr_array(a)), a.sum(0))


@pytest.mark.parametrize("convert", [np.asarray, np.array, np.atleast_1d, lambda x: np.asarray(x, dtype=float) * 1.0])
@pytest.mark.parametrize("x", [[1.0, 2.0], (1.0, 2.0), [[1.0, 2.0], [3.0, 4.0]]])
def test_the_gradient_of_a_list_that_is_made_an_array_is_a_list(convert: Callable[..., Any], x: Any) -> None:
    def f(x: Any) -> Any:
        return np.sum(convert(x) ** 3)

    gradient = tx.grad(f)(x)
    assert type(gradient) is type(x) and type(gradient[0]) is not np.ndarray
    np.testing.assert_allclose(gradient, 3.0 * np.square(x))
    assert isinstance(tx.grad(f)(np.array(x)), np.ndarray)
