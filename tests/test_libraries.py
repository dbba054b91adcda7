"""Array libraries with NumPy's functions (CuPy): their names find NumPy's rules, and derivatives stay on their arrays.

``fakecupy`` stands in for a GPU: its arrays refuse to become NumPy's.  CuPy itself is transformed where it is installed, and runs
where a GPU is.
"""

from __future__ import annotations

import importlib.util
import re
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fakecupy
import numpy as np
import pytest
from differences import inner
from rule_checker import HEADER, Sample, samples

import tangentx as tx
from tangentx.errors import NotDifferentiable
from tangentx.ir.libraries import ARRAY_LIBRARIES, at_home, twin_path
from tangentx.ir.nodes import Ref
from tests.conftest import Write

HEADER_END = "\nimport tangentx.runtime as rt\n"
PROGRAMS = """
import {library} as cp
from {library} import tanh
from {library}x.scipy import special


def plain(x):
    return cp.sum(cp.sin(x) * x) + cp.pi * cp.max(x)


def by_name(x):
    return tanh(x).sum() + cp.mean(special.gammaln(x))


def powers(x, y):
    return cp.sum(x ** y)


def solved(m, x):
    return cp.linalg.norm(cp.linalg.solve(m, x))


def stepped(x, n):
    u = cp.zeros_like(x)
    u[1:] = x[:-1]
    for _ in range(n):
        u = cp.maximum(u, 0.1 * cp.abs(x)) ** 1.5
    return cp.sum(cp.concatenate([u, x]) ** 2)


def total(x):
    scale = 2.0
    return cp.sum(x * scale) / cp.size(x)


def called(x):
    if x.size > 2:
        return total(x) + total(x * x)
    return total(x)


def matrices(m: cp.ndarray, x: cp.ndarray):
    y = cp.einsum("ij,j->i", m, x) @ x
    return y + cp.where(m > 0.5, m, 0.0).T[0].sum() + cp.std(m, axis=0)[1]
"""
CALLS = {"plain": "x", "by_name": "x", "powers": "xy", "solved": "mx", "stepped": "x", "called": "x", "matrices": "mx"}
VALUES: dict[str, Any] = {
    "x": np.array([0.5, 1.5, 1.2]),
    "y": np.array([1.1, 0.3, 2.0]),
    "m": np.array([[2.0, 0.3, 0.1], [0.4, 3.0, 0.2], [0.7, 0.2, 4.0]]),
}


@pytest.fixture(scope="module", autouse=True)
def library() -> Iterator[types.ModuleType]:
    """``fakecupy`` among the libraries, and among Python's modules."""
    ARRAY_LIBRARIES["fakecupy"] = {"numpy": "fakecupy", "scipy": "fakecupyx.scipy"}
    yield fakecupy.fake()
    del ARRAY_LIBRARIES["fakecupy"]


def on_device(value: Any) -> Any:
    if isinstance(value, np.ndarray | np.generic):
        return fakecupy.ndarray(value)
    if isinstance(value, list | tuple):
        items = [on_device(v) for v in value]
        return type(value)(*items) if hasattr(value, "_fields") else type(value)(items)
    return value


def given(name: str, device: bool) -> tuple[dict[str, Any], tuple[Any, ...]]:
    values = {n: VALUES[n] for n in CALLS[name]}
    extra = (3,) if name == "stepped" else ()
    return (on_device([*values.values()]) if device else [*values.values()], extra)  # type: ignore[return-value]


def stays(text: str, name: str = "cp") -> None:
    """Nothing in a generated module is NumPy's or SciPy's."""
    assert not re.search(r"^(import|from) (numpy|scipy)\b", text, re.MULTILINE), text
    assert name == "np" or not re.search(r"\bnp\.", text), text


@pytest.mark.parametrize("name", CALLS)
def test_programs(name: str, write_module: Write) -> None:
    theirs, ours = write_module("device_model", PROGRAMS.format(library="fakecupy")), write_module("host_model", _for_numpy())
    wrt = tuple(CALLS[name])
    f, g = getattr(theirs, name), getattr(ours, name)
    (args, extra), (host, _) = given(name, True), given(name, False)
    stays(tx.source(tx.grad(f, wrt)))
    found, expected = tx.grad(f, wrt)(*args, *extra), tx.grad(g, wrt)(*host, *extra)
    for a, b in zip(found, expected, strict=True):
        assert type(a) is fakecupy.ndarray
        np.testing.assert_allclose(a.get(), b, rtol=1e-12)
    dots = {f"{n}_dot": v for n, v in zip(wrt, host, strict=True)}
    stays(tx.source(tx.jvp(f, wrt)))
    _, dot = tx.jvp(f, wrt)(*args, *extra, **{k: on_device(v) for k, v in dots.items()})
    np.testing.assert_allclose(dot.get(), tx.jvp(g, wrt)(*host, *extra, **dots)[1], rtol=1e-12)


