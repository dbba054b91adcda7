"""The adjoints of writes into lists and dicts: the adjoint of a list is a list of the same length at every point.

ys.1 = store ys append v             v_bar = ys_bar[-1]; ys_bar.1 = store ys_bar pop v_bar        (ys_bar.pop())
v = ys[i]; store ys[i] pop v         ys_bar.1 = store ys_bar[i] insert v_bar
ys.1 = store ys[i] = v               v_bar = ys_bar[i]; ys_bar.1 = store ys_bar[i] = zeros
d.1 = store d[k] = v                 v_bar = d_bar[k]; the key goes, if it was new; else its adjoint is zero
d.1 = store d[k] = v there           the same as of a list

The list itself is brought back in the same way, for what reads an older version of it.
"""

from __future__ import annotations

from tangentx.analysis.containers import END, SET_OPS
from tangentx.errors import UnsupportedSyntax
from tangentx.ir.nodes import Atom, Const, If, Join, Place, Store, Var
from tangentx.transform.adjoints import adjoint_name
from tangentx.transform.build import builtin, helper, op
from tangentx.transform.writes import Writes

__all__ = ["Containers"]


class Containers(Writes):
    """A reverse sweep that knows lists and dicts that change."""

    def change(self, stmt: Store, place: Place) -> None:
        """The reverse of a write into a list or dict."""
        if stmt.op in SET_OPS:
            self.current[stmt.base] = self.current.get(stmt.target, stmt.target)
            self.bring_back_set(stmt, place)
            return
        kind = self.kind(stmt)
        self.current[stmt.base] = self.current.get(stmt.target, stmt.target)
        if stmt.target in self.adjoint and stmt.op == "clear":
            del self.adjoint[stmt.target]  # what was in it has no adjoint yet: zeros, once they are asked for
        elif stmt.target in self.adjoint:
            self.own(stmt.target, place)
            buffer = self.adjoint.pop(stmt.target)
            assert isinstance(buffer, Var)
            buffer = self.undone(stmt, buffer, kind, place)
            if stmt.base in self.active:
                self.adjoint[stmt.base] = buffer
                self.owned.add(buffer)
        self.bring_back(stmt, kind, place)

    def bring_back_set(self, stmt: Store, place: Place) -> None:
        """A set as it was before the write."""
        now, was_there = self.current[stmt.base], stmt.op == "add"
        assert isinstance(now, Var)
        outer, self.out = self.out, []
        back = self.written(stmt, now, now, Const(None), self.now(stmt.value, place), "discard" if was_there else "add", place)
        arm, self.out = tuple(self.out), outer
        target, known = self.fresh(now.base), self.aug.views[stmt.target]
        if was_there:
            self.out.append(If(known, (), arm, (Join(target, now, back),), place))
        else:
            self.out.append(If(known, arm, (), (Join(target, back, now),), place))
        self.current[stmt.base] = target

    def kind(self, stmt: Store) -> str:
        """``list`` or ``dict``; what takes the place of something is taken back as in a list."""
        if stmt.there:
            return "dict" if stmt.op == "del" else "list"
        kinds = {self.facts.of(stmt.through or stmt.base).kind, self.facts.of(stmt.target).kind if stmt.through is None else ""}
        for kind in ("list", "dict"):
            if kind in kinds:
                return kind
        if stmt.op in ("append", "insert", "clear") or stmt.index == END:
            return "list"
        if isinstance(stmt.index, Const):
            return "dict" if isinstance(stmt.index.value, str) else "list"
        raise UnsupportedSyntax("whether this is a list or a dict is not known", stmt.place, "Make it in the function: list(...) or dict(...).")

    def undone(self, stmt: Store, buffer: Var, kind: str, place: Place) -> Var:
        """The adjoint of the container before the write, from the one behind it."""
        seen, index = self.through(buffer, stmt.through, place), self.now(stmt.index, place)
        if stmt.op in ("pop", "del"):
            return self.put_back(stmt, buffer, seen, index, self.item_adjoint(stmt, place), kind, place)
        bar = self.let(adjoint_name(stmt.value) if isinstance(stmt.value, Var) else "item_bar", op("getitem", seen, index), place)
        self.contribute(stmt.value, bar, place)
        if stmt.op in ("append", "insert"):
            return self.written(stmt, buffer, seen, index, bar, "pop" if index == END else "del", place)
        saved = self.aug.saved[stmt.target]
        zero: Atom = Const(0.0)
        if kind == "list" or self.is_put_back(stmt):
            if not self.facts.of(saved).scalar and not self.is_put_back(stmt):
                zero = self.let("zero", helper("zeros_like", saved), place)
            return self.written(stmt, buffer, seen, index, zero, "", place, True)
        return self.either(stmt, self.aug.views[stmt.target], buffer, seen, index, bar, saved, place)

    def either(self, stmt: Store, known: Atom, buffer: Var, seen: Var, key: Atom, bar: Atom | None, saved: Atom, place: Place) -> Var:
        """``d[k] = ...`` taken back: the old value, or no such key if it was new.  Without ``bar`` it is the dict itself."""
        outer, self.out = self.out, []
        old = self.let("zero", helper("zeros_like", saved), place) if bar is not None else saved
        one = self.written(stmt, buffer, seen, key, old, "", place, True)
        then, self.out = tuple(self.out), []
        item = bar if bar is not None else self.let("item", op("getitem", seen, key), place)
        two = self.written(stmt, buffer, seen, key, item, "del", place, True)
        orelse, self.out = tuple(self.out), outer
        target = self.fresh(buffer.base)
        self.out.append(If(known, then, orelse, (Join(target, one, two),), place))
        return target

    def written(self, stmt: Store, buffer: Var, seen: Var, index: Atom, value: Atom, operation: str, place: Place, there: bool = False) -> Var:
        """A write into the container, or into its adjoint; ``there``: at a place that it has, and if it is a ``del``, it is one of a dict."""
        target = self.fresh(buffer.base)
        self.out.append(Store(target, buffer, index, value, operation, place, seen if stmt.through is not None else None, there))
        return target

    def item_adjoint(self, stmt: Store, place: Place) -> Atom:
        """The adjoint of what was taken out; it goes back to its place, so the read that took it has none left."""
        read = self.defs.get(stmt.value) if isinstance(stmt.value, Var) else None
        if read != op("getitem", stmt.through or stmt.base, stmt.index):
            return self.let("zero", helper("zeros_like", self.now(stmt.value, place)), place)
        assert isinstance(stmt.value, Var)
        bar = self.popped(stmt.value, place)
        if self.deep and not self.facts.of(stmt.value).scalar and not isinstance(bar, Const):
            bar = self.let(adjoint_name(stmt.value), helper("copied", bar), place)
        return bar

    def put_back(self, stmt: Store, buffer: Var, seen: Var, index: Atom, item: Atom, kind: str, place: Place) -> Var:
        """An item back in the place from which it was taken."""
        if kind == "dict":
            return self.written(stmt, buffer, seen, index, item, "", place)
        if index == END:
            return self.written(stmt, buffer, seen, END, item, "append", place)
        if isinstance(index, Const) and type(index.value) is int:
            index = Const(index.value + (index.value < 0))
        else:
            size = self.let("size", builtin("len", seen), place)
            index = self.let("at", op("mod", index, self.let("size", op("add", size, Const(1)), place)), place)
        return self.written(stmt, buffer, seen, index, item, "insert", place)

    def bring_back(self, stmt: Store, kind: str, place: Place) -> None:
        """The container itself, as it was before the write."""
        now = self.current.get(stmt.target, stmt.target)
        saved = self.aug.saved.get(stmt.target)
        if stmt.op == "clear":
            assert saved is not None
            self.current[stmt.base] = self.let(stmt.base.base, helper("copied", saved), place)  # what is kept stays as it is
            return
        seen, index = self.through(now, stmt.through, place), self.now(stmt.index, place)
        if stmt.op in ("pop", "del"):
            before = self.put_back(stmt, now, seen, index, self.now(stmt.value, place), kind, place)
        elif stmt.op in ("append", "insert"):
            item = self.let("item", op("getitem", seen, index), place)
            before = self.written(stmt, now, seen, index, item, "pop" if index == END else "del", place)
        elif kind == "list":
            assert saved is not None
            before = self.written(stmt, now, seen, index, saved, "", place, True)
        else:
            assert saved is not None
            before = self.either(stmt, self.aug.views[stmt.target], now, seen, index, None, saved, place)
        self.current[stmt.base] = before
