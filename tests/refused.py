"""The table of what is refused: ``tangentx/REFUSED.md``, from the programs of ``tests/errors/``.

    .venv/bin/python -m tests.refused --write          writes it anew (so does pytest tests/test_errors.py --update-errors)

A row has the name of the case, the code that the caret points at, the message and the way out.  ``reasons`` lists what the compiler
can say at all, so that a test can ask for a case of each.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["TABLE", "Row", "reasons", "rows", "table"]

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "tangentx" / "REFUSED.md"
CASES = ROOT / "tests" / "errors"
KINDS = {
    "UnsupportedSyntax": "Constructs",
    "AliasError": "Memory",
    "NotDifferentiable": "Functions and their arguments",
    "SourceNotFound": "What has no source",
    "ArgumentError": "Arguments of a derivative",
    "WrtError": "What to differentiate by",
    "NonScalarOutput": "Outputs",
    "CotangentError": "Seeds",
    "CheckFailed": "Checks",
}
HEAD = """# What is refused

Every construct that is not differentiated correctly is refused, most of them when `grad` is called, with the place, the reason and a way out.
This table is written from the programs of `tests/errors/` (`python -m tests.refused --write`), and a test holds it against the compiler.
"""


@dataclass(frozen=True)
class Row:
    """One case: its kind of error, the case's name, the code at fault, the reason and the way out."""

    kind: str
    name: str
    code: str
    reason: str
    hint: str


def rows() -> list[Row]:
    """A row for each case."""
    return [_row(path) for path in sorted(CASES.glob("*.py"))]


def _row(path: Path) -> Row:
    program, _, text = path.read_text(encoding="utf-8").partition("\n# error\n")
    lines = [line.removeprefix("# ").removeprefix("#") for line in text.splitlines()]
    kind, _, reason = lines[0].partition(": ")
    marked = next((k for k, line in enumerate(lines) if re.fullmatch(r" +\| +\^+", line)), None)
    code = ""
    if marked is not None:
        start, end = lines[marked].index("^"), lines[marked].rindex("^") + 1
        code = lines[marked - 1][start:end]
    elif "def use(tx)" in program:
        code = program.rstrip().splitlines()[-1].strip()
    hint = lines[-1].strip() if len(lines) > 1 and not re.match(r" *(File |\d* *\|)", lines[-1]) else ""
    if marked is not None:
        hint = " ".join(line.strip() for line in lines[marked + 1 :])
    return Row(kind, path.stem.replace("_", " "), code, reason, hint)


def table() -> str:
    """The text of the page."""
    found = rows()
    parts = [HEAD]
    for kind, title in KINDS.items():
        own = [row for row in found if row.kind == kind]
        if own:
            parts += [f"\n## {title}\n\n`tangentx.errors.{kind}`\n\n| case | code | message | way out |\n|---|---|---|---|\n"]
            parts += [f"| {row.name} | {_code(row.code)} | {_code(row.reason)} | {_cell(row.hint)} |\n" for row in own]
    return "".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", r"\|").replace("<", r"\<").replace("*", r"\*").replace("_", r"\_")


def _code(text: str) -> str:
    text = text.replace("|", r"\|")
    return f"``{text}``" if "`" in text else f"`{text}`" if text else ""


RAISED = ("UnsupportedSyntax", "AliasError", "NotDifferentiable")


def reasons() -> dict[str, str]:
    """Every reason that the compiler can give, as a regular expression, and where: ``file.py:line``."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "tangentx").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and _name(node.func) in (*RAISED, "refuse"):
                for pattern in _patterns(node.args[0]):
                    found.setdefault(pattern, f"{path.relative_to(ROOT)}:{node.lineno}")
    return found


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _patterns(node: ast.expr) -> Iterator[str]:
    """The reason as it is written; one that comes from elsewhere (a variable) says nothing here."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield re.escape(node.value)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else ".+" for p in node.values)
    elif isinstance(node, ast.IfExp):
        yield from _patterns(node.body)
        yield from _patterns(node.orelse)


if __name__ == "__main__":
    if "--write" in sys.argv:
        TABLE.write_text(table(), encoding="utf-8")
    else:
        print(table())
