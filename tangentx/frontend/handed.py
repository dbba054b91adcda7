"""Handed: the parameters of a function that hands its arguments on to another one, which decides what they are.

def timed(f):                                    def f(x, rate=0.5): ...
    def wrapper(*args, **keywords):
        return f(*args, **keywords)     ==>      handed(timed(f)) is (x, rate=0.5), "f"

They are the other one's, defaults and all, only where the stars are handed on whole and nothing reads them but to log or to raise: a default that
is handed over would be seen as given.  Where more is done with them, what the caller gives is all that there is:

def wrapper(*args):
    return f(*args) * len(args)         ==>      (x, /, *args)
"""

from __future__ import annotations

import inspect
import types
from dataclasses import dataclass
from typing import Any

import gast

from tangentx.frontend.checkers import behind_checks
from tangentx.frontend.source import read

__all__ = ["handed", "whole"]

STARRED = inspect.CO_VARARGS | inspect.CO_VARKEYWORDS
NAMED = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
LOGS = ("debug", "info", "warning", "error", "critical", "exception", "log", "warn")
WRITTEN = (int, float, bool, str, type(None))  # defaults that can be said again
Parameters = list[inspect.Parameter]
Wrt = tuple[Any, ...]


@dataclass
class _Behind:
    """What is known of the function behind one with stars: its parameters that the stars stand for, its name, which stars are read here."""

    left: Parameters
    name: str
    args: bool
    words: bool
    ordered: bool  # whether the keywords are read in their order
    bound: bool  # whether the star is bound anew: then a keyword beside it may be one too many
    open: bool  # whether a star of unknown length can be handed on, all the way


def handed(f: types.FunctionType, wrt: Wrt = (), depth: int = 8) -> tuple[inspect.Signature, str] | None:
    """The signature that a function with starred parameters has in truth, and its name: that of what it is put around.

    What ``wrt`` names, by position or name, is a parameter that has to be given, where a default could not be told from it.
    None if it is not known, or the function has no such parameters.

    >>> handed(lambda x: x) is None
    True
    """
    if not f.__code__.co_flags & STARRED or not depth:
        return None
    if (checked := behind_checks(f)) is not f:
        return handed(checked, wrt, depth - 1) or (inspect.signature(checked, follow_wrapped=False), f.__name__)
    own = list(inspect.signature(f, follow_wrapped=False).parameters.values())
    behind = _behind(f, own, depth)
    if behind is None:
        return None
    first = [p for p in own if p.kind in NAMED]
    left = _given(behind, own, len(first), wrt)
    if not any(p.kind is not p.VAR_POSITIONAL for p in left):
        return None  # nothing is named that it does not name itself
    if behind.ordered and sum(p.kind is p.KEYWORD_ONLY for p in left) > 1:
        return None  # whoever calls it says in which order
    if any(p.kind is p.POSITIONAL_ONLY for p in left):
        first = [p.replace(kind=p.POSITIONAL_ONLY) for p in first]
    try:
        params = [*first, *left, *(p for p in own if p.kind is p.KEYWORD_ONLY)]
        return inspect.Signature(sorted(params, key=lambda p: p.kind)), behind.name
    except ValueError:  # two of one name, or one without a default behind one that has a default
        return None


def whole(f: types.FunctionType) -> inspect.Signature | None:
    """The signature of a function that looks at what its stars hold, with what it is put around; None where ``handed`` says it all.

    What it may be given besides, and the function behind it does not take, is left: ``wrapper(*args, **words)`` with ``words.pop("verbose")``.
    """
    found = handed(f)
    own = list(inspect.signature(f, follow_wrapped=False).parameters.values())
    behind = _behind(f, own, 8)
    if found is None or behind is None or behind_checks(f) is not f:
        return None
    words = [p for p in own if p.kind is p.VAR_KEYWORD]
    first = [p for p in own if p.kind in NAMED]
    left = [p if words or p.kind is not p.POSITIONAL_OR_KEYWORD else p.replace(kind=p.POSITIONAL_ONLY) for p in behind.left]
    if any(p.kind is p.POSITIONAL_ONLY for p in left):
        first = [p.replace(kind=p.POSITIONAL_ONLY) for p in first]
    more = words * behind.words
    params = [*first, *left, *(p for p in own if p.kind is p.KEYWORD_ONLY), *more]
    said = found[0].parameters
    starred = any(p.kind is p.VAR_POSITIONAL for p in [*left, *said.values()])
    if starred or (not more and all(p.name in said and (p.kind not in NAMED or said[p.name].kind in NAMED) for p in params)):
        return None
    try:
        return inspect.Signature(sorted(params, key=lambda p: p.kind))
    except ValueError:
        return None


