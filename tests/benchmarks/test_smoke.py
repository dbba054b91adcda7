"""The benchmarks run, at tiny sizes; how long anything takes is no matter of a test."""

from __future__ import annotations

from tests.benchmarks import deriving, gradients


def test_gradients_are_measured() -> None:
    lines = list(gradients.table(gradients.all_targets(steps=3, depth=3), rounds=1, seconds=0.0))
    assert len(lines) == 10
    assert lines[0].split()[:2] == ["program", "primal"]


def test_deriving_is_measured() -> None:
    lines = list(deriving.table(statements=8, rounds=1))
    assert [line.split()[0] for line in lines] == ["question", "20", "20", "8", "times", "a", "a"]
