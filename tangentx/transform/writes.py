"""Writes into arrays, in reverse: what was written takes the adjoint that is there, what was overwritten comes back.

u.1 = store u[s] = v         ==>      v_bar = u_bar[s].copy()
                                      u_bar[s] = 0.0
                                      u[s] = u_saved
"""

from __future__ import annotations

from tangentx.analysis.aliases import no_list
from tangentx.ir.nodes import Atom, Attribute, Call, Const, Place, Store, Var
from tangentx.transform.adjoints import CONTAINERS, adjoint_name
from tangentx.transform.augment import copy_of
from tangentx.transform.build import helper, op
from tangentx.transform.fields import Fields
from tangentx.transform.views import is_imaginary

__all__ = ["Writes"]


class Writes(Fields):
    """A reverse sweep that knows writes."""

    def write(self, stmt: Store, place: Place) -> None:
        """``u[s] = v``: v takes the adjoint at s, what was overwritten gets none; the old content comes back."""
        if stmt.op in ("setattr", "add_field"):
            self.write_field(stmt, place)
            return
        saved, at = self.aug.saved.get(stmt.target), self.now(stmt.index, place)  # where it was written: a list of places may have changed since
        self.current[stmt.base] = self.current.get(stmt.target, stmt.target)  # the same array; its old content comes back below
        adjoint = self.adjoint.get(stmt.target)
        if adjoint is not None:
            self.own(stmt.target, place, stmt.op == "add_at" and self.facts.of(stmt.base).kind == "any")
            buffer = self.adjoint.pop(stmt.target)
            given: Atom | None = None
            if stmt.value in self.active:
                assert isinstance(stmt.value, Var)
                assert isinstance(buffer, Var)
                view = seen = self.through(buffer, stmt.through, place)
                if stmt.index != Const(Ellipsis):
                    view = self.let(f"{adjoint_name(stmt.base)}_view", op("getitem", seen, at), place)
                value: Atom = self.let(adjoint_name(stmt.value), self.last_written(stmt, at, seen, view, place), place)
                if (stmt.op == "-") != is_imaginary(stmt.through, self.defs):
                    value = self.let(adjoint_name(stmt.value), op("neg", value), place)
                given = self.fitted(value, stmt, place)
                if stmt.value != stmt.base:
                    self.contribute(stmt.value, given, place)
            self.adjoint[stmt.base] = buffer
            if stmt.op == "":
                if stmt.base in self.active:
                    self.store(stmt.base, at, self.nothing_left(stmt, saved, place), "", place, stmt.through)
                else:
                    del self.adjoint[stmt.base]
            if given is not None and stmt.value == stmt.base:  # t[:] += t: to what is left of the adjoint
                self.contribute(stmt.base, given, place)
        if saved is not None:
            before = self.fresh(stmt.base.base)
            now = self.current.get(stmt.target, stmt.target)
            self.out.append(Store(before, now, at, saved, "", place, stmt.through and self.through(now, stmt.through, place), True))
            self.current[stmt.base] = before
            if stmt.through is None:
                self.restored[before] = (stmt.index, saved)

    def nothing_left(self, stmt: Store, saved: Var | None, place: Place) -> Atom:
        """The adjoint of what was overwritten: zero, or zeros of its structure where lists may stand in a list."""
        kind, value = self.facts.of(stmt.through or stmt.base).kind, self.facts.of(stmt.value)
        origin = self.origin(stmt.base)
        made = self.defs.get(origin) if isinstance(origin, Var) else None
        field = isinstance(made, Call) and isinstance(made.fn, Attribute)
        objects = value.kind in CONTAINERS or (field and not value.scalar and value.kind != "array" and not no_list(stmt.value, self.defs))
        if saved is None or kind != "any" or not objects or self.facts.of(stmt.index).kind not in ("int", "str") or self.is_put_back(stmt):
            return Const(0.0)
        return self.let("zero", helper("zeros_like", saved), place)

    def last_written(self, stmt: Store, at: Atom, buffer: Var, view: Var, place: Place) -> Call:
        """What reaches the written value: of several writes to one place the last one stays."""
        index = stmt.index
        if stmt.op == "add_at" or self.plain(index) or self.facts.of(index).kind == "str":
            if self.facts.of(stmt.base).rank == 0:
                return helper("copied", view)  # it may be a number
            kind = self.facts.of(stmt.base).kind  # what is in a list may be a list
            item = kind == "any" and self.facts.of(index).kind in ("int", "str")  # of a list or dict it may be a number
            kind = "list" if item or (kind == "any" and stmt.op == "add_at") else kind
            return copy_of(view, kind if kind in CONTAINERS else self.facts.of(stmt.through or stmt.base).kind)
        return op("mul", view, self.let("is_last", helper("last_written", buffer, at), place))

    def fitted(self, value: Atom, stmt: Store, place: Place) -> Atom:
        """The adjoint of a stored value: what was broadcast into the slice is summed again."""
        assert isinstance(stmt.value, Var)
        if self.facts.of(stmt.value).scalar and self.facts.of(stmt.base).rank == 1 and self.facts.of(stmt.index).kind == "int":
            return value
        if stmt.target in self.aug.views and self.facts.same_shape(stmt.value, self.aug.views[stmt.target]):
            return value
        return self.let(adjoint_name(stmt.value), helper("unbroadcast", value, self.now(stmt.value, place)), place)