def _behind(f: types.FunctionType, own: Parameters, depth: int) -> _Behind | None:
    """What ``f`` hands its stars on to."""
    star = next((p.name for p in own if p.kind is p.VAR_POSITIONAL), "")
    words = next((p.name for p in own if p.kind is p.VAR_KEYWORD), "")
    node = _node(f)
    every = [n for n in gast.walk(node) if isinstance(n, gast.Call) and isinstance(n.func, gast.Name)]
    calls = [(call, left) for call in every if (left := _left(f, call, star, words, depth)) is not None]
    found = [left for _, left in calls]
    if found and all(_same(left, found[0]) for left in found):
        around = calls[0][0].func.id in f.__code__.co_freevars
        name = _meant(f, calls[0][0].func.id).__name__ if around or hasattr(f, "__wrapped__") else f.__name__
        passed = {id(a.value) for call, _ in calls for a in (*call.args, *call.keywords) if isinstance(a, gast.Starred | gast.keyword)}
        passed |= {id(n) for stmt in gast.walk(node) if _logs(stmt) for n in gast.walk(stmt)}
        checked = {id(n) for stmt in gast.walk(node) if isinstance(stmt, gast.For) and _only_looks(stmt) for n in gast.walk(stmt)}
        return _Behind(
            found[0],
            name,
            _read(node, star, passed | checked),
            _read(node, words, passed),
            _read(node, words, passed | _by_key(node)),
            _bound(node, star),
            not words and all(_takes_a_star(_meant(f, call.func.id), depth - 1) for call, _ in calls),
        )
    inner = getattr(f, "__wrapped__", None)
    if not isinstance(inner, types.FunctionType):
        return None
    further = handed(inner, (), depth - 1)
    known = list((further[0] if further else inspect.signature(inner)).parameters.values())
    named = sum(p.kind in NAMED for p in own)
    left = [p for k, p in enumerate(known) if (k >= named or p.kind not in NAMED) and p.name not in {p.name for p in own}]
    return _Behind(
        [p for p in left if p.kind is not p.VAR_KEYWORD],
        f.__name__,
        True,
        True,
        _read(node, words, _by_key(node)),
        True,
        not words and _takes_a_star(inner, depth - 1),
    )


def _takes_a_star(f: Any, depth: int) -> bool:
    """Whether a star of unknown length fills the parameters of a function: ``f(*args, **words)`` is read for one number of them only."""
    if not isinstance(f, types.FunctionType) or not f.__code__.co_flags & STARRED or not depth:
        return True
    behind = _behind(f, list(inspect.signature(f, follow_wrapped=False).parameters.values()), depth)
    return not f.__code__.co_flags & inspect.CO_VARKEYWORDS and (behind is None or behind.open)


def _given(behind: _Behind, own: Parameters, first: int, wrt: Wrt) -> Parameters:
    """What is left of the parameters, where a star that is read shall hold what is given, and no more."""
    star = next((p for p in own if p.kind is p.VAR_POSITIONAL), None)
    words = any(p.kind is p.VAR_KEYWORD for p in own)
    positional = [p for p in behind.left if p.kind in NAMED]
    last = max((first + k for k, p in enumerate(positional) if first + k in wrt or p.name in wrt), default=-1)
    read, plain = behind.args or behind.words, not behind.args and not behind.words and all(map(_can_be_said, positional))
    left: Parameters = []
    more = any(p.kind is p.VAR_POSITIONAL for p in behind.left)
    for k, p in enumerate(positional):
        if star is None:
            left.append(p.replace(kind=p.KEYWORD_ONLY))
        elif plain or (not read and not more and first + k > last and _can_be_said(p)):
            left.append(p)
        elif p.default is p.empty or first + k <= last:
            left.append(p.replace(kind=p.POSITIONAL_ONLY if read else p.kind, default=p.empty))
        elif behind.args and words and not behind.words and not behind.bound and p.kind is not p.POSITIONAL_ONLY:
            left.append(p.replace(kind=p.KEYWORD_ONLY))
        else:
            more = True
    left += [p for p in behind.left if p.kind is p.KEYWORD_ONLY and words]
    for p in [p for p in left if p.kind is p.KEYWORD_ONLY and p.default is not p.empty]:
        at = left.index(p)
        left[at : at + 1] = [p.replace(default=p.empty)] if p.name in wrt and (behind.words or not _can_be_said(p)) else [p] * _stays(p, behind)
    return [*left, star] if star and more and behind.open else left


def _can_be_said(p: inspect.Parameter) -> bool:
    """Whether a parameter can be written down with its default."""
    return p.default is p.empty or type(p.default) in WRITTEN


def _stays(p: inspect.Parameter, behind: _Behind) -> bool:
    """Whether a keyword with a default may be handed over as if it were given."""
    return not behind.words and _can_be_said(p)


