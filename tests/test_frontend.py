"""The front end: ``tests/passes/frontend/<pass>/<case>.txt`` hold a source and what becomes of it; programs run as IR give what Python gives."""

from __future__ import annotations

import functools
import importlib.util
import linecache
import math
import subprocess
import sys
import textwrap
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gast
import numpy as np
import pytest
from passes.frontend.random_programs import RandomProgram
from passes.optimise.run_ir import run

from tangentx.errors import SourceNotFound, UnsupportedSyntax
from tangentx.frontend import read, read_function, read_rule
from tangentx.frontend.check import REFUSED
from tangentx.frontend.desugar import desugar
from tangentx.ir.nodes import Const, Let, Ref, Var
from tangentx.ir.show import show
from tangentx.ir.verify import verify
from tangentx.rules.declare import Rule, d

CASES = Path(__file__).parent / "passes" / "frontend"
scale = 2.0


def load(path: Path, text: str) -> types.ModuleType:
    """A module from a text, in a file."""
    path.write_text(text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def typed(text: str, name: str = "<typed>") -> Any:
    """``f`` of a text that only linecache knows, as in a notebook."""
    linecache.cache[name] = (len(text), None, text.splitlines(True), name)
    namespace: dict[str, Any] = {"np": np, "math": math, "__name__": "typed"}
    exec(compile(text, name, "exec"), namespace)
    return namespace["f"]


@pytest.mark.parametrize("path", sorted(CASES.glob("*/*.txt")), ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_golden(path: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    before, _, after = path.read_text().partition("\n# output\n")
    f = load(tmp_path / "case.py", before).f
    if path.parent.name == "desugar":
        module = gast.Module([gast.fix_missing_locations(s) for s in desugar(read(f).node)], [])
        result = gast.unparse(module).strip() + "\n"
    else:
        function = read_function(f)
        verify(function)
        result = show(function)
    if request.config.getoption("--update-golden", default=False):
        path.write_text(f"{before.rstrip()}\n\n# output\n{result}")
        return
    assert result == after


def outcome(call: Callable[[], Any]) -> Any:
    """A value, or the kind of error."""
    try:
        return call()
    except Exception as error:
        return type(error)


@pytest.mark.parametrize("start", range(0, 200, 50))
def test_random_programs(start: int) -> None:
    """Programs with nested jumps: the IR computes what Python computes."""
    for seed in range(start, start + 50):
        f = typed(RandomProgram(seed).text(), f"<program {seed}>")
        try:
            function = read_function(f)
        except UnsupportedSyntax as error:
            assert "before it is assigned" in error.reason
            continue
        verify(function)
        for args in [(1, 2, 3, 4), (5, -2, 0, 2), (0, 0, 0, 0), (7, 3, 11, 3)]:
            expected = outcome(lambda f=f, args=args: f(*args))
            if expected is not UnboundLocalError:
                assert outcome(lambda function=function, args=args: run(function, *args)) == expected, f"{f.__code__.co_filename}{args}"


REFUSALS = {
    "Global": "global y\n    y = x",
    "ClassDef": "class A:\n        pass",
    "a generator is consumed where": "return (a for a in x)",
    "how many arguments the star": "return round(*x)",
    "what ** stands for": "return max(**x)",
    "outer scope": "np[0] = x",
    "before it is assigned": "y = y + x",
    "is not defined": "return nothing(x)",
    "no attribute 'sinn'": "return np.sinn(x)",
    "lambda as a value": "return map(lambda a: a, x)",
    "eval sees the names": "return eval('x * x')",
    "locals sees the names": "return locals()['x']",
    "setattr writes into": "setattr(np, 'y', x)",
    "np.copyto writes into": "np.copyto(y, x)",
    "np.add.at writes into": "np.add.at(y, [0, 0], x)",
    "np.random.shuffle writes into": "np.random.shuffle(x)",
    "out= writes into its argument": "np.multiply(x, 2.0, out=y)",
    "out= writes": "np.multiply(x, 2.0, y)",
    "out=": "x.sum(out=y)",
    "a set has no order": "return max({x, 2 * x})",
}


@pytest.mark.parametrize("kind", list(REFUSALS))
def test_refused(kind: str) -> None:
    f = typed(f"def f(x):\n    {REFUSALS[kind]}\n", f"<refused {kind}>")
    with pytest.raises(UnsupportedSyntax) as caught:
        read_function(f)
    assert (REFUSED[kind][0] if kind in REFUSED else kind) in str(caught.value)
    assert caught.value.place is not None and caught.value.place.line >= 2
    assert "^" in str(caught.value)


def test_lambdas_of_one_line_are_told_apart() -> None:
    fs = [lambda x: x * 2, lambda x: x * 3, lambda y: y * 2, lambda x: (lambda y: y * 5)(x)]
    results = [show(read_function(f)) for f in fs[:3]]
    assert "x * 2" in results[0] and "x * 3" in results[1] and "y * 2" in results[2]
    g = typed("fs = [\n    lambda x,\n        y=1:\n        x\n        + y,\n    lambda x: x]\nf = fs[0]\n")
    assert "x + y" in show(read_function(g))


def test_closures_globals_and_defaults() -> None:
    def make(c: float) -> Any:
        def inner(x: float, k: float = scale, *, table: Any = (1, 2)) -> float:
            return x * c + k * scale

        return inner

    function = read_function(make(3.0))
    assert [v.base for v in function.free] == ["c"]
    x, k, table = function.params
    assert (x.annotation, k.default, table.kind, function.annotation) == ("float", Const(2.0), "keyword", "float")
    assert isinstance(table.default, Ref) and table.default.attr.endswith(".__kwdefaults__['table']")
    refs = {a.text: a for s in function.body if isinstance(s, Let) for a in getattr(s.value, "args", ()) if isinstance(a, Ref)}
    assert refs["scale"].live and refs["scale"].module == __name__


def test_names_know_their_home() -> None:
    imports = "from math import sin as s\nfrom numpy import exp\nfrom numpy.linalg import solve\n"
    f = typed(f"{imports}def f(x):\n    return s(x) + exp(x) + solve(x, x) + np.fft.fft(x)\n")
    calls = [s.value.fn for s in read_function(f).body if isinstance(s, Let) and isinstance(getattr(s.value, "fn", None), Ref)]
    homes = [(c.text, c.module, c.attr) for c in calls if c.module != "operator"]
    assert homes == [("s", "math", "sin"), ("exp", "numpy", "exp"), ("solve", "numpy.linalg", "solve"), ("np.fft.fft", "numpy.fft", "fft")]


def test_places_are_those_of_the_file() -> None:
    def f(x: Any, n: int) -> Any:
        # the loss
        y = x * x  # squared
        for i in range(n):  # times
            y = y + i
        return y

    function = read_function(f)
    first, loop = function.body[0].place, function.body[1].place
    assert (first.file, first.text, first.comments, first.trailing) == ("test_frontend.py", "y = x * x", ("# the loss",), "# squared")
    assert loop.text == "for i in range(n):"
    assert function.returns is not None and function.returns.text == "return y"
    lines = Path(__file__).read_text().splitlines()
    assert lines[first.line - 1].strip() == "y = x * x  # squared" and lines[first.line - 1][first.column :].startswith("x * x")


def test_two_functions_of_one_name(tmp_path: Path) -> None:
    module = load(tmp_path / "twice.py", "def f(x):\n    return x\ng = f\ndef f(x):\n    return -x\n")
    assert "return x\n" in show(read_function(module.g)) and "-(x)" in show(read_function(module.f))


EDITS = [
    ("def f(x):\n    return x\n", "import math\n\n\ndef f(x):\n    return -x\n"),
    ("def f(x):\n    return x * 2.0\n", "def f(x):\n    return x * 3.0\n"),
    ("def f(x):\n    return x * 2.0\n", "def f(x):\n    return x + 2.0\n"),
    (
        "def f(x, y):\n    if x > 0 and y > 0:\n        return x\n    return y\n",
        "def f(x, y):\n    if x > 0 or y > 0:\n        return x\n    return y\n",
    ),
    ("f = lambda x: x * 2.0\n", "f = lambda x: x * 3.0\n"),
    ("def f(x):\n    return g(x)\ndef g(x):\n    return x\n", "def f(x):\n    return h(x)\ndef g(x):\n    return x\n"),
    ("def f(x):\n    g = lambda t: t\n    return g(x)\n", "def f(x):\n    g = lambda t: -t\n    return g(x)\n"),
]


@pytest.mark.parametrize(("was", "now"), EDITS)
def test_a_file_that_has_changed_is_not_trusted(was: str, now: str, tmp_path: Path) -> None:
    module = load(tmp_path / "stale.py", was)
    read_function(module.f)
    (tmp_path / "stale.py").write_text(now)
    with pytest.raises(SourceNotFound, match="has changed"):
        read_function(module.f)


def test_what_stays_where_it_was_is_trusted(tmp_path: Path) -> None:
    """A file edited behind the function, or in a comment of it, still holds it."""
    module = load(tmp_path / "stale.py", "def f(x):\n    return x  # once\n")
    (tmp_path / "stale.py").write_text("def f(x):\n    return x  # twice\n\n\ndef g(x):\n    return -x\n")
    assert "return x" in show(read_function(module.f))


def test_what_pytest_writes_for_an_assert_is_passed_over() -> None:
    def f(x: float, n: int) -> float:
        assert n > 0 and [k + 1 for k in range(n)], f"{n} is too small"
        g = lambda t: t * n  # noqa: E731
        if x > 0.0 or n == 3:
            assert g(x) != 1.0
        return g(x)

    assert any(name.startswith("@py") for name in f.__code__.co_varnames)
    assert "x * n" in show(read_function(f)).replace("t * n", "x * n")
    moved = f.__code__.replace(co_consts=tuple(5 if c == 3 else c for c in f.__code__.co_consts))
    assert moved != f.__code__
    f.__code__ = moved
    with pytest.raises(SourceNotFound, match="has changed"):
        read_function(f)


@pytest.mark.parametrize(
    ("obj", "reason"),
    [
        (len, "built in"), (math.sin, "built in"), (np.sin, "built in"), (functools.partial(max, 1), "partial"), (Path, "is a class"),
        (3, "no function"),
    ],  # fmt: skip
)
def test_no_source(obj: Any, reason: str) -> None:
    with pytest.raises(SourceNotFound, match=reason):
        read_function(obj)


def test_exec_has_no_source() -> None:
    namespace: dict[str, Any] = {}
    exec("def f(x): return x", namespace)
    with pytest.raises(SourceNotFound, match="Put the function in a file"):
        read_function(namespace["f"])


def test_a_decorator_is_not_looked_through() -> None:
    def twice(f: Any) -> Any:
        @functools.wraps(f)
        def wrapper(*args: Any) -> Any:
            return 2 * f(*args)

        return wrapper

    @twice
    def square(x: float) -> float:
        return x * x

    assert "2 * x_times_x" in show(read_function(square)) or "2 * " in show(read_function(square))
    cached = functools.lru_cache(lambda x: x * 7)
    assert "x * 7" in show(read_function(cached))


def test_methods() -> None:
    class Model:
        w = 3.0

        def forward(self, x: float) -> float:
            return self.w * x

    assert "self.w" in show(read_function(Model.forward))
    assert read(Model().forward).receiver is not None


@pytest.mark.skipif(sys.platform == "win32", reason="the command line of the process")
def test_python_c() -> None:
    text = """
        from tangentx.frontend import read_function
        from tangentx.ir.show import show
        def f(x):
            return x * 11
        print(show(read_function(f)))
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(text)], capture_output=True, text=True, cwd=Path(__file__).parents[1])
    assert "x * 11" in done.stdout, done.stderr


def test_a_thousand_statements(tmp_path: Path) -> None:
    lines = "".join(f"    x = x * {i} + x\n" for i in range(1, 1001))
    function = read_function(load(tmp_path / "long.py", f"def f(x):\n{lines}    return x\n").f)
    assert len(function.body) == 2000


def rule(z: Any, x: Any, y: Any, out: Any = None) -> Any:
    return y, None


def adjoint_rule(z: Any, x: Any, *ys: Any) -> None:
    t = d[z] * 2
    d[x] = t if x is not None else d[z]
    d[ys] = d[x] + t


def test_rules() -> None:
    partials = read_rule(Rule("elementwise", np.multiply, rule))
    assert partials.outputs == {"x": Var("y")} and [p.base for p in partials.params] == ["z", "x", "y", "out"]
    adjoint = read_rule(Rule("adjoint", np.multiply, adjoint_rule))
    assert adjoint.seeds == {"z": Var("z_bar")} and list(adjoint.outputs) == ["x", "ys"] and adjoint.variadic == "ys"


def test_a_rule_has_no_loops() -> None:
    def looping(z: Any, x: Any) -> None:
        for _ in range(3):
            d[x] = d[z]

    with pytest.raises(UnsupportedSyntax, match="straight-line"):
        read_rule(Rule("adjoint", np.multiply, looping))
