"""Every real sample of the rule table with complex numbers in its place: right, or loud, in both modes.

Nothing is said of the parameters, so this is the code that real numbers get, too.
"""

from __future__ import annotations

import types
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from differences import conjugated, difference, flat, inner, randomly_like, shifted
from rule_checker import Sample, samples, written_module

import tangentx as tx

COMPLEX_WARNING: type[Warning] = getattr(np, "exceptions", np).ComplexWarning
WITHOUT = ("stats.", "unique_values")  # drop imaginary parts without a word; in the order of hashes, which jumps
SAMPLES = [s for s in samples() if not s.complex and not any(word in s.text for word in WITHOUT)]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[types.ModuleType]:
    """All samples as functions of one module file."""
    path = tmp_path_factory.mktemp("complex") / "complex_samples.py"
    with written_module(path, [s.source(f"f{k}") for k, s in enumerate(SAMPLES)]) as module, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield module


def turned(sample: Sample, rng: np.random.Generator) -> tuple[Any, ...]:
    """The values of a sample with imaginary parts."""
    return tuple(v + 0.3j * rng.normal(size=np.shape(v)) if np.ndim(v) else complex(v, 0.3 * rng.normal()) for v in sample.values.values())


def whole(value: Any) -> np.ndarray:
    """The numbers of an output that is complex, or may have been made so."""
    return flat([leaf + 0j for leaf in value] if isinstance(value, tuple | list) else np.asarray(value) + 0j)


@pytest.mark.parametrize("k", range(len(SAMPLES)), ids=[f"{s.rule}-{k}" for k, s in enumerate(SAMPLES)])
def test_complex_sample(k: int, written: types.ModuleType) -> None:
    sample, f, rng = SAMPLES[k], getattr(written, f"f{k}"), np.random.default_rng(k)
    args, wrt = turned(sample, rng), tuple(sample.values)
    directions = tuple(randomly_like(a, rng) for a in args)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", COMPLEX_WARNING)
            value = f(*args)
        expected, error = difference(lambda h: whole(f(*shifted(args, directions, h))), 0.01)
    except (TypeError, ValueError, NotImplementedError, COMPLEX_WARNING):
        pytest.skip("it takes no complex numbers")
    if not np.all(np.isfinite(expected)) or np.max(error, initial=0.0) > 1e-4 * (1.0 + np.max(np.abs(expected), initial=0.0)):
        pytest.skip("no derivative here")
    tolerance = 1e-6 + 20.0 * np.max(error, initial=0.0)
    cotangent = type(value)(*map(randomly_like, value, [rng] * len(value))) if hasattr(value, "_fields") else randomly_like(value, rng)
    try:
        _, tangent = tx.jvp(f, wrt)(*args, **{f"{n}_dot": v for n, v in zip(wrt, directions, strict=True)})
        _, gradient = tx.vjp(f, wrt)(*args, init_grad=cotangent)
    except (TypeError, tx.TangentxError):
        return
    np.testing.assert_allclose(whole(tangent), expected, rtol=1e-5, atol=tolerance)
    assert inner(gradient, directions) == pytest.approx(float(whole(conjugated(cotangent)) @ expected), rel=1e-5, abs=tolerance)
