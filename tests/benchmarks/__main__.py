"""``python -m tests.benchmarks``: gradient / primal and gradient / hand-written for the six targets; the compiler's own times."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
import timeit
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

import tangentx as tx
from tests.benchmarks import by_hand
from tests.fuzz.plain import without_black
from tests.programs import targets

ROOT = Path(__file__).resolve().parents[2]
TWENTY_LINES = """
import numpy as np


def f(x, y, n):
    a = np.sin(x) * y
    b = np.exp(-a * a)
    c = a / (1.0 + b)
    total = 0.0
    for i in range(n):
        c = np.tanh(c) + a * 0.1
        if i % 2 == 0:
            b = b * c
        else:
            b = b - c
        d = b * b
        total = total + np.sum(d)
    if total > 10.0:
        e = np.log(total)
    else:
        e = total * total
    z = a[1:] - a[:-1]
    w = np.sum(z * z) + e
    g = np.mean(b) * w
    return g + e
"""


def best(call: Callable[[], Any]) -> float:
    """Seconds of one call: the best of several runs."""
    timer = timeit.Timer(call)
    number = max(1, int(0.05 / max(timer.timeit(1), 1e-7)))
    return min(timer.repeat(7, number)) / number


def targets_and_sizes() -> list[tuple[str, Callable[..., Any], Callable[..., Any], tuple[Any, ...], Any]]:
    random = np.random.default_rng(0)
    x, y = random.normal(size=(32, 16)), random.normal(size=(32, 4))
    W1, b1, W2, b2 = random.normal(size=(16, 32)) * 0.3, np.zeros(32), random.normal(size=(32, 4)) * 0.3, np.zeros(4)
    W, h, xs = random.normal(size=(16, 16)) * 0.2, np.zeros(16), random.normal(size=(1000, 16))
    u = np.sin(np.linspace(0.0, 3.0, 64))
    wide = random.normal(size=(256, 256)) * 0.05
    return [
        ("logxx", targets.logxx, by_hand.logxx, (2.0,), 0),
        ("mlp", targets.mlp, by_hand.mlp, (x, y, W1, b1, W2, b2), ("W1", "b1", "W2", "b2")),
        ("newton, 1000 steps", targets.newton, by_hand.newton, (1.5, 2.0, -1.0, 1000), (0, 1)),
        ("rnn, 1000 steps, 16", targets.rnn, by_hand.rnn, (W, h, h + 0.1, xs), (0, 1, 2)),
        ("rnn, 100 steps, 256", targets.rnn, by_hand.rnn, (wide, np.zeros(256), np.zeros(256), random.normal(size=(100, 256))), (0, 1, 2)),
        ("burgers, 1000 steps, 64", targets.burgers, by_hand.burgers, (u, 0.001, 1000), (0, 1)),
        ("deep, 200 calls", targets.deep, by_hand.deep, (0.5, 1.1, 200), (0, 1)),
    ]


def _same(a: Any, b: Any) -> bool:
    pairs = zip(a, b) if isinstance(a, tuple) else [(a, b)]
    return all(np.allclose(x, y, rtol=1e-8, atol=1e-10) for x, y in pairs)


def measure_targets() -> None:
    print(f"{'':26}{'primal':>12}{'gradient':>12}{'/ primal':>10}{'/ by hand':>11}")
    for name, f, hand, args, wrt in targets_and_sizes():
        df = tx.grad(f, wrt)
        assert _same(df(*args), hand(*args)), name
        primal, gradient, written = (best(lambda g=g: g(*args)) for g in (f, df, hand))
        print(f"{name:26}{primal * 1e6:9.1f} us{gradient * 1e6:9.1f} us{gradient / primal:10.2f}{gradient / written:11.2f}")


def _module(text: str, folder: Path, name: str) -> Any:
    path = folder / f"{name}.py"
    path.write_text(text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _straight(statements: int) -> str:
    lines = [f"    v{k + 1} = np.sin(v{k}) * x + {k % 7}.5" for k in range(statements)]
    return "\n".join(["import numpy as np", "", "", "def f(x):", "    v0 = x", *lines, f"    return v{statements}", ""])


def measure_compiler(folder: Path) -> None:
    """Transforming, with and without the cache."""
    _module(TWENTY_LINES, folder, "warm").f
    with without_black():
        tx.grad(sys.modules["warm"].f)  # templates and tools are loaded
        times = []
        for k in range(5):
            f = _module(TWENTY_LINES.replace("10.0", f"1{k}.0"), folder, f"twenty_{k}").f
            times.append(timeit.timeit(lambda f=f: tx.grad(f), number=1))
        print(f"\ntransform, 20 lines, without black    {min(times) * 1e3:9.1f} ms")
        for statements in (125, 250, 500, 1000):
            f = _module(_straight(statements), folder, f"straight_{statements}").f
            print(f"transform, {statements:4} statements            {timeit.timeit(lambda f=f: tx.grad(f), number=1) * 1e3:9.1f} ms")
    f = sys.modules["warm"].f
    print(f"grad again, same process              {best(lambda: tx.grad(f)) * 1e3:9.3f} ms")
    tx.grad(f)
    code = "import time, tangentx as tx, warm, tangentx.api, tangentx.backend.load; t = time.perf_counter(); tx.grad(warm.f); print(time.perf_counter() - t)"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(folder)])}
    runs = [float(subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True).stdout) for _ in range(5)]
    print(f"grad from the cache, new process      {min(runs[1:]) * 1e3:9.1f} ms  (first: {runs[0] * 1e3:.1f} ms)")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TANGENTX_CACHE"] = str(Path(folder, "cache"))
        measure_targets()
        measure_compiler(Path(folder))


if __name__ == "__main__":
    main()
