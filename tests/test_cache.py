"""The cache on disk: many processes at once, damage, changed sources, folders that cannot be written or trusted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import tangentx as tx
from tangentx import api
from tangentx.backend import cache

ROOT = Path(tx.__file__).resolve().parent.parent
Write = Callable[[str, str], ModuleType]
posix = pytest.mark.skipif(not hasattr(os, "getuid"), reason="owners and modes are POSIX's")


@pytest.fixture
def misses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The functions that were compiled, in order."""
    seen: list[str] = []
    compile_it = api._derive

    def counted(fn: Any, *args: Any, **kwargs: Any) -> Any:
        seen.append(fn.__name__)
        return compile_it(fn, *args, **kwargs)

    monkeypatch.setattr(api, "_derive", counted)
    return seen


def in_new_process(folder: Path, program: str, **env: str) -> str:
    path = os.pathsep.join([str(folder), str(ROOT)])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", **env}
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


# --------------------------------------------------------------------------------------------------------------- hits


def test_a_file_with_a_readable_name_and_a_sidecar(cache_folder: Path, write_module: Write) -> None:
    df = tx.grad(write_module("model", "def f(x):\n    return x * x\n").f)
    (file,) = cache_folder.glob("*.py")
    assert file.stem.startswith("grad_model_f_") and len(file.stem) == len("grad_model_f_") + 12
    assert df.__module__ == f"tangentx.generated.{file.stem}"
    manifest = json.loads(file.with_suffix(".json").read_text())
    assert manifest["entry"] == "dfdx" and manifest["sha256"] == cache.sha256(file.read_text())
    assert manifest["of"] == {"module": "model", "qualname": "f", "mode": "grad", "wrt": ["x"], "single": True, "optimise": True}


@posix
def test_the_folder_is_private(cache_folder: Path, write_module: Write) -> None:
    tx.grad(write_module("model", "def f(x):\n    return x * x\n").f)
    assert cache_folder.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in cache_folder.iterdir() if path.stat().st_mode & 0o022] == []


def test_a_new_process_reads_the_file_without_the_compiler(cache_folder: Path, write_module: Write, tmp_path: Path) -> None:
    tx.grad(write_module("model", "def f(x):\n    return x * x\n").f)
    program = """
        import sys, model, tangentx as tx
        heavy = "gast", "astor", "black", "filelock", "tangentx.pipeline", "tangentx.templates"
        print(tx.grad(model.f)(3.0), [name for name in heavy if name in sys.modules])
    """
    assert in_new_process(tmp_path, program) == "6.0 []\n"


def test_the_text_does_not_depend_on_the_hash_seed(write_module: Write, tmp_path: Path) -> None:
    write_module("model", "def g(x, y):\n    return x * y\n\ndef f(x, y):\n    z = g(x, y) + y\n    return z * x\n")
    program = "import model, tangentx as tx; print(tx.source(tx.grad(model.f, ('x', 'y'))))"
    texts = [in_new_process(tmp_path, program, PYTHONHASHSEED=seed, TANGENTX_CACHE=str(tmp_path / f"cache{seed}")) for seed in ("1", "2")]
    assert texts[0] == texts[1] and "def df(" in texts[0]


# ------------------------------------------------------------------------------------------------------------- changes

CALLEE = "def g(x):\n    return x * x\n\ndef f(x):\n    return g(x)\n"


def test_a_changed_callee_is_seen_in_a_new_process(cache_folder: Path, write_module: Write, tmp_path: Path) -> None:
    write_module("model", CALLEE)
    program = "import model, tangentx as tx; print(tx.grad(model.f)(3.0))"
    assert in_new_process(tmp_path, program) == "6.0\n"
    write_module("model", CALLEE.replace("x * x", "x * x * x"))
    assert in_new_process(tmp_path, program) == "27.0\n"


def test_a_changed_callee_in_another_module_is_seen(cache_folder: Path, write_module: Write, tmp_path: Path) -> None:
    write_module("helper", "def g(x):\n    return x * x\n")
    write_module("model", "import helper\n\ndef f(x):\n    return helper.g(x)\n")
    program = "import model, tangentx as tx; print(tx.grad(model.f)(3.0))"
    assert in_new_process(tmp_path, program) == "6.0\n"
    write_module("helper", "def g(x):\n    return x * x * x\n")
    assert in_new_process(tmp_path, program) == "27.0\n"


