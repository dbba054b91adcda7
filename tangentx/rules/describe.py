"""A rule as text, for ``tangentx rules PATTERN``: what it takes, what it refuses, where it stands, and its source.

np.cumsum(a, axis=None, dtype=None, out=None)
    linear, both modes; by a; templates/numpy/reductions.py:123
    @linear(np.cumsum)
    def cumsum(y, a, axis=None, dtype=None, out=None):
        ...
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tangentx.rules.coverage import STATUSES, Entry, counts
from tangentx.rules.declare import Rule
from tangentx.rules.table import template_roots

__all__ = ["as_json", "described", "listed", "place_of", "summary"]

SAYINGS = {
    "constant": "constant: its result carries no derivative",
    "source": "differentiated by the compiler, from its own Python source or as part of the language",
    "missing": "missing: a call of it with an active argument is refused",
}


def summary(found: list[Entry]) -> str:
    """The number of names of each module and status, as a table of plain text."""
    table = counts(found)
    total = {s: sum(row[s] for row in table.values()) for s in STATUSES[:-1]}
    width = max(map(len, table), default=0)
    lines = [f"{'':{width}}" + "".join(f"{s:>10}" for s in total)]
    lines += [f"{module:{width}}" + "".join(f"{n:10}" for n in row.values()) for module, row in (*table.items(), ("", total))]
    return "\n".join(lines) + "\n"


def listed(found: list[Entry]) -> str:
    """Names by module, on lines of a readable width."""
    modules = dict.fromkeys(e.module for e in found)
    parts = []
    for module in modules:
        names = " ".join(e.name for e in found if e.module == module)
        parts.append(f"{module}\n{textwrap.fill(names, 118, initial_indent='    ', subsequent_indent='    ')}\n")
    return "\n".join(parts)


def described(found: list[Entry]) -> str:
    """Everything that is known of these names; those that share their rules stand together."""
    groups: dict[object, list[Entry]] = {}
    for entry in found:
        groups.setdefault(tuple(r.function for r in entry.rules) if entry.status == "rule" else entry, []).append(entry)
    return "\n".join(map(_described, groups.values()))


def _described(group: list[Entry]) -> str:
    entry = group[0]
    if entry.status != "rule":
        saying = SAYINGS.get(entry.status) or (f"{entry.status}: {entry.reason}" if entry.status == "refused" else f"not counted: {entry.reason}")
        return f"{entry.short}\n    {saying}\n"
    parts = [f"{other.short}{_signature(other.rules[0])}" for other in group]
    for rule in entry.rules:
        facts = ["reverse mode" if rule.word == "adjoint" else "forward mode" if rule.word == "tangent" else "both modes"]
        facts += [f"by {', '.join(by)}"] if (by := _differentiable(rule)) else []
        facts += [f"refused: {', '.join(no)}"] if (no := _refused(rule)) else []
        parts += [f"    {rule.word}, {'; '.join(facts)}; {place_of(rule)}", textwrap.indent(_source(rule), "    ")]
    return "\n".join(parts) + "\n"


def as_json(found: list[Entry]) -> list[dict[str, Any]]:
    """The names as plain data."""
    return [
        {"name": e.path, "status": e.status, "words": [r.word for r in e.rules if e.status == "rule"], "reason": e.reason,
         "places": [place_of(r) for r in e.rules if r.function is not None]}
        for e in found
    ]  # fmt: skip


def place_of(rule: Rule) -> str:
    """``templates/numpy/reductions.py:123``; the name of the file alone for a rule of the user's."""
    assert rule.function is not None
    path = Path(rule.function.__code__.co_filename)
    root = next((root for root in template_roots() if root in path.parents), None)
    where = path.name if root is None else f"templates/{path.relative_to(root).as_posix()}"
    return f"{where}:{rule.function.__code__.co_firstlineno}"


def _source(rule: Rule) -> str:
    assert rule.function is not None
    try:
        return textwrap.dedent(inspect.getsource(rule.function)).rstrip()
    except OSError:
        return "(its source is not available)"


def _signature(rule: Rule) -> str:
    """The primitive's parameters that the rule knows."""
    assert rule.function is not None
    return str(inspect.Signature([p.replace(annotation=p.empty) for p in _of_primitive(rule)]))


def _parameters(function: Callable[..., Any]) -> list[inspect.Parameter]:
    return list(inspect.signature(function).parameters.values())


def _of_primitive(rule: Rule) -> list[inspect.Parameter]:
    """The rule's parameters behind the result; what is written out has none."""
    assert rule.function is not None
    found = _parameters(rule.function)
    return found if rule.word == "written" else found[1:]


def _refused(rule: Rule) -> list[str]:
    """The primitive's keywords that the rule does not know: a call that has one is refused."""
    assert rule.function is not None
    try:
        theirs = _parameters(rule.primitive)
    except (TypeError, ValueError):
        return []
    places = [p for p in theirs if p.kind is p.POSITIONAL_ONLY]  # the rule may have other names for them
    known = {p.name for p in _of_primitive(rule)}
    return [p.name for p in theirs if p not in places and p.name not in known and p.kind is not p.VAR_KEYWORD and p.kind is not p.VAR_POSITIONAL]


def _differentiable(rule: Rule) -> list[str]:
    """The parameters that the rule has a derivative for, read from its source; of a tangent those whose tangent is read."""
    assert rule.function is not None
    names = [p.name for p in _of_primitive(rule)]
    try:
        tree = ast.parse(_source(rule))
    except SyntaxError:  # a part of a statement
        return []
    if rule.word in ("elementwise", "reduction"):
        lambdas = [n.body for n in ast.walk(tree) if isinstance(n, ast.Lambda)]
        returned = [n.value for n in ast.walk(tree) if isinstance(n, ast.Return) and n.value is not None] or lambdas
        if not returned:
            return []
        partials = returned[-1].elts if isinstance(returned[-1], ast.Tuple) else [returned[-1]]
        return [name for name, partial in zip(names, partials, strict=False) if not (isinstance(partial, ast.Constant) and partial.value is None)]
    read = {n.slice.id for n in ast.walk(tree) if isinstance(n, ast.Subscript) and isinstance(n.slice, ast.Name) and ast.unparse(n.value) == "d"}
    return [name for name in names if name in read]