def _for_numpy() -> str:
    text = PROGRAMS.replace("import {library} as cp", "import numpy as cp").replace("from {library} import", "from numpy import")
    return text.replace("from {library}x.scipy import", "from scipy import")


def test_second_order(write_module: Write) -> None:
    module = write_module("device_model", PROGRAMS.format(library="fakecupy"))
    x = VALUES["x"]
    twice = tx.hvp(module.plain)
    stays(tx.source(twice))
    np.testing.assert_allclose(twice(on_device(x), x_dot=on_device(np.ones(3))).get(), 2.0 * np.cos(x) - x * np.sin(x), rtol=1e-12)


def test_the_text(write_module: Write) -> None:
    module = write_module("device_model", "import fakecupy as xp\n\n\ndef f(x):\n    return xp.sum(xp.exp(x) * xp.cos(x))\n")
    text = tx.source(tx.grad(module.f))
    assert "import fakecupy as xp\n" in text and "xp.sin(x)" in text
    stays(text)


def test_the_library_under_numpys_name(write_module: Write) -> None:
    module = write_module("device_model", "import fakecupy as np\n\n\ndef f(x):\n    return np.sum(np.sin(x))\n")
    text = tx.source(tx.grad(module.f))
    assert "import fakecupy as np\n" in text and "np.cos(x)" in text
    stays(text, "np")


def test_two_libraries_in_one_function(write_module: Write) -> None:
    """What is NumPy's stays NumPy's."""
    module = write_module(
        "device_model",
        "import fakecupy as cp\nimport numpy as np\n\n\ndef f(x, k):\n    return cp.sum(cp.sin(x)) + np.sum(np.tanh(k)) * np.sum(k)\n",
    )
    df = tx.grad(module.f, ("x", "k"))
    text = tx.source(df)
    assert "cp.cos(x)" in text and "np.tanh(k)" in text and "cp.tanh" not in text


def test_a_function_that_numpy_lacks(write_module: Write) -> None:
    module = write_module("device_model", "import fakecupy as cp\n\n\ndef f(x):\n    return cp.asnumpy(x).sum()\n")
    with pytest.raises(NotDifferentiable, match=re.escape("cp.asnumpy has no derivative: NumPy has no function of that name")):
        tx.grad(module.f)


def test_twins() -> None:
    assert twin_path("cupyx.scipy.special") == ("cupy", "scipy.special") and twin_path("cupyx") == ("", "")
    home = at_home(Ref(np.linalg.solve, "cp.linalg.solve", "numpy.linalg", "solve", library="fakecupy"))
    assert home is not None and home.module == "fakecupy.linalg" and home.obj is sys.modules["fakecupy.linalg"].solve  # type: ignore[attr-defined]


def test_it_is_a_library_that_refuses_host_arrays() -> None:
    x = on_device(np.ones(3))
    with pytest.raises(TypeError, match="Implicit conversion"):
        np.asarray(x)
    with pytest.raises(TypeError, match="Unsupported type"):
        x + np.ones(3)
    assert type(np.sum(x)) is type(np.sin(x)) is fakecupy.ndarray


# ---- the whole table: the first sample of each rule, on the device and on the host

# what does not hold on a device yet: said loudly by the library, when the derivative runs
NOT_YET = """
np.choose choose np.block np.roots np.polyint np.polyfit np.fromiter lstsq np.median np.quantile np.percentile np.cov
np.histogram np.histogram2d np.histogramdd
"""
HOST_ONLY = dict.fromkeys(NOT_YET.split(), "it makes or takes arrays of NumPy's")
FIRST: dict[Any, Sample] = {}
for _sample in samples():
    if re.match(r"(np|special)\.|[A-Z0-9]+\.", _sample.text):
        FIRST.setdefault(_sample.function_of_rule, _sample)
