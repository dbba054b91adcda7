"""Which contexts of a ``with`` are opened (transform/contexts), and what becomes of those that cannot be.

with Scale(l): ...       __enter__ or __exit__ writes into what the object has: opened
with clock(): ...        a generator that writes to nothing: entered while running
with gain(3.0): ...      it writes to a global variable, which no statement here may: entered while running, given numbers only
with t: ...              of a class that is not known: looked at while running
"""

from __future__ import annotations

import inspect
import operator
import sys
import types
from collections import deque
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from tangentx import frontend
from tangentx.analysis.classes import ClassOf, Known, find_classes, is_own_class
from tangentx.errors import TangentxError, UnsupportedSyntax
from tangentx.ir.fresh import Fresh
from tangentx.ir.homes import is_library
from tangentx.ir.nodes import Atom, Attribute, Block, Call, Const, Effect, Expr, Function, If, Let, Method, Place, Ref, Stmt, Store, Var
from tangentx.ir.refs import member_ref
from tangentx.ir.walk import edge_atoms, map_blocks, own_atoms, statements
from tangentx.rules.effects import LIBRARIES, cells_written, contexts_of, lets_out, writes, writes_deep, written_outside
from tangentx.transform.build import helper
from tangentx.transform.called import context_check
from tangentx.transform.contexts import Opened, entered, generator_of, pause, settle_contexts, trimmed, without_idle_joins, writes_into_given
from tangentx.transform.looked import with_shown
from tangentx.transform.snapshots import with_snapshots, with_tables

__all__ = ["Contexts"]

GIVEN = (operator.getitem, getattr)
SETTINGS = (bool, int, float, complex, str, np.generic, types.NoneType)
HINT = "Call what the context does before and behind the block, as functions."


