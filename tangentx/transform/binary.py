"""Binary operators of objects: which of the two operands Python asks, and for what.

s = a + b         s = Vector.__add__(a, b)                   a is a Vector
t = 2.0 * a       t = Vector.__rmul__(a, 2.0)                a number leaves it to a
t = m * a         if isinstance(m, Vector):                  of m nothing is known: an item of a list, say, or the total so far
                      check_class(m, Vector)
                      t = Vector.__mul__(m, a)
                  else:
                      check_left(m)                          another object would have been asked first
                      t = Vector.__rmul__(a, m)
u = a * m         check_first(a, m, "__rmul__")              of a subclass of Vector that has one, it would be asked first
                  u = Vector.__mul__(a, m)
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from tangentx.analysis.classes import Known, is_own_class
from tangentx.errors import NotDifferentiable
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Block, Call, Const, Effect, Expr, Function, If, Join, Let, Param, Place, Ref, Stmt, Var
from tangentx.ir.refs import class_ref, member_ref
from tangentx.ir.walk import statements
from tangentx.transform.build import builtin, helper

__all__ = ["IN_PLACE", "MIRRORED", "REFLECTED", "Binary", "asked_for_classes", "class_check"]

REFLECTED = {
    "add": "radd", "sub": "rsub", "mul": "rmul", "truediv": "rtruediv", "matmul": "rmatmul", "pow": "rpow", "floordiv": "rfloordiv", "mod": "rmod",
}  # fmt: skip
REFLECTED |= {"and_": "rand", "or_": "ror", "xor": "rxor", "lshift": "rlshift", "rshift": "rrshift"}
MIRRORED = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le", "eq": "eq", "ne": "ne"}
IN_PLACE = {f"i{name.rstrip('_')}": name for name in REFLECTED}
PLAIN = ("float", "int", "bool", "complex")  # annotations


def class_check(owner: Atom, known: Known, place: Place) -> Effect:
    """What refuses an object of another class while running, or one with a function of its own in place of a method that is not open."""
    return Effect(helper("check_class", owner, class_ref(known.cls), *map(Const, sorted(known.open))), place)


@dataclass
class Binary:
    """The operators of a function: ``known`` says of which class an operand is, ``made`` how it was made."""

    known: Callable[[Atom], Known | None]
    made: Mapping[Atom, Expr]
    params: Mapping[Var, Param]
    fresh: Fresh
    nested: frozenset[Var]  # what is made where an operand is asked for its class

    def settled(self, stmt: Let | Effect, call: Call, wanted: Callable[[Call], bool]) -> Block | None:
        """The statements for an operator of two operands, one of which is an object of known class; None if it is no such operator.

        Raises:
            NotDifferentiable: an array would ask the object for each of its items.
        """
        name = getattr(call.fn, "attr", "")
        plain = IN_PLACE.get(name, name)
        if plain not in REFLECTED or len(call.args) != 2 or call.kwargs:
            return None
        left, right = call.args
        one, two = self.known(left), self.known(right)
        own = None if one is None else _method(one.cls, name, plain)
        reflected = None if two is None else _method(two.cls, REFLECTED[plain])
        first = one is not None and two is not None and _is_asked_first(two.cls, one.cls, REFLECTED[plain])
        if first and name in IN_PLACE and one is not None and _method(one.cls, name) is not None:
            first = False
        if one is not None and own is not None and not first:
            found = Call(own, (left, right))
            if not wanted(found):
                return None
            always = name in IN_PLACE and _method(one.cls, name) is not None
            checks = () if always else self.first(left, right, two, f"__{REFLECTED[plain]}__", stmt.place)
            return (*checks, *self.asked(stmt, found, [(left, one)], two, reflected))
        if two is None or reflected is None:
            return None
        found = Call(reflected, (right, left))
        if not wanted(found):
            return None
        if one is not None:
            return self.asked(stmt, found, [(left, one), (right, two)]) if own is not None or not _says(one.cls, plain) else None
        return self.unknown(stmt, found, two, _method(two.cls, name, plain))

    def asked(
        self, stmt: Let | Effect, call: Call, owners: list[tuple[Atom, Known]], other: Known | None = None, reflected: Ref | None = None
    ) -> Block:
        """The call, behind checks of the classes that have decided it; the ``other`` operand would be asked by its ``reflected`` next."""
        checks = [class_check(a, k, stmt.place) for a, k in owners if not k.sure]
        new: list[Stmt] = [*checks, replace(stmt, value=call)]
        if isinstance(stmt, Let) and other is not None and reflected is not None and other.cls is not owners[0][1].cls and _declines(call.fn):
            new.append(Effect(helper("check_implemented", stmt.target), stmt.place))
        return tuple(new)

    def first(self, left: Atom, right: Atom, known: Known | None, reflected: str, place: Place) -> Block:
        """A check that the right operand is of no subclass that Python would ask first, where its class is not known for sure."""
        sure = known is not None and known.sure or not isinstance(right, Var) or right == left or self.is_number(right)
        return () if sure else (Effect(helper("check_first", left, right, Const(reflected)), place),)

    def compared(self, call: Call, owner: Atom, place: Place) -> Block:
        """The check that it is the first operand of a comparison that is asked, where the class of the second one is not known."""
        name = getattr(call.fn, "attr", "") if getattr(call.fn, "module", "") == "operator" else ""
        if getattr(call.fn, "obj", None) is divmod and len(call.args) == 2:
            of_left = owner == call.args[0]
            number = not of_left and (not isinstance(call.args[0], Var) or self.is_number(call.args[0]))
            check = helper("check_first", owner, call.args[1], Const("__rdivmod__")) if of_left else helper("check_left", call.args[0])
            return () if number else (Effect(check, place),)
        if name not in MIRRORED or owner != call.args[0]:
            return ()
        return self.first(owner, call.args[1], self.known(call.args[1]), f"__{MIRRORED[name]}__", place)

    def unknown(self, stmt: Let | Effect, call: Call, known: Known, same: Ref | None) -> Block:
        """The reflected call where nothing is known of the class on the left; ``same`` is what an object of the same class would be asked."""
        right, left = call.args
        place = stmt.place
        arm: Block = self.asked(stmt, call, [(right, known)])
        if not isinstance(left, Var) or self.is_number(left):
            if isinstance(left, Ref) and isinstance(left.obj, np.ndarray) and left.obj.ndim and not _goes_first(known.cls):
                raise NotDifferentiable(f"NumPy asks the {known.cls.__name__} for each item of {left.text}", place, "Write the object first.")
            return arm
        check = Effect(helper("check_operands" if _goes_first(known.cls) else "check_left", left), place)
        annotated = left in self.params and right not in self.params  # or could be
        if same is None or annotated or (isinstance(stmt, Let) and stmt.target in self.nested):  # what it does may ask the same again, without end
            return (check, *arm)
        test = Let(self.fresh(f"is_{known.cls.__name__.lower()}"), builtin("isinstance", left, class_ref(known.cls)), place)
        both = replace(stmt, value=Call(same, (left, right)))
        if isinstance(stmt, Effect):
            return (test, If(test.target, (class_check(left, replace(known, sure=False), place), both), (check, *arm), (), place))
        first, second = self.fresh(stmt.target.base), self.fresh(stmt.target.base)
        then: Block = (class_check(left, replace(known, sure=False), place), Let(first, both.value, place))
        orelse: Block = (check, *(replace(s, target=second) if isinstance(s, Let) else s for s in arm))
        return (test, If(test.target, then, orelse, (Join(stmt.target, first, second),), place))

    def is_number(self, atom: Atom) -> bool:
        """Whether something is a number for sure, as far as that is seen from how it was made."""
        if not isinstance(atom, Var):
            return not isinstance(atom, Ref) or not is_own_class(type(atom.obj))
        if atom in self.params:
            return self.params[atom].said in PLAIN
        made = self.made.get(atom)
        if isinstance(made, Var | Const):
            return self.is_number(made)
        if not isinstance(made, Call) or not isinstance(made.fn, Ref):
            return False
        if made.fn.module in ("math", "cmath"):
            return True
        return made.fn.module == "operator" and made.fn.attr in (*REFLECTED, *IN_PLACE, "neg", "pos") and all(map(self.is_number, made.args))


def asked_for_classes(function: Function) -> frozenset[Var]:
    """What is made in the arms of an if that asks whether something is an object of a class of the user's."""
    every = tuple(statements(function.body))
    made = {s.target: s.value for s in every if isinstance(s, Let)}

    def asks(test: Atom) -> bool:
        call = made.get(test) if isinstance(test, Var) else None
        own = isinstance(call, Call) and len(call.args) == 2 and isinstance(cls := call.args[1], Ref) and is_own_class(cls.obj)
        return own and isinstance(call, Call) and getattr(call.fn, "obj", None) is isinstance

    arms = (arm for s in every if isinstance(s, If) and s.guard is None and asks(s.test) for arm in (s.then, s.orelse))
    return frozenset(s.target for arm in arms for s in statements(arm) if isinstance(s, Let))


