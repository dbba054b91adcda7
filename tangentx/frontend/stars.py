"""Stars: a function with starred parameters is read for one shape of call: how many arguments they take, and which names.

def wrapper(x, *args, **keywords):                       def wrapper(x, args_0, *, scale):
    return f(x, *args, **keywords)          ==>              args = (args_0,)
...                                                          keywords = {"scale": scale}
wrapper(u, v, scale=2.0)                                     return f(x, args_0, scale=scale)
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from tangentx.frontend.checkers import behind_checks
from tangentx.ir.nodes import Build, Const, Param, Var

__all__ = ["Shape", "named", "shape", "spread_classes"]

STARS = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
STARRED = inspect.CO_VARARGS | inspect.CO_VARKEYWORDS


@dataclass(frozen=True)
class Shape:
    """What the starred parameters of a function take in a call: how many arguments by position, and the names of the others."""

    extra: int
    words: tuple[str, ...]


def shape(fn: Any, args: int, words: Iterable[str]) -> Shape | None:
    """The shape of a call of ``fn``; None if it has no starred parameters, or does not take these arguments."""
    if not isinstance(fn, types.FunctionType) or not (fn := behind_checks(fn)).__code__.co_flags & STARRED:
        return None
    try:
        found = inspect.signature(fn, follow_wrapped=False)
        bound = found.bind(*range(args), **dict.fromkeys(words)).arguments
    except TypeError:
        return None
    kinds = {p.kind: name for name, p in found.parameters.items()}
    extra = bound.get(kinds.get(inspect.Parameter.VAR_POSITIONAL, ""), ())
    named = tuple(bound.get(kinds.get(inspect.Parameter.VAR_KEYWORD, ""), ()))
    own = {name for name, p in found.parameters.items() if p.kind not in STARS}
    return None if own & set(named) else Shape(len(extra), named)


def named(found: Iterable[Param], given: Shape, fresh: Callable[[str], Var]) -> tuple[list[Param], dict[str, Build]]:
    """The parameters with those that the stars take under names of their own, and the tuple and the dict that the stars are."""
    params: list[Param] = []
    stars: dict[str, Build] = {}
    taken = {p.var.base for p in found} | set(given.words)
    for param in found:
        base = param.var.base
        if param.kind == "var_positional":
            params = [replace(p, default=None) for p in params] if given.extra else params  # they are all given
            items = tuple(fresh(_free(f"{base}_{k}", taken)) for k in range(given.extra))
            params += [Param(v) for v in items]
            stars[base] = Build("tuple", items)
        elif param.kind == "var_keyword":
            words = [fresh(word) for word in given.words]
            params += [Param(v, "keyword") for v in words]
            stars[base] = Build("dict", tuple(a for word, v in zip(given.words, words, strict=True) for a in (Const(word), v)))
        else:
            params.append(replace(param, var=fresh(base)))
    return params, stars


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name


def spread_classes(bound: inspect.BoundArguments, given: Shape | None) -> Iterator[Any]:
    """The arguments of a call in the order of the parameters that ``named`` gives; None for a star that stays one."""
    for name, param in bound.signature.parameters.items():
        value = bound.arguments.get(name)
        if param.kind is param.VAR_POSITIONAL:
            yield from (value or ()) if given else (None,)
        elif param.kind is param.VAR_KEYWORD:
            yield from (value or {}).values() if given else (None,)
        else:
            yield value
