"""What every derivation needs besides its passes: the rule table, and a place for the text of each stage.

dump("f-ssa", text)     ==>     $TANGENTX_DUMP/003-f-ssa.txt
"""

from __future__ import annotations

import os
from pathlib import Path

from tangentx import frontend
from tangentx.rules.table import Rulebook, load_templates

__all__ = ["dump", "rulebook"]

_RULEBOOK: list[Rulebook] = []


def rulebook() -> Rulebook:
    """The rule table, with the templates of what was imported meanwhile."""
    load_templates()
    if not _RULEBOOK:
        _RULEBOOK.append(Rulebook(frontend.read_rule))
    return _RULEBOOK[0]


def dump(name: str, text: str) -> None:
    """Writes a stage to the folder TANGENTX_DUMP, if that is set; numbered in order."""
    if folder := os.environ.get("TANGENTX_DUMP"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        Path(folder, f"{len(os.listdir(folder)):03d}-{name}.txt").write_text(text)
