"""A scripted pdb session: a breakpoint on an adjoint line of the generated file, and what stands there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import tangentx as tx

MODEL = """
import numpy as np


def f(x):
    y = np.sin(x)
    return y * y
"""


def test_a_breakpoint_on_an_adjoint_line_is_hit(tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text(MODEL.lstrip(), encoding="utf-8")
    program = "import model, tangentx as tx\ndf = tx.grad(model.f)\nprint(df.__code__.co_filename)\nprint(df(0.5))\n"
    (tmp_path / "main.py").write_text(program, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(Path(tx.__file__).resolve().parent.parent)]), "NO_COLOR": "1"}
    first = subprocess.run([sys.executable, "main.py"], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert first.returncode == 0, first.stderr
    generated = Path(first.stdout.splitlines()[0])
    lines = generated.read_text(encoding="utf-8").splitlines()
    adjoint = next(number for number, line in enumerate(lines, 1) if line.strip().startswith("x_bar = "))
    commands = f"break {generated}:{adjoint}\ncontinue\nwhere\nnext\np x_bar\nlist\ncontinue\nquit\n"
    session = subprocess.run(
        [sys.executable, "-m", "pdb", "main.py"], cwd=tmp_path, env=env, input=commands, capture_output=True, text=True, timeout=120
    )
    assert f"Breakpoint 1 at {generated}:{adjoint}" in session.stdout, session.stdout + session.stderr
    assert f"> {generated}({adjoint})dfdx()" in session.stdout
    assert lines[adjoint - 1] in session.stdout
    assert "0.8414709848" in session.stdout.partition("where")[2] or "0.8414709848" in session.stdout


def test_a_traceback_shows_the_generated_line(tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text("import math\n\n\ndef f(x: float, n: int):\n    return math.log(x) * n\n", encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(Path(tx.__file__).resolve().parent.parent)]), "NO_COLOR": "1"}
    program = "import model, tangentx as tx; tx.grad(model.f)(0.0, 1)"
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert "ZeroDivisionError" in done.stderr and ", in dfdx" in done.stderr and "x_bar = " in done.stderr
