"""Bad programs and their whole messages: ``tests/errors/<case>.py`` holds a program, ``# error``, and the text.

    pytest tests/test_errors.py --update-errors        writes them anew; read the diff before you commit it

A program has a function ``f``, which is given to ``grad``, or a function ``use(tx)``, which does something else with it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import samples_scipy  # noqa: F401 - whose rules a program would be the first to load, and forgotten with its own

import tangentx as tx
from tangentx.frontend.check import REFUSED
from tests.conftest import Write
from tests.refused import KINDS, TABLE, reasons, rows, table

CASES = sorted(Path(__file__).parent.joinpath("errors").glob("*.py"))
MARK = "\n# error\n"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_message(path: Path, write_module: Write, own_rules: None, request: pytest.FixtureRequest) -> None:
    program, _, expected = path.read_text(encoding="utf-8").partition(MARK)
    module = write_module("model", program)
    with pytest.raises(tx.TangentxError) as caught:
        module.use(tx) if hasattr(module, "use") else tx.grad(module.f)
    found = "\n".join(f"# {line}".rstrip() for line in f"{type(caught.value).__name__}: {caught.value}".splitlines()) + "\n"
    if request.config.getoption("--update-errors"):
        path.write_text(program + MARK + found, encoding="utf-8")
        return
    assert found == expected
    assert isinstance(caught.value, NotImplementedError | TypeError | ValueError | OSError | AssertionError)


def test_the_page_of_what_is_refused_is_current(request: pytest.FixtureRequest) -> None:
    """``tangentx/REFUSED.md`` has a row for each program here, with its message."""
    if request.config.getoption("--update-errors"):
        TABLE.write_text(table(), encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == table(), "python -m tests.refused --write"
    assert {row.kind for row in rows()} <= set(KINDS)


# what no program of today reaches: a net below the other checks
NOT_REACHED = {
    ".+ is not supported here": "a kind of node that Python may get",
    "this target cannot be assigned to": "a kind of target that Python may get",
    "a write into a literal": "what is stored into is a name when it comes there",
    r".+=\ on\ an\ item\ is\ expanded\ before\ the\ forward\ sweep": "settle_inplace has done so",
    ".+ has no forward derivative for its arguments": "no elementwise rule takes *args",
    "a template string is not supported": "from Python 3.14 on",
    r".+\ is\ written\ in\ this\ loop,\ by\ a\ local\ function\ under\ another\ name": "the loop carries what the local functions at hand write",
}


def test_every_refusal_has_a_case() -> None:
    """What the compiler can say, a program here makes it say."""
    seen = [row.reason for row in rows()]
    known = {name.replace("\\", "") for name in NOT_REACHED}
    wanted = {**reasons(), **{re.escape(reason): f"REFUSED[{kind!r}]" for kind, (reason, _) in REFUSED.items()}}
    missing = {where: p for p, where in wanted.items() if p.replace("\\", "") not in known and not any(re.search(p, s) for s in seen)}
    assert missing == {}, "write a program for tests/errors/"


def test_every_refusal_shows_a_way_out() -> None:
    """Place and way out, but for what only the run knows."""
    kinds = ("UnsupportedSyntax", "AliasError", "NotDifferentiable")
    assert [row.name for row in rows() if row.kind in kinds and not row.hint] == []