def _read(node: Any, name: str, passed: set[int]) -> bool:
    """Whether a star is more than handed on: every other use of its name, and every other parameter of that name inside."""
    uses = [n for n in gast.walk(node) if isinstance(n, gast.Name) and n.id == name and id(n) not in passed]
    return len(uses) > bool(name)


def _logs(stmt: Any) -> bool:
    """Whether a statement prints: what it shows changes no value."""
    asked = stmt.value.func if isinstance(stmt, gast.Expr) and isinstance(stmt.value, gast.Call) else None
    return getattr(asked, "id", "") == "print" or (isinstance(asked, gast.Attribute) and asked.attr in LOGS)


def _only_looks(stmt: Any) -> bool:
    """Whether a statement can but print, or raise: one argument after the other is looked at, be it a default or not."""
    if isinstance(stmt, gast.For | gast.If):
        return not stmt.orelse and all(map(_only_looks, stmt.body))
    return isinstance(stmt, gast.Assert | gast.Raise | gast.Pass) or _logs(stmt)


def _bound(node: Any, name: str) -> bool:
    return any(isinstance(n, gast.Name) and n.id == name and isinstance(n.ctx, gast.Store) for n in gast.walk(node))


def _by_key(node: Any) -> set[int]:
    """What is read by keys, wherever these stand."""
    found: list[Any] = []
    for n in gast.walk(node):
        if isinstance(n, gast.Subscript):
            found.append(n.value)
        elif isinstance(n, gast.Compare) and isinstance(n.ops[0], gast.In | gast.NotIn):
            found.append(n.comparators[0])
        elif isinstance(n, gast.Call) and isinstance(n.func, gast.Attribute) and n.func.attr in ("get", "pop", "setdefault"):
            found.append(n.func.value)
        elif isinstance(n, gast.Call | gast.Starred | gast.keyword | gast.If | gast.IfExp):
            found += [k.value for k in n.keywords if k.arg is None] if isinstance(n, gast.Call) else [getattr(n, "test", getattr(n, "value", None))]
            found += n.args if isinstance(n, gast.Call) and getattr(n.func, "id", "") in ("len", "bool") else []
    return {id(n) for n in found}


def _same(some: Parameters, others: Parameters) -> bool:
    """Whether they are alike; the defaults may be arrays, so they are asked for what they are."""
    said = [[(p.name, p.kind, id(p.default) if type(p.default) not in WRITTEN else repr(p.default)) for p in ps] for ps in (some, others)]
    return said[0] == said[1]


def _node(f: types.FunctionType) -> Any:
    try:
        return read(f).node
    except Exception:  # whoever differentiates it says what is wrong
        return gast.Pass()


def _left(f: types.FunctionType, call: Any, star: str, words: str, depth: int) -> Parameters | None:
    """What is left of the parameters of the function that is called, where it gets all that the stars stand for."""
    stars = [a.value.id for a in call.args if isinstance(a, gast.Starred) and isinstance(a.value, gast.Name)]
    doubles = [k.value.id for k in call.keywords if k.arg is None and isinstance(k.value, gast.Name)]
    inner = _meant(f, call.func.id)
    if not isinstance(inner, types.FunctionType) or stars != [star] * bool(star) or doubles != [words] * bool(words):
        return None
    if sum(isinstance(a, gast.Starred) for a in call.args) > len(stars) or sum(k.arg is None for k in call.keywords) > len(doubles):
        return None  # another star
    if star and not isinstance(call.args[-1], gast.Starred):
        return None
    further = handed(inner, (), depth - 1)
    known = further[0] if further else inspect.signature(inner, follow_wrapped=False)
    if any(p.kind is p.VAR_KEYWORD or (p.kind is p.VAR_POSITIONAL and not star) for p in known.parameters.values()):
        return None
    given = {k.arg for k in call.keywords}
    left: Parameters = []
    reached = bool(star)
    for p in list(known.parameters.values())[len(call.args) - bool(star) :]:
        if p.name in given:
            reached = reached and p.kind is p.KEYWORD_ONLY  # no position leads to those behind it
        elif p.kind is p.KEYWORD_ONLY or (p.kind is p.POSITIONAL_OR_KEYWORD and not reached):
            left += [p.replace(kind=p.KEYWORD_ONLY)] * bool(words)
        elif reached:
            left.append(p)
    return left


def _meant(f: types.FunctionType, name: str) -> Any:
    """What a name stands for in a function."""
    if name in f.__code__.co_freevars:
        try:
            return (f.__closure__ or ())[f.__code__.co_freevars.index(name)].cell_contents
        except ValueError:
            return None
    return None if name in f.__code__.co_varnames else f.__globals__.get(name)
