"""The command line: printing, writing, refusing to overwrite; and modules that stand alone."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tangentx.backend.standalone import standalone
from tangentx.cli import main

MODEL = """
import numpy as np
from numpy import sin


def loss(x, y):
    z = x * y
    return np.sum(z * z)


def wave(x):
    return sin(x)


def stream(x):
    yield x
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with ``cli_model.py``, and us in it."""
    (tmp_path / "cli_model.py").write_text(MODEL.lstrip(), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.delitem(sys.modules, "cli_model", raising=False)
    return tmp_path


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_it_prints_the_module(folder: Path) -> None:
    result = run("grad", "cli_model.py:wave")
    assert result.exit_code == 0, result.output
    assert "def dwavedx(x, *, init_grad=1.0):" in result.stdout
    assert "\x1b[" not in result.stdout
    ast.parse(result.stdout)


@pytest.mark.parametrize(("wrt", "entry"), [("x", "def dlossdx("), ("1", "def dlossdy("), ("x,y", "def dloss("), ("x,", "def dloss(")])
def test_wrt(folder: Path, wrt: str, entry: str) -> None:
    assert entry in run("grad", "cli_model.py:loss", "--wrt", wrt).stdout


@pytest.mark.parametrize(("mode", "entry"), [("value_and_grad", "wave_and_grad"), ("vjp", "wave_vjp"), ("jvp", "wave_jvp"), ("hvp", "wave_hvp")])
def test_modes(folder: Path, mode: str, entry: str) -> None:
    assert f"def {entry}(x, " in run("grad", "cli_model.py:wave", "--mode", mode).stdout


def test_a_written_module_stands_alone(folder: Path) -> None:
    result = run("grad", "cli_model.py:loss", "--wrt", "x,y", "-o", "dloss.py")
    assert (result.exit_code, result.stderr) == (0, "wrote dloss.py\n")
    text = (folder / "dloss.py").read_text()
    assert text.startswith("# Written by tangentx ") and "from cli_model.py:loss: grad with respect to x,y\n" in text
    imported = {a.name for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Import) for a in n.names}
    imported |= {str(n.module) for n in ast.walk(ast.parse(text)) if isinstance(n, ast.ImportFrom)}
    assert not any(name.startswith("tangentx") for name in imported)
    program = """
import sys
sys.modules["tangentx"] = None
import numpy as np
from dloss import dloss
x, y = np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]])
print([g.tolist() for g in dloss(x, y)])
try:
    dloss(1, 2.0)
except TypeError as error:
    print(type(error).__name__)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True)
    assert done.stdout == "[[[50.0, 100.0]], [[30.0], [40.0]]]\nTypeError\n", done.stderr


def test_the_same_bytes_every_time(folder: Path) -> None:
    assert run("grad", "cli_model.py:loss").stdout == run("grad", "cli_model.py:loss").stdout


def test_overwriting(folder: Path) -> None:
    out = folder / "d.py"
    arguments = ("grad", "cli_model.py:loss", "-o", "d.py")
    run(*arguments)
    written = out.read_text()
    assert run(*arguments).stderr == "d.py is up to date\n"
    assert run(*arguments, "--wrt", "y").stderr == "wrote d.py\n"

    out.write_text(written + "# a note of mine\n")
    result = run(*arguments)
    assert result.exit_code == 1
    assert result.stderr == (
        "tangentx.errors.ArgumentError: d.py was edited since tangentx wrote it\n"
        "  Write to another file to keep the edits, or add --force to overwrite them.\n"
    )
    assert out.read_text() == written + "# a note of mine\n"
    assert run(*arguments, "--force").stderr == "wrote d.py\n"
    assert out.read_text() == written


def test_a_file_of_somebody_else_is_not_overwritten(folder: Path) -> None:
    result = run("grad", "cli_model.py:loss", "-o", "cli_model.py")
    assert result.exit_code == 1
    assert result.stderr == (
        "tangentx.errors.ArgumentError: cli_model.py was not written by tangentx\n  Write to another file, or add --force to overwrite it.\n"
    )
    assert (folder / "cli_model.py").read_text() == MODEL.lstrip()


BAD = [
    ("cli_model.py", "'cli_model.py' is not PATH.py:FUNCTION\n  For example: tangentx grad model.py:loss --wrt w\n"),
    ("nowhere.py:f", "there is no file nowhere.py\n  Give the path of the Python file, then a colon, then the function's name.\n"),
    ("cli_model.py:lost", "cli_model.py has no function 'lost'\n  It has loss, wave, stream.\n"),
    ("broken.py:f", "broken.py cannot be imported\n  ZeroDivisionError: division by zero\n"),
    ("my-model.py:f", "my-model.py cannot be imported: 'my-model' is not a module name\n  Rename the file: letters, digits and underscores.\n"),
    ("json.py:f", "json.py cannot be imported: another module is called 'json'\n  Rename the file.\n"),
]


@pytest.mark.parametrize(("target", "message"), BAD, ids=[t for t, _ in BAD])
def test_bad_targets(folder: Path, target: str, message: str) -> None:
    (folder / "broken.py").write_text("1 / 0\n")
    (folder / "my-model.py").write_text("")
    (folder / "json.py").write_text("")
    result = run("grad", target)
    assert result.exit_code == 1 and result.stdout == ""
    assert message in result.stderr and "Traceback" not in result.stderr


