"""Modules that their names do not lead to: a package calls something else so, two have one name, one is not registered at all."""

from __future__ import annotations

import importlib
import importlib.util
import pickle
import subprocess
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tangentx as tx

X = np.array([0.3, 0.4])
SHAPE = """
import numpy as np

scale = np.array([2.0])


class Shape:
    scale = np.array([7.0])

    def __init__(self, w):
        self.w = w

    def size(self):
        return (self.w * self.scale * scale).sum()


def area(x):
    return (x / 2.0 * scale).sum()


def size(x):
    return Shape(x).size()


def weighed(x, unit=scale):
    return (x * unit).sum()
"""
PLUGIN = """
import numpy as np

n, K = 2, np.array([{value}])
table = {{"a": {value}}}


class Model:
    c = K[0]

    def __init__(self, w):
        self.w = w * K

    def __call__(self, x):
        return (self.w * x * self.c).sum()


def factor():
    return float(K[0])


def inner(x):
    for _ in range(2):
        x = x * K
    return x


def make(q):
    def closure(x):
        for _ in range(n):
            x = x * q * K
        return x.sum()
    return closure


closure = make(K[0])


def f(x, unit=table):
    return (x * K * unit["a"]).sum() * n


def g(x):
    return inner(x).sum() * factor() + closure(x)


def h(x):
    return Model(x)(x)
"""


@pytest.fixture(autouse=True)
def _modules() -> Iterator[None]:
    """Modules and folders of a test are forgotten after it."""
    known, path = set(sys.modules), list(sys.path)
    yield
    sys.path[:] = path
    for name in set(sys.modules) - known:
        if not name.startswith(("tangentx", "numpy")):
            del sys.modules[name]


def package(folder: Path, **files: str) -> Any:
    (folder / "pkg").mkdir()
    for name, text in files.items():
        (folder / "pkg" / f"{name}.py").write_text(text)
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    return importlib.import_module("pkg")


def loaded(path: Path, name: str, registered: bool) -> Any:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    if registered:
        sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def agrees(f: Callable[..., Any]) -> None:
    """Both modes and the products, against differences."""
    want = np.array([(f(X + 1e-6 * e) - f(X - 1e-6 * e)) / 2e-6 for e in np.eye(2)])
    value, got = tx.value_and_grad(f)(X)
    np.testing.assert_allclose(value, f(X))
    np.testing.assert_allclose(got, want, rtol=1e-6)
    np.testing.assert_allclose(tx.jvp(f)(X, x_dot=X)[1], want @ X, rtol=1e-6)
    np.testing.assert_allclose(tx.jacobian(f)(X), want, rtol=1e-6)
    hessian = tx.hessian(f)(X)
    np.testing.assert_allclose(tx.hvp(f)(X, x_dot=X), hessian @ X)


def all_agree(module: Any) -> None:
    for f in (module.f, module.g, module.h, module.closure):
        agrees(f)


def test_a_package_that_calls_something_else_by_the_name_of_its_module(tmp_path: Path) -> None:
    pkg = package(tmp_path, Shape=SHAPE, __init__="from .Shape import Shape, area, size, weighed\n")
    for f in (pkg.area, pkg.size, pkg.weighed):
        agrees(f)
    df = tx.grad(pkg.area)
    assert 'Shape = importlib.import_module("pkg.Shape")' in tx.source(df)
    sys.modules["pkg.Shape"].scale = np.array([6.0])  # type: ignore[attr-defined]
    np.testing.assert_allclose(df(X), [3.0, 3.0])
    np.testing.assert_allclose(pickle.loads(pickle.dumps(df))(X), [3.0, 3.0])


def test_a_package_that_forgets_its_module(tmp_path: Path) -> None:
    agrees(package(tmp_path, _core=SHAPE, __init__="from ._core import area, size\ndel _core\n").size)


def test_a_name_that_the_package_gives_to_something_else_later(tmp_path: Path) -> None:
    pkg = package(tmp_path, Shape=SHAPE, __init__="")
    shape = importlib.import_module("pkg.Shape")
    agrees(shape.area)
    assert "import pkg.Shape\n" in tx.source(tx.grad(shape.area))
    pkg.Shape = shape.Shape
    agrees(shape.area)


def test_a_derivative_made_while_its_module_is_imported(tmp_path: Path) -> None:
    late = "import tangentx as tx\nfrom pkg.Shape import *\nC = 3.0\ndef late(x):\n    return (x * C).sum()\ndlate = tx.grad(late)\n"
    pkg = package(tmp_path, Shape=SHAPE, late=late, __init__="from .late import dlate, late\n")
    np.testing.assert_allclose(pkg.dlate(X), [3.0, 3.0])


