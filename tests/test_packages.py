"""Functions of installed packages, unchanged, in both modes and to second order; against differences and the package's own derivatives."""

from __future__ import annotations

import copy
import importlib
import inspect
import pkgutil
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from differences import difference, inner, randomly_like, shifted

import tangentx as tx
import tests.packages
from tests.fuzz.plain import without_black
from tests.packages import Found, found


def _tables() -> list[Any]:
    """Every function of every table; a table whose package is not installed is one test that is skipped and says so."""
    cases = []
    for info in pkgutil.iter_modules(tests.packages.__path__):
        try:
            table = importlib.import_module(f"tests.packages.{info.name}").FOUND
        except ImportError as error:
            table = []
            cases.append(pytest.param(None, id=info.name, marks=pytest.mark.skip(reason=f"not installed: {error.name}")))
        cases += [pytest.param(case, id=case.name) for case in table]
    return cases


CASES = _tables()


@pytest.fixture(autouse=True)
def _without_black() -> Iterator[None]:
    with without_black():  # the numbers are looked at here
        yield


def flat(value: Any) -> np.ndarray:
    """The numbers of an output, through containers."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return np.concatenate([np.zeros(0), *map(flat, value)])
    return np.ravel(np.asarray(value, float))


def like(value: Any, rng: np.random.Generator) -> Any:
    """A random cotangent of the structure of an output."""
    if hasattr(value, "_fields"):
        return type(value)(*(like(v, rng) for v in value))
    if isinstance(value, dict):
        return {key: like(v, rng) for key, v in value.items()}
    return randomly_like(value, rng)


def close(got: Any, expected: Any, error: Any) -> None:
    """Equal up to rounding and the estimated error of the differences, which must be small."""
    got, expected = flat(got), flat(expected)
    scale, wrong = max(1.0, float(np.max(np.abs(expected), initial=0.0))), float(np.max(error, initial=0.0))
    assert wrong < 1e-5 * scale, "no reference here: the function has a kink"
    np.testing.assert_allclose(got, expected, rtol=1e-6, atol=1e-8 * scale + 10.0 * wrong)


class Along:
    """A function at its arguments and along one random direction of them."""

    def __init__(self, case: Found) -> None:
        self.case, self.f, self.rng = case, found(case.function), np.random.default_rng(5)
        names = list(inspect.signature(self.f).parameters)
        self.names = tuple(names[k] for k in case.wrt)
        self.directions = {k: randomly_like(case.args[k], self.rng) for k in case.wrt}
        self.dots = {f"{name}_dot": d for name, d in zip(self.names, self.directions.values(), strict=True)}
        self.step = 0.01

    def args(self, h: float = 0.0) -> list[Any]:
        """New arguments, moved by ``h`` along the direction."""
        args = copy.deepcopy(self.case.args)
        return [shifted(a, self.directions[k], h) if k in self.directions and h else a for k, a in enumerate(args)]

    def tangent(self, f: Any) -> tuple[Any, Any]:
        """The derivative of ``f(*args)`` along the direction, by differences, and its error."""
        return difference(lambda h: flat(f(*self.args(h), **self.case.kwargs)), self.step)


@pytest.mark.parametrize("case", CASES)
def test_first_order(case: Found) -> None:
    along = Along(case)
    f, args, kwargs = along.f, along.args(), case.kwargs
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = f(*along.args(), **kwargs)
        slope, error = along.tangent(f)

        value, tangent = tx.jvp(f, case.wrt)(*args, **kwargs, **along.dots)
        np.testing.assert_allclose(flat(value), flat(expected), rtol=1e-13, atol=1e-14)
        close(tangent, slope, error)

        w = like(expected, along.rng)
        value, gradient = tx.vjp(f, case.wrt)(*args, **kwargs, init_grad=w)
        np.testing.assert_allclose(flat(value), flat(expected), rtol=1e-13, atol=1e-14)
        assert [np.shape(g) for g in gradient] == [np.shape(case.args[k]) for k in case.wrt]
        reverse = sum(inner(g, d) for g, d in zip(gradient, along.directions.values(), strict=True))
        np.testing.assert_allclose(reverse, np.dot(flat(w), flat(tangent)), rtol=1e-9, atol=1e-10 * max(1.0, np.max(np.abs(flat(w)))))
    np.testing.assert_equal(args, along.args())  # a derivative never writes into its arguments


@pytest.mark.parametrize("case", [c for c in CASES if c.values[0] is None or c.values[0].order > 1])
def test_second_order(case: Found) -> None:
    """The tangent of the pullback against differences of the pullback."""
    along = Along(case)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        w = like(along.f(*along.args(), **case.kwargs), along.rng)
        pullback = tx.vjp(along.f, case.wrt)
        _, (_, twice) = tx.jvp(pullback, along.names)(*along.args(), **case.kwargs, **along.dots, init_grad=w)
        close(twice, *along.tangent(lambda *args, **kwargs: pullback(*args, **kwargs, init_grad=w)[1]))


@pytest.mark.parametrize("case", [c for c in CASES if c.values[0] is not None and c.values[0].own])
def test_the_package_agrees(case: Found) -> None:
    """Our derivatives are the package's own."""
    along = Along(case)
    value, own = along.f(*along.args(), **case.kwargs), found(case.own)(*along.args(), **case.kwargs)
    w = like(value, along.rng)
    _, gradient = tx.vjp(along.f, case.wrt)(*along.args(), **case.kwargs, init_grad=w)
    expected = [w * own] if np.shape(value) == () else [np.sum(w * partial) for partial in own]
    for ours, theirs in zip(gradient, expected, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-11, atol=1e-12)
