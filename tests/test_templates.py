"""One walk over the whole rule table: each sample's value and derivatives, in both modes, to second order.

First order is held against finite differences with an error estimate; the reverse against the forward mode by
``<w, J v> = <J* w, v>``; the second order, forward over reverse, against differences of the gradient.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from differences import difference, flat, inner, randomly_like, shifted
from rule_checker import Sample, declared, name_of, samples, written_module

import tangentx as tx
import tangentx.runtime as rt
from tangentx.rules.declare import Rule

SAMPLES = samples()
RULES = [r for r in declared() if r.function is not None]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[types.ModuleType]:
    """All samples as functions of one module file."""
    texts = [s.source(f"f{k}") for k, s in enumerate(SAMPLES)] + [s.source(f"bare{k}", False) for k, s in enumerate(SAMPLES) if s.complex]
    with written_module(tmp_path_factory.mktemp("samples") / "rule_samples.py", texts) as module:
        yield module


def close(a: Any, b: Any, error: float = 0.0) -> None:
    """Equal up to rounding and an estimated error."""
    a, b = flat(a), flat(b)
    assert a.shape == b.shape
    np.testing.assert_allclose(a, b, rtol=1e-6, atol=20.0 * error + 1e-7 * (1.0 + np.max(np.abs(b), initial=0.0)))


def like(value: Any, rng: np.random.Generator) -> Any:
    """A random cotangent of the structure of an output, named tuples too."""
    if hasattr(value, "_fields"):
        return type(value)(*(like(v, rng) for v in value))
    return randomly_like(value, rng)


@pytest.mark.parametrize("k", range(len(SAMPLES)), ids=[f"{s.rule}-{k}" for k, s in enumerate(SAMPLES)])
def test_sample(k: int, written: types.ModuleType) -> None:
    sample, rng = SAMPLES[k], np.random.default_rng(k)
    if sample.complex:  # nothing is said of its parameters
        first_order(sample, getattr(written, f"bare{k}"), rng)
    f = getattr(written, f"f{k}")
    backward, args, wrt, directions, dots, w, gradient = first_order(sample, f, rng)
    second_order(backward, args, wrt, directions, dots, w)
    single_precision(f, sample, args, wrt, gradient, w)


def first_order(sample: Sample, f: Any, rng: np.random.Generator) -> tuple[Any, ...]:
    """Value, tangent and gradient; the reverse against the forward mode."""
    args, wrt = tuple(sample.values.values()), tuple(sample.values)
    directions = tuple(randomly_like(a, rng) for a in args)
    dots = {f"{n}_dot": v for n, v in zip(wrt, directions, strict=True)}
    expected = f(*args)
    w = like(expected, rng)

    value, tangent = tx.jvp(f, wrt)(*args, **dots)
    close(value, expected)
    close(tangent, *difference(lambda h: flat(f(*shifted(args, directions, h))), 0.01))

    backward = tx.vjp(f, wrt)
    value, gradient = backward(*args, init_grad=w)
    close(value, expected)
    assert [np.shape(g) for g in gradient] == [np.shape(a) for a in args]
    assert [np.iscomplexobj(g) for g in gradient] == [np.iscomplexobj(a) for a in args]
    assert inner(w, tangent) == pytest.approx(inner(gradient, directions), rel=1e-8, abs=1e-9)
    return backward, args, wrt, directions, dots, w, gradient


def second_order(backward: Any, args: Any, wrt: Any, directions: Any, dots: dict[str, Any], w: Any) -> None:
    """The tangent of the gradient against differences of the gradient."""
    _, (_, twice) = tx.jvp(backward, wrt)(*args, **dots, init_grad=w)
    close(rt.cast_like(twice, args), *difference(lambda h: flat(backward(*shifted(args, directions, h), init_grad=w)[1]), 0.01))


def single_precision(f: Any, sample: Sample, args: Any, wrt: Any, gradient: Any, w: Any) -> None:
    """float32 stays float32 where the primitive keeps it, and complex64 complex64."""

    def single(value: Any) -> Any:
        dtype = np.complex64 if np.iscomplexobj(value) else np.float32
        return dtype(value) if not np.ndim(value) else np.asarray(value, dtype)

    arrays = tuple(map(single, args))
    if not isinstance(w, complex | float | np.ndarray) or getattr(f(*arrays), "dtype", None) not in (np.float32, np.complex64):
        return
    _, narrow = tx.vjp(f, wrt)(*arrays, init_grad=single(w))
    assert [g.dtype for g in narrow] == [a.dtype for a in arrays], sample.text
    np.testing.assert_allclose(flat(narrow), flat(gradient), rtol=2e-2, atol=2e-3)


@pytest.mark.parametrize("rule", RULES, ids=[f"{r.word}-{name_of(r)}-{k}" for k, r in enumerate(RULES)])
def test_signature(rule: Rule) -> None:
    """A rule's parameters have the names of the primitive's and the defaults that matter."""
    try:
        primitive = inspect.signature(rule.primitive).parameters
    except (TypeError, ValueError):
        return
    assert rule.function is not None
    mine = list(inspect.signature(rule.function).parameters.values())[rule.word != "written" :]
    by_position = [p for p in primitive.values() if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    for place, p in enumerate(mine):
        if p.kind is p.VAR_POSITIONAL:
            continue
        if p.kind is p.KEYWORD_ONLY:
            assert p.name in primitive or "kwargs" in primitive
        elif place and place < len(by_position) and by_position[place].kind is p.POSITIONAL_OR_KEYWORD:
            assert p.name == by_position[place].name
        theirs = primitive.get(p.name)
        if theirs is not None and p.default is not p.empty and isinstance(theirs.default, bool | int | float | str):
            assert p.default == theirs.default


def test_every_rule_has_a_sample() -> None:
    covered = {s.function_of_rule for s in SAMPLES}
    assert [name_of(r) for r in RULES if r.word != "tangent" and name_of(r) and r.function not in covered] == []