def _method(cls: type, *names: str) -> Ref | None:
    """What a class calls so, if that is a function written in Python."""
    for name in names:
        dunder = f"__{name.rstrip('_')}__"
        found = inspect.getattr_static(cls, dunder, None)
        if isinstance(found, types.FunctionType):
            return member_ref(cls, dunder, found)
    return None


def _says(cls: type, name: str) -> bool:
    """Whether a class has an operator of any other kind than that of the classes of Python."""
    found = inspect.getattr_static(cls, f"__{name.rstrip('_')}__", None)
    return found is not None and not isinstance(found, types.WrapperDescriptorType)


def _is_asked_first(right: type, left: type, reflected: str) -> bool:
    """Whether the right operand is asked first: it is of a subclass that has a ``__radd__`` of its own."""
    if right is left or not issubclass(right, left):
        return False
    name = f"__{reflected}__"
    return inspect.getattr_static(right, name, None) is not inspect.getattr_static(left, name, None)


def _declines(fn: Any) -> bool:
    """Whether a function may return NotImplemented."""
    return "NotImplemented" in fn.obj.__code__.co_names


def _goes_first(cls: type) -> bool:
    """Whether arrays leave an operator to objects of a class, whatever stands first."""
    return getattr(cls, "__array_priority__", 0.0) > 0.0 and not hasattr(cls, "__array_ufunc__")
