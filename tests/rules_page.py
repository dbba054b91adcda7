"""The page of what is covered: ``tangentx/RULES.md``, counted against the versions of NumPy and SciPy that it names.

    .venv/bin/python -m tests.rules_page --write       writes it anew, after rules were added

A test holds it where these versions are installed.
"""

from __future__ import annotations

import re
import sys
import textwrap
from pathlib import Path

import numpy as np
import scipy

from tangentx.rules.coverage import STATUSES, Entry, counts, entries

__all__ = ["TABLE", "page", "versions", "written_for"]

TABLE = Path(__file__).resolve().parent.parent / "tangentx" / "RULES.md"
HEAD = """# What is covered

Every public name of the libraries below, counted against {versions}. This page is written by `python -m tests.rules_page --write`, and a test
holds it against the rulebook; `tangentx rules` counts against the libraries that you have, and `tangentx rules np.cumsum` shows a rule.

- **rule**: a derivative in `templates/`, in both modes. CuPy's functions of these names have the same rules.
- **constant**: the result carries no derivative (positions, tests, shapes, steps).
- **source**: no rule is needed: differentiated from its own Python source, or known to the compiler as a part of the language.
- **refused**: by name, with a reason and a way out.
- **missing**: a call with an active argument is refused, with the rule to write.

What has no numbers to differentiate (text, files, settings, types, tests) is not counted.
"""
TITLES = {"rule": "Rules", "constant": "Constant", "source": "From source, or known to the compiler", "missing": "Missing"}


def versions() -> str:
    """``NumPy 2.4.6 and SciPy 1.17.1`` as they are installed."""
    return f"NumPy {np.__version__} and SciPy {scipy.__version__}"


def written_for(text: str) -> str:
    """The versions that a page was written for."""
    found = re.search(r"counted against (NumPy \S+ and SciPy \S+)\. ", text)
    return found[1] if found else ""


def page() -> str:
    """The text of the page."""
    found = entries()
    table = counts(found)
    lines = [HEAD.format(versions=versions()), "\n| module | " + " | ".join(STATUSES[:-1]) + " |\n|---|" + "---:|" * len(STATUSES[:-1]) + "\n"]
    lines += [f"| `{module}` | " + " | ".join(map(str, row.values())) + " |\n" for module, row in table.items()]
    total = (sum(row[s] for row in table.values()) for s in STATUSES[:-1])
    lines.append("| | " + " | ".join(f"**{n}**" for n in total) + " |\n")
    for module in table:
        lines += _module(module, [e for e in found if e.module == module])
    return "".join(lines)


def _module(module: str, found: list[Entry]) -> list[str]:
    parts = [f"\n## `{module}`\n"]
    for status, title in TITLES.items():
        names = [e.name + _one_mode(e) for e in found if e.status == status]
        if module == "scipy.stats.distributions":
            names = _by_distribution(names)
        if names:
            parts.append(f"\n{title} ({sum(e.status == status for e in found)}):{_wrapped(names)}\n")
    reasons = dict.fromkeys(e.reason for e in found if e.status == "refused")
    for reason in reasons:
        parts.append(f"\nRefused, {reason}:{_wrapped([e.name for e in found if e.status == 'refused' and e.reason == reason])}\n")
    return parts


def _one_mode(entry: Entry) -> str:
    """`` (reverse mode only)`` where that is so."""
    return f" ({entry.modes})" if entry.status == "rule" and entry.modes != "both modes" else ""


def _by_distribution(names: list[str]) -> list[str]:
    """``norm.pdf/logpdf/cdf`` for its methods."""
    methods: dict[str, list[str]] = {}
    for name in names:
        methods.setdefault(name.partition(".")[0], []).append(name.partition(".")[2])
    return [f"{name}.{'/'.join(own)}" for name, own in methods.items()]


def _wrapped(names: list[str]) -> str:
    return "\n" + textwrap.fill(", ".join(f"`{name}`" for name in names), 140, break_long_words=False, break_on_hyphens=False)


if __name__ == "__main__":
    if "--write" in sys.argv:
        TABLE.write_text(page(), encoding="utf-8")
    else:
        print(page())
