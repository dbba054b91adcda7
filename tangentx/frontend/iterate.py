"""What a loop runs over: ``range``, ``enumerate``, ``zip`` and ``reversed`` are written out as sources.

for i, (a, b) in enumerate(zip(p, q))     ==>     Count(i), Each(a, p), Each(b, q)
for i in reversed(range(n))               ==>     Span(i, n - 1, -1, -1)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gast

from tangentx.frontend.choices import Choices
from tangentx.frontend.early import mark_early
from tangentx.frontend.expressions import op
from tangentx.ir.nodes import Atom, Const, Count, Each, Ref, Source, Span, Var

__all__ = ["Iterate", "Iteration"]

# a loop target and what makes its source from the name that it gets
Iteration = tuple[Any, Callable[[Var], Source]]


class Iterate(Choices):
    """Lowers what stands behind ``in``."""

    def iterations(self, target: Any, node: Any) -> list[Iteration]:
        """The sources of a loop: what ``range``, ``enumerate``, ``zip`` and ``reversed`` mean is written out."""
        name = self._builtin(node)
        args = node.args if name else []
        pattern = target.elts if isinstance(target, gast.Tuple | gast.List) else []
        if name == "range" and 1 <= len(args) <= 3 and not node.keywords:
            start, stop, step = _span([self.atom(a) for a in args])
            return [(target, lambda var: Span(var, start, stop, step))]
        if name == "enumerate" and len(pattern) == 2 and 1 <= len(args) <= 2 and all(k.arg == "start" for k in node.keywords):
            inner = self.iterations(pattern[1], args[0])
            starts = [*args[1:], *(k.value for k in node.keywords)]
            first = self.atom(starts[0]) if starts else Const(0)
            return [(pattern[0], lambda var: Count(var, first)), *inner]
        if name == "zip" and len(pattern) == len(args) > 0 and not node.keywords:
            return [source for part, arg in zip(pattern, args, strict=True) for source in self.iterations(part, arg)]
        if name == "reversed" and len(args) == 1:
            return [(target, self._reversed(args[0]))]
        sequence = self.sequence(node)
        return [(target, lambda var: Each(var, sequence))]

    def sequence(self, node: Any) -> Atom:
        """What a loop runs over, as a value."""
        made = self.lazy(node)
        start = len(self.out)
        items = self.atom(node if made is None else gast.copy_location(gast.ListComp(made.elt, made.generators), node), "items" if made else "")
        if made is not None or getattr(node, "early", False):
            mark_early(self, items, start, node)
        return items

    def lazy(self, node: Any) -> Any:
        """The generator expression that an expression means, if it means one."""
        raise NotImplementedError

    def _reversed(self, node: Any) -> Callable[[Var], Source]:
        if self._builtin(node) == "range" and len(node.args) <= 2 and not node.keywords:
            start, stop, _ = _span([self.atom(a) for a in node.args])
            first, last = self._one_less(stop, node), self._one_less(start, node)
            return lambda var: Span(var, first, last, Const(-1))
        sequence = self.sequence(node)
        return lambda var: Each(var, sequence, True)

    def _one_less(self, atom: Atom, node: Any) -> Atom:
        return Const(atom.value - 1) if isinstance(atom, Const) else self.emit(op("sub", "-", atom, Const(1)), node)

    def _builtin(self, node: Any) -> str:
        """The name of the builtin that is called, or an empty text."""
        if not isinstance(node, gast.Call) or not isinstance(node.func, gast.Name) or self.is_local(node.func.id):
            return ""
        found = self.resolver.name(node.func)
        return found.attr if isinstance(found, Ref) and found.module == "builtins" else ""


def _span(atoms: list[Atom]) -> tuple[Atom, Atom, Atom]:
    if len(atoms) == 1:
        return Const(0), atoms[0], Const(1)
    return (atoms[0], atoms[1], Const(1)) if len(atoms) == 2 else (atoms[0], atoms[1], atoms[2])