def test_an_error_of_the_compiler_is_a_message(folder: Path) -> None:
    result = run("grad", "cli_model.py:stream")
    assert result.exit_code == 1
    assert result.stderr.startswith("tangentx.errors.UnsupportedSyntax: ")
    assert 'File "cli_model.py", line 15, in stream' in result.stderr and "Traceback" not in result.stderr
    result = run("grad", "cli_model.py:loss", "--wrt", "w")
    assert "loss(x, y) has no parameter 'w'" in result.stderr


def test_show(folder: Path) -> None:
    names = run("show", "cli_model.py:loss").stdout.split()
    assert "ssa" in names and names[-1] == "text"
    assert "Function loss(x, y)" in run("show", "cli_model.py:loss", "--stage", "ssa").stdout
    everything = run("show", "cli_model.py:loss", "--stage", "all").stdout
    assert [line.removeprefix("# ---- ") for line in everything.splitlines() if line.startswith("# ---- ")][:1] == names[:1]
    assert "def dlossdx" in run("show", "cli_model.py:loss", "--stage", "text").stdout
    result = run("show", "cli_model.py:loss", "--stage", "sas")
    assert result.exit_code == 1 and "there is no stage 'sas'\n  Use one of " in result.stderr


def test_help_and_version(folder: Path) -> None:
    for arguments in (["--help"], ["grad", "--help"], ["show", "-h"]):
        result = run(*arguments)
        assert result.exit_code == 0 and "Usage:" in result.stdout
    assert run("--version").stdout.startswith("tangentx, version ")
    done = subprocess.run([sys.executable, "-m", "tangentx", "--help"], capture_output=True, text=True, cwd=Path(__file__).parent.parent)
    assert done.returncode == 0 and "model.py:loss" in done.stdout


def test_a_module_of_a_package(folder: Path) -> None:
    (folder / "cli_package").mkdir()
    (folder / "cli_package" / "__init__.py").write_text("")
    (folder / "cli_package" / "base.py").write_text("def g(x):\n    return x * x\n")
    (folder / "cli_package" / "deep.py").write_text("from .base import g\n\n\ndef f(x):\n    return g(x)\n")
    assert "def dfdx(" in run("grad", "cli_package/deep.py:f").stdout


# --------------------------------------------------------------------------------------------------------- stand-alone

RUNTIME = '''
import math
from typing import Any

import numpy as np
from tangentx.errors import ArgumentError

EPS = 1e-8


def _inner(x: Any) -> Any:
    return np.shape(x), math.pi, EPS


def check(x):
    """Calls _inner."""
    if x is None:
        raise ArgumentError("none")
    return _inner(x)


def unused():
    return 1
'''


def test_helpers_come_with_what_they_need() -> None:
    text = standalone('"""Doc."""\n\nimport numpy as np\nfrom tangentx.runtime import check\n\n\ndef df(x):\n    return check(x)\n', RUNTIME)
    assert text == (
        '"""Doc."""\n\nimport math\nfrom typing import Any\n\nimport numpy as np\n\n\ndef df(x):\n    return check(x)\n\n\n'
        "# Helpers, copied from tangentx.runtime.\n\n\nEPS = 1e-8\n\n\n"
        "def _inner(x: Any) -> Any:\n    return np.shape(x), math.pi, EPS\n\n\n"
        'def check(x):\n    """Calls _inner."""\n    if x is None:\n        raise TypeError("none")\n    return _inner(x)\n'
    )


def test_helpers_give_way_to_names_of_the_users() -> None:
    text = standalone("from tangentx.runtime import check as check_1\n\n\ndef _inner(EPS, check):\n    math = 2\n    return check_1(EPS)\n", RUNTIME)
    names: dict[str, object] = {}
    exec(compile(text, "generated", "exec"), names)
    assert "EPS_1 = 1e-8" in text and "import math as math_1" in text and "def _inner_1(x: Any)" in text and "def check_1(x):" in text
    assert names["_inner"](np_float := 1.0, None) == ((), 3.141592653589793, 1e-8) and np_float  # type: ignore[operator]


def test_imports_stand_where_they_belong() -> None:
    def head(imports: str) -> str:
        return standalone(f"{imports}from tangentx.runtime import check\n\n\ndef df(x):\n    return check(x)\n", RUNTIME).partition("\n\n\n")[0]

    assert head("") == "import math\nfrom typing import Any\n\nimport numpy as np"
    assert head("import math\n\nimport model\n") == "from typing import Any\nimport math\n\nimport model\nimport numpy as np"
    assert head("import model\n") == "import math\nfrom typing import Any\n\nimport model\nimport numpy as np"
    assert head('"""Doc."""\nfrom __future__ import annotations\n\n').startswith('"""Doc."""\nfrom __future__ import annotations\n\nimport math\n')


def test_a_module_without_helpers_stays_as_it_is() -> None:
    assert standalone("import math\n", RUNTIME) == "import math\n"


def test_a_check_passes_the_handlers_of_a_module_that_stands_alone() -> None:
    passes = "try:\n        return check(x)\n    except TangentxError:\n        raise\n    except TypeError:\n        return 0.0\n"
    text = standalone(f"from tangentx.errors import TangentxError\nfrom tangentx.runtime import check\n\n\ndef df(x):\n    {passes}", RUNTIME)
    names: dict[str, Any] = {}
    exec(compile(text, "generated", "exec"), names)
    assert "import TangentxError" not in text and names["df"](2.0)[0] == ()
    with pytest.raises(TypeError, match="none") as caught:
        names["df"](None)
    assert isinstance(caught.value, names["TangentxError"])
