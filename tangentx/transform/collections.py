"""Collections of the standard library, said as what they do to the list or dict that they are.

window = deque(xs, maxlen=3)      window = deque(maxlen=3); window.extend(xs)
window.append(x)                  if len(window) == 3: del window[0]
                           ==>    window.append(x)
x = window.popleft()              x = window[0]; del window[0]
groups = defaultdict(list)
groups[k].append(x)               groups.setdefault(k, list()).append(x)
counts = Counter()
counts[k] += x                    counts.setdefault(k, 0); counts[k] += x
seen = set(); seen.add(k)         seen.1 = store seen add k
"""

from __future__ import annotations

import collections
import operator
from collections.abc import Callable, Container
from dataclasses import replace

from tangentx.analysis.containers import SET_OPS
from tangentx.analysis.made import find_made, known_class
from tangentx.errors import UnsupportedSyntax
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Block, Call, Const, Each, Effect, Expr, For, Function, If, Let, Method, Place, Ref, Stmt, Store, Var
from tangentx.ir.walk import map_atoms, map_blocks, statements
from tangentx.rules.mutators import CHANGES_CONTAINER, CHANGES_ITS_OBJECT
from tangentx.transform.build import builtin, op

__all__ = ["refuse_sets", "settle_collections"]

NOTHING, FIRST, LAST = Const(None), Const(0), Const(-1)
OF_DEQUES = ("append", "appendleft", "extend", "extendleft", "popleft", "pop", "clear", "insert", "remove")


def settle_collections(function: Function, fresh: Fresh | None = None) -> Function:
    """Replaces what only these classes do; all else is as of a list or dict.

    Raises:
        UnsupportedSyntax: a method that is not known here changes such a value.
    """
    made = find_made(function)
    if not made:
        return function
    names = fresh or Fresh.of(function)
    there: dict[Call | None, set[Atom]] = {}  # keys that the loops over these collections give
    for source in (t for s in statements(function.body) if isinstance(s, For) for t in s.sources if isinstance(t, Each)):
        there.setdefault(made.get(source.sequence) if isinstance(source.sequence, Var) else None, set()).add(source.target)

    def block(b: Block) -> Block:
        return tuple(new for k, stmt in enumerate(b) for new in ((stmt,) if _is_ready(b[:k], stmt) else expand(stmt)))

    def expand(stmt: Stmt) -> Block:
        if isinstance(stmt, Let) and isinstance(stmt.value, Call) and stmt.value is made.get(stmt.target):
            return _Rewrite(names, stmt.place, stmt.value).begun(stmt.target, stmt.value)
        if isinstance(stmt, Store) and stmt.base in made:
            return _Rewrite(names, stmt.place, made[stmt.base]).written(stmt)
        if isinstance(stmt, Let | Effect) and isinstance(stmt.value, Call) and stmt.value.args:
            owner = stmt.value.args[0]
            if not isinstance(owner, Var) or owner not in made:
                return (stmt,)
            if not isinstance(stmt.value.fn, Ref) or there.get(made[owner], set()).isdisjoint(stmt.value.args[1:]):
                return _Rewrite(names, stmt.place, made[owner]).called(stmt, owner, stmt.value)
        return (map_blocks(stmt, block),)

    return replace(function, body=block(function.body))


def _is_ready(before: Block, stmt: Stmt) -> bool:
    """Whether a read or a write has been said by an earlier walk: the missing item is put there right before it, or room is made for it."""
    call = stmt.value if isinstance(stmt, Let) and isinstance(stmt.value, Call) and getattr(stmt.value.fn, "obj", None) is operator.getitem else None
    index = stmt.index if isinstance(stmt, Store) else call.args[1] if call is not None else None
    last = next((s for s in reversed(before) if not isinstance(s, Let)), None)
    if index is None or last is None:
        return False
    if isinstance(last, Effect) and isinstance(last.value, Call) and last.value.fn == Method("setdefault"):
        return last.value.args[1] == index
    store = next((s for s in last.then if isinstance(s, Store)), None) if isinstance(last, If) and not last.joins else None
    if isinstance(stmt, Store) and stmt.op in ("append", "insert"):
        return store is not None and store.op == "del" and store.place == stmt.place
    return store is not None and (store.op, store.index, store.place) == ("", index, stmt.place)


def refuse_sets(function: Function, active: Container[Var]) -> None:
    """Items of sets are as keys: what varies has no place there.

    Raises:
        UnsupportedSyntax: such a value is put into a set.
    """
    for stmt in statements(function.body):
        if isinstance(stmt, Store) and stmt.op in SET_OPS and stmt.target in active:
            raise UnsupportedSyntax("a value that varies is put into a set", stmt.place, "Put tangentx.stop_gradient(value) there, or use a list.")


