"""Bad programs and their whole messages: ``tests/errors/<case>.py`` holds a program, ``# error``, and the text.

    pytest tests/test_errors.py --update-errors        writes them anew; read the diff before you commit it

A program has a function ``f``, which is given to ``grad``, or a function ``use(tx)``, which does something else with it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import tangentx as tx
from tests.conftest import Write
from tests.refused import KINDS, TABLE, rows, table

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
