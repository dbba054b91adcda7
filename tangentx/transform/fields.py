"""Fields: the attributes of objects in both sweeps.  The adjoint of an object is an object of its class, whose leaves are adjoints.

w = model.w                  ==>      model_bar = put_at(model, "w", w_bar)
state.x = v                  ==>      v_bar = state_bar.x; state_bar.x = zeros_like(what was there)
p = Point(x, y)              ==>      x_bar = p_bar.x; y_bar = p_bar.y
"""

from __future__ import annotations

import dataclasses
import inspect
from typing import Any

import numpy as np

from tangentx.analysis.classes import field_names, is_own_class
from tangentx.errors import NotDifferentiable
from tangentx.ir.nodes import Atom, Attribute, Call, Const, Let, Place, Ref, Store, Var
from tangentx.ir.refs import own_attribute
from tangentx.rules.table import Rulebook
from tangentx.transform.adjoints import adjoint_name
from tangentx.transform.build import helper, op
from tangentx.transform.calls import Calls
from tangentx.transform.tangents import Tangents, dot_name

__all__ = ["Fields", "constructed", "field_of", "field_tangent", "takes_fields"]


def field_of(call: Any, rulebook: Rulebook) -> str:
    """The name of the field that a call reads, "" if it reads none: ``model.w``, ``getattr(model, "w")``."""
    if not isinstance(call, Call):
        return ""
    if isinstance(call.fn, Attribute):
        return "" if rulebook.known(call.fn) else call.fn.name
    plain = isinstance(call.fn, Ref) and call.fn.obj is getattr and not isinstance(call.args[-1], Var)  # a default that varies
    named = plain and isinstance(call.args[1], Const) and isinstance(call.args[1].value, str)
    return call.args[1].value if named else ""  # type: ignore[union-attr]


def takes_fields(cls: Any) -> bool:
    """Whether calling the class only puts its arguments into fields: a named tuple, a dataclass with the ``__init__`` that Python made."""
    if not isinstance(cls, type):
        return False
    if issubclass(cls, tuple) and hasattr(cls, "_fields"):
        return True
    made = getattr(getattr(cls, "__init__", None), "__code__", None)
    if not dataclasses.is_dataclass(cls) or getattr(made, "co_filename", "") != "<string>" or hasattr(cls, "__post_init__"):
        return False
    fields = dataclasses.fields(cls)
    return all(f.init for f in fields) and len(inspect.signature(cls).parameters) == len(fields)  # no InitVar among them


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


def field_tangent(sweep: Tangents, stmt: Let, call: Call, place: Place) -> Call | None:
    """The tangent of a field that is read, or of an object that is made of fields; None for all other calls."""
    if name := field_of(call, sweep.rulebook):
        owner = call.args[0]
        assert isinstance(owner, Var)
        dot, known, made = sweep.dots[owner], sweep.memory.classes.get(owner), sweep.defs.get(owner)
        if known is not None and len(call.args) < 3 and _only_of_instances(known.cls, name):
            return own_field(dot, name)
        if isinstance(made, Call) and isinstance(made.fn, Ref) and made.fn.module.partition(".")[0] in ("numpy", "scipy", "cupy"):
            return op("getitem", dot, sweep.let("place", helper("place_of_field", owner, Const(name)), place))  # of a plain tuple
        return helper("field", dot, Const(name))
    if isinstance(call.fn, Ref) and is_own_class(call.fn.obj) and takes_fields(call.fn.obj):
        given = {name: sweep.tangent(a, place) for name, a in constructed(call, stmt.place)}
        left = [p for p in inspect.signature(call.fn.obj).parameters if p not in given]  # what the class puts there is a constant
        defaults = {name: sweep.let(name, Call(own_attribute(name), (stmt.target,)), place) for name in left}
        zeros = ((name, sweep.let(dot_name(a), helper("zeros_like", a), place)) for name, a in defaults.items())
        return Call(call.fn, (), (*given.items(), *zeros))
    return None


def own_field(owner: Atom, name: str) -> Call:
    """The read of a field of an object; never of the attribute of that name that arrays have, should nobody know the object's class."""
    return helper("field", owner, Const(name)) if hasattr(np.ndarray, name) else Call(Attribute(name), (owner,))


def _only_of_instances(cls: type, name: str) -> bool:
    """Whether an attribute can only be an object's own: the class has none of that name, or a field."""
    found = inspect.getattr_static(cls, name, None)
    return found is None or name in field_names(cls) or inspect.ismemberdescriptor(found)


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
