"""What the rulebook covers: the names that are counted, the rules that ``tangentx rules`` shows."""

from __future__ import annotations

import json
import math
import re
import textwrap
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from scipy import special

import tangentx as tx
from tangentx.cli import main
from tangentx.rules.advice import rule_to_write
from tangentx.rules.coverage import STATUSES, counts, entries, matching
from tangentx.rules.declare import registered
from tangentx.rules.describe import place_of
from tangentx.rules.names import FROM_SOURCE, LIBRARIES, UNCOUNTED
from tangentx.rules.table import template_roots

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


def test_what_is_not_counted_exists_somewhere_and_has_no_rule() -> None:
    """A name on the lists that gets a rule is taken off them; one that a version of the library lacks may stay."""
    known = {e.path: e for e in ENTRIES}
    listed = [f"{m}.{n}" for m, reasons in UNCOUNTED.items() for names in reasons.values() for n in names]
    listed += [f"{m}.{n}" for m, names in FROM_SOURCE.items() for n in names]
    assert len(listed) == len(set(listed))
    assert [p for p in listed if p in known and known[p].rules] == []
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
    assert expected <= found and len(found - expected) <= 2


def test_a_pattern_without_a_match() -> None:
    result = run("no_such_function")
    assert result.exit_code == 1
    assert result.stderr == "tangentx.errors.ArgumentError: no function matches 'no_such_function'\n  List the modules with: tangentx rules\n"


def test_missing_lists_what_is_missing() -> None:
    lines = run("--missing").stdout.splitlines()
    found = [f"{module}.{name}" for module, names in _by_module(lines) for name in names]
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