def test_a_callee_bound_anew_is_seen_in_this_process(cache_folder: Path, write_module: Write, misses: list[str]) -> None:
    model: Any = write_module("model", CALLEE + "\ndef cube(x):\n    return x * x * x\n")
    square = model.g
    assert tx.grad(model.f)(3.0) == 6.0
    model.g = model.cube
    assert tx.grad(model.f)(3.0) == 27.0
    model.g = square
    assert tx.grad(model.f)(3.0) == 6.0
    assert misses == ["f", "f"]


@pytest.mark.parametrize("how", ["m: M", "m: 'lib.M'", "m"])
@pytest.mark.parametrize("method", ["own", "inherited", "of_the_class", "made_up"])
def test_a_changed_method_is_seen(cache_folder: Path, write_module: Write, tmp_path: Path, how: str, method: str) -> None:
    library = f"""
    class Base:
        def inherited(self, x): return {"K" if method == "inherited" else "2.0"} * x

    class M(Base):
        def own(self, x): return {"K" if method == "own" else "2.0"} * x

        @staticmethod
        def of_the_class(x): return {"K" if method == "of_the_class" else "2.0"} * x

        @property
        def made(self): return {"K" if method == "made_up" else "2.0"}

        def made_up(self, x): return self.made * x
    """
    program = "import model, lib, tangentx as tx; print(tx.grad(model.f)(1.0, lib.M()))"
    write_module("lib", textwrap.dedent(library).replace("K", "2.0"))
    write_module("model", f"import lib\nfrom lib import M\n\ndef f(x, {how}):\n    return m.{method}(x)\n")
    assert in_new_process(tmp_path, program) == "2.0\n"
    write_module("lib", textwrap.dedent(library).replace("K", "3.0"))
    assert in_new_process(tmp_path, program) == "3.0\n"


def test_a_method_bound_anew_is_seen_in_this_process(cache_folder: Path, write_module: Write) -> None:
    text = """
    def scaled(k):
        def around(f):
            def wrapper(self, x): return k * f(self, x)
            return wrapper
        return around

    class Base:
        def step(self, x): return x

    class M(Base):
        @scaled(2.0)
        def go(self, x): return x * x

    def f(x): return M().go(x) + M().step(x)
    """
    model: Any = write_module("model", textwrap.dedent(text))
    assert tx.grad(model.f)(3.0) == 13.0
    model.M.go = model.scaled(5.0)(lambda self, x: x)  # the same code, but for what it closes over
    assert tx.grad(model.f)(3.0) == 6.0
    model.M.step = lambda self, x: 10.0 * x  # stands before the one that it inherits
    assert tx.grad(model.f)(3.0) == 15.0
    model.Base.step = model.M.step
    del model.M.step
    assert tx.grad(model.f)(3.0) == 15.0


def test_a_class_changed_otherwise_is_seen_in_this_process(cache_folder: Path, write_module: Write) -> None:
    text = """
    class Base:
        def step(self, x): return x

    class Faster(Base):
        def step(self, x): return 5.0 * x

    class M(Base): pass

    class Kept:
        k = 1.5
        def __init__(self, k): self.k = k

    m = M()
    def f(x): return m.step(x)
    def g(x): return Kept(x).k * x
    """
    model: Any = write_module("model", textwrap.dedent(text))
    assert tx.grad(model.f)(3.0) == 1.0 and tx.grad(model.g)(3.0) == 6.0
    model.M.__bases__ = (model.Faster,)
    assert tx.grad(model.f)(3.0) == 5.0
    model.Kept.k = property(lambda self: 7.0, lambda self, value: None)  # a value before
    assert tx.grad(model.g)(3.0) == 7.0
    del model.Kept.k
    assert tx.grad(model.g)(3.0) == 6.0
    model.Kept.__setattr__ = lambda self, name, value: object.__setattr__(self, name, 2.0 * value)  # a name that no class had
    with pytest.raises(tx.TangentxError, match="decides itself what an assignment"):
        tx.grad(model.g)


