"""``match`` as the ``if`` and ``elif`` that it means.

    match shape:                           if isinstance(shape, Mapping) and 'r' in shape:
        case {"r": r}:                         r = shape['r']
            y = r * r                          y = r * r
        case (a, b) if a > b:      ==>     elif isinstance(shape, Sequence) and ... and len(shape) == 2 and shape[0] > shape[1]:
            y = a - b                          a, b = (shape[0], shape[1])
        case _:                                y = a - b
            y = 0.0                        else:
                                               y = 0.0

A subject that is no name gets one.  Names that a pattern captures are read as the parts of the subject that they stand for,
in the guard too; they are assigned once their case has been chosen.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import gast

from tangentx.frontend.nodes import load, store
from tangentx.frontend.places import placed

__all__ = ["NoPattern", "Static", "outside_name", "without_match"]

# the object behind an expression that is known while transforming, else None
Static = Callable[[Any], Any]

OF_ITSELF = (bool, bytearray, bytes, dict, float, frozenset, int, list, set, str, tuple)  # ``case float(x)``: x is the subject
TEXTS = ("str", "bytes", "bytearray")


class NoPattern(Exception):
    """A pattern that cannot be written as tests: the reason, the node, the way out."""


def outside_name(path: str) -> Any:
    """A name that means ``module.attr`` whatever the function calls its variables; no name of the user's has a dot."""
    return load(path)


def without_match(stmt: Any, subject: str, static: Static) -> list[Any]:
    """The statements that a ``match`` means; ``subject`` is a free name for what is matched.

    Raises:
        NoPattern: a pattern has no such words.
    """
    before: list[Any] = []
    if isinstance(stmt.subject, gast.Name):
        subject = stmt.subject.id
    else:
        before.append(_at(gast.Assign([store(subject)], stmt.subject, None), stmt.subject))
    below: list[Any] = []
    for case in reversed(stmt.cases):
        found = _Pattern(static)
        found.add(case.pattern, load(subject))
        tests = list(found.tests)
        if case.guard is not None:
            tests.append(_Replaced(found.names).visit(copy.deepcopy(case.guard)))
        body = [*found.bindings(case.pattern), *case.body]
        if not tests:
            below = body
            continue
        test = tests[0] if len(tests) == 1 else gast.BoolOp(gast.And(), tests)
        below = [_at(gast.If(_at(test, case.pattern), body, below), case.pattern)]
    return [*before, *below]