SAMPLES = list(FIRST.values())


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[types.ModuleType]]:
    """The samples as functions of the host's library, and of the device's."""
    body = HEADER + "".join(f"\n\n{s.source(f'f{k}')}" for k, s in enumerate(SAMPLES))
    theirs = body.replace("import numpy as np\n", "import fakecupy as np\n").replace(HEADER_END, f"from fakecupyx.scipy import special\n{HEADER_END}")
    modules = []
    for name, text in (("host_samples", body), ("device_samples", theirs)):
        path = Path(tmp_path_factory.mktemp("samples")) / f"{name}.py"
        path.write_text(text, encoding="utf-8")
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None and spec.loader is not None
        modules.append(importlib.util.module_from_spec(spec))
        sys.modules[name] = modules[-1]
        spec.loader.exec_module(modules[-1])
    yield modules
    for module in modules:
        del sys.modules[module.__name__]


def like(value: Any) -> Any:
    """A cotangent or a tangent of the structure of a value."""
    if isinstance(value, list | tuple):
        items = [like(v) for v in value]
        return type(value)(*items) if hasattr(value, "_fields") else type(value)(items)
    return 0.7 * np.ones_like(value) if isinstance(value, np.ndarray | np.generic) else 0.7


def on_host(value: Any) -> Any:
    """The values of the device; nothing here is on the host already."""
    if isinstance(value, list | tuple):
        return [on_host(v) for v in value]
    assert not isinstance(value, np.ndarray)
    return value.get() if isinstance(value, fakecupy.ndarray) else value


@pytest.mark.parametrize("k", range(len(SAMPLES)), ids=[f"{s.rule}-{k}" for k, s in enumerate(SAMPLES)])
def test_every_rule_holds_on_the_device(k: int, both: list[types.ModuleType]) -> None:
    sample, (f, g) = SAMPLES[k], (getattr(m, f"f{k}") for m in reversed(both))
    args, wrt = tuple(sample.values.values()), tuple(sample.values)
    there = on_device(args)
    try:
        f(*there)
    except (TypeError, AttributeError) as error:
        pytest.skip(f"this call is not the device's: {error}")
    if isinstance(g(*args), np.flatiter):
        pytest.skip("there is no cotangent of an iterator")
    w, dots = like(g(*args)), {f"{n}_dot": like(v) for n, v in sample.values.items()}
    if sample.rule in HOST_ONLY:
        pytest.xfail(HOST_ONLY[sample.rule])
    _, gradient = tx.vjp(f, wrt)(*there, init_grad=on_device(w))
    _, tangent = tx.jvp(f, wrt)(*there, **{n: on_device(v) for n, v in dots.items()})
    assert inner(w, on_host(tangent)) == pytest.approx(inner([*dots.values()], on_host(gradient)), rel=1e-8, abs=1e-9)


# ---- CuPy itself

CUPY = importlib.util.find_spec("cupy") is not None


@pytest.mark.skipif(not CUPY, reason="CuPy is not installed: pip install tangentx[cupy]")
@pytest.mark.parametrize("name", CALLS)
def test_cupy_is_transformed(name: str, write_module: Write) -> None:
    module = write_module("device_model", PROGRAMS.format(library="cupy"))
    for mode in (tx.grad, tx.jvp, tx.hvp):
        text = tx.source(mode(getattr(module, name), CALLS[name][0]))
        assert "import cupy as cp\n" in text
        stays(text)


@pytest.mark.skipif(not CUPY, reason="CuPy is not installed: pip install tangentx[cupy]")
@pytest.mark.parametrize("name", CALLS)
def test_cupy_runs(name: str, write_module: Write) -> None:
    import cupy  # type: ignore[import-not-found, unused-ignore]

    if not cupy.is_available():
        pytest.skip("there is no GPU")
    module, ours = write_module("device_model", PROGRAMS.format(library="cupy")), write_module("host_model", _for_numpy())
    wrt, (host, extra) = tuple(CALLS[name]), given(name, False)
    found = tx.grad(getattr(module, name), wrt)(*map(cupy.asarray, host), *extra)
    for a, b in zip(found, tx.grad(getattr(ours, name), wrt)(*host, *extra), strict=True):
        assert isinstance(a, cupy.ndarray)
        np.testing.assert_allclose(a.get(), b, rtol=1e-10)