def test_a_comment_or_a_line_number_is_seen(cache_folder: Path, write_module: Write, misses: list[str]) -> None:
    for text in ("def f(x):\n    return x * x\n", "\n\n\ndef f(x):\n    return x * x\n", "def f(x):\n    # why\n    return x * x\n"):
        assert tx.grad(write_module("model", "'''Doc.'''\n" + text).f)(3.0) == 6.0
    assert misses == ["f", "f", "f"]


def test_a_rule_of_the_users_is_seen(cache_folder: Path, write_module: Write, own_rules: None) -> None:
    model: Any = write_module("model", CALLEE + "\ndef rule(y, x):\n    return 10.0\n\ndef other(y, x):\n    return 20.0\n")
    assert tx.grad(model.f)(3.0) == 6.0
    tx.elementwise(model.g)(model.rule)
    assert tx.grad(model.f)(3.0) == 10.0
    tx.elementwise(model.g)(model.other)
    assert tx.grad(model.f)(3.0) == 20.0


def test_a_live_global_is_no_reason_to_compile_again(cache_folder: Path, write_module: Write, misses: list[str]) -> None:
    model: Any = write_module("model", "scale = 2.0\n\ndef f(x):\n    return scale * x\n")
    assert tx.grad(model.f)(1.0) == 2.0
    model.scale = 5.0
    assert tx.grad(model.f)(1.0) == 5.0
    assert misses == ["f"]


# -------------------------------------------------------------------------------------------------------------- damage


def _damage_text(file: Path) -> None:
    file.write_text(file.read_text().replace("return", "return 1 +"))


def _damage_syntax(file: Path) -> None:
    file.write_text("def dfdx(:\n")


def _damage_sidecar(file: Path) -> None:
    file.with_suffix(".json").write_text("{")


def _remove_sidecar(file: Path) -> None:
    file.with_suffix(".json").unlink()


def _cut_short(file: Path) -> None:
    file.write_text(file.read_text()[:20])


def _other_key(file: Path) -> None:
    manifest = json.loads(file.with_suffix(".json").read_text())
    file.with_suffix(".json").write_text(json.dumps({**manifest, "key": "0" * 64}))


DAMAGES = [_damage_text, _damage_syntax, _damage_sidecar, _remove_sidecar, _cut_short, _other_key]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda d: d.__name__.strip("_"))
def test_a_damaged_entry_is_written_again(cache_folder: Path, write_module: Write, misses: list[str], damage: Callable[[Path], None]) -> None:
    text = "def f(x):\n    return x * x\n"
    tx.grad(write_module("model", text).f)
    (file,) = cache_folder.glob("*.py")
    whole = file.read_text()
    damage(file)
    assert tx.grad(write_module("model", text).f)(3.0) == 6.0
    assert file.read_text() == whole and misses == ["f", "f"]


def test_no_temporary_files_stay(cache_folder: Path, write_module: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    tx.grad(write_module("model", "def f(x):\n    return x * x\n").f)

    def fail(*_: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(tx.errors.CacheError, match="no folder can be written for generated modules"):
        tx.grad(write_module("model", "def f(x):\n    return x * x * x\n").f)
    assert list(cache_folder.glob(".*.tmp")) == []


# ---------------------------------------------------------------------------------------------------------- processes


def test_many_processes_at_once(cache_folder: Path, write_module: Write, tmp_path: Path) -> None:
    write_module("model", "def f(x):\n    return x * x\n")
    program = f"""
        import sys; sys.path[:0] = [{str(tmp_path)!r}, {str(ROOT)!r}]
        import model, tangentx as tx
        from tangentx import api
        compile_it = api._derive
        def counted(*args): print("compiled"); return compile_it(*args)
        api._derive = counted
        print(tx.grad(model.f)(3.0))
    """
    workers = [subprocess.Popen([sys.executable, "-c", textwrap.dedent(program)], stdout=subprocess.PIPE, text=True, cwd=tmp_path) for _ in range(4)]
    outputs = [worker.communicate(timeout=120)[0] for worker in workers]
    assert sorted(outputs) == ["6.0\n", "6.0\n", "6.0\n", "compiled\n6.0\n"]


def test_threads_compile_once(cache_folder: Path, write_module: Write, misses: list[str]) -> None:
    from concurrent.futures import ThreadPoolExecutor

    model: Any = write_module("model", "def f(x):\n    return x * x\n")
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: tx.grad(model.f), range(8)))
    assert len(set(found)) == 1 and misses == ["f"]