@dataclass
class Contexts:
    """Opens contexts; the functions are those of ``Writers``."""

    read: Callable[..., Function]
    settled: Callable[..., Function]
    bound: Callable[[Function, Call, Place], tuple[Atom, ...]]
    seen_into: Callable[[Call, Place], bool]
    class_of: ClassOf
    known: dict[tuple[Any, ...], Function | None] = field(default_factory=dict)
    written: frozenset[tuple[str, str]] = frozenset()  # global variables that contexts write to, by module and name
    cells: frozenset[str] = frozenset()  # variables of functions around them that they assign
    classes: tuple[Ref, ...] = ()  # classes that they may write into
    containers: tuple[Ref, ...] = ()  # and those that they may write into
    deep: bool = False  # whether they write into what these hold
    swept: bool = False  # whether there are reverse sweeps, which run behind the contexts
    anywhere: bool = False  # whether a caller of whom nothing is known may have contexts of its own around

    def reaches(self, fn: Any) -> None:
        """Notes what the contexts of the function that is differentiated, and of all that it calls, write to."""
        self.note(contexts_of(fn))

    def note(self, ways: Iterable[types.FunctionType]) -> None:
        """Notes what these functions write to."""
        ways = tuple(ways)
        self.deep = self.deep or any(map(writes_deep, ways))
        names, containers = written_outside(ways)
        self.written |= names
        self.cells |= cells_written(ways)
        self.classes = _joined(self.classes, (c for c in containers if isinstance(c.obj, type)))
        self.hold(c for c in containers if not isinstance(c.obj, type))

    def hold(self, containers: Iterable[Ref]) -> None:
        self.containers = _joined(self.containers, containers)

    def recorded(self, function: Function, fresh: Fresh) -> Function:
        """The function with what contexts may write to read once."""
        self.refuse_cells(function)
        function = with_tables(function, fresh) if self.anywhere else function
        return with_snapshots(function, self.is_written, fresh) if self.written or self.containers or self.anywhere else function

    def refuse_cells(self, function: Function) -> None:
        """Refuses to read a variable of the function around that a context assigns.

        Raises:
            UnsupportedSyntax: there is one.
        """
        if found := [v.base for v in function.free if v.base in self.cells]:
            reason = f"{found[0]!r} is of the function around, and a context assigns it"
            raise UnsupportedSyntax(reason, function.place, "Keep it in an attribute of an object, or pass it.")

    def refuse_switched(self, obj: Any, place: Place) -> None:
        """Refuses to call a function (``obj``) that a context puts another one in place of.

        Raises:
            UnsupportedSyntax: it does.
        """
        for module, name in sorted(self.written):
            if isinstance(obj, types.FunctionType) and _found(module, name) is obj:
                reason = f"{name} is a function that a context puts another one in place of"
                raise UnsupportedSyntax(reason, place, "Pass the function that is meant.")

    def shown(self, function: Function, varied: Container[Var], fresh: Fresh) -> Function:
        """The function with what it may see of arrays and lists that contexts write into read once."""
        self.refuse_shared(function, varied)
        held = [c for c in (*self.containers, *self.classes) if _holds(c.obj)]
        hidden = [c for c in held if self.deep or isinstance(c.obj, np.ndarray | list | deque)]
        return self.kept_from(with_shown(function, varied, fresh), varied, hidden) if held else function

    def kept_from(self, function: Function, varied: Container[Var], held: list[Ref]) -> Function:
        """The function with a check before each call of what is only known while running: it reads nothing that contexts write into."""
        checked = {s.value for s in statements(function.body) if isinstance(s, Effect)}
        classes = find_classes(function, self.class_of) if self.swept else {}

        def settle(stmt: Stmt) -> Iterator[Stmt]:
            call = stmt.value if self.swept and isinstance(stmt, Let) and stmt.target in varied and isinstance(stmt.value, Call) else None
            if call is not None and (asked := _asked(call, varied, classes)):
                checks = [helper("check_hidden", ref, *asked) for ref in held]
                yield from (Effect(check, stmt.place) for check in checks if check not in checked)
            yield map_blocks(stmt, block)

        def block(b: Block) -> Block:
            return tuple(new for stmt in b for new in settle(stmt))

        return replace(function, body=block(function.body))

    def refuse_shared(self, function: Function, varied: Container[Var]) -> None:
        """Refuses to read what a class holds, and a context writes into, of an object that depends on the inputs.

        Raises:
            UnsupportedSyntax: there is such a read.
        """
        for stmt in statements(function.body) if self.classes else ():
            fn = stmt.value.fn if isinstance(stmt, Let) and stmt.target in varied and isinstance(stmt.value, Call) else None
            for cls in (c.obj for c in self.classes) if isinstance(fn, Attribute) else ():
                if isinstance(fn, Attribute) and isinstance(vars(cls).get(fn.name), np.ndarray | list | dict | deque):
                    reason = f"{fn.name} stands in the class {cls.__name__}, and a context writes into it"
                    raise UnsupportedSyntax(reason, stmt.place, f"Read it by its own name: {cls.__name__}.{fn.name}.")

    def is_written(self, ref: Ref) -> bool:
        """Whether a context may write to a global variable."""
        paths = [ref.attr[:k] for k, sign in enumerate(f"{ref.attr}.") if sign == "."]
        if self.anywhere and isinstance(ref.obj, SETTINGS) and ref.module.partition(".")[0] not in LIBRARIES:
            return True
        return any(ref.obj is c.obj for c in self.containers) or any((ref.module, path) in self.written for path in ("", *paths))

    def opened(self, function: Function, fresh: Fresh) -> Function:
        """The function with every context opened that can be and has to be."""
        if not any(isinstance(s, If) and s.guard is not None for s in statements(function.body)):
            return function
        function = without_idle_joins(trimmed(function))
        classes = find_classes(function, self.class_of)
        made: dict[Atom, Expr] = {s.target: s.value for s in statements(function.body) if isinstance(s, Let)}
        stores = {s.target: s for s in statements(function.body) if isinstance(s, Store)}
        return settle_contexts(function, lambda stmt: self.find(stmt, classes, made, stores), fresh)

    def find(self, stmt: If, classes: Mapping[Var, Known], made: Mapping[Atom, Expr], stores: Mapping[Var, Store]) -> Opened | None:
        """How a with is opened; None if it stays as it is."""
        assert stmt.guard is not None
        context = stmt.guard.atoms[0]
        if (behind := generator_of(made.get(context), made)) is not None:
            generator, call = behind
            every = (*call.args, *(a for _, a in call.kwargs))
            if outer := [a for a in every if isinstance(a, Ref) and a.live and not callable(a.obj)]:
                self.hold(a for a in outer if writes(generator) and not isinstance(a.obj, SETTINGS))
                return None  # of the outside: recorded where it is read
            given = entered(stmt)[0] is not None and any(isinstance(a, Var) for a in (*call.args, *(a for _, a in call.kwargs)))
            wanted = not is_library(generator) and (given or writes(generator)) and not frontend.may_swallow_at(generator)
            found = self.paused(generator, call) if wanted else None
            return None if found is None else Opened(found, self.bound(found, call, stmt.place))
        cls = known.cls if (known := _known(context, classes)) is not None else None
        ways = _ways(cls)
        wanted = any(map(writes, ways)) or (bool(ways) and writes_into_given(stmt))
        if known is None or isinstance(context, Ref) or not wanted or frontend.may_swallow(cls, True):
            return None
        if outer := [a for a in _put_into(context, made, stores) if isinstance(a, Ref) and a.live and is_own_class(type(a.obj))]:
            self.hold(outer)
            return None  # as above
        nothing = (Const(None),) * 3
        calls = [Call(member_ref(known.cls, way.__name__, way), (context, *rest)) for way, rest in zip(ways, ((), nothing), strict=True)]
        seen = all(self.seen_into(each, stmt.place) for each in calls)
        return Opened(cls=cls, sure=known.sure) if seen else None

    def paused(self, generator: types.FunctionType, call: Call) -> Function | None:
        """The generator as a function, if it can be seen into and yields once."""
        shape = frontend.shape(generator, len(call.args), dict(call.kwargs))
        key = generator, shape
        if key not in self.known:
            self.known[key] = None
            try:
                found = self.read(frontend.Paused(generator), shape)
                self.settled(found, Fresh.of(found))
                self.known[key] = found if pause(found.body) is not None and not found.free else None
            except TangentxError:
                pass
        return self.known[key]

    def unknown(self, function: Function) -> bool:
        """Whether a context stays closed whose class may be known to the function's callers: one that it is given, or has of what it is given."""
        every = tuple(statements(function.body))
        contexts = [s.guard.atoms[0] for s in every if isinstance(s, If) and s.guard is not None and s.guard.kind == "with"]
        made: dict[Atom, Expr] = {s.target: s.value for s in every if isinstance(s, Let)} if contexts else {}
        classes = find_classes(function, self.class_of) if contexts else {}
        calls = [made.get(c) for c in contexts if isinstance(c, Var) and c not in classes]
        return any(not isinstance(c, Call) or isinstance(c.fn, Attribute) or (isinstance(c.fn, Ref) and c.fn.obj in GIVEN) for c in calls)

    def looked_at(self, function: Function) -> Function:
        """The function with checks before the contexts that could not be opened, though they write.

        Raises:
            UnsupportedSyntax: what one writes to is not known.
        """
        every = tuple(statements(function.body))
        if not any(map(_is_with, every)):
            return function
        classes = find_classes(function, self.class_of)
        made: dict[Atom, Expr] = {s.target: s.value for s in every if isinstance(s, Let)}
        stores = {s.target: s for s in every if isinstance(s, Store)}
        checked = {s.value for s in every if isinstance(s, Effect)}
        params = frozenset(p.var for p in function.params)

        def block(b: Block) -> Block:
            return tuple(new for stmt in b for new in settle(stmt))

        def settle(stmt: Stmt) -> Iterator[Stmt]:
            if isinstance(stmt, If) and stmt.guard is not None and stmt.guard.kind == "with":
                context = stmt.guard.atoms[0]
                self.note(_entering(context, classes, made))
                check = _check(stmt, context, classes, made, stores, params, function)
                if check is not None and check not in checked:
                    yield Effect(check, stmt.place)
            yield map_blocks(stmt, block)

        return replace(function, body=block(function.body))


