"""The examples run, their generated files are current and stand alone, and what the README shows is true."""

from __future__ import annotations

import ast
import importlib
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import tangentx as tx
from tangentx.cli import main

ROOT = Path(__file__).parent.parent
NIST = ROOT / "examples" / "nist"
DIGITS = ROOT / "examples" / "digits"
README = (ROOT / "README.md").read_text(encoding="utf-8")
MODELS = [node.name for node in ast.parse((NIST / "models.py").read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)]
GENERATED = [*(NIST / "derivatives" / f"{name}.py" for name in MODELS), DIGITS / "gradient.py"]


def python(folder: Path, *arguments: str) -> str:
    """What a Python of its own prints; it finds the folder's modules, and tangentx only where it is installed."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "MPLBACKEND": "Agg", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def tangentx(monkeypatch: pytest.MonkeyPatch) -> Any:
    """``tangentx(folder, "grad", ...)``: the command line in a folder, without leaving its modules behind."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    def run(folder: Path, *arguments: str) -> Result:
        monkeypatch.chdir(folder)
        for name in ("model", "models"):
            monkeypatch.delitem(sys.modules, name, raising=False)
        return CliRunner().invoke(main, arguments)

    yield run
    for name in ("model", "models"):
        sys.modules.pop(name, None)


def current(run: Any, written: Path, folder: Path, out: Path, *arguments: str) -> None:
    result = run(folder, "grad", *arguments, "-o", str(out))
    assert result.exit_code == 0, result.output
    assert out.read_text(encoding="utf-8") == written.read_text(encoding="utf-8"), f"{written.name} is not current: run examples/write_derivatives.py"


@pytest.mark.parametrize("name", MODELS)
def test_the_derivatives_of_nist_are_current(name: str, tangentx: Any, tmp_path: Path) -> None:
    current(tangentx, NIST / "derivatives" / f"{name}.py", NIST, tmp_path / "out.py", f"models.py:{name}", "--wrt", "b", "--mode", "jvp")


def test_the_gradient_of_digits_is_current(tangentx: Any, tmp_path: Path) -> None:
    arguments = ("model.py:loss", "--wrt", "W1,b1,W2,b2", "--mode", "value_and_grad")
    current(tangentx, DIGITS / "gradient.py", DIGITS, tmp_path / "out.py", *arguments)
    assert f"tangentx grad {' '.join(arguments)} -o gradient.py" in (DIGITS / "train.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", GENERATED, ids=lambda file: file.stem)
def test_generated_files_import_numpy_alone(file: Path) -> None:
    imports = [node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in imports if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in imports if isinstance(node, ast.ImportFrom)}
    assert names <= {"numpy", *sys.stdlib_module_names}


def test_every_derivative_belongs_to_a_model() -> None:
    assert sorted(file.stem for file in (NIST / "derivatives").glob("*.py")) == sorted(MODELS)


def test_nist_fits_to_six_digits() -> None:
    """Exit code 0: six digits from start 2 on every problem, with exact derivatives."""
    pytest.importorskip("scipy")
    table = python(NIST, "fit.py")
    assert all(file.stem in table for file in (NIST / "data").glob("*.dat"))
    assert "from start 2: none" in table


def test_the_finite_differences_of_nist_are_those_of_scipy() -> None:
    """What the column "2-point" says: the same Jacobian to the last bit, at every start."""
    pytest.importorskip("scipy")
    lines = (
        "import numpy as np",
        "from fit import Counted, least_squares",
        "from problems import MODELS, read",
        "for problem in map(read, MODELS):",
        "    for start in problem.starts:",
        "        counted = Counted(problem, exact=False)",
        "        with np.errstate(over='ignore', invalid='ignore'):",
        "            scipy = least_squares(counted.residuals, start, '2-point', max_nfev=1).jac",
        "            print(np.array_equal(scipy, counted.differences(start)))",
    )
    assert python(NIST, "-c", "\n".join(lines)).split() == ["True"] * 2 * len(list((NIST / "data").glob("*.dat")))


def test_nist_reads_the_header() -> None:
    line = "p = read('Nelson'); print(p.difficulty, p.starts.tolist(), p.certified.tolist(), p.x.shape, p.y.shape)"
    expected = "average [[2.0, 0.0001, -0.01], [2.5, 5e-09, -0.05]] [2.5906836021, 5.6177717026e-09, -0.057701013174] (2, 128) (128,)"
    assert python(NIST, "-c", f"from problems import read; {line}").strip() == expected


