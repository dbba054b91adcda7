"""What the rulebook covers, name by name, counted against the libraries that are installed.

np.sum       rule        linear, templates/numpy/reductions.py:23
np.argmax    constant    its result carries no derivative
np.polyval   source      differentiated from its own Python source
np.vectorize refused     by name, with a reason
np.spam      missing     nothing is known of it: a call of it is refused
np.savetxt   uncounted   it has no numbers to differentiate
"""

from __future__ import annotations

import fnmatch
import importlib
import importlib.util
import inspect
import types
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any

from tangentx.rules.declare import Rule, identity, refusals, registered
from tangentx.rules.names import FROM_SOURCE, LIBRARIES, UNCOUNTED
from tangentx.rules.table import WORDS, load_templates

__all__ = ["STATUSES", "Entry", "counts", "entries", "matching"]

# of a distribution, what may have a derivative
METHODS = ("pdf", "logpdf", "pmf", "logpmf", "cdf", "logcdf", "sf", "logsf", "ppf", "isf")
STATUSES = ("rule", "constant", "source", "refused", "missing", "uncounted")


@dataclass(frozen=True)
class Entry:
    """One public name of a library: what is known of it, and by which rules."""

    module: str
    name: str
    status: str
    obj: Any
    rules: tuple[Rule, ...] = ()
    reason: str = ""

    @property
    def path(self) -> str:
        """``numpy.linalg.solve``."""
        return f"{self.module.removesuffix('.distributions')}.{self.name}"

    @property
    def short(self) -> str:
        """``np.linalg.solve``, as it is usually written."""
        path = self.path.removeprefix("builtins.")
        return f"np.{path.removeprefix('numpy.')}" if path.startswith("numpy.") else path

    @property
    def words(self) -> str:
        """``linear``, or ``adjoint, tangent``."""
        return ", ".join(rule.word for rule in self.rules)

    @property
    def modes(self) -> str:
        """Which modes its rules give."""
        words = {rule.word for rule in self.rules}
        if words == {"adjoint"} or words == {"tangent"}:
            return "reverse mode only" if words == {"adjoint"} else "forward mode only"
        return "both modes"


def entries() -> list[Entry]:
    """Every public name of the libraries, in order of the modules, then by name."""
    for module in LIBRARIES:
        _owner(module)  # imported: the rules of a part of SciPy are read after it
    load_templates()
    rules: dict[Hashable, list[Rule]] = {}
    for (_, key), rule in registered().items():
        rules.setdefault(key, []).append(rule)
    return [_entry(module, name, obj, rules) for module in LIBRARIES for name, obj in _public(module)]


def matching(pattern: str) -> list[Entry]:
    """The names that a pattern means: a part of one, or the whole with ``*`` and ``?``; ``np.`` may be left out."""
    whole = any(sign in pattern for sign in "*?[")
    pattern = f"numpy.{pattern[3:]}" if pattern.startswith("np.") else pattern

    def fits(entry: Entry) -> bool:
        if whole:
            return any(fnmatch.fnmatchcase(text, pattern) for text in (entry.name, entry.path, entry.name.rpartition(".")[2]))
        return pattern in entry.path if "." in pattern else pattern in entry.name

    found = [entry for entry in entries() if fits(entry)]
    exact = [entry for entry in found if pattern in (entry.name, entry.path)]
    return exact or found


def counts(found: list[Entry]) -> dict[str, dict[str, int]]:
    """For each module the number of names of each status, but for what is not counted."""
    table: dict[str, dict[str, int]] = {}
    for entry in found:
        row = table.setdefault(entry.module, dict.fromkeys(STATUSES[:-1], 0))
        if entry.status != "uncounted":
            row[entry.status] += 1
    return table


def _entry(module: str, name: str, obj: Any, rules: dict[Hashable, list[Rule]]) -> Entry:
    if isinstance(obj, type) and issubclass(obj, BaseException):
        return Entry(module, name, "uncounted", obj, reason="an exception")
    own = [r for r in rules.get(identity(obj), []) if r.function is not None]
    if own:
        return Entry(module, name, "rule", obj, tuple(sorted(own, key=lambda r: (*WORDS, "written").index(r.word))))
    if (key := identity(obj)) in rules:
        return Entry(module, name, "constant", obj, tuple(rules[key]))
    if refusal := refusals().get(identity(obj)):
        return Entry(module, name, "refused", obj, reason=refusal.reason)
    if name in FROM_SOURCE.get(module, ()):
        return Entry(module, name, "source", obj)
    if module == "scipy.stats" and name in _distributions(_owner(module)):
        return Entry(module, name, "uncounted", obj, reason="a distribution: its methods are counted")
    reason = next((why for why, names in UNCOUNTED.get(module, {}).items() if name in names), "")
    if not reason and isinstance(obj, type) and module != "builtins":
        reason = "a type"
    return Entry(module, name, "uncounted" if reason else "missing", obj, reason=reason)


def _public(module: str) -> Iterator[tuple[str, Any]]:
    """The public callables of a module, the attributes of ``numpy.ndarray``, and the methods of the distributions, by name."""
    owner = _owner(module)
    if owner is None:
        return
    if module == "scipy.stats.distributions":
        home = importlib.import_module("scipy.stats")
        found = ((f"{name}.{method}", getattr(getattr(home, name), method, None)) for name in _distributions(home) for method in METHODS)
        yield from ((name, method) for name, method in found if method is not None)
        return
    for name in sorted(set(getattr(owner, "__all__", None) or dir(owner))):
        obj = inspect.getattr_static(owner, name, None) if isinstance(owner, type) else getattr(owner, name, None)
        if not name.startswith("_") and obj is not None and not isinstance(obj, types.ModuleType) and (callable(obj) or isinstance(owner, type)):
            yield name, obj


def _distributions(stats: Any) -> list[str]:
    """The names of the distributions of ``scipy.stats``."""
    marks = ("_parse_args", "_process_parameters")
    return [n for n in stats.__all__ if not isinstance(getattr(stats, n), type) and any(hasattr(getattr(stats, n), mark) for mark in marks)]


def _owner(module: str) -> Any:
    """The module, or the class, of that name; None where its library is not installed."""
    parent, _, name = module.rpartition(".")
    if importlib.util.find_spec(module.partition(".")[0]) is None:
        return None
    return getattr(importlib.import_module(parent), name) if name == "ndarray" else importlib.import_module(module)
