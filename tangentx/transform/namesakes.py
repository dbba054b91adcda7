"""Namesakes: in a program with classes that have something by the name of what arrays have, what is asked for it may be no array.

    d = {"k": Pair(x, 2 * x)}                     effect check_namesake(v, "dot")
    v = d["k"]                             ==>    r.1 = v.dot(v)                      the product of arrays
    return v.dot(v)

Where the class is known, the call has become one of its method by now: see ``transform/objects.py``.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import numpy as np

from tangentx.analysis.classes import Known, is_own_class, stored_by
from tangentx.analysis.fact import Facts
from tangentx.analysis.own import items_of
from tangentx.ir.nodes import Atom, Attribute, Block, Call, Const, Effect, Expr, Function, Let, Method, Ref, Stmt, Store, Var
from tangentx.ir.walk import expr_atoms, map_blocks, own_atoms, statements
from tangentx.transform.build import helper
from tangentx.transform.operators import has_operators, is_plain, with_operands_checked, with_stores_checked

__all__ = ["Sight", "namesakes", "with_namesakes_checked"]

OF_ARRAYS = frozenset(name for name in dir(np.ndarray) if not name.startswith("_"))


@dataclass
class Sight:
    """What the classes that are about say themselves, and what was left unchecked before that was known."""

    operators: bool = False
    unchecked: bool = False
    names: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()

    def checked(
        self,
        function: Function,
        active: Container[Var],
        varied: Container[Var],
        facts: Facts,
        classes: Mapping[Var, Known],
        lists: Callable[[], Mapping[Var, Known]],
    ) -> Function:
        """The function with the checks of what may be an object of such a class."""
        self.operators = self.operators or has_operators(classes.values(), function)
        self.names |= namesakes(classes.values(), function)
        checked = with_operands_checked(function, active, varied, facts, classes, lists() if self.operators else {})
        checked = with_stores_checked(checked, varied, facts, classes, True)
        self.unchecked = self.unchecked or (not self.operators and checked != function)
        checked = checked if self.operators else with_stores_checked(function, varied, facts, classes, False)
        checked, asked = with_namesakes_checked(checked, varied, facts, classes, self.names)
        self.asked |= asked - self.names
        return checked

    def is_late(self) -> bool:
        """Whether a class was seen after the place where it matters."""
        return self.operators and self.unchecked or bool(self.asked & self.names)

    def again(self) -> Sight:
        """The same before anything is left unchecked."""
        return Sight(self.operators, names=self.names)


def namesakes(known: Iterable[Known], function: Function) -> frozenset[str]:
    """The names of what arrays have that a class in sight says itself, or that an attribute is written by."""
    classes = {k.cls for k in known} | {cls for s in statements(function.body) for a in own_atoms(s) for cls in _classes(a)}
    classes |= {cls for p in function.params if (cls := items_of(p)) is not None}
    written = {str(s.index.value) for s in statements(function.body) if isinstance(s, Store) and s.op == "setattr" and isinstance(s.index, Const)}
    return frozenset(written & OF_ARRAYS).union(*map(_said, classes))


def _classes(atom: Atom) -> Iterator[type]:
    """The class that a global variable is, or is of; those of what it holds."""
    if isinstance(atom, Ref):
        held = atom.obj.values() if isinstance(atom.obj, dict) else atom.obj if isinstance(atom.obj, list | tuple) else ()
        for obj in (atom.obj, *held):
            cls = obj if isinstance(obj, type) else type(obj)
            if is_own_class(cls):
                yield cls


@lru_cache(maxsize=1024)
def _said(cls: type) -> frozenset[str]:
    """What a class has, or writes into its objects, that is called as what arrays have; one that answers for any name has all."""
    if isinstance(getattr(cls, "__getattr__", None), types.FunctionType):
        return OF_ARRAYS
    found = set[str]()
    for c in filter(is_own_class, cls.__mro__):
        found.update(vars(c), inspect.get_annotations(c))
        functions = [f.fget if isinstance(f, property) else f for f in vars(c).values()]
        found.update(name for f in functions if isinstance(f, types.FunctionType) for name in stored_by(f.__code__))
    return OF_ARRAYS & found


def with_namesakes_checked(
    function: Function, varied: Container[Var], facts: Facts, classes: Mapping[Var, Known], names: Container[str]
) -> tuple[Function, frozenset[str]]:
    """The function with a check of what is asked for one of these ``names``, once on each way; the names that it was asked for in all."""
    defs: dict[Atom, Expr] = {s.target: s.value for s in statements(function.body) if isinstance(s, Let)}
    asked = set[str]()

    def wanted(stmt: Stmt) -> tuple[Atom, str] | None:
        call = stmt.value if isinstance(stmt, Let | Effect) else None
        if not isinstance(call, Call) or not isinstance(call.fn, Method | Attribute) or call.fn.own or call.fn.name not in OF_ARRAYS:
            return None
        varies = any(isinstance(a, Var) and a in varied for a in expr_atoms(call))
        return (call.args[0], call.fn.name) if varies and not is_plain(defs, facts, classes, call.args[0]) else None

    def block(stmts: Block, before: frozenset[tuple[Atom, str]] = frozenset()) -> Block:
        new, known = list[Stmt](), set(before)  # what was asked on the way here
        for stmt in stmts:
            if (found := wanted(stmt)) is not None and found not in known:
                owner, name = found
                asked.add(name)
                known.add(found)
                if name in names:
                    new.append(Effect(helper("check_namesake", owner, Const(name)), stmt.place))
            new.append(map_blocks(stmt, partial(block, before=frozenset(known))))
        return tuple(new)

    return replace(function, body=block(function.body)), frozenset(asked)
