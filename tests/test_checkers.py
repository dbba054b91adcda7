"""What a package's decorator checks is looked through; what it changes is not."""

from __future__ import annotations

import importlib.util
import sys
import types
from pathlib import Path

import numpy as np
import pytest

import tangentx as tx
from tangentx.frontend.checkers import behind_checks

HEADER = """import functools
import warnings
from contextlib import contextmanager

LIMITS = {"x": 3.0}


@contextmanager
def quiet():
    yield


def decorated(check):
    def decorator(f):
        return check(f, {"x": LIMITS})
    return decorator
"""
WRAPPER = """

def check(f, limits):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
{body}
    return wrapper


@decorated(check)
def square(x, scale=1.0):
    return scale * x * x
"""
LOOKED_THROUGH = {
    "checks": ["if limits is None:", "    raise ValueError(limits)", "return f(*args, **kwargs)"],
    "reads": ["for name, value in kwargs.items():", "    assert name in limits or value == value", "return f(*args, **kwargs)"],
    "branches": ["if limits['x']:", "    return f(*args, **kwargs)", "else:", "    return f(*args, **kwargs)"],
    "tries": [
        "try:",
        "    with quiet():",
        "        return f(*args, **kwargs)",
        "except TypeError as error:",
        "    raise ValueError(str(limits)) from error",
    ],
    "warns": ["warnings.warn(str(limits), stacklevel=2)", "return f(*args, **kwargs)"],
}
KEPT = {
    "another value": ["return 2.0 * f(*args, **kwargs) * limits['x']['x']"],
    "other arguments": ["return f(args[0] + limits['x']['x'], **kwargs)"],
    "a word more": ["kwargs['scale'] = limits['x']['x']", "return f(*args, **kwargs)"],
    "a word less": ["kwargs.pop('scale', limits)", "return f(*args, **kwargs)"],
    "arguments assigned": ["args = (limits['x']['x'],)", "return f(*args, **kwargs)"],
    "changed inside": ["def change():", "    kwargs['scale'] = limits['x']['x']", "change()", "return f(*args, **kwargs)"],
    "no value on one way": ["if limits['x']:", "    return f(*args, **kwargs)"],
    "another way out": ["try:", "    return f(*args, **kwargs)", "finally:", "    return limits['x']['x']"],
    "a default": ["try:", "    return f(*args, **kwargs)", "except ValueError:", "    return limits['x']['x']"],
}


def package(folder: Path, name: str, body: list[str]) -> types.ModuleType:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.py"
    path.write_text(HEADER + WRAPPER.format(body="\n".join(f"        {line}" for line in body)), encoding="utf-8")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("case", LOOKED_THROUGH)
def test_looked_through(case: str, tmp_path: Path) -> None:
    module = package(tmp_path / "site-packages", f"checks_{case}", LOOKED_THROUGH[case])
    assert behind_checks(module.square) is module.square.__wrapped__
    assert tx.grad(module.square)(3.0) == 6.0

    def f(x: float) -> float:
        return float(module.square(x, scale=2.0) + np.sin(x))

    assert tx.grad(f)(3.0) == 12.0 + np.cos(3.0)


@pytest.mark.parametrize("case", KEPT)
def test_not_looked_through(case: str, tmp_path: Path) -> None:
    module = package(tmp_path / "site-packages", f"kept_{case.replace(' ', '_')}", KEPT[case])
    assert behind_checks(module.square) is module.square


@pytest.mark.parametrize("case", LOOKED_THROUGH)
def test_a_wrapper_of_the_users_is_read(case: str, tmp_path: Path) -> None:
    module = package(tmp_path, f"own_{case}", LOOKED_THROUGH[case])
    assert behind_checks(module.square) is module.square
