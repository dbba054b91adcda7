"""What is built and installed: wheel, sdist, editable; and the package under every Python that is found."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROBE = """
import importlib.resources, sys
import tangentx, tangentx.templates, tangentx.templates.numpy, tangentx.generated
from tangentx.rules.table import template_files
print(sorted({p.parent.name for p in template_files()}))
print((importlib.resources.files("tangentx") / "py.typed").is_file())
print(tangentx.__version__)
"""
EXPECTED = ["['linalg', 'numpy', 'python', 'scipy', 'sklearn', 'special', 'stats', 'tangentx', 'templates']", "True"]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean copy of what is packaged, so that building leaves nothing behind here."""
    copy = tmp_path_factory.mktemp("checkout")
    for name in ("tangentx", "templates"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        if (ROOT / name).is_file():
            shutil.copy(ROOT / name, copy / name)
        else:
            (copy / name).write_text("")
    return copy


def _run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _install(folder: Path, *what: str | Path) -> Path:
    """A virtual environment that sees our libraries with the package installed in it; gives its Python."""
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    (site,) = (folder / "lib").glob("python*/site-packages")
    (site / "libraries.pth").write_text("\n".join(path for path in sys.path if Path(path).name == "site-packages"))
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--ignore-installed", "--disable-pip-version-check", "-q"]
    _run(sys.executable, "-m", "pip", "--python", python, "install", *options, *what, cwd=folder)
    return python


def _probe(python: Path, folder: Path) -> None:
    found = _run(python, "-c", PROBE, cwd=folder).splitlines()
    assert found[:2] == EXPECTED
    where = Path(_run(python, "-c", "import tangentx; print(tangentx.__file__)", cwd=folder).strip())
    assert ROOT not in where.parents


@pytest.mark.packaging
def test_wheel(checkout: Path, tmp_path: Path) -> None:
    _run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", tmp_path, checkout, cwd=tmp_path)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert _below(names, "tangentx/") == _on_disk()
    assert any(name.endswith("entry_points.txt") for name in names) and any(Path(name).name == "LICENSE" for name in names)
    _probe(_install(tmp_path / "venv", wheel), tmp_path)


@pytest.mark.packaging
def test_sdist(checkout: Path, tmp_path: Path) -> None:
    program = f"import setuptools.build_meta as b; print(b.build_sdist({str(tmp_path)!r}))"
    _run(sys.executable, "-c", program, cwd=checkout)
    (sdist,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = [name.partition("/")[2] for name in archive.getnames()]
    assert "templates/numpy/__init__.py" in names and "tangentx/api.py" in names and "tangentx/py.typed" in names
    _probe(_install(tmp_path / "venv", sdist), tmp_path)


@pytest.mark.packaging
def test_editable(checkout: Path, tmp_path: Path) -> None:
    python = _install(tmp_path / "venv", "-e", checkout)
    _probe(python, tmp_path)
    (checkout / "templates" / "numpy" / "extra.py").write_text("WORD = 'seen at once'\n")
    assert _run(python, "-c", "from tangentx.templates.numpy.extra import WORD; print(WORD)", cwd=tmp_path) == "seen at once\n"
    (checkout / "templates" / "numpy" / "extra.py").unlink()


def _below(names: list[str], folder: str) -> list[str]:
    return sorted(name for name in names if name.startswith(folder) and name.endswith(".py"))


def _on_disk() -> list[str]:
    own = [path.relative_to(ROOT).as_posix() for path in (ROOT / "tangentx").rglob("*.py")]
    rules = ["tangentx/" + path.relative_to(ROOT).as_posix() for path in (ROOT / "templates").rglob("*.py")]
    return sorted([*own, *rules])


# --------------------------------------------------------------------------------------------------------- interpreters

SMOKE = """
import sys
import numpy as np
sys.path.insert(0, {folder!r})
import smoke, tangentx as tx
assert tx.grad(smoke.power)(2.0, 4) == 32.0 and tx.grad(tx.grad(smoke.power))(2.0, 4) == 48.0
assert np.allclose(tx.grad(smoke.loss)(np.array([0.1, 0.2]), 2.0), [0.5 * np.cos(0.2), 0.5 * np.cos(0.4)])
assert tx.check_grad(smoke.loss, np.array([0.1, 0.2]), 2.0, wrt=("w", "k"))
assert tx.grad(smoke.cube)(2.0) == 12.0
made = [tx.grad(smoke.power), tx.grad(tx.grad(smoke.power)), tx.jvp(smoke.power), tx.hvp(smoke.power)]
made += [tx.grad(smoke.cube), tx.vjp(smoke.loss, ("w", "k"))]
sys.stdout.buffer.write("".join(map(tx.source, made)).encode())
"""
PROGRAMS = """
import numpy as np

cube = lambda x: x**3


def power(x, n):
    result = 1.0
    i = 0
    while i < n:
        result = result * x  # one factor more
        i += 1
    return result


def loss(w, k: float) -> float:
    total = 0.0
    for i, value in enumerate(w):
        if i > 5:
            break
        total += np.sin(k * value)
    return total / len(w) / 2
"""


def _interpreters() -> list[Path]:
    """Every CPython 3.10 to 3.14 on PATH and under pyenv, one of each minor version, that has our libraries or can see them."""
    found: dict[str, Path] = {}
    for minor in range(10, 15):
        candidates = [shutil.which(f"python3.{minor}"), *sorted((Path.home() / ".pyenv" / "versions").glob(f"3.{minor}.*/bin/python"))]
        for candidate in filter(None, candidates):
            done = subprocess.run([str(candidate), "-c", "import sys; print(sys.version_info[1])"], capture_output=True, text=True)
            if done.stdout.strip() == str(minor):
                found.setdefault(f"3.{minor}", Path(candidate))
    return list(found.values())


@pytest.fixture(scope="module")
def texts() -> dict[str, bytes]:
    return {}


@pytest.mark.interpreters
@pytest.mark.parametrize("python", _interpreters(), ids=lambda p: p.parts[-3] if "versions" in p.parts else p.name)
def test_every_interpreter_found(python: Path, tmp_path: Path, texts: dict[str, bytes]) -> None:
    """It imports, differentiates, and writes the same bytes as all the others."""
    _run(python, "-m", "venv", tmp_path / "venv", cwd=tmp_path)
    own = tmp_path / "venv" / "bin" / "python"
    requirements = ["numpy", "gast>=0.6", "astor", "black", "click", "rich", "platformdirs", "filelock"]
    done = subprocess.run([str(own), "-m", "pip", "install", "-q", "--disable-pip-version-check", *requirements], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"the libraries cannot be installed for {python.name}: {done.stderr.strip().splitlines()[-1]}")
    (tmp_path / "smoke.py").write_text(PROGRAMS)
    program = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n" + SMOKE.format(folder=str(tmp_path))
    done_bytes = subprocess.run(
        [str(own), "-c", program], cwd=tmp_path, capture_output=True, env={"TANGENTX_CACHE": str(tmp_path / "cache"), "PATH": "/usr/bin:/bin"}
    )
    assert done_bytes.returncode == 0, done_bytes.stderr.decode()
    texts[str(python)] = done_bytes.stdout
    assert len(set(texts.values())) == 1
