"""What every test shares: a cache folder of its own, and modules written on the spot."""

from __future__ import annotations

import importlib
import os
import sys
import textwrap
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tangentx.rules.declare import refusals, registered
from tangentx.rules.table import load_templates

Write = Callable[..., types.ModuleType]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Files of expected text are written anew on request, and never in CI."""
    for name in ("golden", "errors"):
        parser.addoption(f"--update-{name}", action="store_true", help=f"write tests/{name} anew")


def pytest_configure(config: pytest.Config) -> None:
    """Refuses an update where nobody would look at it."""
    if os.environ.get("CI") and any(config.getoption(f"--update-{name}") for name in ("golden", "errors")):
        raise pytest.UsageError("files of expected text are not updated in CI: look at them first")


@pytest.fixture(autouse=True, scope="session")
def _session_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing is read from, or written to, the cache of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TANGENTX_CACHE", str(tmp_path_factory.mktemp("cache")))
        patch.delenv("TANGENTX_DUMP", raising=False)
        yield


@pytest.fixture
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder for one test."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("TANGENTX_CACHE", str(folder))
    return folder


@pytest.fixture
def own_rules() -> Iterator[None]:
    """Rules that the test declares are forgotten after it."""
    load_templates()  # ours are there before
    tables: tuple[dict[Any, Any], ...] = (registered(), refusals())
    before = [dict(table) for table in tables]
    yield
    for table, rules in zip(tables, before, strict=True):
        table.clear()
        table.update(rules)


@pytest.fixture
def write_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """``write_module("model", text)`` writes ``model.py`` and imports it; writing it again imports the new text."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    names: list[str] = []

    def write(name: str, text: str) -> types.ModuleType:
        (tmp_path / f"{name}.py").write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
        names.append(name)
        sys.modules.pop(name, None)
        importlib.invalidate_caches()
        return importlib.import_module(name)

    yield write
    for name in names:
        sys.modules.pop(name, None)
