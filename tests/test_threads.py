"""The threads of github.com/google/tangent as regression tests, by number: what its users wrote, and what they expected."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tangentx as tx
from tests.holds import holds

X = np.array([0.5, 1.2, 0.8])


@pytest.fixture(autouse=True)
def _verified(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TANGENTX_VERIFY", "1")


# -------------------------------------------------------------------------------------------------------- the language


def test_77_nested_function() -> None:
    """A function defined inside of the function could not be called: its name was not resolved."""

    def f(x):
        def a(x):
            return x * x

        return a(x)

    holds(f, (1.3,))
    assert tx.grad(f)(3.0) == 6.0


def test_57_append() -> None:
    def f(x: Any) -> Any:
        states = [x]
        for k in range(3):
            states.append(np.tanh(states[-1]) * x + k)
        return np.sum(states[-1] * states[1])

    holds(f, (np.array([0.5, 1.2]),))


def test_58_enumerate() -> None:
    """A loop over ``enumerate`` was a TypeError, even where only the counter was used."""

    def counted(x):
        last = -1.0
        for r, _ in enumerate(x):
            last = r * x[0]
        return last

    def weighted(x):
        total = 0.0
        for k, item in enumerate(x, start=1):
            total += k * item**2
        return total

    holds(counted, (X,))
    holds(weighted, (X,))


def test_56_loop_over_slices() -> None:
    """``r = x[:, :, f]`` in a loop was "can't assign to literal"."""

    def f(x):
        for k in range(np.shape(x)[2]):
            r = x[:, :, k]
        return r

    def g(x):
        total = np.zeros((2, 3))
        for k in range(np.shape(x)[2]):
            total = total * x[:, :, k] + x[:, :, k]
        return np.sum(total)

    x = np.linspace(0.1, 1.2, 12).reshape(2, 3, 2)
    holds(f, (x,))
    holds(g, (x,))


def test_62_slice_of_a_row() -> None:
    """``x[0, :]`` inside of a call failed."""

    def f(x, y):
        return np.dot(x[0, :], y[0, :])

    holds(f, (X[None, :], 2.0 * X[None, ::-1]), (0, 1))


def test_19_unpacked_and_built_from_a_shape() -> None:
    """An array made from the shape of another one: a tuple inside of a call was refused as an unpacking."""

    def f(wrapped):
        rows, cols = wrapped.shape
        features = np.zeros((4, np.shape(wrapped)[0]))
        features[0] = wrapped[:, 0] * wrapped[:, 1]
        features[1:3, 0] = wrapped[1, :2]
        return np.sum(features**2) * rows / cols

    holds(f, (np.linspace(0.2, 1.1, 6).reshape(2, 3),))


def test_69_name_of_an_adjoint_of_an_index() -> None:
    """``S[i, i] += d[i]`` under an ``if`` in a loop: the generated code read a name (``bi``) that it never made."""

    def f(d, n):
        s = np.zeros((n, n))
        for i in range(n):
            s[i, 2] = 1.0
            if i == 2:
                s[i, i] += d[i]
        return s

    holds(f, (X, 3))
    _, gradient = tx.vjp(f)(X, 3, init_grad=np.arange(9.0).reshape(3, 3))
    np.testing.assert_array_equal(gradient, [0.0, 0.0, 8.0])


# ------------------------------------------------------------------------------------------------------- higher orders


def test_88_hessian() -> None:
    """``grad(grad(f))`` of a function of an array: the gradient is no scalar, and the assertion about shapes said so without a
    way out."""

    def f(x):
        return 0.5 * np.sum(x**2)

    np.testing.assert_allclose(tx.hessian(f)(np.array([1.0, 2.0])), np.eye(2))
    np.testing.assert_allclose(tx.hvp(f)(np.array([1.0, 20.0]), x_dot=np.array([3.0, 4.0])), [3.0, 4.0])
    with pytest.raises(tx.errors.NonScalarOutput, match="use vjp or jacobian"):
        tx.grad(tx.grad(f))(np.array([1.0, 2.0]))


def test_8_forward_over_reverse() -> None:
    """Hessian-vector products by forward mode over the generated reverse."""

    def f(x):
        return np.prod(np.sin(x)) * np.sum(x)

    holds(f, (X,))
    v = np.array([0.3, -1.0, 0.7])
    np.testing.assert_allclose(tx.jvp(tx.grad(f))(X, x_dot=v)[1], tx.hessian(f)(X) @ v, rtol=1e-12)


def _states(theta: Any, states: Any) -> Any:
    return states * theta if np.ndim(theta) else states


def test_84_hessian_vector_product_through_calls() -> None:
    """A function that calls another one could not be differentiated twice: the helpers of the gradient were refused."""

    def loss(theta, actions):
        err = _states(theta, actions)
        return np.mean(err**2, axis=(0,))

    holds(loss, (X, 2.0 * X), (0, 1))


# ------------------------------------------------------------------------------------------------------- wrong numbers


def test_66_running_maximum() -> None:
    """logsumexp with a running maximum gave zeros (and the loop over the items of an array as well)."""

    def logsumexp(a):
        result = 0.0
        largest_in_a = a[0]
        a_shape = len(a)
        for i in range(1, a_shape):
            if a[i] > largest_in_a:
                largest_in_a = a[i]
        for i in range(a_shape):
            result += np.exp(a[i] - largest_in_a)
        return np.log(result) + largest_in_a

    def over_items(a):
        total = 0.0
        for item in a:
            total += np.exp(item)
        return np.log(total)

    x = np.array([1.0, 2.0, 3.0, 4.0])
    softmax = np.exp(x) / np.sum(np.exp(x))
    for f in (logsumexp, over_items):
        np.testing.assert_allclose(tx.grad(f)(x), softmax, rtol=1e-13)
        holds(f, (x,))


BTU_S2HP, HP_PER_RPM_TO_FT_LBF = 1.4148532, 5252.11


def _enthalpy_and_power(w_in, w_out, ht_in, ht_out_ideal, eff, nmech, b1_w, b1_ht, b1_ht_ideal):
    ht_out = w_in / w_out * (ht_in * (1.0 - eff) + ht_out_ideal * eff)
    power = w_in * eff * (ht_in - ht_out_ideal) * BTU_S2HP
    ht_out += b1_w / w_out * (b1_ht * (1.0 - eff) + b1_ht_ideal * eff)
    power += b1_w * eff * (b1_ht - b1_ht_ideal) * BTU_S2HP
    trq = power / nmech * HP_PER_RPM_TO_FT_LBF
    return power + 0.0 * trq + 0.0 * ht_out


def test_64_power_of_a_turbine() -> None:
    """The derivative by the first argument was zero: ``power += ...`` overwrote what its adjoint was read from."""
    args = (3.0, 2.0, 1.5, 1.1, 0.9, 0.8, 0.4, 1.2, 0.7)
    holds(_enthalpy_and_power, args, tuple(range(9)))
    np.testing.assert_allclose(tx.grad(_enthalpy_and_power)(*args), 0.9 * (1.5 - 1.1) * BTU_S2HP, rtol=1e-14)


def test_30_functions_of_arrays() -> None:
    """``x + 2 cos(x)`` of an array gave one number: the gradient of an array function was summed, without a word."""

    def f(x):
        return x + 2.0 * np.cos(x)

    x = np.array([0.0, 1.0, 2.0])
    with pytest.raises(tx.errors.NonScalarOutput):
        tx.grad(f)(x)
    np.testing.assert_allclose(tx.vjp(f)(x, init_grad=np.ones(3))[1], 1.0 - 2.0 * np.sin(x))
    np.testing.assert_allclose(tx.jacobian(f)(x), np.diag(1.0 - 2.0 * np.sin(x)))
    assert tx.grad(f)(1.0) == 1.0 - 2.0 * np.sin(1.0)
    holds(f, (x,))


# ------------------------------------------------------------------------------------------------------- missing NumPy


def test_28_array_of_an_argument() -> None:
    """``x = np.array(x)`` at the head of a function had no reverse."""

    def f(x):
        x = np.array(x)
        return np.sum(x**2)

    holds(f, (X,))
    holds(f, (1.3,))
    holds(f, ((0.5, 1.2),))


def test_59_shapes_of_dot() -> None:
    """The adjoint of ``np.dot`` failed for two vectors, and for a vector and a column."""

    def f(x, y):
        return np.sum(np.dot(x, y))

    m = np.array([[0.4, 0.9], [1.3, 0.2], [0.6, 1.4]])
    for args in ((X, X[::-1].copy()), (X, m), (m.T, X), (m.T, m), (X, np.reshape(X, (-1, 1))), (np.array(1.3), X)):
        holds(f, args, (0, 1))


@pytest.mark.parametrize("fn", [np.arctan2, np.hypot, np.logaddexp, np.maximum, np.fmin, np.power, np.divide], ids=lambda fn: fn.__name__)
def test_43_tangents_for_all_gradients(fn: Callable[..., Any]) -> None:
    """Functions had a gradient and no tangent: the two tables had to be kept in step by hand."""

    def f(x, y):
        return np.sum(fn(x, y) * x)

    holds(f, (X, X[::-1] + 0.1), (0, 1))


# --------------------------------------------------------------------------------------------------------------- the API


@pytest.mark.parametrize("thread", [51, 60])
def test_forward_mode_is_a_verb_of_its_own(thread: int) -> None:
    """``grad(f, mode="forward")``, as the documentation said, was a TypeError."""

    def f(x):
        return np.sin(x) * x

    assert tx.jvp(f)(1.3, x_dot=2.0)[1] == pytest.approx(2.0 * (np.cos(1.3) * 1.3 + np.sin(1.3)))
    with pytest.raises(TypeError):
        tx.grad(f, mode="forward")  # type: ignore[call-arg]
    assert thread


def _mul(m: Any, n: Any) -> Any:
    out = m * n
    return out


def test_71_all_arguments() -> None:
    """``grad(f)`` is of the first argument: it was not said how to get the others."""

    def f(x, y):
        a = _mul(x, y)
        b = _mul(x, y)
        c = a + b
        return c

    assert tx.grad(f)(2.0, 3.0) == 6.0
    assert tx.grad(f, (0, 1))(2.0, 3.0) == (6.0, 4.0)
    assert tx.grad(f, "y")(2.0, 3.0) == 4.0
    holds(f, (2.0, 3.0), (0, 1))


SCRIPT = """
import numpy as np
import tangentx as tx

