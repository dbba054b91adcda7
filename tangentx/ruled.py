"""Ruled: a function for what has a rule of its own, so that it can be differentiated like any other.

tx.grad(special.logsumexp)      ==>      def logsumexp(a, axis=None, b=None, keepdims=False):
                                             return special.logsumexp(a, axis, b, keepdims)

The parameters are those of the rule: what it does not know, the derivative does not take.
"""

from __future__ import annotations

import importlib
import inspect
import sys
import types
from collections.abc import Callable, Hashable
from typing import Any

from tangentx.bound import shown
from tangentx.ir.homes import lookup_path
from tangentx.rules.declare import WORDS, Refusal, identity, refusals, registered

__all__ = ["as_called"]

PLAIN = (int, float, bool, str, type(None))
WHERE_TO = ("out", "where")  # the result goes into a buffer
LIBRARIES = ("numpy", "scipy", "sklearn", "cupy", "cupyx")

_MADE: dict[Hashable, tuple[Any, Any, types.FunctionType | None]] = {}  # a rule holds its primitive, too


def as_called(f: Callable[..., Any]) -> types.FunctionType | None:
    """A function that calls ``f``, if that has a rule or is refused by name; None if it has to be read.

    >>> as_called(as_called) is None
    True
    """
    rule = None if isinstance(f, type) else _rule(f)
    if rule is None:
        return None
    at = identity(f)
    known = _MADE.get(at)
    if known is None or known[1] is not rule:
        known = _MADE[at] = f, rule, _made(f, rule)
    return known[2]


def _rule(f: Any) -> Any:
    """The rule of a function, or its refusal by name."""
    home = getattr(f, "__module__", None) or type(f).__module__
    package = home.partition(".")[0] if isinstance(home, str) else ""
    if package in LIBRARIES or package in sys.stdlib_module_names - {"__main__"} or type(f).__module__ == "numpy":
        importlib.import_module("tangentx.rules.table").load_templates()
    at, rules = identity(f), registered()
    return next((rules[word, at] for word in ("written", *WORDS) if (word, at) in rules), refusals().get(at))


def _made(f: Any, rule: Any) -> types.FunctionType | None:
    found = _path(f)
    parameters = _parameters(f, rule)
    if found is None or parameters is None:
        return None
    module, path = found
    name = path.rpartition(".")[2]
    shape = str(inspect.Signature(parameters))
    passed = ", ".join(f"{p.name}={p.name}" if p.kind is p.KEYWORD_ONLY else f"{_star(p)}{p.name}" for p in parameters)
    names: dict[str, Any] = {"__name__": module}
    if module == "builtins" or getattr(f, "__module__", "") == "__main__" or "<locals>" in path:
        called, names[name] = name, f
    elif module.partition(".")[0] == "numpy":
        called, names["np"] = f"np{module.removeprefix('numpy')}.{path}", sys.modules["numpy"]
    else:
        called, names[module.rpartition(".")[2]] = f"{module.rpartition('.')[2]}.{path}", sys.modules[module]
    return shown(f"def {name}{shape}:\n    return {called}({passed})\n", f"<{module}.{path}>", names, name=name)


def _path(f: Any) -> tuple[str, str] | None:
    """The module and the name by which a function is found: a public one, if there is."""
    owner = getattr(f, "__self__", None)
    if isinstance(f, types.MethodType):  # of a distribution of scipy.stats
        package, known_as = type(owner).__module__.rpartition(".")[0], getattr(owner, "name", "")
        return (package, f"{known_as}.{f.__name__}") if known_as and lookup_path(sys.modules.get(package), known_as) is owner else None
    module = str(getattr(f, "__module__", None) or "")
    name = str(getattr(f, "__qualname__", None) or getattr(f, "__name__", ""))
    if isinstance(f, types.FunctionType) and ("<locals>" in name or module == "__main__"):
        return module or "__main__", f.__name__
    if not name.replace(".", "").isidentifier():
        return None
    parts = module.split(".")
    public = [".".join(parts[:k]) for k in range(1, len(parts) + 1) if module and not any(p.startswith("_") for p in parts[1:k])]
    for where in (*reversed(public), "numpy", "scipy.special", module):
        if lookup_path(sys.modules.get(where), name) is f:
            return where, name
    return None


def _star(p: inspect.Parameter) -> str:
    return {"VAR_POSITIONAL": "*", "VAR_KEYWORD": "**"}.get(p.kind.name, "")


def _parameters(f: Any, rule: Any) -> list[inspect.Parameter] | None:
    """Those of the rule; a default that is another than the function's own, or cannot be written down, is left to the function."""
    real = _signature(f)
    said = None if isinstance(rule, Refusal) else rule.function
    stated = _signature(said) if said is not None else real
    if stated is None:
        return None
    own = list(stated.values())
    own = own[1:] if said is not None and rule.word != "written" else own
    named = [p.name for p in (real or {}).values() if p.kind is p.POSITIONAL_ONLY]  # a rule may call these as it likes
    if len(named) == len(own) and all(p.default is p.empty for p in own):
        own = [p.replace(name=name) for p, name in zip(own, named, strict=True)]
    kept: list[inspect.Parameter] = []
    apart = False  # one was left out: those after it are no longer where they were
    for p in own:
        if p.default is not p.empty and (p.name in WHERE_TO or not _same(p.default, real, p.name)):
            apart = apart or p.kind is not p.KEYWORD_ONLY
            continue
        kind = p.KEYWORD_ONLY if apart and p.kind is not p.VAR_KEYWORD else p.POSITIONAL_OR_KEYWORD if p.kind is p.POSITIONAL_ONLY else p.kind
        kept.append(p.replace(annotation=p.empty, kind=kind))
    return kept


def _same(default: Any, real: Any, name: str) -> bool:
    """Whether it is the function's own default; of one that does not tell its defaults, any but None may be."""
    if type(default) not in PLAIN:
        return False
    if real is None or (name not in real and any(p.kind is p.VAR_KEYWORD for p in real.values())):
        return default is not None
    if name == "keepdims" and name in real and type(real[name].default).__name__ == "_NoValueType":
        return default is False
    if name in ("a_min", "a_max") and name in real and type(real[name].default).__name__ == "_NoValueType":
        return default is None  # np.clip without a bound
    return name in real and type(real[name].default) in PLAIN and bool(real[name].default == default)


def _signature(f: Any) -> Any:
    try:
        return inspect.signature(f).parameters
    except (TypeError, ValueError):
        return None