class _Rewrite:
    """What one statement becomes; ``call`` has made the collection."""

    def __init__(self, fresh: Fresh, place: Place, call: Call) -> None:
        self.fresh, self.place = fresh, place
        assert isinstance(call.fn, Ref)
        self.cls: type = known_class(call.fn.obj) or call.fn.obj
        given = dict(call.kwargs)
        self.limit = call.args[1] if len(call.args) > 1 else given.get("maxlen", NOTHING)
        self.factory = call.args[0] if call.args else given.get("default_factory", NOTHING)
        self.out: list[Stmt] = []

    def let(self, base: str, value: Expr) -> Var:
        target = self.fresh(base)
        self.out.append(Let(target, value, self.place))
        return target

    def method(self, owner: Atom, name: str, *args: Atom) -> None:
        self.out.append(Effect(Call(Method(name), (owner, *args)), self.place))

    def block(self, run: Callable[[], object]) -> Block:
        """The statements that something makes."""
        outer, self.out = self.out, []
        run()
        done, self.out = tuple(self.out), outer
        return done

    def begun(self, target: Var, call: Call) -> Block:
        """A deque or dict with items is one without that they are put into."""
        place = 1 if self.cls is collections.defaultdict else 0
        items = call.args[place] if len(call.args) > place else dict(call.kwargs).get("iterable") if self.deque else None
        if items is None or self.cls in (collections.Counter, set):
            return (Let(target, call, self.place),)
        kept: tuple[Atom, ...] = call.args[:1] if place else ()
        limit = (("maxlen", self.limit),) if self.deque and self.limit != NOTHING else ()
        self.out.append(Let(target, Call(call.fn, kept, limit), self.place))
        self.extended(target, items) if self.deque else self.method(target, "update", items)
        return tuple(self.out)

    @property
    def deque(self) -> bool:
        return issubclass(self.cls, collections.deque)

    def called(self, stmt: Let | Effect, owner: Var, call: Call) -> Block:
        """A method of the collection, or a read of an item of it."""
        if isinstance(call.fn, Ref):
            missing = call.fn.obj is op("getitem").fn.obj and self.missing()  # type: ignore[union-attr]
            if not missing or not isinstance(stmt, Let):
                return (stmt,)
            self.method(owner, "setdefault", call.args[1], self.let("item", missing) if isinstance(missing, Call) else missing)
            return (*self.out, stmt)
        if not isinstance(call.fn, Method):
            return (stmt,)
        name, known = call.fn.name, OF_DEQUES if self.deque else SET_OPS if self.cls is set else tuple(CHANGES_CONTAINER)
        if name not in known and (name in CHANGES_ITS_OBJECT or name in CHANGES_CONTAINER):
            reason = f"the method {name!r} of a {self.cls.__name__} changes its object in place"
            raise UnsupportedSyntax(reason, self.place, "Use a list or a dict, or build a new value.")
        if self.cls is set and name in SET_OPS:
            return (Store(self.fresh(owner.base), owner, NOTHING, call.args[1], name, self.place),)
        write = getattr(self, f"_{name}", None) if self.deque else None
        if write is None:
            return (stmt,)
        write(stmt, owner, *call.args[1:])
        return tuple(self.out)

    def written(self, stmt: Store) -> Block:
        """``counts[k] += x`` puts the missing key there first."""
        if self.deque and stmt.op == "append":
            self.room(stmt.base, FIRST)
            return (*self.out, stmt)
        missing = self.missing() or (Const(0) if issubclass(self.cls, collections.Counter) else None)
        if missing is None or stmt.op in ("", "append", "insert", "pop", "del", "clear", "setattr"):
            return (stmt,)
        self.method(stmt.base, "setdefault", stmt.index, self.let("item", missing) if isinstance(missing, Call) else missing)
        return (*self.out, stmt)

    def missing(self) -> Call | None:
        """What a key that is not there gives."""
        if self.cls is not collections.defaultdict or self.factory == NOTHING:
            return None
        return Call(self.factory, ()) if isinstance(self.factory, Ref | Var) else None

    # ------------------------------------------------------------------------------------------------------------ deques

    def room(self, owner: Var, index: Atom) -> None:
        """A deque with a limit drops an item at the other end."""
        if self.limit == NOTHING:
            return
        size = self.let("size", builtin("len", owner))
        full = self.let("full", op("eq", size, self.limit))
        self.out.append(If(full, self.block(lambda: self.dropped(owner, index, "oldest")), (), (), self.place))

    def dropped(self, owner: Var, index: Atom, wish: str) -> Var:
        item = self.let(wish, op("getitem", owner, index))
        self.out.append(Store(self.fresh(owner.base), owner, index, item, "del", self.place))
        return item

    def _append(self, stmt: Stmt, owner: Var, value: Atom) -> None:
        self.room(owner, FIRST)
        self.method(owner, "append", value)

    def _appendleft(self, stmt: Stmt, owner: Var, value: Atom) -> None:
        self.room(owner, LAST)
        self.method(owner, "insert", FIRST, value)

    def extended(self, owner: Var, items: Atom, left: bool = False) -> None:
        item = self.fresh("item")
        body = self.block(lambda: (self._appendleft if left else self._append)(self.out, owner, item))  # type: ignore[arg-type]
        self.out.append(For((Each(item, items),), (), body, self.place))

    def _extend(self, stmt: Stmt, owner: Var, items: Atom) -> None:
        self.extended(owner, items)

    def _extendleft(self, stmt: Stmt, owner: Var, items: Atom) -> None:
        self.extended(owner, items, left=True)

    def _popleft(self, stmt: Let | Effect, owner: Var) -> None:
        item = self.dropped(owner, FIRST, "oldest")
        if isinstance(stmt, Let):
            self.out = [map_atoms(s, lambda a: stmt.target if a == item else a, lambda v: stmt.target if v == item else v) for s in self.out]
