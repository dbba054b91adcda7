"""The corpus in both modes, with and without the optimising passes, and to second order."""

from __future__ import annotations

import copy
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator

import numpy as np
import pytest

import tangentx as tx
import tangentx.runtime as rt
import tests.programs
from tests.differences import conjugated, directional, flat, inner, randomly_like
from tests.fuzz.plain import without_black
from tests.programs import Case

MODULES = [importlib.import_module(f"tests.programs.{m.name}") for m in pkgutil.iter_modules(tests.programs.__path__)]
CASES = [case for module in MODULES for case in getattr(module, "CASES", ())]
IDS = [f"{case.name}-{k}" for k, case in enumerate(CASES)]


@pytest.fixture(autouse=True)
def _verified(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[None]:
    if request.function is test_first_order:  # the passes are the same ones after that
        monkeypatch.setenv("TANGENTX_VERIFY", "1")
    with without_black():  # which takes as long as all the rest, and changes nothing that is looked at here
        yield


def _close(found: object, expected: object, error: object) -> None:
    scale = max(1.0, float(np.max(np.abs(expected), initial=0.0)))
    assert float(np.max(error, initial=0.0)) < 1e-4 * scale, "no reference here: the program has a kink"
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-7 * scale + 10 * float(np.max(error, initial=0.0)))


def _dots(pushforward: Callable[..., object], directions: dict[int, object]) -> dict[str, object]:
    """The tangents by the names of their parameters: x_dot, unless the function has a parameter of that name."""
    names = [p.name for p in inspect.signature(pushforward).parameters.values() if p.kind == p.KEYWORD_ONLY]
    return dict(zip(names[-len(directions) :], directions.values(), strict=True))


def _seed(pullback: Callable[..., object]) -> str:
    """The name of the cotangent: init_grad, unless the function has a parameter of that name."""
    return [p.name for p in inspect.signature(pullback).parameters.values() if p.kind != p.VAR_KEYWORD][-1]


def _same(found: object, expected: object) -> None:
    """Equal, leaf by leaf."""
    children = rt.parts(expected)
    if children is None and not isinstance(expected, str | None) and not callable(expected):
        np.testing.assert_allclose(found, expected, rtol=1e-12)
    for (_, a), (_, b) in zip(rt.parts(found) or (), children or (), strict=True):
        _same(a, b)


def _alike(found: object, argument: object) -> None:
    """A derivative has the structure of its argument; that of a list may be an array, where arithmetic takes the list for one."""
    children = rt.parts(argument)
    if children is None or isinstance(found, np.ndarray):
        assert np.shape(found) == np.shape(argument)
        return
    assert type(found) is type(argument)
    for (_, a), (_, b) in zip(rt.parts(found) or (), children, strict=True):
        _alike(a, b)


SIXTH = {id(case) for case in CASES[::6]}
# without the optimising passes one program of six, the others when asked for
WAYS = [pytest.param(c, True, id=f"{n}-optimised") for c, n in zip(CASES, IDS)]
WAYS += [pytest.param(c, False, id=f"{n}-plain", marks=[pytest.mark.rest] if k % 6 else []) for k, (c, n) in enumerate(zip(CASES, IDS))]


@pytest.mark.parametrize(("case", "optimise"), WAYS)
def test_first_order(case: Case, optimise: bool) -> None:
    """Reverse and forward against differences along a random direction; value, shapes, inputs untouched."""
    rng = np.random.default_rng(0)
    directions = {k: randomly_like(case.args[k], rng) for k in case.wrt}
    before = copy.deepcopy(case.args)
    pushforward = tx.jvp(case.function, case.wrt, optimise=optimise)
    value, tangent = pushforward(*case.args, **_dots(pushforward, directions))
    expected, error = directional(case.function, case.args, directions)
    _close(tangent, expected, error)
    np.testing.assert_allclose(value, case.function(*copy.deepcopy(case.args)), rtol=1e-13)
    seed = 1.0 if np.shape(value) == () else randomly_like(value, np.random.default_rng(1))
    pullback = tx.vjp(case.function, case.wrt, optimise=optimise)
    again, gradient = pullback(*case.args, **{_seed(pullback): seed})
    np.testing.assert_allclose(again, value, rtol=1e-13)
    for k, bar in zip(case.wrt, gradient, strict=True):
        if rt.parts(case.args[k]) is None:
            assert np.shape(bar) == np.shape(case.args[k]) and np.iscomplexobj(bar) == np.iscomplexobj(case.args[k])
    _close(sum(inner(bar, directions[k]) for k, bar in zip(case.wrt, gradient, strict=True)), np.sum(seed * expected).real, error)
    if np.shape(value) == () and id(case) in SIXTH:  # that of the first argument alone: see test_second_order
        for bar, other in zip(tx.grad(case.function, case.wrt, optimise=optimise)(*case.args), gradient, strict=True):
            _same(other, bar)
    _same(case.args, before)


def _refused(check: Callable[[], None], reason: str) -> bool:
    """Whether a second derivative is refused for that reason, when it is made or when it is called; by Python itself, if by no one else."""
    try:
        check()
    except (tx.TangentxError, AttributeError) as error:
        if not reason or reason not in str(error):
            raise
        return True
    return False