def f(x):
    out = x * x
    return out

df = tx.grad(f)
print(df(3.0), tx.hvp(f)(3.0, x_dot=2.0))
"""


@pytest.mark.parametrize("thread", [85, 75, 10])
def test_as_a_script_on_the_command_line_and_typed_in(thread: int, tmp_path: Path) -> None:
    """Only what stood in a file that could be imported had a source: scripts, and what was typed in, failed."""
    script = tmp_path / "model.py"
    script.write_text(SCRIPT)
    how = {85: [str(script)], 75: ["-c", SCRIPT], 10: ["-"]}[thread]
    environment = {"PATH": "", "TANGENTX_CACHE": str(tmp_path / "cache"), "PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run([sys.executable, *how], input=SCRIPT, capture_output=True, text=True, env=environment, check=False)
    if thread == 10 and not done.stdout:  # Python keeps no source of it before 3.13, and the message says what to do
        assert "SourceNotFound" in done.stderr and "Put the function in a file" in done.stderr
    else:
        assert done.stdout == "6.0 4.0\n", done.stderr


# --------------------------------------------------------------------------------------------- crashes in the optimiser


def test_82_branches_that_are_swapped() -> None:
    """``if x <= 0: y = 2 else: y = x + 2`` crashed where the same function with its arms swapped worked."""

    def g(x):
        if x > 0:
            y = x + 2
        else:
            y = 2
        return y

    def h(x):
        if x <= 0:
            y = 2
        else:
            y = x + 2
        return y

    for x in (1.3, -1.3):
        holds(g, (x,))
        holds(h, (x,))
        assert tx.grad(g)(x) == tx.grad(h)(x) == float(x > 0)


def test_31_upper_triangle() -> None:
    """Two nested loops over ``np.arange`` crashed."""

    def f(x):
        """Sum the upper triangle of the array x."""
        sum = 0
        rows, cols = x.shape
        for i in np.arange(rows):
            for j in np.arange(i, cols):
                sum = sum + x[i, j]
        return sum

    x = np.linspace(0.1, 0.9, 9).reshape(3, 3)
    np.testing.assert_array_equal(tx.grad(f)(x), np.triu(np.ones((3, 3))))
    holds(f, (x,))


# ------------------------------------------------------------------------------------------------------ its dependencies


def test_97_99_100_105_47_61_16_nothing_optional_is_needed() -> None:
    """An import of TensorFlow, or another version of gast, made all of it unusable."""
    program = """
import sys
for name in ("tensorflow", "torch", "jax", "cupy", "numba", "scipy", "sklearn", "autograd"):
    sys.modules[name] = None
import tangentx as tx
print(tx.grad(lambda x: x * x)(3.0))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=Path(__file__).parent.parent, check=False)
    assert done.stdout == "6.0\n", done.stderr
