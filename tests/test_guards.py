"""try, with and local functions, where more than numbers is at stake: what is printed, raised, entered and left."""

from __future__ import annotations

import contextlib
import math
import warnings
from collections.abc import Iterator

import numpy as np
import pytest

import tangentx as tx

ENTERED: list[str] = []


@contextlib.contextmanager
def noted(name: str) -> Iterator[str]:
    ENTERED.append(f"in {name}")
    try:
        yield name
    finally:
        ENTERED.append(f"out {name}")


def root(x):
    try:
        y = math.sqrt(x)
    except ZeroDivisionError:
        y = 77.0
    return y


def finishes(x, n):
    for k in range(n):
        try:
            if k == 2:
                break
            if k == 1:
                continue
            x = x * 1.5
        finally:
            print("finally", k)
    try:
        return x * x
    finally:
        print("returned")


def enters(x):
    with noted("outer"), noted("inner") as name:
        print(name)
        if x > 2.0:
            raise KeyError(name)
        return x * len(name)


def unwanted(x):
    try:
        int("no number")
        y = x
    except ValueError:
        y = x * x
    return y


def empty(x):
    with noted("empty"):
        pass
    return x * x


def test_an_exception_of_the_tangent_is_not_caught_by_the_try() -> None:
    assert tx.jvp(root)(4.0, x_dot=1.0) == (2.0, 0.25)
    with pytest.raises(ZeroDivisionError):
        tx.jvp(root)(0.0, x_dot=1.0)
    with pytest.raises(ZeroDivisionError):
        tx.grad(root)(0.0)


def test_finally_is_done_before_every_jump(capsys: pytest.CaptureFixture[str]) -> None:
    value = finishes(2.0, 4)
    printed = capsys.readouterr().out
    assert printed == "finally 0\nfinally 1\nfinally 2\nreturned\n"
    assert tx.value_and_grad(finishes)(2.0, 4) == (value, 2 * 2.0 * 1.5**2)
    assert capsys.readouterr().out == printed
    assert tx.jvp(finishes)(2.0, 4, x_dot=1.0) == (value, 2 * 2.0 * 1.5**2)
    assert capsys.readouterr().out == printed


def test_contexts_are_entered_once_and_left() -> None:
    ENTERED.clear()
    assert tx.grad(enters)(1.5) == 5.0
    assert ENTERED == ["in outer", "in inner", "out inner", "out outer"]
    ENTERED.clear()
    with pytest.raises(KeyError, match="inner"):
        tx.grad(enters)(2.5)
    assert ENTERED == ["in outer", "in inner", "out inner", "out outer"]
    ENTERED.clear()
    assert tx.grad(empty)(1.5) == 3.0
    assert ENTERED == ["in empty", "out empty"]


def test_what_may_raise_in_a_try_is_never_dead_code() -> None:
    assert tx.grad(unwanted)(3.0) == 6.0
    assert tx.jvp(unwanted)(3.0, x_dot=1.0) == (9.0, 6.0)


class Ends:
    def __init__(self, on):
        self.on = on

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        return self.on


def ended(x):
    y = x
    with Ends(x < 0.0):
        y = x * math.log(x)
    return y


def test_a_context_that_ends_an_exception_is_found_out_at_run_time() -> None:
    assert ended(-1.0) == -1.0
    assert tx.grad(ended)(1.0) == 1.0
    for derived in (lambda: tx.grad(ended)(-1.0), lambda: tx.jvp(ended)(-1.0, x_dot=1.0)):
        with pytest.raises(RuntimeError, match="ended an exception"):
            derived()


def safe_log(x):
    with np.errstate(divide="ignore", invalid="ignore"):
        y = np.where(x > 0, np.log(np.abs(x)) * x, 1.0)
    return np.sum(y * y)


def test_the_reverse_is_as_quiet_as_the_block() -> None:
    x = np.array([1.5, 0.0, 2.0])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        gradient = tx.grad(safe_log)(x)
    x = x[[0, 2]]
    np.testing.assert_allclose(gradient[[0, 2]], 2 * x * np.log(x) * (np.log(x) + 1))


def loud(x):
    print("loud")
    return 2.0 * x


def calls_loud(x: float) -> float:
    def visit(node):
        print("visit", len(node))
        for child in node:
            visit(child)

    visit(((), ((),)))
    return loud(x) * 3.0


def test_effects_of_callees_stay(capsys: pytest.CaptureFixture[str]) -> None:
    calls_loud(1.0)
    printed = capsys.readouterr().out
    assert printed.count("visit") == 4
    assert tx.grad(calls_loud)(1.0) == 6.0
    assert capsys.readouterr().out == printed


def settles(x):
    old = np.seterr(divide="raise")
    try:
        y = np.sum(1.0 / x)
    finally:
        np.seterr(**old)
    return y


def test_the_settings_of_numpy_are_put_back_when_something_is_raised() -> None:
    zero, before = np.array([0.0, 2.0]), np.geterr()
    np.testing.assert_allclose(tx.grad(settles)(zero + 1.0), [-1.0, -1.0 / 9.0], rtol=1e-15)
    for derivative in (tx.grad(settles), lambda x: tx.jvp(settles)(x, x_dot=x)):
        with pytest.raises(FloatingPointError):
            derivative(zero)
        assert np.geterr() == before
