"""What may not run: the arms of a ternary, what stands behind ``and`` and ``or``, and the joins behind a branch.

y = np.sin(x) if x > 0 else x      ==>      if x_gt_0: #1
                                                sin_x = np.sin(x)
                                            join y = sin_x | x
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import gast

from tangentx.frontend.expressions import BINARY, Expressions, op
from tangentx.frontend.inner import Choice, Display, Known, Lost, held
from tangentx.frontend.known import mapped
from tangentx.frontend.spread import known_truth
from tangentx.ir.nodes import UNDEF, Atom, Block, Build, Call, Const, Expr, If, Join, Ref, Var
from tangentx.ir.walk import defined

__all__ = ["Choices", "Joins"]

Undefined = Const(UNDEF)
DECIDED = gast.Compare | gast.Constant  # of these nobody else holds the value, and could change it


class Joins:
    """The joins behind two arms.  What an arm has made of a local function (a default that is computed) is joined, too."""

    def __init__(self, lowering: Expressions, test: Callable[[], Atom], blocks: tuple[Block, Block]) -> None:
        self.lowering = lowering
        self.test = test
        self.made = [defined(block) for block in blocks]
        self.found: list[Join] = []
        self._passed: dict[Var, Var] = {}

    def joined(self, base: str, then: Atom | Known, orelse: Atom | Known) -> Var | Known:
        """What is one or the other behind the branch."""
        if isinstance(then, Known) and then is orelse:
            return then
        if isinstance(then, Known) or isinstance(orelse, Known):
            return Choice(self.test(), self._outside(then, 0), self._outside(orelse, 1))
        self.found.append(Join(self.lowering.fresh(base), then, orelse))
        return self.found[-1].target

    def _outside(self, value: Atom | Known, arm: int) -> Any:
        """A value of an arm, with the names that it has behind the branch."""

        def behind(atom: Atom) -> Atom:
            if not isinstance(atom, Var) or atom not in self.made[arm]:
                return atom
            if atom not in self._passed:
                self._passed[atom] = self.lowering.fresh(atom.base)
                self.found.append(Join(self._passed[atom], *((Undefined, atom) if arm else (atom, Undefined))))
            return self._passed[atom]

        return mapped(value, behind)


class Choices(Expressions):
    """The part of a lowering that knows expressions with branches in them."""

    def _choice(self, test: Atom, then: Callable[[], Any], orelse: Callable[[], Any], node: Any, wish: str, sure: bool = True) -> Any:
        """An If whose join is the value of this expression, or what is known; ``sure``: the test stays what it is."""
        place, label, before = self.place(node), self.label(), dict(self.env)
        self._arms += 1
        then_block, then_value = self.nested(then)
        then_env, self.env = self.env, dict(before)
        else_block, else_value = self.nested(orelse)
        self._arms -= 1
        joins = Joins(self, lambda: self.decided(test, sure, node), (then_block, else_block))
        target = joins.joined(wish or "value", then_value, else_value)
        needed = held(then_env, then_value, *then_env.values()) | held(self.env, else_value, *self.env.values())
        for name in dict.fromkeys((*then_env, *self.env)):  # what an arm assigned: a walrus, a local function with nonlocal
            values = then_env.get(name, Undefined), self.env.get(name, Undefined)
            if values[0] != values[1] and ("@" not in name or name in needed or name in before):
                if any(isinstance(v, Lost) for v in values):
                    raise self.refuse(f"{name.partition('@')[0]!r} depends on the path", node, "Use an if statement.")
                self.env[name] = joins.joined(name, *values)  # type: ignore[arg-type]
        self.out.append(If(test, then_block, else_block, tuple(joins.found), place, label))
        return target

    def decided(self, test: Atom, sure: bool, node: Any) -> Atom:
        """What a test has decided, where it is asked again later: a list may have grown by then."""
        return test if sure or isinstance(test, Const) else self.emit(Call(Ref(bool, "bool", "builtins", "bool"), (test,)), node)

    def either(self, choice: Choice, made: Callable[[Any], Any], node: Any, wish: str) -> Any:
        """What is made of the one or the other: a branch on the test that has decided."""

        def arm(value: Any) -> Any:
            found = made(value)
            return found if isinstance(found, Known) else self.emit(found, node)

        return self._choice(choice.test, lambda: arm(choice.then), lambda: arm(choice.orelse), node, wish)

    def _ifexp(self, node: Any, wish: str) -> Expr | Known:
        if (truth := known_truth(self, node.test)) is not None:
            return self.value(node.body if truth else node.orelse, wish)
        test = self.atom(node.test)
        made: Expr | Known = self._choice(
            test, lambda: self.argument(node.body), lambda: self.argument(node.orelse), node, wish, isinstance(node.test, DECIDED)
        )
        return made

    def _boolop(self, node: Any, wish: str) -> Expr:
        kind = "and" if isinstance(node.op, gast.And) else "or"
        if _cheap(node.values):
            return Build(kind, tuple(self.atom(v) for v in node.values))
        return self._chain(kind, [partial(self.atom, v) for v in node.values], node, wish)

    def _chain(self, kind: str, operands: list[Callable[[], Atom]], node: Any, wish: str) -> Atom:
        """``a and b and c``: each operand is worked out only if the ones before it ask for it."""
        first = operands[0]()
        if len(operands) == 1:
            return first

        def rest() -> Atom:
            return self._chain(kind, operands[1:], node, "")

        def stop() -> Atom:
            return first

        return self._choice(first, rest, stop, node, wish or "test") if kind == "and" else self._choice(first, stop, rest, node, wish or "test")

    def _compare(self, node: Any, wish: str) -> Expr:
        if isinstance(self.env.get(getattr(node.left, "id", "")), Known) and (truth := known_truth(self, node)) is not None:
            return Const(truth)  # a local function is not None
        left = self.atom(node.left)
        if len(node.ops) == 1:
            held = self.env.get(getattr(node.comparators[0], "id", ""))
            keys = Build("tuple", held.items[::2]) if isinstance(held, Display) and held.kind == "dict" else None
            return self._comparison(node.ops[0], left, self.atom(node.comparators[0]) if keys is None else self.emit(keys, node), node)
        if all(isinstance(c, gast.Name | gast.Constant) for c in node.comparators) and not any(isinstance(o, gast.In | gast.NotIn) for o in node.ops):
            atoms = [left, *(self.atom(c) for c in node.comparators)]
            parts = zip(node.ops, atoms, atoms[1:], strict=False)
            return Build("and", tuple(self.emit(self._comparison(o, a, b, node), node) for o, a, b in parts))
        return self._comparisons(left, list(zip(node.ops, node.comparators, strict=True)), node, wish)

    def _comparisons(self, left: Atom, rest: list[tuple[Any, Any]], node: Any, wish: str) -> Atom:
        (first, comparator), *others = rest
        right = self.atom(comparator)
        test = self.emit(self._comparison(first, left, right, node), node)
        if not others:
            return test
        return self._choice(test, lambda: self._comparisons(right, others, node, ""), lambda: test, node, wish or "test")

    def _comparison(self, kind: Any, left: Atom, right: Atom, node: Any) -> Expr:
        if isinstance(kind, gast.In):
            return op("contains", "in", right, left)
        if isinstance(kind, gast.NotIn):
            return op("not_", "not", self.emit(op("contains", "in", right, left), node))
        return op(*BINARY[type(kind).__name__], left, right)


def _cheap(operands: list[Any]) -> bool:
    """Whether all operands of ``and``/``or`` may be worked out at once: comparisons of names and numbers that cannot raise.

    ``x is not None and x > 0`` guards its second operand, so it is not cheap; nor is anything with a bare name, which may be
    the value: ``y = a and b``.
    """
    return all(
        isinstance(v, gast.Compare)
        and len(v.ops) == 1
        and isinstance(v.ops[0], gast.Lt | gast.LtE | gast.Gt | gast.GtE | gast.Eq | gast.NotEq)
        and all(isinstance(e, gast.Name) or (isinstance(e, gast.Constant) and isinstance(e.value, int | float)) for e in (v.left, v.comparators[0]))
        for v in operands
    )