# ------------------------------------------------------------------------------------------------------------- folders


@posix
def test_a_folder_that_others_may_write_is_not_used(tmp_path: Path, write_module: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    monkeypatch.setenv("TANGENTX_CACHE", str(shared))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.warns(RuntimeWarning, match="other users can write to it"):
        df = tx.grad(write_module("model", "def f(x):\n    return x * x\n").f)
    assert df(3.0) == 6.0
    assert list(shared.iterdir()) == []
    assert len(list((tmp_path / f"tangentx-{os.getuid()}").glob("*.py"))) == 1


@posix
def test_a_file_that_others_may_write_is_not_loaded(cache_folder: Path, write_module: Write, misses: list[str]) -> None:
    text = "def f(x):\n    return x * x\n"
    tx.grad(write_module("model", text).f)
    (file,) = cache_folder.glob("*.py")
    file.chmod(0o666)
    assert cache.find(file.stem) is None
    assert tx.grad(write_module("model", text).f)(3.0) == 6.0
    assert misses == ["f", "f"]


@posix
def test_a_folder_of_somebody_else_is_not_used(cache_folder: Path, write_module: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tx.grad(write_module("model", "def f(x):\n    return x * x\n").f)
    (file,) = cache_folder.glob("*.py")
    me = os.getuid()
    monkeypatch.setattr(cache, "_me", lambda: me + 1)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    if me:  # what root owns is trusted
        assert cache.find(file.stem) is None
    monkeypatch.setattr(cache, "_private", lambda status: False)
    with pytest.warns(RuntimeWarning, match="other users can write to it"):
        assert cache.find(file.stem) is None


def test_a_home_that_cannot_be_written(tmp_path: Path, write_module: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache folder would have to stand below a file, so nobody, not even root, can make it."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TANGENTX_CACHE", str(tmp_path / "file" / "cache"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert tx.grad(write_module("model", "def f(x):\n    return x * x\n").f)(3.0) == 6.0
    folder = tmp_path / f"tangentx-{cache._me()}"
    assert len(list(folder.glob("*.py"))) == 1


def test_a_missing_home(write_module: Write, tmp_path: Path) -> None:
    write_module("model", "def f(x):\n    return x * x\n")
    program = "import model, tangentx as tx; print(tx.grad(model.f)(3.0))"
    env = {"HOME": "/nonexistent/home", "XDG_CACHE_HOME": "/proc/nothing", "TANGENTX_CACHE": "", "TMPDIR": str(tmp_path)}
    assert in_new_process(tmp_path, program, **env) == "6.0\n"


# --------------------------------------------------------------------------------------------------------------- speed


def test_the_memo_answers_quickly_and_without_reading_files(cache_folder: Path, write_module: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    model: Any = write_module("model", CALLEE)
    df = tx.grad(model.f)
    monkeypatch.setattr(cache, "read", lambda *_: pytest.fail("the memo reads no file"))
    start = time.perf_counter()
    assert all(tx.grad(model.f) is df for _ in range(100))
    assert time.perf_counter() - start < 10.0  # a guard against doing the work again, not a measurement


def test_functions_of_one_code_with_other_defaults(cache_folder: Path) -> None:
    """A default that is a number stands in the text of the derivative: another one is another derivative."""

    def scaled(c: float) -> Any:
        return lambda p, k=c: p * k * p

    def around(c: float) -> Any:
        def g(p: float, *, k: float = c) -> float:
            return p * k * p

        return lambda t: g(t) * t

    assert [tx.grad(scaled(c))(1.0) for c in (2.0, 3.0)] == [4.0, 6.0]
    assert [tx.grad(around(c))(1.0) for c in (2.0, 3.0)] == [6.0, 9.0]