def test_digits_learn_in_a_few_epochs() -> None:
    pytest.importorskip("sklearn")
    pytest.importorskip("matplotlib")
    lines = (
        "from train import *",
        "x, x_test, labels, labels_test = data()",
        "parameters, curve = train(x, labels, x_test, labels_test, epochs=5)",
        "print(accuracy(x_test, labels_test, parameters), curve[-1, 0] < 0.2 * curve[0, 0])",
    )
    accuracy, learns = python(DIGITS, "-c", "\n".join(lines)).split()
    assert float(accuracy) > 0.9
    assert learns == "True"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_the_picture_of_the_readme_is_true(tangentx: Any, tmp_path: Path) -> None:
    model, gradient = blocks("python")[:2]
    (tmp_path / "model.py").write_text(model, encoding="utf-8")
    command = re.search(r"`tangentx (grad model\.py:\S+ --wrt \S+)` prints", README)
    assert command
    result = tangentx(tmp_path, *command[1].split())
    assert result.exit_code == 0, result.output
    assert result.stdout.strip() == gradient.strip()


def test_the_session_of_the_readme_is_true(tmp_path: Path) -> None:
    session = blocks("python")[2]
    call, answer = session.strip().splitlines()[-1].split("  # ")
    (tmp_path / "session.py").write_text(session.replace(call, f"assert repr({call}) == {answer!r}"), encoding="utf-8")
    assert "def dlossdw(w, x, y, *, init_grad=1.0):" in python(ROOT, "-c", f"import runpy; runpy.run_path({str(tmp_path / 'session.py')!r})")


def test_the_clipped_adjoint_of_the_readme_is_true(tmp_path: Path) -> None:
    session, clipped = blocks("python")[2:4]
    program = session.split("\n\n\ndef")[0] + "\n\n\n" + clipped + """

x, y, w = np.eye(3), np.array([9.0, 0.0, -9.0]), np.zeros(3)
assert loss(w, x, y) == 54.0
print(tx.grad(loss)(w, x, y).tolist())
"""
    (tmp_path / "clipped.py").write_text(program, encoding="utf-8")
    assert (
        python(ROOT, "-c", f"import runpy; runpy.run_path({str(tmp_path / 'clipped.py')!r})")
        == "norm of the adjoint: 8.48528137423857\n[-0.1, 0.0, 0.1]\n"
    )


def test_the_refusal_of_the_readme_is_true(tangentx: Any, tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text(blocks("python")[-1], encoding="utf-8")
    result = tangentx(tmp_path, "grad", "model.py:squares")
    assert result.exit_code == 1
    message = re.search(r"^```\n(tangentx\.errors.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert message
    assert result.stderr.strip() == message[1].strip()


def test_the_command_lines_of_the_readme_work(tangentx: Any, tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text(blocks("python")[2].split("\n\n\ndloss")[0] + "\n", encoding="utf-8")
    lines = re.findall(r"^    tangentx (.*?)  +\w.*$", README, re.MULTILINE)
    assert len(lines) == 7
    for line in lines:
        result = tangentx(tmp_path, *line.split())
        assert result.exit_code == 0, result.output


# what the README says is refused
REFUSED = {
    "generators": "yield x",
    "`global`": "global y\n    y = x\n    return y[0]",
    "`eval`": "return eval('x[0]')",
    "`scipy.special.mathieu_a`": "return scipy.special.mathieu_a(1, x[0])",
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_the_readme_says_is_refused(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert what in README[README.index("In short:") :].partition("## ")[0].replace("\n", " ")
    text = f"import numpy as np\nimport scipy.special\n\n\ndef f(x):\n    {REFUSED[what]}\n"
    (tmp_path / "refused_by_readme.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "refused_by_readme", raising=False)
    function = importlib.import_module("refused_by_readme").f
    monkeypatch.delitem(sys.modules, "refused_by_readme")
    with pytest.raises(tx.TangentxError):
        tx.grad(function)


def test_setting_up_is_one_line_each() -> None:
    job, tests = (block.strip() for block in blocks("sh"))
    assert job == 'python -m venv .venv && .venv/bin/pip install -q -e ".[examples]" && .venv/bin/python examples/nist/fit.py'
    assert tests == 'python -m venv .venv && .venv/bin/pip install -q -e ".[test,examples]" && .venv/bin/python -m pytest -q -n auto'


def test_conventions_of_the_readme() -> None:
    assert tx.grad(at_kink)(0.0) == 0.0
    assert tx.grad(larger, wrt=("x", "y"))(1.0, 1.0) == (0.5, 0.5)


def at_kink(x):
    return abs(x)


def larger(x, y):
    return max(x, y)
