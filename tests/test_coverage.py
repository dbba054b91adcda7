"""What the rulebook covers: the names that are counted, the rules that ``tangentx rules`` shows."""

from __future__ import annotations

import importlib.util
import json
import math
import re
import sys
import textwrap
import types
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from coverage_examples import EXAMPLES
from differences import difference, inner, randomly_like, shifted
from rule_checker import VALUES
from scipy import special

import tangentx as tx
from tangentx.cli import main
from tangentx.rules.advice import rule_to_write
from tangentx.rules.coverage import STATUSES, counts, entries, matching
from tangentx.rules.declare import registered
from tangentx.rules.describe import place_of
from tangentx.rules.names import FROM_SOURCE, LIBRARIES, UNCOUNTED
from tangentx.rules.table import template_roots
from tests.rules_page import TABLE, page, versions, written_for

ENTRIES = entries()


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["rules", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_every_name_has_one_status() -> None:
    assert {e.status for e in ENTRIES} <= set(STATUSES)
    paths = [e.path for e in ENTRIES]
    assert len(paths) == len(set(paths))
    known = {e.path: e.status for e in ENTRIES}
    assert (known["numpy.sum"], known["numpy.argmax"], known["numpy.ndarray.T"], known["math.sin"]) == ("rule", "constant", "rule", "rule")


def test_the_numbers_are_those_of_the_names() -> None:
    for module, row in counts(ENTRIES).items():
        assert row == {s: sum(e.module == module and e.status == s for e in ENTRIES) for s in STATUSES[:-1]}


def test_the_lists_name_each_thing_once() -> None:
    listed = [f"{m}.{n}" for m, reasons in UNCOUNTED.items() for names in reasons.values() for n in names]
    listed += [f"{m}.{n}" for m, names in FROM_SOURCE.items() for n in names]
    assert len(listed) == len(set(listed))
    assert set(UNCOUNTED) | set(FROM_SOURCE) <= set(LIBRARIES)


def test_the_overview() -> None:
    lines = run().stdout.splitlines()
    assert lines[0].split() == list(STATUSES[:-1])
    assert {line.split()[0] for line in lines[1:-1]} == {e.module for e in ENTRIES}
    row = next(line.split() for line in lines if line.startswith("numpy.linalg "))
    assert [int(n) for n in row[1:]] == list(counts(ENTRIES)["numpy.linalg"].values())


def test_one_rule_is_shown_with_its_place_and_source() -> None:
    text = run("np.cumsum").stdout
    assert text.startswith("np.cumsum(a, axis=None, dtype=None")
    assert "linear, both modes; by a" in text and "@linear(np.cumsum" in text and "\x1b[" not in text
    where = re.search(r"templates/(numpy/\w+\.py):(\d+)", text)
    assert where is not None
    lines = (template_roots()[0] / where[1]).read_text(encoding="utf-8").splitlines()
    assert lines[int(where[2]) - 1].startswith("@linear(np.cumsum")


def test_keywords_and_parameters_that_are_refused_are_named() -> None:
    text = run("scipy.special.jv").stdout
    assert "scipy.special.jv(v, z)" in text and "by z;" in text and "refused: " in text and "where" in text


def test_rules_of_one_mode_say_so() -> None:
    text = run("np.linalg.solve").stdout
    assert "adjoint, reverse mode; by a, b" in text and "tangent, forward mode; by a, b" in text


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("np.cumsum", {"numpy.cumsum"}),
        ("sinh", {"numpy.sinh", "math.sinh"}),
        ("arcs*", {"numpy.arcsin", "numpy.arcsinh"}),
        ("np.arcs*", {"numpy.arcsin", "numpy.arcsinh"}),
        ("numpy.linalg.nor", {"numpy.linalg.norm"}),
    ],
)
def test_patterns(pattern: str, expected: set[str]) -> None:
    found = {e.path for e in matching(pattern)}
    assert expected <= found and all("arcs" in p or "sinh" in p or p in expected for p in found)


def test_a_pattern_without_a_match() -> None:
    result = run("no_such_function")
    assert result.exit_code == 1
    assert result.stderr == "tangentx.errors.ArgumentError: no function matches 'no_such_function'\n  List the modules with: tangentx rules\n"


def test_missing_lists_what_is_missing() -> None:
    lines = run("--missing").stdout.splitlines()
    found = [f"{module.removesuffix('.distributions')}.{name}" for module, names in _by_module(lines) for name in names]
    assert found == [e.path for e in ENTRIES if e.status == "missing"]
    assert run("--missing", "np.sum").stdout == "nothing is missing\n"


def _by_module(lines: list[str]) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for line in filter(None, lines):
        if line.startswith(" "):
            found[-1][1].extend(line.split())
        else:
            found.append((line, []))
    return found


def test_json() -> None:
    (entry,) = json.loads(run("np.clip", "--json").stdout)
    assert (entry["name"], entry["status"], entry["words"]) == ("numpy.clip", "rule", ["elementwise"])


