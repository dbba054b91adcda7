"""Random programs: right or loud.  A bounded part by default; the long one with ``-m fuzz``, or ``python -m tests.fuzz``."""

from __future__ import annotations

import collections
import contextlib
import warnings
from pathlib import Path

import numpy as np
import pytest

from tests.fuzz.families import FAMILIES, program
from tests.fuzz.outcome import judge, load
from tests.fuzz.plain import without_black
from tests.fuzz.references import copied

SETTLED = ("scalar", "array", "store", "flow")  # the others find something every day


def _run(family: str, seeds: range, folder: Path, second: bool, optimise: bool = True) -> None:
    counts = collections.Counter[str]()
    with without_black():
        for seed in seeds:
            sample = program(seed, family)
            outcome = judge(sample, folder, second, optimise)
            counts[outcome.kind] += 1
            assert outcome.kind not in ("wrong", "crash"), f"seed {seed}: {outcome.detail}\n\n{sample.text}\n{sample.args!r}"
    assert counts["right"] > len(seeds) / 2, f"little of it says anything: {dict(counts)}"


@pytest.mark.parametrize("start", range(0, 20, 10))
@pytest.mark.parametrize("family", SETTLED)
def test_first_order(family: str, start: int, tmp_path: Path) -> None:
    _run(family, range(start, start + 10), tmp_path, second=False)


@pytest.mark.parametrize("family", SETTLED)
def test_without_the_optimising_passes(family: str, tmp_path: Path) -> None:
    _run(family, range(60, 66), tmp_path, second=False, optimise=False)


@pytest.mark.parametrize("family", SETTLED)
def test_second_order(family: str, tmp_path: Path) -> None:
    _run(family, range(100, 104), tmp_path, second=True)


@pytest.mark.fuzz
@pytest.mark.parametrize("start", range(0, 2000, 100))
@pytest.mark.parametrize("family", FAMILIES)
def test_long(family: str, start: int, tmp_path: Path) -> None:
    _run(family, range(start, start + 100), tmp_path, second=True)


def test_a_program_is_always_the_same() -> None:
    for family in FAMILIES:
        assert str(program(7, family)) == str(program(7, family))


@pytest.mark.parametrize("family", FAMILIES)
def test_the_programs_run_in_plain_python(family: str, tmp_path: Path) -> None:
    ran = 0
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for seed in range(40):
            sample = program(seed, family)
            with contextlib.suppress(ArithmeticError, IndexError, NameError, ValueError):
                ran += np.ndim(getattr(load(sample.text, tmp_path), sample.entry)(*copied(sample.args))) == 0
    assert ran >= 30