# reverse over reverse of one program of six, and where a refusal is declared; of the others when asked for
BOTH = {id(case) for case in CASES if id(case) in SIXTH or case.second}
ORDERS = [pytest.param(c, True, id=n, marks=[] if id(c) in BOTH else [pytest.mark.rest]) for c, n in zip(CASES, IDS)]
ORDERS += [pytest.param(c, False, id=f"{n}-forward") for c, n in zip(CASES, IDS) if id(c) not in BOTH]


@pytest.mark.parametrize(("case", "both"), ORDERS)
def test_second_order(case: Case, both: bool) -> None:
    """Forward over reverse, and reverse over reverse, against differences of the gradient (of vjp, where the value is no scalar)."""
    k = case.wrt[0]
    value = case.function(*copy.deepcopy(case.args))
    scalar = np.shape(value) == ()
    df = tx.grad(case.function, k) if scalar else tx.vjp(case.function, k)
    seed = {} if scalar else {_seed(df): randomly_like(value, np.random.default_rng(5))}
    direction = randomly_like(case.args[k], np.random.default_rng(2))
    before = copy.deepcopy(case.args)
    gradient = df(*case.args, **seed)
    if scalar:
        _close(inner(gradient, direction), *directional(case.function, case.args, {k: direction}))
    expected, error = directional(lambda *args: flat(df(*args, **seed)), case.args, {k: direction})

    def forward() -> None:
        product = tx.jvp(df, k)
        again, found = product(*case.args, **seed, **_dots(product, {k: direction}))
        np.testing.assert_allclose(flat(again), flat(gradient), rtol=1e-10, atol=1e-12)
        _alike(found if scalar else found[1], case.args[k])
        _close(flat(found), expected, error)
        if scalar and id(case) in SIXTH:  # the same derivation in one function
            product = tx.hvp(case.function, k)
            found = product(*case.args, **_dots(product, {k: direction}))
            _alike(found, case.args[k])
            _close(flat(found), expected, error)

    def reverse() -> None:
        weights = randomly_like(gradient, np.random.default_rng(3))
        pullback = tx.vjp(df, k)
        again, row = pullback(*case.args, **seed, **{_seed(pullback): weights})
        _alike(row, case.args[k])
        np.testing.assert_allclose(flat(again), flat(gradient), rtol=1e-10, atol=1e-12)
        _close(inner(row, direction), flat(conjugated(weights)) @ expected, error)

    assert any([_refused(forward, case.second), both and _refused(reverse, case.second)]) == bool(case.second)
    _same(case.args, before)


@pytest.mark.parametrize("case", [pytest.param(c, id=n, marks=[] if id(c) in SIXTH else [pytest.mark.rest]) for c, n in zip(CASES, IDS)])
def test_reverse_over_forward(case: Case) -> None:
    """The gradient of a tangent is the tangent of the gradient: vjp(jvp), and jvp(jvp), against differences of jvp."""
    k = case.wrt[0]
    rng = np.random.default_rng(4)
    inward, outward = randomly_like(case.args[k], rng), randomly_like(case.args[k], rng)
    pushforward = tx.jvp(case.function, k)
    dots = _dots(pushforward, {k: inward})
    value, tangent = pushforward(*case.args, **dots)
    expected, error = directional(lambda *args: pushforward(*args, **dots)[1], case.args, {k: outward})
    weight = 1.0 if np.shape(tangent) == () else randomly_like(tangent, rng)

    def reverse() -> None:
        pullback = tx.vjp(pushforward, k)
        _, bar = pullback(*case.args, **dots, **{_seed(pullback): (0.0 * np.asarray(value)[()], weight)})
        _close(inner(bar, outward), np.sum(weight * expected).real, error)

    def forward() -> None:
        twice = tx.jvp(pushforward, k)
        _, (_, found) = twice(*case.args, **dots, **_dots(twice, {k: outward}))
        _close(found, expected, error)

    # a tangent may be refused where the gradient is, and need not
    refused = [_refused(way, case.second or case.mixed) for way in (reverse, forward)]
    assert any(refused) or not case.mixed


def _narrowed(value: object) -> object:
    return value.astype(np.float32) if isinstance(value, np.ndarray) and value.dtype.kind == "f" else value


SINGLE = [(c, n) for c, n in zip(CASES, IDS, strict=True) if any(_narrowed(a) is not a for a in c.args)]


@pytest.mark.parametrize("case", [c for c, _ in SINGLE], ids=[n for _, n in SINGLE])
def test_float32_stays(case: Case) -> None:
    """The gradient of a float32 array is a float32 array."""
    args = tuple(map(_narrowed, case.args))
    if np.shape(case.function(*args)) != ():
        pytest.skip("grad is for scalar functions")
    for k, bar in zip(case.wrt, tx.grad(case.function, case.wrt)(*args), strict=True):
        if isinstance(args[k], np.ndarray):
            assert bar.dtype == args[k].dtype
