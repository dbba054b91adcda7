"""The parameters of a function, with their kinds, defaults and annotations.

def f(x, n: int = 2, *, k=scale)     ==>     Param(x), Param(n, default=Const(2), annotation="int"),
                                             Param(k, "keyword", default=Ref(..., "scale", "model", "f.__kwdefaults__['k']", live=True))
"""

from __future__ import annotations

import math
import typing
from collections import abc
from dataclasses import replace
from typing import Any

from tangentx.frontend.source import Source
from tangentx.ir.homes import path_to
from tangentx.ir.nodes import Atom, Const, Param, Ref, Var

__all__ = ["arguments", "parameters"]

SEQUENCES = (list, tuple, abc.Sequence, abc.MutableSequence, abc.Iterable, abc.Collection)
MAPPINGS = (dict, abc.Mapping, abc.MutableMapping)
DECIDED = ("float", "int", "bool", "str", "ndarray", "tuple", "Tuple")


def arguments(args: Any) -> list[Any]:
    """Every parameter, in order."""
    return [*args.posonlyargs, *args.args, *([args.vararg] if args.vararg else []), *args.kwonlyargs, *([args.kwarg] if args.kwarg else [])]


def parameters(source: Source) -> list[Param]:
    """The parameters of a function as the IR has them."""
    args, function = source.node.args, source.function
    positional = [*args.posonlyargs, *args.args]
    defaults = function.__defaults__ or ()
    first = len(positional) - len(defaults)
    found = []
    for i, a in enumerate(positional):
        kind = "positional_only" if i < len(args.posonlyargs) else "positional"
        default = None if i < first else _default(source, args.defaults[i - first], defaults[i - first], f"__defaults__[{i - first}]")
        found.append(Param(Var(a.id), kind, default, source.segment(a.annotation)))
    if args.vararg:
        found.append(Param(Var(args.vararg.id), "var_positional", None, source.segment(args.vararg.annotation)))
    for a, node in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        known = function.__kwdefaults__ or {}
        default = _default(source, node, known[a.id], f"__kwdefaults__[{a.id!r}]") if a.id in known else None
        found.append(Param(Var(a.id), "keyword", default, source.segment(a.annotation)))
    if args.kwarg:
        found.append(Param(Var(args.kwarg.id), "var_keyword", None, source.segment(args.kwarg.annotation)))
    return [_with_class(source, replace(p, annotation=_or_none(p)), k) for k, p in enumerate(found)]


def _or_none(param: Param) -> str:
    """``n: int = None`` is ``n: int | None``, though it does not say so; lists and dicts are asked for while running."""
    known = param.said.rpartition(".")[2] in DECIDED
    return f"{param.annotation} | None" if known and param.default == Const(None) else param.annotation


def _with_class(source: Source, param: Param, position: int) -> Param:
    """The parameter with the class that its annotation means, or with that of its items: ``list[Point]``, ``dict[str, Point]``."""
    note = _evaluated(source, source.function.__annotations__.get(param.var.base))
    home, given = typing.get_origin(note), typing.get_args(note)
    if home is tuple and not (len(given) == 2 and given[1] is ...):
        given = given if len(set(given)) == 1 else ()
    held = _evaluated(source, given[-1 if home in MAPPINGS else 0]) if given and home in (*SEQUENCES, *MAPPINGS) else None
    if isinstance(held, type) and not param.kind.startswith("var_"):
        return replace(param, items=(dict, held) if home in MAPPINGS else held)
    return replace(param, cls=_class(source, note, position))


def _evaluated(source: Source, note: Any) -> Any:
    """What an annotation means that is written as text."""
    note = note.__forward_arg__ if isinstance(note, typing.ForwardRef) else note
    if not isinstance(note, str):
        return note
    try:
        return eval(note, source.globals)  # the user's own annotation, as inspect.get_annotations does
    except Exception:
        return None


def _class(source: Source, note: Any, position: int) -> Any:
    """The class that an annotation means; of the first parameter of a method, the class that it stands in."""
    if note is None and position == 0 and "." in source.qualname:
        owner = source.globals.get(source.qualname.split(".")[-2])
        if isinstance(owner, type) and vars(owner).get(source.function.__name__) is source.function:
            return owner
    return note if isinstance(note, type) else None


def _default(source: Source, node: Any, value: Any, where: str) -> Atom:
    """A literal stays one; anything else is the object that the user's function holds."""
    if type(value) in (int, bool, str, bytes, type(None), type(...)) or (type(value) is float and math.isfinite(value)):
        return Const(value)
    path = path_to(source.function)
    home = source.home if path else source.function
    return Ref(value, source.segment(node) or repr(value), source.module, f"{path or source.qualname}.{where}", live=True, home=home)