def _joined(known: tuple[Ref, ...], more: Iterable[Ref]) -> tuple[Ref, ...]:
    """Each object once."""
    return (*known, *{id(ref.obj): ref for ref in more if not any(ref.obj is other.obj for other in known)}.values())


def _asked(call: Call, varied: Container[Var], classes: Container[Var]) -> list[Var]:
    """What a call of a function that is only known while running may read of: the function, its object, arguments that do not vary."""
    owner = call.args[0] if isinstance(call.fn, Method) and call.args else call.fn
    of_arrays = isinstance(call.fn, Method) and hasattr(np.ndarray, call.fn.name) and not call.fn.own
    if not isinstance(owner, Var) or owner in classes or of_arrays:
        return []
    given = (owner, *(a for a in (*call.args, *(a for _, a in call.kwargs)) if isinstance(a, Var) and a not in varied))
    return list(dict.fromkeys(given))


def _check(
    stmt: If,
    context: Atom,
    classes: Mapping[Var, Known],
    made: Mapping[Atom, Expr],
    stores: Mapping[Var, Store],
    params: frozenset[Var],
    function: Function,
) -> Call | None:
    """What has to be checked before a context that stays as it is; None if nothing has."""
    call, known = made.get(context), _known(context, classes)
    fn = call.fn if isinstance(call, Call) else None
    if (behind := generator_of(call, made)) is not None:
        generator, call = behind
        harmless = is_library(generator) or not writes(generator)
        return None if harmless else _given((*call.args, *(a for _, a in call.kwargs)), generator.__name__)
    if known is not None:
        if not any(map(writes, _ways(known.cls))) or isinstance(context, Ref):
            return None
        given, start = _held(context, made, stores, [lets_out(way, known.cls) for way in _ways(known.cls)])
        if start in params:
            raise UnsupportedSyntax(f"the context {known.cls.__name__} writes to its object, and it is not seen how", stmt.place, HINT)
        outer = [a for a in given if isinstance(found := made.get(a), Ref) and is_own_class(type(found.obj))]  # what it has is read once
        return _given(tuple(a for a in given if a not in outer), known.cls.__name__)
    if not isinstance(context, Var) or (isinstance(fn, Ref) and (isinstance(fn.obj, type) or is_library(fn.obj))):
        return None
    every = list(statements(function.body))
    seen = any(context in own_atoms(s) or context in edge_atoms(s) for s in every if not _is_with(s) and not _is_check(s))
    return context_check(context, seen)


