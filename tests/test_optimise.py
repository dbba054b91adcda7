"""The optimiser's passes on IR as text: ``tests/passes/optimise/<pass>/<case>.txt`` hold a before and an after."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

import pytest
from passes.optimise.ir_text import parse

from tangentx.ir.nodes import Function
from tangentx.ir.show import show
from tangentx.ir.verify import verify

CASES = Path(__file__).parent / "passes" / "optimise"
PASSES = {
    "dead": "remove_dead",
    "fold": "fold",
    "chains": "flatten_chains",
    "share": "share",
    "merge": "merge_branches",
    "defer": "defer",
}


def find_pass(name: str) -> Callable[[Function], Function]:
    """The public function of a pass's file."""
    return getattr(importlib.import_module(f"tangentx.optimise.{name}"), PASSES[name])


@pytest.mark.parametrize("path", sorted(CASES.glob("*/*.txt")), ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_golden(path: Path, request: pytest.FixtureRequest) -> None:
    """Each case gives its output, stays well formed, and is left alone by a second run."""
    before, _, after = path.read_text().partition("\n# output\n")
    function = parse(before)
    raw = path.stem.startswith("raw")
    verify(function, raw=raw)
    run = find_pass(path.parent.name)
    result = run(function)
    verify(result, raw=raw)
    assert run(result) == result
    if request.config.getoption("--update-golden", default=False):
        path.write_text(f"{before.rstrip()}\n\n# output\n{show(result)}")
    assert show(result) == after.lstrip("\n")
