"""What to say of a function that has no rule: why it is refused by name, or the rule to write for exactly this function.

Declare its derivative:
    @tx.elementwise(special.wrightomega)
    def wrightomega_rule(y, x):
        return ...  # the partial derivative by x
or wrap the value in tx.stop_gradient.
"""

from __future__ import annotations

import inspect
from itertools import takewhile
from typing import Any

__all__ = ["rule_to_write"]

PLAIN = "Declare a rule with tangentx.elementwise, linear or adjoint, or wrap the value in tangentx.stop_gradient."
SHOWN = 4  # parameters; those behind are a matter of the function's documentation


def rule_to_write(obj: Any, text: str, word: str = "adjoint") -> str:
    """The rule to write for a function that is called as ``text``; ``obj`` is None where it is not known."""
    name = text.rpartition(".")[2]
    if obj is None or not name.isidentifier() or not all(part.isidentifier() for part in text.split(".")):
        return PLAIN
    parameters, required = _parameters(obj)
    if not required:
        return PLAIN
    result = next(n for n in ("y", "z", "result") if n not in parameters)
    if word == "adjoint" and getattr(obj, "nout", 0) == 1 and getattr(obj, "signature", None) is None:
        word, partials = "elementwise", ", ".join("..." for _ in required)
        body = f"return {partials}  # the partial derivative{'s' if len(required) > 1 else ''} by {_and(required)}"
    else:
        there, here = (result, required[0]) if word == "tangent" else (required[0], result)
        body = f"d[{there}] = ...  # from d[{here}]"
    lines = [f"@tx.{word}({text})", f"def {name}_{'tangent' if word == 'tangent' else 'rule'}({', '.join((result, *parameters))}):", f"    {body}"]
    head = "Declare its derivative:" if word == "elementwise" else "Declare its derivative (from tangentx import d):"
    return "\n".join([head, *(f"    {line}" for line in lines), "or wrap the value in tx.stop_gradient."])


def _and(names: list[str]) -> str:
    return ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else names[0]


def _parameters(obj: Any) -> tuple[list[str], list[str]]:
    """The parameters of a rule as its signature says them, and the names of those without a default."""
    nin = getattr(obj, "nin", None)
    if nin:
        names = [f"x{k + 1}" for k in range(nin)] if nin > 1 else ["x"]
        return names, names
    try:
        given = list(inspect.signature(obj).parameters.values())
    except (TypeError, ValueError):
        return [], []
    positional = [p for p in given if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    required = [p.name for p in positional if p.default is p.empty]
    plain = takewhile(lambda p: p.default is p.empty or isinstance(p.default, bool | int | float | str | None), positional)
    shown = [p.name if p.default is p.empty else f"{p.name}={p.default!r}" for p in plain]
    return shown[: max(SHOWN, len(required))], required
