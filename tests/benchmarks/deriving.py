"""What it costs to derive: small functions, a thousand statements, and what has been derived before."""

from __future__ import annotations

import importlib.util
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import tangentx as tx
from tangentx import backend, pipeline
from tangentx.options import Options
from tests.benchmarks.clock import Call, interleaved, medians

TWENTY_LINES = '''import numpy as np


def twenty_lines(x, w, b, steps):
    """Twenty lines of ordinary code: a loop, branches, array arithmetic."""
    scale = np.sqrt(np.mean(x * x) + 1e-8)
    x = x / scale
    total = 0.0
    h = np.tanh(x @ w + b)
    for step in range(steps):
        z = h @ w + b
        gate = 1.0 / (1.0 + np.exp(-z))
        candidate = np.tanh(z * gate)
        h = gate * h + (1.0 - gate) * candidate
        if step % 2 == 0:
            total = total + np.sum(h * h)
        else:
            total = total - 0.5 * np.sum(np.abs(h))
        energy = np.sum(h) / (step + 1)
        total = total + energy * energy
    spread = np.max(h) - np.min(h)
    centred = h - np.mean(h)
    variance = np.mean(centred ** 2)
    penalty = 0.01 * np.sum(w ** 2) + 0.1 * np.sum(b ** 2)
    return total + np.log(variance + spread ** 2) + penalty
'''

# A new process: what is imported anyway is there before the clock starts.
AGAIN = """
import sys, time
import numpy, tangentx as tx, tangentx.api, tangentx.fingerprint, tangentx.backend.cache, tangentx.backend.load
sys.path.insert(0, sys.argv[1])
from twenty_lines import twenty_lines
start = time.thread_time()
tx.grad(twenty_lines, ("x", "w", "b"))
print(time.thread_time() - start, "tangentx.workshop" in sys.modules)
"""


def straight_line(statements: int) -> str:
    """A function of so many statements, each of which reads the one before."""
    body = "".join(f"    x = np.sin(x) * 0.5 + x  # {k}\n" if k % 2 else "    x = x * 1.01 - 0.1\n" for k in range(statements))
    return f"import numpy as np\n\n\ndef straight_line(x):\n{body}    return np.sum(x)\n"


def table(statements: int = 1000, rounds: int = 15) -> Iterator[str]:
    """One line for each question."""
    yield f"{'question':44}{'time':>13}{'less than':>13}"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        f = _written(folder, "twenty_lines", TWENTY_LINES)
        wrt = ("x", "w", "b")
        yield _line("20 lines, without black", _median(lambda: _text(f, wrt), rounds), 50e-3)
        yield _line("20 lines, the adjoint alone, without printing", _median(lambda: _program(f, wrt), rounds), None)
        times = {}
        for size in (statements // 4, statements):
            g = _written(folder, f"straight_{size}", straight_line(size), "straight_line")
            times[size] = min(_seconds(lambda g=g: _text(g, ("x",))) for _ in range(2))  # type: ignore[misc]
        yield _line(f"{statements} statements in a straight line", times[statements], 5.0)
        yield f"{f'    times those of {statements // 4} statements':44}{times[statements] / times[statements // 4]:11.2f}"
        tx.grad(f, wrt)
        yield _line("a second grad() in one process", _median(lambda: tx.grad(f, wrt), rounds), 1e-3)
        yield _line("a new process, derived before, no imports", _in_new_processes(folder, rounds), 30e-3)


def _program(f: Callable[..., Any], wrt: tuple[str, ...]) -> Any:
    return pipeline.differentiate(f, "grad", wrt, Options(single=len(wrt) == 1))


def _text(f: Callable[..., Any], wrt: tuple[str, ...]) -> str:
    return backend.emit(pipeline.last_touch(_program(f, wrt), Options()), format=False).text


def _median(call: Call, rounds: int) -> float:
    (median,) = medians(interleaved([call], rounds, 0.0))
    return median


def _seconds(call: Call) -> float:
    start = time.thread_time()
    call()
    return time.thread_time() - start


def _in_new_processes(folder: Path, rounds: int) -> float:
    """The median of grad() in processes that find it in the cache."""
    root = Path(__file__).parents[2]
    env = {**os.environ, "TANGENTX_CACHE": str(folder / "cache"), "PYTHONPATH": str(root)}
    times = []
    for k in range(min(rounds, 7) + 1):
        done = subprocess.run([sys.executable, "-c", AGAIN, str(folder)], env=env, cwd=root, capture_output=True, text=True, check=True)
        elapsed, derived = done.stdout.split()
        assert (derived == "True") == (k == 0), "the first derives, the others find it"
        times.append(float(elapsed))
    return statistics.median(times[1:])


def _written(folder: Path, name: str, text: str, function: str | None = None) -> Callable[..., Any]:
    path = folder / f"{name}.py"
    path.write_text(text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return getattr(module, function or name)  # type: ignore[no-any-return]


def _line(question: str, seconds: float, bound: float | None) -> str:
    limit = "" if bound is None else f"{bound * 1e3:10.1f} ms" + ("" if seconds < bound else "  missed")
    return f"{question:44}{seconds * 1e3:10.2f} ms{limit}"
