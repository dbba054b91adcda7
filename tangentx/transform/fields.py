"""Fields: the attributes of objects in both sweeps.  The adjoint of an object is an object of its class, whose leaves are adjoints.

w = model.w                  ==>      model_bar = put_at(model, "w", w_bar)
state.x = v                  ==>      v_bar = state_bar.x; state_bar.x = zeros_like(what was there)
p = Point(x, y)              ==>      x_bar = p_bar.x; y_bar = p_bar.y
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from tangentx.analysis.aliases import Memory
from tangentx.analysis.classes import is_own_class
from tangentx.errors import NotDifferentiable
from tangentx.ir.nodes import Atom, Attribute, Call, Const, Expr, Let, Place, Ref, Store, Var
from tangentx.rules.table import Rulebook
from tangentx.transform.adjoints import adjoint_name
from tangentx.transform.build import helper, op
from tangentx.transform.calls import Calls

__all__ = ["Fields", "constructed", "field_of", "field_tangent", "takes_fields"]


def field_of(call: Any, rulebook: Rulebook) -> str:
    """The name of the field that a call reads, "" if it reads none: ``model.w``, ``getattr(model, "w")``."""
    if not isinstance(call, Call):
        return ""
    if isinstance(call.fn, Attribute):
        return "" if rulebook.known(call.fn) else call.fn.name
    named = isinstance(call.fn, Ref) and call.fn.obj is getattr and isinstance(call.args[1], Const) and isinstance(call.args[1].value, str)
    return call.args[1].value if named else ""  # type: ignore[union-attr]


def takes_fields(cls: Any) -> bool:
    """Whether calling the class only puts its arguments into fields: a named tuple, a dataclass with the ``__init__`` that Python made."""
    if not isinstance(cls, type):
        return False
    if issubclass(cls, tuple) and hasattr(cls, "_fields"):
        return True
    made = getattr(getattr(cls, "__init__", None), "__code__", None)
    return dataclasses.is_dataclass(cls) and getattr(made, "co_filename", "") == "<string>" and not hasattr(cls, "__post_init__")


def constructed(call: Call, place: Place) -> list[tuple[str, Atom]]:
    """The fields and the atoms that a call of such a class puts there.

    Raises:
        NotDifferentiable: the call does not fit the class.
    """
    assert isinstance(call.fn, Ref)
    try:
        bound = inspect.signature(call.fn.obj).bind(*call.args, **dict(call.kwargs))
    except TypeError as error:
        raise NotDifferentiable(f"{call.fn.text}: {error}", place, "Call it as its fields say.") from None
    return list(bound.arguments.items())


def field_tangent(
    call: Call, rulebook: Rulebook, dots: Mapping[Var, Atom], memory: Memory,
    tangent: Callable[[Atom], Atom], zero: Callable[[str], Atom], place: Place, defs: Mapping[Var, Expr], let: Callable[[str, Call, Place], Var],
) -> Call | None:  # fmt: skip
    """The tangent of a field that is read, or of an object that is made of fields; None for all other calls.

    ``tangent`` gives that of an operand, ``zero`` that of a field of the object that the call has left to its class.  ``defs`` says how
    names were made; ``let`` names a value.
    """
    if name := field_of(call, rulebook):
        owner = call.args[0]
        assert isinstance(owner, Var)
        known = memory.classes.get(owner)
        if known is not None and len(call.args) < 3 and _only_of_instances(known.cls, name):
            return own_field(dots[owner], name)
        made = defs.get(owner)
        if isinstance(made, Call) and isinstance(made.fn, Ref) and made.fn.module.partition(".")[0] in ("numpy", "scipy", "cupy"):  # a plain tuple
            return op("getitem", dots[owner], let("place", helper("place_of_field", owner, Const(name)), place))
        return helper("field", dots[owner], Const(name))
    if isinstance(call.fn, Ref) and is_own_class(call.fn.obj) and takes_fields(call.fn.obj):
        given = {name: tangent(a) for name, a in constructed(call, place)}
        left = [p for p in inspect.signature(call.fn.obj).parameters if p not in given]  # what the class puts there is a constant
        return Call(call.fn, (), (*given.items(), *((name, zero(name)) for name in left)))
    return None


def own_field(owner: Atom, name: str) -> Call:
    """The read of a field of an object; never of the attribute of that name that arrays have, should nobody know the object's class."""
    return helper("field", owner, Const(name)) if hasattr(np.ndarray, name) else Call(Attribute(name), (owner,))


def _only_of_instances(cls: type, name: str) -> bool:
    """Whether an attribute can only be an object's own: the class has none of that name, or a field."""
    found = inspect.getattr_static(cls, name, None)
    return found is None or name in getattr(cls, "_fields", getattr(cls, "__dataclass_fields__", ())) or inspect.ismemberdescriptor(found)


class Fields(Calls):
    """A reverse sweep that knows attributes of objects."""

    def call(self, stmt: Let, call: Call, adjoint: Atom, place: Place) -> None:
        if name := field_of(call, self.rulebook):
            self.field(call.args[0], name, adjoint, place)
        elif isinstance(call.fn, Ref) and is_own_class(call.fn.obj) and takes_fields(call.fn.obj):
            for name, value in constructed(call, stmt.place):
                if isinstance(value, Var) and value in self.active:
                    self.contribute(value, self.let(adjoint_name(value), own_field(adjoint, name), place), place)
        else:
            super().call(stmt, call, adjoint, place)

    def field(self, source: Atom, name: str, adjoint: Atom, place: Place) -> None:
        """``part = source.name``: the adjoint of the source grows at that attribute."""
        if not isinstance(source, Var) or source not in self.active:
            return
        old = self.adjoint.get(source)
        if old is None:
            self.adjoint[source] = bar = self.let(adjoint_name(source), helper("put_field", self.now(source, place), Const(name), adjoint), place)
            self.owned.add(bar)
            return
        base, target = self.own(source, place), self.fresh(adjoint_name(source))
        self.out.append(Store(target, base, Const(name), adjoint, "add_field", place))
        self.adjoint[source] = target
        self.owned.add(target)

    def write_field(self, stmt: Store, place: Place) -> None:
        """``base.name = v``: v takes the adjoint there, what was overwritten gets none; the old value comes back."""
        saved = self.aug.saved[stmt.target]
        self.current[stmt.base] = self.current.get(stmt.target, stmt.target)
        if stmt.target in self.adjoint:
            buffer = self.own(stmt.target, place)
            self.adjoint.pop(stmt.target)
            assert isinstance(stmt.index, Const)
            if stmt.value in self.active:
                assert isinstance(stmt.value, Var)
                name, known = str(stmt.index.value), self.memory.classes.get(stmt.base)
                own = stmt.op == "setattr" or (known is not None and _only_of_instances(known.cls, name))
                read = own_field(buffer, name) if own else helper("field", buffer, Const(name))
                self.contribute(stmt.value, self.let(adjoint_name(stmt.value), read, place), place)
            if stmt.base in self.active and stmt.op == "add_field":
                self.adjoint[stmt.base] = buffer
            elif stmt.base in self.active:
                self.adjoint[stmt.base] = target = self.fresh(adjoint_name(stmt.base))
                zero = Const(0.0) if self.is_put_back(stmt) else self.let("zero", helper("zeros_like", saved), place)
                self.out.append(Store(target, buffer, stmt.index, zero, "setattr", place))
                self.owned.add(target)
        before = self.fresh(stmt.base.base)
        self.out.append(Store(before, self.current[stmt.base], stmt.index, saved, "setattr", place))
        self.current[stmt.base] = before