def test_every_rule_has_a_place() -> None:
    for entry in ENTRIES:
        for rule in entry.rules:
            if rule.function is not None:
                file, _, line = place_of(rule).partition(":")
                assert (Path(template_roots()[0]).parent / file).is_file() and int(line) > 0


def test_the_first_exercise_is_true() -> None:
    """The line of ``CONTRIBUTING.md`` stands in the rulebook."""
    root = Path(__file__).resolve().parent.parent
    text = (root / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## First exercise")[2]
    line = next(line.strip() for line in text.splitlines() if line.startswith("    elementwise("))
    assert f"\n{line}\n" in (root / "templates" / "numpy" / "elementwise.py").read_text(encoding="utf-8")


def test_aliases_count_by_name() -> None:
    assert np.abs is np.absolute
    assert {e.path for e in matching("np.abs*")} == {"numpy.abs", "numpy.absolute"}


@pytest.mark.parametrize(("text", "partial"), [("special.mathieu_a", "None, x2"), ("np.histogram_bin_edges", "1.0"), ("np.ndarray.byteswap", "1.0")])
def test_the_advice_is_python_that_declares_a_rule(text: str, partial: str, own_rules: None) -> None:
    """What the message says to write is a rule once its dots are filled in."""
    names = {"np": np, "special": special, "math": math, "tx": tx, "d": tx.d}
    obj = eval(text, dict(names))
    advice = rule_to_write(obj, text)
    lines = advice.splitlines()
    assert lines[0].startswith("Declare its derivative") and lines[-1] == "or wrap the value in tx.stop_gradient."
    exec(re.sub(r"\.\.\.(, \.\.\.)*", partial, textwrap.dedent("\n".join(lines[1:-1]))), names)
    assert [word for word, key in registered() if key == id(obj)] == [lines[1].strip().removeprefix("@tx.").partition("(")[0]]


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[types.ModuleType]:
    """The examples of what has no rule, as functions of one module."""
    path = tmp_path_factory.mktemp("examples") / "coverage_module.py"
    path.write_text(
        IMPORTS + "".join(f"\n\ndef f{k}({', '.join(_names(t))}):\n    {BREAK.join(t.split('; '))}\n" for k, t in enumerate(EXAMPLES.values()))
    )
    spec = importlib.util.spec_from_file_location("coverage_module", path)
    assert spec is not None and spec.loader is not None
    module = sys.modules["coverage_module"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    del sys.modules["coverage_module"]


IMPORTS = "import math\nimport operator\n\nimport numpy as np\nfrom scipy import integrate, linalg, signal, special\n"
BREAK = "\n    "


def _names(text: str) -> list[str]:
    return [n for n in VALUES if re.search(rf"(?<![\w.]){n}\b", text)]


def flat(value: object) -> np.ndarray:
    """The numbers of a value, through lists."""
    return np.concatenate([np.zeros(0), *map(flat, value)]) if isinstance(value, list | tuple) else np.ravel(np.asarray(value, float))


def test_what_needs_no_rule_has_an_example() -> None:
    assert {f"{m}.{n}" for m, names in FROM_SOURCE.items() for n in names} == set(EXAMPLES)


@pytest.mark.parametrize("path", EXAMPLES)
def test_what_needs_no_rule_is_right(path: str, examples: types.ModuleType) -> None:
    """In both modes."""
    known = {e.path: e.status for e in ENTRIES}
    if path not in known:
        pytest.skip("the library installed has no such function")
    f, wrt = getattr(examples, f"f{list(EXAMPLES).index(path)}"), tuple(_names(EXAMPLES[path]))
    rng, args = np.random.default_rng(7), tuple(VALUES[n] for n in wrt)
    directions = tuple(randomly_like(a, rng) for a in args)
    expected = f(*args)
    value, tangent = tx.jvp(f, wrt)(*args, **{f"{n}_dot": v for n, v in zip(wrt, directions)})
    np.testing.assert_allclose(flat(value), flat(expected))
    slope, error = difference(lambda h: flat(f(*shifted(args, directions, h))), 0.01)
    np.testing.assert_allclose(flat(tangent), slope, rtol=1e-6, atol=1e-6 + 20.0 * np.max(error))
    w = randomly_like(expected, rng)
    _, gradient = tx.vjp(f, wrt)(*args, init_grad=w)
    assert inner(w, tangent) == pytest.approx(inner(gradient, directions), rel=1e-8, abs=1e-9)


def test_the_page_of_what_is_covered_is_current() -> None:
    """``tangentx/RULES.md`` is what the rulebook says, on the versions that it counts."""
    text = TABLE.read_text(encoding="utf-8")
    if written_for(text) != versions():
        pytest.skip(f"the page counts {written_for(text)}, installed are {versions()}")
    assert text == page(), "python -m tests.rules_page --write"