def _found(module: str, name: str) -> Any:
    """What a dotted name of a module stands for now, None if nothing."""
    found: Any = sys.modules.get(module)
    for part in name.split(".") if name else ():
        found = inspect.getattr_static(found, part, None)
    return found


def _entering(context: Atom, classes: Mapping[Var, Known], made: Mapping[Atom, Expr]) -> list[types.FunctionType]:
    """The functions of the user's that enter and leave a context, as far as they are known."""
    if (behind := generator_of(made.get(context), made)) is not None:
        return [behind[0]] if not is_library(behind[0]) else []
    known = _known(context, classes)
    return _ways(known.cls) if known is not None else []


def _holds(value: Any) -> bool:
    """Whether it is an array or a list, or has one."""
    inside = value.values() if isinstance(value, dict) else vars(value).values() if hasattr(value, "__dict__") else ()
    return any(isinstance(v, np.ndarray | list | deque) for v in (value, *inside))


def _is_check(stmt: Stmt) -> bool:
    return isinstance(stmt, Effect) and isinstance(stmt.value, Call) and getattr(stmt.value.fn, "attr", "").startswith("check_")


def _given(atoms: tuple[Atom, ...], name: str) -> Call | None:
    """A check that what a context is given cannot be written into."""
    variables = tuple(dict.fromkeys(a for a in atoms if isinstance(a, Var)))
    return helper("check_given", *variables, context=Const(name)) if variables else None


def _held(context: Atom, made: Mapping[Atom, Expr], stores: Mapping[Var, Store], read: list[frozenset[str] | None]) -> tuple[tuple[Atom, ...], Atom]:
    """What an object was given, but for attributes that the context is known not to ``read``, and the name that the object began as."""
    given: list[Atom] = []
    while isinstance(context, Var) and context in stores:
        store = stores[context]
        if any(names is None or not isinstance(store.index, Const) or store.index.value in names for names in read):
            given.append(store.value)
        context = store.base
    call = made.get(context)
    return (*given, *(call.args if isinstance(call, Call) else ())), context


def _put_into(context: Atom, made: Mapping[Atom, Expr], stores: Mapping[Var, Store]) -> list[Atom]:
    """What an object is given in this function."""

    def root(atom: Atom) -> Atom:
        while isinstance(atom, Var) and (atom in stores or isinstance(made.get(atom), Var | Ref)):
            atom = stores[atom].base if atom in stores else made[atom]  # type: ignore[assignment]
        return atom

    start = root(context)
    call = made.get(start)
    return [*(root(s.value) for s in stores.values() if root(s.base) == start), *(call.args if isinstance(call, Call) else ())]


def _known(context: Atom, classes: Mapping[Var, Known]) -> Known | None:
    if isinstance(context, Ref):
        return Known(type(context.obj)) if is_own_class(type(context.obj)) else None
    return classes.get(context) if isinstance(context, Var) else None


def _ways(cls: type | None) -> list[types.FunctionType]:
    """The methods that enter and leave a context, if they are written in Python."""
    ways = [inspect.getattr_static(cls, name, None) for name in ("__enter__", "__exit__")]
    return [way for way in ways if isinstance(way, types.FunctionType)] if all(isinstance(way, types.FunctionType) for way in ways) else []


def _is_with(stmt: Stmt) -> bool:
    return isinstance(stmt, If) and stmt.guard is not None and stmt.guard.kind == "with"
