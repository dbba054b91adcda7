"""Arms for other kinds of values: what cannot be differentiated in one is refused when the arm is reached, not before.

    if isinstance(x, pd.Series):                    if isinstance(x, pd.Series):
        return pd.Series(x * x, x.index)    ==>         raise NotImplementedError("no derivative is known for pd.Series: model.py, line 3")
    return x * x                                    return x * x

Code of packages is full of arms that most calls never take: other types, sparse matrices, options.  An arm of that sort stands behind a
test of what a value *is* (its type, shape, dtype), of an option (a flag, a string, None); never behind a test of numbers.
"""

from __future__ import annotations

import re
import types
from dataclasses import dataclass, field, replace
from typing import Any

import gast

from tangentx.errors import NotDifferentiable, TangentxError
from tangentx.frontend.nodes import load
from tangentx.frontend.source import Source, plain_function
from tangentx.ir.nodes import Place
from tangentx.rules.advice import rule_to_write
from tangentx.rules.effects import reached

__all__ = ["GivenUp"]

# what such a statement does reaches beyond its arm: it makes the whole function another one
FAR_REACHING = (gast.Yield, gast.YieldFrom, gast.Await, gast.Global, gast.Nonlocal)
KIND_TESTS = re.compile(r"_*(isinstance|issubclass|callable|hasattr|(is|has)_?[a-z]\w*)$")
NUMBER_TESTS = frozenset({"isnan", "isinf", "isfinite", "isclose", "isneginf", "isposinf", "isin", "is_integer"})
SHAPES = frozenset({"ndim", "shape", "size", "dtype", "kind"})

Spot = tuple[types.CodeType, int, int]  # a statement: its function, line and column
Span = tuple[int, int, int, int]
Seen = tuple[types.CodeType, ...]


@dataclass
class GivenUp:
    """The statements given up in one derivation, by function and position, with what to say when they are reached."""

    reasons: dict[Spot, str] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)
    calls: dict[types.CodeType, dict[Place, tuple[str, Any]]] = field(default_factory=dict)
    writers: set[types.CodeType] = field(default_factory=set)  # functions that would write to something in what was given up
    apart: dict[Spot, set[str]] = field(default_factory=dict)  # tries to take apart, for these names
    own: set[tuple[types.CodeType, Span]] = field(default_factory=set)  # what was taken for a method of a dict, and is one of a class

    def applied(self, source: Source) -> Source:
        """The source with its given-up statements replaced."""
        self.sources.append(source)
        code = source.function.__code__
        if any(of is code for of, _ in self.own):
            for node in gast.walk(source.node):
                node.own = hasattr(node, "end_lineno") and (code, _span(source.place(node))) in self.own
        spots = {(line, column): text for (of, line, column), text in self.reasons.items() if of is code}
        source = replace(source, node=_Replace(spots).visit(source.node)) if spots else source
        tries = {(line, column): names for (of, line, column), names in self.apart.items() if of is code}
        for node in gast.walk(source.node) if tries else ():
            if isinstance(node, gast.Try | gast.With):
                node.apart = tries.get((node.lineno, node.col_offset), ())
        return source

    def called(self, callee: Any, place: Place, text: str) -> None:
        """Notes where a function is called, and how it is written there."""
        self.calls.setdefault(plain_function(callee).__code__, {})[place] = text, callee

    def accept(self, error: TangentxError) -> bool:
        """Whether the statement behind an error can be given up; if so, it is, and the derivation may start again."""
        place = error.place
        if error.apart is not None and self._take_apart(*error.apart):
            return self._again()
        if error.own and isinstance(place, Place) and (source := self._source(place)) is not None:
            mark = source.function.__code__, _span(place)
            if mark in self.own:
                return False
            self.own.add(mark)
            return self._again()
        spots = self._passable(self._around(place, ())) if isinstance(place, Place) else []
        new = [spot for spot in spots if spot not in self.reasons]
        if not new or place is None:
            return False
        self.reasons.update(dict.fromkeys(new, f"{error.reason}: {place.file}, line {place.line}"))
        self.writers.update(spot[0] for spot in new if error.writes)
        return self._again()

    def _take_apart(self, place: Any, name: str) -> bool:
        """Notes that it must be known of a try which of its statements has failed; False if that is known already, as far as it can be."""
        source = self._source(place)
        if source is None or place.sweep:
            return False
        names = self.apart.setdefault((source.function.__code__, place.line, place.column), set())
        new = name not in names
        names.add(name)
        return new

    def _again(self) -> bool:
        self.sources.clear()
        self.calls.clear()
        return True

    def writes(self, function: Any) -> bool:
        """Whether a function, or one that it calls, would write to something in a statement that was given up: it is not called as it is."""
        return bool(self.writers) and not self.writers.isdisjoint(reached(function))

    def explained(self, error: TangentxError) -> TangentxError:
        """An error inside of a package that the user's function calls: it is shown where the user's code calls it."""
        place, text, callee, seen = error.place, "", None, set()
        source = self._source(place) if isinstance(place, Place) else None
        while source is not None and self.sources and _package(source) != _package(self.sources[0]):
            code = source.function.__code__
            if code in seen or code not in self.calls:
                return error
            seen.add(code)
            place, (text, callee) = next(iter(self.calls[code].items()))
            source = self._source(place)
        if not text or source is None or error.place is None:
            return error
        inside = f"{error.place.file}, line {error.place.line}"
        return NotDifferentiable(f"no derivative is known for {text}: {error.reason} ({inside})", place, rule_to_write(callee, text))

    def _around(self, place: Place, seen: Seen) -> list[Spot] | None:
        """The statements to give up so that this place is not reached; None if it is on every path."""
        source = self._source(place)
        if source is None:
            return None
        stmt = _guarded(source.node, place.line, place.column)
        code = source.function.__code__
        return self._uncalled(code, seen) if stmt is None else [(code, stmt.lineno, stmt.col_offset)]

    def _uncalled(self, code: types.CodeType, seen: Seen) -> list[Spot] | None:
        """The statements to give up so that a function is not called."""
        if code in seen or code not in self.calls:
            return None
        found = [self._around(call, (*seen, code)) for call in self.calls[code]]
        return None if None in found else [spot for spots in found for spot in spots or ()]

    def _passable(self, spots: list[Spot] | None) -> list[Spot]:
        """The spots, if every function has a path around them; one that has none is given up where it is called."""
        stuck: Seen = ()
        while spots:
            given: dict[types.CodeType, set[tuple[int, int]]] = {}
            for code, line, column in (*self.reasons, *spots):
                given.setdefault(code, set()).add((line, column))
            bodies = {s.function.__code__: s.node.body for s in self.sources}
            blocked = [code for code, lines in given.items() if not any(_ways_out(bodies.get(code, []), lines))]
            if not blocked:
                break
            code, stuck = blocked[0], (*stuck, blocked[0])
            callers = self._uncalled(code, stuck[:-1])
            spots = None if callers is None else [s for s in spots if s[0] is not code] + callers
        return spots or []

    def _source(self, place: Any) -> Source | None:
        around = [s for s in self.sources if s.file == place.file and s.node.lineno <= place.line <= s.node.end_lineno]
        return max(around, key=lambda s: s.node.lineno, default=None)


