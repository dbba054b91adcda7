"""Handed: the parameters of a function that hands its arguments on to another one, which decides what they are.

def timed(f):                                    def f(x, rate=0.5): ...
    def wrapper(*args, **keywords):
        return f(*args, **keywords)     ==>      handed(timed(f)) is (x, rate=0.5), "f"
"""

from __future__ import annotations

import inspect
import types
from typing import Any

import gast

from tangentx.frontend.source import read

__all__ = ["handed", "looks"]

STARRED = inspect.CO_VARARGS | inspect.CO_VARKEYWORDS
NAMED = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def handed(f: types.FunctionType, depth: int = 8) -> tuple[inspect.Signature, str] | None:
    """The signature that a function with starred parameters has in truth, and its name: that of what it is put around.

    None if it is not known, or the function has no such parameters.

    >>> handed(lambda x: x) is None
    True
    """
    if not f.__code__.co_flags & STARRED or not depth:
        return None
    own = list(inspect.signature(f, follow_wrapped=False).parameters.values())
    star = next((p.name for p in own if p.kind is p.VAR_POSITIONAL), "")
    words = next((p.name for p in own if p.kind is p.VAR_KEYWORD), "")
    node = _node(f)
    every = [n for n in gast.walk(node) if isinstance(n, gast.Call) and isinstance(n.func, gast.Name)]
    calls = [(call, left) for call in every if (left := _left(f, call, star, words, depth)) is not None]
    found = [left for _, left in calls]
    if not found or any(left != found[0] for left in found):
        return None
    if any(p.default is not p.empty for p in found[0]) and _looks(node, words, [call for call, _ in calls]):
        return None
    around = calls[0][0].func.id in f.__code__.co_freevars
    name = _meant(f, calls[0][0].func.id).__name__ if around else f.__name__
    params = [*(p for p in own if p.kind in NAMED), *found[0], *(p for p in own if p.kind is p.KEYWORD_ONLY)]
    try:
        signature = inspect.Signature(sorted(params, key=lambda p: p.kind))
    except ValueError:  # two of one name, or one without a default behind one that has a default
        return None
    return None if star and looks(f, inspect.Signature(found[0])) else (signature, name)


def looks(f: types.FunctionType, signature: inspect.Signature) -> bool:
    """Whether a wrapper asks how many arguments its stars got, or which: it would see the defaults of what it is put around as given."""
    stars = [p.name for p in inspect.signature(f, follow_wrapped=False).parameters.values() if p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    given = any(p.default is not p.empty for p in signature.parameters.values())
    return given and any(isinstance(n, gast.Name) and n.id in stars for part in gast.walk(_node(f)) for n in _asked(part))


def _looks(node: Any, words: str, calls: list[Any]) -> bool:
    """Whether a function does more with its keywords than to hand them on in these calls, or asks how many other arguments there are."""
    handed_on = {id(k.value) for call in calls for k in call.keywords}
    names = [n for n in gast.walk(node) if isinstance(n, gast.Name) and n.id == words and not isinstance(n.ctx, gast.Param)]
    return any(id(n) not in handed_on for n in names)


def _asked(node: Any) -> list[Any]:
    """What is asked for its length, its truth or its keys."""
    if isinstance(node, gast.Compare):
        return [node.left, *node.comparators]
    if isinstance(node, gast.If | gast.IfExp | gast.While):
        return [node.test]
    if isinstance(node, gast.BoolOp):
        return list(node.values)
    if isinstance(node, gast.UnaryOp):
        return [node.operand]
    if isinstance(node, gast.Call) and isinstance(node.func, gast.Name) and node.func.id in ("len", "bool"):
        return list(node.args)
    if isinstance(node, gast.Call) and isinstance(node.func, gast.Attribute) and node.func.attr in ("get", "pop", "setdefault"):
        return [node.func.value]
    return []


def _node(f: types.FunctionType) -> Any:
    try:
        return read(f).node
    except Exception:  # whoever differentiates it says what is wrong
        return gast.Pass()


def _left(f: types.FunctionType, call: Any, star: str, words: str, depth: int) -> list[inspect.Parameter] | None:
    """What is left of the parameters of the function that is called, where it gets all that the stars stand for."""
    stars = [a.value.id for a in call.args if isinstance(a, gast.Starred) and isinstance(a.value, gast.Name)]
    doubles = [k.value.id for k in call.keywords if k.arg is None and isinstance(k.value, gast.Name)]
    inner = _meant(f, call.func.id)
    if not isinstance(inner, types.FunctionType) or stars != [star] * bool(star) or doubles != [words] * bool(words):
        return None
    if star and not isinstance(call.args[-1], gast.Starred):
        return None
    further = handed(inner, depth - 1)
    known = further[0] if further else inspect.signature(inner, follow_wrapped=False)
    first = len(call.args) - bool(star)
    left = [p for p in list(known.parameters.values())[first:] if p.name not in {k.arg for k in call.keywords}]
    if any(p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD) for p in left):
        return None
    if not words:
        left = [p for p in left if p.kind in NAMED]
    return left if star else [p.replace(kind=p.KEYWORD_ONLY) for p in left if p.kind is not p.POSITIONAL_ONLY]


def _meant(f: types.FunctionType, name: str) -> Any:
    """What a name stands for in a function."""
    if name in f.__code__.co_freevars:
        try:
            return (f.__closure__ or ())[f.__code__.co_freevars.index(name)].cell_contents
        except ValueError:
            return None
    return None if name in f.__code__.co_varnames else f.__globals__.get(name)