def test_a_file_of_a_shadowed_module(tmp_path: Path) -> None:
    from tangentx.api import module_text

    pkg = package(tmp_path, Shape=SHAPE, __init__="from .Shape import Shape, area\n")
    text = module_text(pkg.area)
    namespace: dict[str, Any] = {}
    exec(text, namespace)
    np.testing.assert_allclose(namespace["dareadx"](X), [1.0, 1.0])


def test_two_modules_of_one_name(tmp_path: Path) -> None:
    found = []
    for value in (2.0, 5.0):
        folder = tmp_path / str(value)
        folder.mkdir()
        (folder / "cfgx.py").write_text(PLUGIN.format(value=value))
        sys.path.insert(0, str(folder))
        sys.modules.pop("cfgx", None)
        importlib.invalidate_caches()
        found.append(importlib.import_module("cfgx"))
        all_agree(found[-1])
    first, second = found
    all_agree(first)
    first.n, second.K = 3, np.array([4.0])
    all_agree(first)
    all_agree(second)


@pytest.mark.parametrize("registered", [True, False])
def test_one_file_loaded_twice(tmp_path: Path, registered: bool) -> None:
    path = tmp_path / "plugin.py"
    path.write_text(PLUGIN.format(value=2.0))
    first = loaded(path, "plug", registered)
    all_agree(first)
    second = loaded(path, "plug", registered)
    second.K = np.array([9.0])
    all_agree(second)
    all_agree(first)
    df = tx.grad(first.f)
    first.K = np.array([3.0])
    np.testing.assert_allclose(df(X), [12.0, 12.0])
    all_agree(first)


def test_a_module_that_is_not_registered_read_by_another(tmp_path: Path) -> None:
    path = tmp_path / "plugin.py"
    path.write_text(PLUGIN.format(value=2.0))
    plug = loaded(path, "plug", False)

    def f(x: Any) -> Any:
        return (x * plug.K).sum() * plug.n + plug.inner(x).sum() * plug.factor()

    agrees(f)
    plug.K = np.array([5.0])
    agrees(f)


SCALE, K = 2.0, np.array([1.0])


def scaled(x: Any, k: Any = K) -> Any:
    return (x * SCALE * k).sum()


def test_a_function_with_other_globals() -> None:
    for name in (__name__, "__main__"):
        other = types.FunctionType(scaled.__code__, {"__name__": name, "SCALE": 3.0}, "scaled", (np.array([5.0]),))
        agrees(other)
    agrees(scaled)


def test_a_lambda_with_an_array_as_its_default() -> None:
    agrees(lambda x, k=K: (x * k * SCALE).sum())


def test_equal_numbers_of_two_modules(write_module: Callable[..., Any]) -> None:
    one = write_module("one", "n = 2\ndef g(x):\n    for _ in range(2):\n        x = x * n\n    return x\n")
    two = write_module("two", "import one\nn = 2\ndef f(x):\n    return (x * n * one.g(x)).sum()\n")
    agrees(two.f)
    one.n = 3
    agrees(two.f)


def test_a_cached_derivative_of_a_module_without_a_name(tmp_path: Path, cache_folder: Path) -> None:
    """Another process, which knows another module of that name, or finds it where the first one did not."""
    (tmp_path / "plugin.py").write_text(PLUGIN.format(value=2.0))
    program = """
import importlib.util, sys, types
import numpy as np, tangentx as tx
spec = importlib.util.spec_from_file_location("plug", "plugin.py")
plug = importlib.util.module_from_spec(spec)
if sys.argv[1] == "registered":
    sys.modules["plug"] = plug
if sys.argv[1] == "other":
    sys.modules["plug"] = types.SimpleNamespace(K=np.array([7.0]), n=3)
spec.loader.exec_module(plug)
plug.K = plug.K * 2.0
print(tx.grad(plug.f)(np.array([1.0])))
"""
    root = str(Path(tx.__file__).resolve().parent.parent)
    env = {"PYTHONPATH": root, "TANGENTX_CACHE": str(cache_folder), "PYTHONDONTWRITEBYTECODE": "1"}
    for how in ("not", "registered", "other", "not", "registered"):
        done = subprocess.run([sys.executable, "-c", program, how], cwd=tmp_path, env=env, capture_output=True, text=True)
        assert done.stdout.strip() == "[16.]", done.stdout + done.stderr
    assert len(list(cache_folder.glob("*.py"))) == 2