def _span(place: Any) -> Span:
    return place.line, place.column, place.end_line, place.end_column


def _package(source: Source) -> str:
    return source.module.partition(".")[0]


def _guarded(function: Any, line: int, column: int) -> Any:
    """The innermost statement at a position, if it stands in an arm behind a test of a kind; else None."""
    body = [] if isinstance(function, gast.Lambda) else function.body
    found, inside, stmt = None, False, None
    while body:
        stmt = next((s for s in reversed(body) if (s.lineno, s.col_offset) <= (line, column) and line <= s.end_lineno), None)
        if stmt is None:
            break
        found, body = (stmt if inside else None), []
        for block, behind in _blocks(stmt):
            if block and block[0].lineno <= line <= block[-1].end_lineno and (block[0].lineno, block[0].col_offset) <= (line, column):
                inside, body = inside or behind, block
    if found is None and stmt is not None and isinstance(getattr(stmt, "value", None), gast.IfExp):
        found = _guarded_value(stmt.value, line, column)
    return None if found is None or any(isinstance(n, FAR_REACHING) for n in gast.walk(found)) else found


def _guarded_value(choice: Any, line: int, column: int, inside: bool = False) -> Any:
    """The side of a statement's ``a if test else b`` at a position, if a test around it is one of a kind."""
    for side, behind in zip((choice.body, choice.orelse), _asks(choice.test), strict=True):
        if (side.lineno, side.col_offset) <= (line, column) < (side.end_lineno, side.end_col_offset):
            if isinstance(side, gast.IfExp):
                return _guarded_value(side, line, column, inside or behind)
            return side if inside or behind else None
    return None


def _ways_out(block: list[Any], given: set[tuple[int, int]]) -> tuple[bool, bool]:
    """Whether control can reach the end of a block, and whether it can return, with these statements given up."""
    returns = False
    for stmt in block:
        if (stmt.lineno, stmt.col_offset) in given or isinstance(stmt, gast.Raise):
            return False, returns
        if isinstance(stmt, gast.Return):
            return False, True
        inner = [_ways_out(b, given) for b, _ in _blocks(stmt)]
        returns = returns or any(r for _, r in inner)
        if isinstance(stmt, gast.If) and stmt.orelse and not any(falls for falls, _ in inner):
            return False, returns
    return True, returns


