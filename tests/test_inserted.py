"""``insert_grad_of``: the user's own code in the backward pass, and nowhere else; and ``stop_gradient``."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import tangentx as tx
from tangentx import insert_grad_of as look
from tests.conftest import Write

SEEN: list[Any] = []


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TANGENTX_VERIFY", "1")
    SEEN.clear()


def clipped(x):
    y = x * x
    with tx.insert_grad_of(y) as y_bar:
        SEEN.append(y_bar)
        y_bar = np.clip(y_bar, -0.5, 0.5)
    return np.sum(np.exp(y))


def in_a_branch(x):
    y = x * x
    if y > 1.0:
        with tx.insert_grad_of(y) as dy:
            SEEN.append("then")
            dy = 10.0 * dy
        y = y * x
    else:
        with tx.insert_grad_of(y) as dy:
            SEEN.append("else")
            dy = -dy
    return y * x


def in_a_loop(x, n):
    y = x
    for i in range(n):
        y = y * x
        with tx.insert_grad_of(y) as dy:
            SEEN.append((i, float(dy), float(y)))
            if dy > 3.0:
                dy = 3.0
    return y


def in_a_while(x, n):
    y = x
    i = 0
    while True:
        with look(y) as dy:
            SEEN.append(i)
            dy = 0.5 * dy
        if i == n:
            break
        y = y * x
        i += 1
    return y


def layer(x, w):
    z = x * w
    with tx.insert_grad_of(z) as z_bar:
        SEEN.append(z_bar)
        z_bar = 2.0 * z_bar
    return np.tanh(z)


def in_a_callee(x, w):
    for _ in range(2):
        x = layer(x, w)
    return x


def of_a_parameter(x):
    return scaled(x) + 3.0 * x


def scaled(t):
    with tx.insert_grad_of(t) as t_bar:
        SEEN.append(float(t_bar))
        t_bar = 100.0 * t_bar
    return t * t


def in_a_local_function(x):
    def inner(t):
        if x > 0.0:
            with tx.insert_grad_of(t) as t_bar:
                SEEN.append(float(t_bar))
                t_bar = 100.0 * t_bar
        return t * t

    return inner(x) + 3.0 * x


def of_a_dict(x, y):
    parts = {"product": x * y, "sum": x + y}
    with tx.insert_grad_of(parts) as bars:
        SEEN.append(dict(bars))
        bars = {"product": bars["product"], "sum": 10.0 * bars["sum"]}
    return parts["product"] * parts["sum"]


def two_at_once(x, y):
    a = x * y
    b = x + y
    with tx.insert_grad_of(a) as da, tx.insert_grad_of(b) as db:
        da, db = db, da
    return a * b


def of_a_written_array(x):
    a = np.zeros(3)
    a[0] = x[0] * x[1]
    a[1] = 2.0
    with tx.insert_grad_of(a) as a_bar:
        SEEN.append((a.copy(), a_bar.copy()))
        a_bar[1:] = 0.0
    a[1] = x[1]
    a[2] = a[0] * a[1]
    return np.sum(a * a)


def shared_adjoint(x, y):
    with tx.insert_grad_of(x) as x_bar:
        x_bar[0] = 0.0
    s = x + y
    return np.sum(s * s) + np.sum(x)


def replaced_by_a_number(x):
    y = 2.0 * x
    with tx.insert_grad_of(y) as y_bar:
        y_bar = 0.25  # noqa: F841
    return np.sum(y * y)


def looked_at(x, log):
    y = np.sin(x)
    with tx.insert_grad_of(y) as y_bar:
        norm = np.sqrt(np.sum(y_bar * y_bar))
        log.append(norm)
    norm = 2.0
    return norm * np.sum(y)


def guarded(x):
    y = np.sqrt(x)
    with tx.insert_grad_of(x) as x_bar:
        assert np.all(np.isfinite(x_bar)), "inf"
        if not np.all(x_bar < 1e3):
            raise FloatingPointError("exploding gradient")
    return np.sum(y + x * x)


def of_a_tuple(x, y):
    pair = (x * y, x + y)
    with tx.insert_grad_of(pair) as pair_bar:
        pair_bar = (pair_bar[0], 10.0 * pair_bar[1])
    a, b = pair
    return a * b


PLAIN = [
    (clipped, (np.array([0.3, 0.9]),)), (in_a_branch, (1.3,)), (in_a_loop, (1.1, 3)), (in_a_while, (1.1, 2)), (in_a_callee, (0.4, 1.2)),
    (of_a_parameter, (1.5,)), (in_a_local_function, (1.5,)), (two_at_once, (1.2, 0.7)), (of_a_written_array, (np.array([1.5, 0.7]),)),
    (shared_adjoint, (np.array([1.0, 2.0]), np.array([3.0, 4.0]))), (looked_at, (np.array([0.4, 0.2]), SEEN)), (guarded, (np.array([0.5, 2.0]),)),
]  # fmt: skip


@pytest.mark.parametrize(("f", "args"), PLAIN, ids=[f.__name__ for f, _ in PLAIN])
def test_the_function_itself_passes_over_the_block(f: Callable[..., Any], args: tuple[Any, ...]) -> None:
    value = f(*args)
    assert SEEN == []
    both, _ = tx.vjp(f)(*args, init_grad=1.0)
    np.testing.assert_allclose(both, value, rtol=1e-14)


@pytest.mark.parametrize("optimise", [True, False], ids=["optimised", "plain"])
@pytest.mark.parametrize(
    ("f", "args", "expected"),
    [
        (clipped, (np.array([0.1, 0.9]),), [0.1, 0.9]),  # 0.5 * 2 x where exp(y) > 0.5
        (in_a_branch, (1.3,), 1.3**3 + 1.3 * (1.3**2 + 1.3 * 10.0 * 2.0 * 1.3)),
        (in_a_branch, (0.5,), 0.25 - 0.5),
        (in_a_while, (1.1, 2), 0.5 * 1.1**2 + 0.5 * 1.1 * (0.5 * 1.1 + 0.5 * 1.1 * 0.5)),
        (of_a_parameter, (1.5,), 303.0),
        (in_a_local_function, (1.5,), 303.0),
        (shared_adjoint, (np.array([1.0, 2.0]), np.array([3.0, 4.0])), [0.0, 13.0]),
        (replaced_by_a_number, (np.array([1.0, 2.0]),), [0.5, 0.5]),
    ],
)
def test_the_adjoint_is_what_the_block_makes_of_it(f: Callable[..., Any], args: tuple[Any, ...], expected: Any, optimise: bool) -> None:
    np.testing.assert_allclose(tx.grad(f, optimise=optimise)(*args), expected, rtol=1e-12)


def test_each_iteration_runs_the_block_last_one_first() -> None:
    gradient = tx.grad(in_a_loop)(1.2, 3)
    np.testing.assert_allclose(SEEN, [(2, 1.0, 1.2**4), (1, 1.2, 1.2**3), (0, 1.2 * 1.2, 1.2**2)])
    np.testing.assert_allclose(gradient, 4 * 1.2**3, rtol=1e-14)  # nothing was clipped
    np.testing.assert_allclose(tx.grad(in_a_loop)(2.0, 4), 2.0**4 + 2.0 * 2.0**3 + 3.0 * 2.0**2 + 3.0 * 2.0 + 3.0 * 2.0, rtol=1e-14)


def test_every_trip_of_a_loop_that_breaks() -> None:
    tx.grad(in_a_while)(1.1, 2)
    assert SEEN == [2, 1, 0]


def test_in_callees() -> None:
    x, w = 0.4, 1.2
    found = tx.grad(in_a_callee)(x, w)
    t = np.tanh(x * w)
    outer, inner = 1.0 - np.tanh(t * w) ** 2, 1.0 - t * t
    np.testing.assert_allclose(found, 2.0 * outer * w * 2.0 * inner * w, rtol=1e-13)
    np.testing.assert_allclose(SEEN, [outer, 2.0 * outer * w * inner], rtol=1e-13)


def test_the_adjoint_of_a_parameter_is_not_that_of_the_argument() -> None:
    for f in (of_a_parameter, in_a_local_function):
        tx.grad(f)(1.5)
        assert SEEN == [3.0]
        SEEN.clear()


def test_the_adjoint_of_a_parameter_of_a_function_that_writes() -> None:
    def write(u, out):
        with tx.insert_grad_of(u) as u_bar:
            SEEN.append(u_bar)
        out[0] = 2.0 * u

    def halve(u):
        with tx.insert_grad_of(u) as u_bar:
            SEEN.append(u_bar.copy())
            u_bar = 10.0 * u_bar
        u[0] = 0.5 * u[1]

    def f(x):
        out = np.zeros(2)
        write(x, out)
        return out[0] + 3.0 * x

    def g(x):
        y = x * 1.0
        halve(y)
        return np.sum(y * x)

    assert tx.grad(f)(1.5) == 5.0
    assert SEEN == [2.0]
    SEEN.clear()
    x = np.array([2.0, 3.0])
    np.testing.assert_allclose(tx.grad(g)(x), [1.5, 10.0 * (3.0 + 1.0) + 3.0])
    np.testing.assert_allclose(SEEN, [[0.0, 4.0]])


def test_two_at_once() -> None:
    x, y = 1.2, 0.7
    da, db = x * y, x + y  # exchanged
    np.testing.assert_allclose(tx.grad(two_at_once, ("x", "y"))(x, y), (da * y + db, da * x + db), rtol=1e-13)


def test_an_array_that_is_written_before_and_after() -> None:
    x = np.array([1.5, 0.7])
    found = tx.grad(of_a_written_array)(x)
    product = x[0] * x[1]
    ((value, bar),) = SEEN
    np.testing.assert_allclose(value, [product, 2.0, 0.0])
    of_first = 2.0 * product + 2.0 * product * x[1] * x[1]
    np.testing.assert_allclose(bar, [of_first, 0.0, 0.0], rtol=1e-13)
    of_second = 2.0 * x[1] + 2.0 * product * x[1] * product
    np.testing.assert_allclose(found, [of_first * x[1], of_first * x[0] + of_second], rtol=1e-13)
    assert value.base is None


def test_writing_into_an_adjoint_leaves_that_of_others_alone() -> None:
    args = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    np.testing.assert_allclose(tx.grad(shared_adjoint, (0, 1))(*args), ([0.0, 13.0], [8.0, 12.0]))


def test_a_tuple() -> None:
    x, y = 1.2, 0.7
    np.testing.assert_allclose(tx.grad(of_a_tuple)(x, y), (x + y) * y + 10.0 * x * y, rtol=1e-13)


def test_a_dict() -> None:
    x, y = 1.2, 0.7
    np.testing.assert_allclose(tx.grad(of_a_dict)(x, y), (x + y) * y + 10.0 * x * y, rtol=1e-13)
    (_, product), (_, total) = SEEN[0].items()
    np.testing.assert_allclose((product, total), (x + y, x * y))


def test_a_block_that_looks_changes_nothing() -> None:
    x, log = np.array([0.4, 0.2]), []
    np.testing.assert_allclose(tx.grad(looked_at)(x, log), 2.0 * np.cos(x), rtol=1e-14)
    np.testing.assert_allclose(log, [2.0 * np.sqrt(2.0)])
    value, tangent = tx.jvp(looked_at)(x, log, x_dot=np.ones(2))
    np.testing.assert_allclose(tangent, np.sum(2.0 * np.cos(x)))
    assert len(log) == 1


def test_what_was_kept_does_not_change_later() -> None:
    kept = []

    x = np.array([1.0, 2.0, 3.0])

    def h(x, kept):
        y = x.copy()
        for i in range(3):
            y[i] = y[i] * y[i]
            with tx.insert_grad_of(y) as y_bar:
                kept.append(y_bar)
        return np.sum(y)

    np.testing.assert_allclose(tx.grad(h)(x, kept), 2.0 * x)
    np.testing.assert_allclose(kept, [[1, 1, 1], [1, 1, 6], [1, 4, 6]])


def test_errors_of_the_block_come_through() -> None:
    assert tx.grad(guarded)(np.array([0.25, 4.0])).shape == (2,)
    with pytest.raises(FloatingPointError, match="exploding"):
        tx.grad(guarded)(np.array([1e9, 1.0]))


def test_forward_mode_refuses_a_replaced_adjoint() -> None:
    with pytest.raises(tx.errors.NotDifferentiable, match=r"insert_grad_of\(y\) replaces an adjoint"):
        tx.jvp(clipped)


def test_second_order_goes_through_the_block() -> None:
    x, v = np.array([0.1, 0.9]), np.array([1.5, -0.7])
    np.testing.assert_allclose(tx.hvp(clipped)(x, x_dot=v), v, rtol=1e-13)  # the gradient is x itself: 0.5 * 2 x
    x = 1.2
    numeric = (tx.grad(in_a_loop)(x + 1e-6, 3) - tx.grad(in_a_loop)(x - 1e-6, 3)) / 2e-6
    np.testing.assert_allclose(tx.grad(tx.grad(in_a_loop))(x, 3), numeric, rtol=1e-8)
    np.testing.assert_allclose(tx.hvp(in_a_loop)(x, 3, x_dot=1.0), numeric, rtol=1e-8)


def test_nothing_runs_where_no_derivative_passes() -> None:
    tx.grad(in_a_callee, "w")(0.4, 1.2)
    assert len(SEEN) == 2
    SEEN.clear()

    def f(x, b):
        with tx.insert_grad_of(b) as b_bar:
            SEEN.append(b_bar)
        return x * b

    assert tx.grad(f, "x")(2.0, 3.0) == 3.0
    assert SEEN == []
    assert tx.grad(f, "b")(2.0, 3.0) == 2.0
    assert SEEN == [2.0]


def test_the_users_names_and_comments_stay() -> None:
    def f(x):
        y = x * x
        with tx.insert_grad_of(y) as step:
            # not more than one
            step = np.clip(step, -1.0, 1.0)
            print("step", step)
        return np.sum(np.exp(y))

    text = tx.source(tx.grad(f))
    assert "# not more than one" in text
    assert 'print("step", step)' in text
    assert "insert_grad_of" not in text


def test_a_written_module_does_without_tangentx(write_module: Write) -> None:
    from tangentx.api import module_text

    module = write_module(
        "model",
        """
        import numpy as np
        import tangentx as tx

        def f(x: float) -> float:
            y = x * x
            with tx.insert_grad_of(y) as y_bar:
                y_bar = min(y_bar, 0.5)
            return np.sin(y)
        """,
    )
    text = module_text(module.f)
    assert "import tangentx" not in text
    assert "from tangentx" not in text.replace("copied from tangentx", "")
    made = write_module("derived", text)
    assert made.dfdx(1.0) == pytest.approx(2.0 * min(np.cos(1.0), 0.5))


# ------------------------------------------------------------------------------------------------- in plain Python


def one_line(x):
    with look(x) as x_bar: SEEN.append(x_bar)  # fmt: skip # noqa: E701
    with look(x): SEEN.append(x)  # fmt: skip # noqa: E701
    return x


def test_the_block_is_skipped_in_every_form() -> None:
    assert one_line(2.0) == 2.0
    for x in (1.0, 2.0):
        with look(x), look(x) as x_bar:
            SEEN.append(x_bar)
    thread = threading.Thread(target=one_line, args=(1.0,))
    thread.start()
    thread.join()
    assert SEEN == []


def test_a_tracer_goes_on_behind_the_block() -> None:
    lines: list[int] = []

    def tracer(frame: Any, event: str, arg: Any) -> Any:
        if event == "line" and frame.f_code is one_line.__code__:
            lines.append(frame.f_lineno - frame.f_code.co_firstlineno)
        return tracer

    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        one_line(2.0)
        now = sys.gettrace()
    finally:
        sys.settrace(before)
    assert now is tracer
    assert lines[-1] == 3
    assert SEEN == []


# --------------------------------------------------------------------------------------------------- stop_gradient


def stopped(x):
    target = tx.stop_gradient(x)
    return np.sum((x - target) * x + target)


def stopped_in_a_loop(x, n):
    y = x
    for _ in range(n):
        y = y * tx.stop_gradient(y) + x
    return np.sum(y)


def stopped_tuple(x, y):
    a, b = tx.stop_gradient((x * y, x))
    return a * x + b * y


def test_stop_gradient() -> None:
    x = np.array([0.5, 1.5])
    np.testing.assert_allclose(tx.grad(stopped)(x), x)
    np.testing.assert_allclose(tx.jvp(stopped)(x, x_dot=np.ones(2)), (2.0, 2.0))
    np.testing.assert_allclose(tx.hvp(stopped)(x, x_dot=np.ones(2)), [2.0, 2.0])  # of the gradient 2 x - target
    y1 = x * x + x
    np.testing.assert_allclose(tx.grad(stopped_in_a_loop)(x, 2), (x + 1.0) * y1 + 1.0)
    np.testing.assert_allclose(tx.jvp(stopped_in_a_loop)(x, 2, x_dot=x)[1], np.sum(x * ((x + 1.0) * y1 + 1.0)))
    assert tx.grad(stopped_tuple, (0, 1))(2.0, 3.0) == (6.0, 2.0)


def test_a_stopped_array_is_a_value_of_its_own() -> None:
    def f(x):
        y = x * 2.0
        kept = tx.stop_gradient(y)
        total = np.sum(kept * x)
        y[0] = x[1] * x[1]
        kept[1] = 5.0 * x[1]
        return total + np.sum(kept * x) + np.sum(y * y)

    x = np.array([0.5, 1.5])
    assert f(x) == 0.5 + 4.5 + 0.5 + 11.25 + 1.5**4 + 9.0
    # 2 x twice, and the written item: kept is a constant, what is written into it is not
    np.testing.assert_allclose(tx.grad(f)(x), [2.0, 3.0 + 7.5 + 5.0 * 1.5 + 4.0 * 1.5**3 + 8.0 * 1.5])


def test_a_stopped_container() -> None:
    def f(x):
        parts = tx.stop_gradient({"a": x * x, "b": [x, 2.0]})
        return parts["a"] * x + parts["b"][0] * x * x

    assert tx.grad(f)(3.0) == 9.0 + 2.0 * 9.0


# ------------------------------------------------------------------------------------------------------- as it is written


def kept_calls(x, log):
    y = x * x
    with tx.insert_grad_of(y) as y_bar:
        unused = log(y_bar)  # noqa: F841
        scaled = y_bar * (0.5 / 3.0) * 1.0
        log(scaled)
    return y * x


def test_the_code_of_the_block_runs_as_it_is_written() -> None:
    """Nothing of it is left out, reordered or simplified."""
    text = tx.source(tx.grad(kept_calls))
    assert "scaled = y_bar * (0.5 / 3.0) * 1.0" in text
    tx.grad(kept_calls)(1.5, SEEN.append)
    assert SEEN == [1.5, 1.5 * (0.5 / 3.0) * 1.0]


def test_breakpoint_stops_in_the_gradient_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def f(x):
        y = x * x
        with tx.insert_grad_of(y) as y_bar:  # noqa: F841
            breakpoint()
        return y * x

    def stop() -> None:
        SEEN.append(dict(sys._getframe(1).f_locals))

    monkeypatch.setattr(sys, "breakpointhook", stop)
    f(1.5)
    assert SEEN == []
    tx.grad(f)(1.5)
    assert SEEN[0]["y_bar"] == 1.5
    assert SEEN[0]["x"] == 1.5


# ---------------------------------------------------------------------------------------------------- what it writes to

GRADIENTS = np.zeros(2)


def kept_by_item(x, log, counts):
    y = 2.0 * x
    with tx.insert_grad_of(y) as y_bar:
        log["y_bar"] = y_bar
        counts[0] += 1
        GRADIENTS[:] = y_bar
    return np.sum(y * y)


def test_what_is_kept_by_item_goes_to_the_users_own() -> None:
    log, counts, x = {}, [0], np.array([1.0, 2.0])
    kept_by_item(x, log, counts)
    assert (log, counts) == ({}, [0])
    df = tx.grad(kept_by_item)
    for _ in range(2):
        np.testing.assert_allclose(df(x, log, counts), 8.0 * x)
    np.testing.assert_allclose(log["y_bar"], 4.0 * x)
    np.testing.assert_allclose(GRADIENTS, 4.0 * x)
    assert counts == [2]
    assert 'log["y_bar"] = y_bar' in tx.source(df)


def test_an_adjoint_changed_in_place() -> None:
    def f(x):
        y = 2.0 * x
        with tx.insert_grad_of(y) as y_bar:
            np.clip(y_bar, -1.0, 1.0, out=y_bar)
            y_bar *= 3.0
        return np.sum(y * y)

    def g(x):
        y = 2.0 * x
        with tx.insert_grad_of(y) as y_bar:
            first = y_bar[:1]
            first[0] = 0.0
        return np.sum(y * y)

    np.testing.assert_allclose(tx.grad(f)(np.array([1.0, 2.0])), [6.0, 6.0])
    np.testing.assert_allclose(tx.grad(g)(np.array([1.0, 2.0])), [0.0, 16.0])
    with pytest.raises(tx.errors.NotDifferentiable, match="replaces an adjoint"):
        tx.jvp(g)


def test_a_block_does_not_write_into_what_the_function_computes_with() -> None:
    def f(x):
        y = 2.0 * x
        with tx.insert_grad_of(y) as y_bar:
            z = y
            z[0] = y_bar[0]
        return np.sum(y * y)

    def g(x, log):
        y = 2.0 * x * log[0]
        with tx.insert_grad_of(y) as y_bar:
            log[0] = y_bar[0]
        return np.sum(y * y)

    for h in (f, g):
        for verb in (tx.grad, tx.jvp):
            with pytest.raises(tx.errors.AliasError, match="the block of insert_grad_of writes into"):
                verb(h)