class _Pattern:
    """The tests of one pattern, in order, and the parts of the subject that its names stand for."""

    def __init__(self, static: Static) -> None:
        self.static = static
        self.tests: list[Any] = []
        self.names: dict[str, Any] = {}

    def bindings(self, node: Any) -> list[Any]:
        """The assignment of all captured names at once: one may be the subject's."""
        if not self.names:
            return []
        names, values = [store(n) for n in self.names], [copy.deepcopy(v) for v in self.names.values()]
        target, value = (names[0], values[0]) if len(names) == 1 else (gast.Tuple(names, gast.Store()), gast.Tuple(values, gast.Load()))
        return [_at(gast.Assign([target], value, None), node)]

    def add(self, pattern: Any, part: Any) -> None:
        """The pattern must fit this part of the subject."""
        getattr(self, f"_{type(pattern).__name__.lower()}")(pattern, part)

    def _matchvalue(self, pattern: Any, part: Any) -> None:
        self.tests.append(gast.Compare(part, [gast.Eq()], [pattern.value]))

    def _matchsingleton(self, pattern: Any, part: Any) -> None:
        self.tests.append(gast.Compare(part, [gast.Is()], [gast.Constant(pattern.value, None)]))

    def _matchas(self, pattern: Any, part: Any) -> None:
        if pattern.pattern is not None:
            self.add(pattern.pattern, part)
        if pattern.name is not None:
            self.names[pattern.name] = part

    def _matchor(self, pattern: Any, part: Any) -> None:
        arms = []
        for inner in pattern.patterns:
            arm = _Pattern(self.static)
            arm.add(inner, part)
            arms.append(arm)
        for name in arms[0].names:
            value = arms[-1].names[name]
            for arm in reversed(arms[:-1]):
                value = gast.IfExp(_all(arm.tests), arm.names[name], value)
            self.names[name] = value
        self.tests.append(gast.BoolOp(gast.Or(), [_all(arm.tests) for arm in arms]))

    def _matchsequence(self, pattern: Any, part: Any) -> None:
        self.tests.append(_call("builtins.isinstance", part, outside_name("collections.abc.Sequence")))
        texts = gast.Tuple([outside_name(f"builtins.{t}") for t in TEXTS], gast.Load())
        self.tests.append(gast.UnaryOp(gast.Not(), _call("builtins.isinstance", part, texts)))
        star = next((k for k, p in enumerate(pattern.patterns) if isinstance(p, gast.MatchStar)), None)
        count = len(pattern.patterns) - (star is not None)
        compare = gast.Eq() if star is None else gast.GtE()
        self.tests.append(gast.Compare(_call("builtins.len", part), [compare], [gast.Constant(count, None)]))
        for k, inner in enumerate(pattern.patterns):
            if star is None or k < star:
                self.add(inner, _item(part, k))
            elif k > star:
                self.add(inner, _item(part, k - len(pattern.patterns)))
            elif inner.name is not None:
                behind = star + 1 - len(pattern.patterns)
                piece = gast.Slice(_number(star) if star else None, _number(behind) if behind else None, None)
                self.names[inner.name] = _call("builtins.list", gast.Subscript(part, piece, gast.Load()))

    def _matchmapping(self, pattern: Any, part: Any) -> None:
        if pattern.rest is not None:
            raise NoPattern(f"**{pattern.rest} in a pattern is not supported", pattern, "Take the items out of the dict one by one.")
        self.tests.append(_call("builtins.isinstance", part, outside_name("collections.abc.Mapping")))
        for key, inner in zip(pattern.keys, pattern.patterns, strict=True):
            self.tests.append(gast.Compare(key, [gast.In()], [part]))
            self.add(inner, gast.Subscript(part, key, gast.Load()))

    def _matchclass(self, pattern: Any, part: Any) -> None:
        cls = self.static(pattern.cls)
        if not isinstance(cls, type):
            raise NoPattern("the class in this pattern is not known while transforming", pattern, "Use isinstance and if.")
        self.tests.append(_call("builtins.isinstance", part, pattern.cls))
        names = getattr(cls, "__match_args__", ())
        if len(pattern.patterns) == 1 and not names and issubclass(cls, OF_ITSELF):
            self.add(pattern.patterns[0], part)
        elif len(pattern.patterns) > len(names):
            raise NoPattern(f"{cls.__name__} takes {len(names)} positional patterns", pattern, "Name the attributes: C(x=...).")
        else:
            for name, inner in zip(names, pattern.patterns, strict=False):
                self.add(inner, gast.Attribute(part, name, gast.Load()))
        for name, inner in zip(pattern.kwd_attrs, pattern.kwd_patterns, strict=True):
            self.add(inner, gast.Attribute(part, name, gast.Load()))


class _Replaced(gast.NodeTransformer):
    """The guard with each captured name as its part of the subject."""

    def __init__(self, names: dict[str, Any]) -> None:
        self.names = names

    def visit_Name(self, node: Any) -> Any:
        return copy.deepcopy(self.names.get(node.id, node))


def _all(tests: list[Any]) -> Any:
    if not tests:
        return gast.Constant(True, None)
    return tests[0] if len(tests) == 1 else gast.BoolOp(gast.And(), tests)


def _call(path: str, *args: Any) -> Any:
    return gast.Call(outside_name(path), list(args), [])


def _number(value: int) -> Any:
    return gast.Constant(value, None)


def _item(part: Any, index: int) -> Any:
    return gast.Subscript(part, _number(index), gast.Load())


def _at(new: Any, old: Any) -> Any:
    """A copy of the new node in which all that has no place stands at the old one's."""
    return placed(copy.deepcopy(new), old)