def _blocks(stmt: Any) -> list[tuple[list[Any], bool]]:
    """The blocks of a statement, and whether each stands behind a test of a kind."""
    if isinstance(stmt, gast.If):
        then, orelse = _asks(stmt.test)
        return [(stmt.body, then), (stmt.orelse, orelse)]
    if isinstance(stmt, gast.FunctionDef | gast.AsyncFunctionDef | gast.ClassDef):
        return []
    blocks = [(value, False) for _, value in gast.iter_fields(stmt) if isinstance(value, list) and value and isinstance(value[0], gast.stmt)]
    return [*blocks, *((h.body, False) for h in getattr(stmt, "handlers", ()))]


def _asks(test: Any) -> tuple[bool, bool]:
    """Whether a test decides by what values are, not by how large they are: for the arm behind it, and for the other."""
    if isinstance(test, gast.UnaryOp) and isinstance(test.op, gast.Not):
        then, orelse = _asks(test.operand)
        return orelse, then
    if isinstance(test, gast.BoolOp):
        both = [_asks(v) for v in test.values]
        if isinstance(test.op, gast.And):
            return any(t for t, _ in both), all(o for _, o in both)
        return all(t for t, _ in both), any(o for _, o in both)
    asks = _of_a_kind(test)
    return asks, asks


def _of_a_kind(test: Any) -> bool:
    if isinstance(test, gast.Name | gast.Attribute):
        return not getattr(test, "id", "").startswith("@")  # an option: a flag (and not the mark of an inserted block)
    if isinstance(test, gast.Call):
        name = getattr(test.func, "attr", getattr(test.func, "id", ""))
        return bool(KIND_TESTS.match(name)) and name not in NUMBER_TESTS
    if not isinstance(test, gast.Compare):
        return False
    if all(isinstance(o, gast.Is | gast.IsNot) for o in test.ops):
        return True
    sides = [test.left, *test.comparators]
    return any(_is_text(s) or _is_shape(s) for s in sides)


def _is_text(node: Any) -> bool:
    items = node.elts if isinstance(node, gast.Tuple | gast.List | gast.Set) else [node]
    return bool(items) and all(isinstance(i, gast.Constant) and isinstance(i.value, str) for i in items)


def _is_shape(node: Any) -> bool:
    if isinstance(node, gast.Subscript):
        node = node.value
    if isinstance(node, gast.Call):
        return isinstance(node.func, gast.Name) and node.func.id in ("len", "type")
    return isinstance(node, gast.Attribute) and node.attr in SHAPES


class _Replace(gast.NodeTransformer):
    """Puts a ``raise`` where a statement is given up; what follows it in its block goes, too."""

    def __init__(self, spots: dict[tuple[int, int], str]) -> None:
        self.spots = spots

    def generic_visit(self, node: Any) -> Any:
        new = gast.copy_location(type(node)(**dict(gast.iter_fields(node))), node)
        for name, value in gast.iter_fields(node):
            if isinstance(value, list) and value and isinstance(value[0], gast.stmt | gast.ExceptHandler):
                setattr(new, name, self.block(value))
        return new

    def block(self, block: list[Any]) -> list[Any]:
        """The block up to the first statement that is given up."""
        new: list[Any] = []
        for stmt in block:
            text = self.spots.get((stmt.lineno, stmt.col_offset))
            if text is not None and isinstance(stmt, gast.stmt):
                return [*new, _raised(text, stmt)]
            new += [self.choice(stmt) if isinstance(getattr(stmt, "value", None), gast.IfExp) else self.visit(stmt)]
        return new

    def choice(self, stmt: Any) -> Any:
        """``y = a if test else b`` with a side that is given up becomes an If statement."""
        if not self.within(stmt.value):
            return stmt
        sides = []
        for side in (stmt.value.body, stmt.value.orelse):
            text = None if isinstance(side, gast.IfExp) else self.spots.get((side.lineno, side.col_offset))
            copied = gast.copy_location(type(stmt)(**{**dict(gast.iter_fields(stmt)), "value": side}), stmt)
            sides.append(_raised(text, stmt) if text is not None else self.choice(copied) if isinstance(side, gast.IfExp) else copied)
        return gast.copy_location(gast.If(stmt.value.test, [sides[0]], [sides[1]]), stmt)

    def within(self, value: Any) -> bool:
        """Whether a side of a choice, or of one in it, is given up."""
        sides = (value.body, value.orelse)
        return any(self.within(s) if isinstance(s, gast.IfExp) else (s.lineno, s.col_offset) in self.spots for s in sides)


def _raised(text: str, stmt: Any) -> Any:
    error = gast.Call(load("NotImplementedError"), [gast.Constant(text, None)], [])
    return gast.fix_missing_locations(gast.copy_location(gast.Raise(gast.copy_location(error, stmt), None), stmt))
