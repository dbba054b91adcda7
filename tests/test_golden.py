"""The generated modules themselves, reviewed as code; and the same bytes everywhere.

pytest tests/test_golden.py --update-golden        writes tests/golden anew; read the diff before you commit it
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import tangentx as tx
from tests.programs import arrays, branches, calls, exits, inserted, loops, stores, straight, targets, textbook

GOLDEN = Path(__file__).parent / "golden"
ROOT = GOLDEN.parent.parent

# name of the file -> verb, function, wrt
PROGRAMS: dict[str, tuple[Callable[..., Any], Callable[..., Any], Any]] = {
    "logxx": (tx.grad, targets.logxx, 0),
    "mlp": (tx.grad, targets.mlp, ("W1", "b1", "W2", "b2")),
    "newton": (tx.grad, targets.newton, (0, 1)),
    "rnn": (tx.grad, targets.rnn, (0, 1, 2)),
    "burgers": (tx.grad, targets.burgers, (0, 1)),
    "deep": (tx.grad, targets.deep, (0, 1)),
    "logxx_second": (lambda f, wrt: tx.grad(tx.grad(f, wrt)), targets.logxx, 0),
    "newton_jvp": (tx.jvp, targets.newton, (0, 1)),
    "rnn_jvp": (tx.jvp, targets.rnn, (0, 1, 2)),
    "burgers_hvp": (tx.hvp, targets.burgers, 0),
    "deep_jvp": (tx.jvp, targets.deep, (0, 1)),
    "power": (tx.grad, textbook.power, 0),
    "griewank": (tx.value_and_grad, textbook.griewank, (0, 1)),
    "logsumexp_streaming": (tx.grad, textbook.logsumexp_streaming, 0),
    "kalman": (tx.grad, textbook.filter_kalman, (0, 1)),
    "hidden_markov": (tx.grad, textbook.hidden_markov, (0, 1)),
    "lennard_jones": (tx.grad, textbook.lennard_jones, 0),
    "elimination": (tx.grad, textbook.determinant_by_elimination, 0),
    "overwritten_buffer": (tx.grad, textbook.overwritten_buffer, 0),
    "nested_branches": (tx.grad, branches.nested, (0, 1)),
    "early_returns": (tx.grad, branches.early_returns, 0),
    "return_from_two_loops": (tx.grad, exits.return_from_two_loops, 0),
    "carried_swap": (tx.grad, exits.carried_swap, (0, 1)),
    "softmax_entropy": (tx.grad, straight.softmax_entropy, 0),
    "black_scholes": (tx.grad, straight.black_scholes, (0, 1, 2, 3, 4)),
    "broadcast_everywhere": (tx.vjp, arrays.broadcast_everywhere, (0, 1)),
    "solved": (tx.grad, arrays.solved, (0, 1)),
    "heat": (tx.grad, stores.heat, (0, 1)),
    "rk4": (tx.grad, loops.rk4, (0, 1)),
    "clipped_states": (tx.grad, inserted.clipped_states, 0),
    "keywords_and_defaults": (tx.grad, calls.keywords_and_defaults, 0),
}

REPORT = """
import hashlib, json, sys
from tests.test_golden import PROGRAMS, text
print(json.dumps({name: hashlib.sha256(text(name).encode()).hexdigest() for name in PROGRAMS}))
"""


def text(name: str) -> str:
    """The module that is generated for one of the programs."""
    verb, function, wrt = PROGRAMS[name]
    return tx.source(verb(function, wrt))


@pytest.mark.parametrize("name", PROGRAMS)
def test_generated_module(name: str, request: pytest.FixtureRequest) -> None:
    path, found = GOLDEN / f"{name}.py", text(name)
    if request.config.getoption("--update-golden"):
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8"), "generated code has changed: read the diff, then --update-golden"


def test_every_file_is_one_of_the_programs() -> None:
    assert {path.stem for path in GOLDEN.glob("*.py")} == set(PROGRAMS)


def _digests(python: str, seed: str, cache: Path) -> dict[str, str]:
    """What another process generates."""
    env = {**os.environ, "PYTHONHASHSEED": seed, "TANGENTX_CACHE": str(cache), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([python, "-c", REPORT], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    digests: dict[str, str] = json.loads(done.stdout)
    return digests


@pytest.mark.parametrize("seed", ["1", "2"])
def test_same_bytes_under_every_hash_seed(seed: str, tmp_path: Path) -> None:
    expected = {name: hashlib.sha256(text(name).encode()).hexdigest() for name in PROGRAMS}
    assert _digests(sys.executable, seed, tmp_path) == expected


def _interpreters() -> list[Path]:
    """Other Pythons of this machine."""
    found = sorted(Path.home().glob(".pyenv/versions/*/bin/python"))
    return [path for path in found if tuple(map(int, path.parts[-3].split(".")[:2])) != sys.version_info[:2]]


@pytest.mark.interpreters
@pytest.mark.parametrize("python", _interpreters(), ids=lambda path: path.parts[-3])
def test_same_bytes_on_every_python(python: Path, tmp_path: Path) -> None:
    probe = subprocess.run([python, "-c", "import gast, astor, black, numpy, pytest, platformdirs, filelock"], capture_output=True, text=True)
    if probe.returncode:
        pytest.skip(f"{python.parts[-3]}: {probe.stderr.strip().splitlines()[-1]}")
    assert _digests(str(python), "3", tmp_path) == {name: hashlib.sha256(text(name).encode()).hexdigest() for name in PROGRAMS}
