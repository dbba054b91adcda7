"""Writers: which functions of the user's write into their arguments, so that a call of them is more than its value.

def fill(a, v): a[0] = v          written("fill") == (0,): the call is spliced into its caller (transform/splice)
def step(a): a += 1; return a     updated("step") == (0,): right for a number; an array that is read later is refused
"""

from __future__ import annotations

import dataclasses
import inspect
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tangentx import frontend
from tangentx.analysis.activity import find_varied
from tangentx.analysis.aliases import is_inplace
from tangentx.analysis.classes import ClassOf, find_classes, is_own_class
from tangentx.analysis.fact import Facts
from tangentx.analysis.facts import find_facts
from tangentx.analysis.generators import taken_at_once
from tangentx.analysis.kinds import is_generator
from tangentx.analysis.late import Taken, refuse_generator
from tangentx.contexts import Contexts
from tangentx.errors import AliasError, NotDifferentiable, TangentxError, UnsupportedSyntax
from tangentx.frontend.makers import maker
from tangentx.frontend.stars import Shape, shape
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Call, Effect, Function, Inner, Let, Local, Place, Ref, Stmt, Store, Var
from tangentx.ir.walk import read_atoms, statements
from tangentx.rules.declare import stand_in
from tangentx.rules.effects import KNOWN, LIBRARIES, call_text, calls_itself, enters, is_closed, may_write, writes
from tangentx.rules.mutators import CHANGES_ITS_OBJECT
from tangentx.rules.table import Rulebook
from tangentx.transform.asked import refuse_own_methods
from tangentx.transform.build import signature_of
from tangentx.transform.collections import settle_collections
from tangentx.transform.exposed import returns_view
from tangentx.transform.fields import takes_fields
from tangentx.transform.headers import settle_headers
from tangentx.transform.lists import settle_lists
from tangentx.transform.lost import refuse_lost
from tangentx.transform.memory import parameters_seen, parameters_written
from tangentx.transform.mutations import settle_mutations
from tangentx.transform.objects import bound_methods, refuse_replaced, refuse_unknown, settle_objects, unknown_effects
from tangentx.transform.pairs import settle_pairs
from tangentx.transform.protocols import refuse_asked, settle_setters
from tangentx.transform.receivers import settle_receivers
from tangentx.transform.recursion import assumed
from tangentx.transform.replaced import settle_replaced
from tangentx.transform.shared import refuse_shared
from tangentx.transform.splice import Found, splice
from tangentx.transform.spread import handed_on, settle_spread
from tangentx.transform.sums import settle_sums

__all__ = ["Writers"]

NEVER = 1 << 30
DEEP = 100  # calls of writers in one another
WAY_OUT = "Let it return the new values."
RUNNING = "and where it is called it is only known while running"


@dataclass
class Writers:
    """What is known of the callees met so far; ``read`` gives a function's IR."""

    read: Callable[..., Function]
    rules: Rulebook
    objects: dict[str, Any]  # the functions of the program, by name
    shapes: dict[str, Shape | None]  # the shape of the calls that each was read for
    class_of: ClassOf
    called: Callable[[Any, Place, str], None]  # notes a call, for errors inside of the callee
    gave_up: Callable[[Any], bool]  # whether a function would write to something in an arm that was given up
    again: int = NEVER  # the outermost of the functions that are being read which is called again, by its place in ``reading``
    storing: bool = False  # whether the function that is settled writes to anything
    known: dict[tuple[Any, ...], _Writer] = field(default_factory=dict)
    reading: list[Any] = field(default_factory=list)
    taken: Taken = frozenset()  # calls of generators that are taken at once
    unread: frozenset[Var] = frozenset()  # the names of values that nobody wants
    methods: frozenset[Var] = frozenset()  # methods of known classes that the function which is settled hands on
    spread: frozenset[Var] = frozenset()  # objects that become variables if the functions that they are given to are seen into

    def __post_init__(self) -> None:
        self.contexts = Contexts(self.read, self.tried, self.bound, self.seen_into, self.class_of)

    def settled(self, function: Function, fresh: Fresh, refuse: bool = True) -> Function:
        """The function with every method of a known class found, and every call of a writer replaced by the writer's body.

        Raises:
            UnsupportedSyntax: a method is called for its effect on an object of unknown class, unless not to ``refuse`` it.
        """
        taken: set[tuple[type, Any]] = set()
        for _ in range(DEEP):
            self.storing = any(isinstance(s, Store) or is_inplace(s) for s in statements(function.body))
            classes = find_classes(function, self.class_of)
            refuse_own_methods(function, classes)
            before, self.methods, self.unread = function, bound_methods(function, classes), _unread(function)
            function = settle_sums(settle_receivers(settle_replaced(function, classes, fresh)), self.class_of, fresh)
            function = settle_objects(function, self.class_of, self.wanted, fresh, taken)
            self.spread = handed_on(function)
            self.taken |= taken_at_once(function, self.may_write)
            function = self.contexts.opened(splice(function, self.find, fresh), fresh)
            classes = find_classes(function, self.class_of)
            refuse_replaced(function, classes, taken)
            function = settle_mutations(settle_setters(function, classes, self.seen_into, fresh), classes, fresh)
            function = settle_headers(settle_pairs(function, fresh), fresh)
            function = settle_collections(settle_spread(function, fresh), fresh)  # of a field that is a name of its own now
            if function == before:
                if refuse:
                    refuse_unknown(function, self.class_of)
                refuse_asked(function, classes)
                function = refuse_shared(function, classes)
                return self.contexts.looked_at(function) if refuse else function
        reason = f"{function.name} calls functions that write into their arguments, and these call one another without an end that is seen"
        raise UnsupportedSyntax(reason, function.place, WAY_OUT)

    def wanted(self, stmt: Let | Effect, call: Call) -> bool:
        """Whether a method or an operator has to be looked into before anything is known of activity."""
        if isinstance(stmt.value, Call) and self.rules.known(stmt.value.fn):
            return True  # an array's attribute of that name would be known, but this is no array
        obj = call.fn.obj if isinstance(call.fn, Ref) else None
        if is_generator(obj) or (isinstance(stmt, Effect) and getattr(getattr(stmt.value, "fn", None), "name", "") in CHANGES_ITS_OBJECT):
            return True  # the method of a subclass may well write: its class is checked
        if isinstance(call.fn, Ref) and call.fn.attr.endswith(".__get__"):
            return self.storing  # of an object that does not vary it may keep what it gives, as it does without us
        return self.storing or not isinstance(obj, types.FunctionType) or writes(obj)  # what it returns may be a part of its object

    def find(self, stmt: Let | Effect, call: Call) -> Found | None:
        """The writer behind a call and its arguments, if it is one; ``+=`` on an argument counts where the value is not wanted."""
        obj = call.fn.obj if isinstance(call.fn, Ref) else None
        if is_generator(obj) and (isinstance(stmt, Effect) or (stmt.target, stmt.place) not in self.taken):
            return None  # nothing of it runs here
        given = not self.methods.isdisjoint(call.args)  # where its body is known, so is the method
        writer = self.writer(call, stmt.place, given)
        if writer is not None and writer.body is not None and not self.spread.isdisjoint(call.args):
            return self.body(writer, writer.body, stmt, call)
        if writer is not None and is_generator(obj) and (writer.written or writer.updated or writer.partly):
            raise refuse_generator(stmt.place)
        unread = isinstance(stmt, Effect) or stmt.target in self.unread
        if writer is not None and writer.error is not None and (writer.refused or isinstance(stmt, Effect)):
            raise writer.error
        if writer is not None and writer.recursive and isinstance(stmt, Effect) and (writer.updated or writer.partly):
            raise _writes_again(writer.obj.__name__, stmt.place)
        if writer is not None and writer.recursive and writer.shows and self.storing:
            raise _keeps_view(writer.obj.__name__, "and it calls itself", stmt.place)
        of_a_class = call.args and isinstance(call.args[0], Ref) and isinstance(call.args[0].obj, type)  # a class method: cls is known here
        if (
            writer is None
            or writer.function is None
            or (writer.recursive and not writer.written)
            or not (writer.written or given or of_a_class or (writer.passes and self.storing) or ((writer.updated or writer.partly) and unread))
        ):
            return None
        return self.body(writer, writer.function, stmt, call)

    def reaches(self, fn: Any) -> None:
        """Notes the function that is differentiated.

        Raises:
            UnsupportedSyntax: it is a generator.
        """
        self.contexts.reaches(fn)
        if is_generator(fn):
            frontend.check(frontend.read(fn))

    def call_of(self, stmt: Let) -> Call:
        """The call whose result a name is.

        Raises:
            UnsupportedSyntax: it calls a generator that is not taken at once.
        """
        assert isinstance(stmt.value, Call)
        if is_generator(getattr(stmt.value.fn, "obj", None)) and (stmt.target, stmt.place) not in self.taken:
            raise refuse_generator(stmt.place)
        return stmt.value

    def may_write(self, stmt: Stmt, call: Call) -> bool:
        """Whether a function of the user's that is called may write into something."""
        if isinstance(call.fn, Ref) and (is_closed(call.fn.obj) or self.rules.known(call.fn) or call.fn.module.partition(".")[0] in KNOWN):
            return isinstance(stmt, Effect) and writes(call.fn.obj)
        writer = self.writer(call, stmt.place)
        if writer is None or (writer.judged and writer.function is None):
            return True
        return bool(writer.written or writer.updated or writer.partly or writer.error or writer.closed)

    def body(self, writer: _Writer, function: Function, stmt: Let | Effect, call: Call) -> Found:
        if isinstance(writer.obj, types.FunctionType) and isinstance(call.fn, Ref):
            self.called(writer.obj, stmt.place, call.fn.text)
        return function, self.bound(function, call, stmt.place)

    def updates(self, call: Call) -> tuple[tuple[Atom, int], ...]:
        """The arguments that a callee changes by ``+=``, and by how many indices it takes that out of them."""
        name = call.fn.name if isinstance(call.fn, Local) else ""
        obj = self.objects.get(name) if name else getattr(call.fn, "obj", None)
        writer = self.known.get((id(obj), self.shapes.get(name) if name else _shape(obj, call)))
        if writer is None or writer.function is None or not writer.updated:
            return ()
        arguments = call.args if isinstance(call.fn, Local) else self.bound(writer.function, call, NOWHERE)
        pairs = ((a, writer.updated.get(p.var)) for p, a in zip(writer.function.params, arguments, strict=True))
        return tuple((a, indices) for a, indices in pairs if indices is not None)

    def unseen(self, call: Call, place: Place) -> TangentxError | None:
        """What kept a callee that may write from being seen into."""
        writer = self.writer(call, place)
        if writer is not None and writer.partly:
            return UnsupportedSyntax(f"{call_text(call)} writes into its arguments in a way that is not supported", place, WAY_OUT)
        return None if writer is None else writer.error or writer.closed

    def bound(self, function: Function, call: Call, place: Place) -> tuple[Atom, ...]:
        """The arguments of a call in the order of the parameters."""
        try:
            bound = signature_of(function).bind(*call.args, **dict(call.kwargs))
        except TypeError as error:
            raise NotDifferentiable(f"{function.name}: {error}", place, "Call it as its signature says.") from None
        bound.apply_defaults()
        return tuple(bound.arguments[p.var.base] for p in function.params)

    def writer(self, call: Call, place: Place, given: bool = False) -> _Writer | None:
        """What is known of the function that is called, if it is one of the user's that may write."""
        obj = call.fn.obj if isinstance(call.fn, Ref) else None
        obj = stand_in(obj) or obj
        if is_own_class(obj) and not takes_fields(obj):
            return self.maker(obj, call)
        if isinstance(obj, Inner):
            return self.seen(obj, None, place, obj.function is not None)
        if not isinstance(obj, types.FunctionType) or (obj.__module__ or "").partition(".")[0] in LIBRARIES or self.rules.known(call.fn):
            return None
        return self.seen(obj, _shape(obj, call), place, self.storing or given or may_write(obj) or enters(obj))

    def seen(self, obj: Any, given: Shape | None, place: Place, judge: bool) -> _Writer | None:
        """What is known of a function, which is read if there is something to ``judge``; None of one that is being read."""
        if (depth := next((k for k, other in enumerate(self.reading) if other is obj), None)) is not None:
            self.again = min(self.again, depth)
            return None
        at = id(obj), given
        if at not in self.known or (judge and not self.known[at].judged):
            self.known[at] = _Writer(obj)
            if judge:
                self.known[at] = self.judged(obj, place, given)
        return self.known[at]

    def maker(self, cls: Any, call: Call) -> _Writer | None:
        """What a call of a class does: a new object, written to by ``__init__``."""
        given = shape(inspect.getattr_static(cls, "__init__", None), 1 + len(call.args), dict(call.kwargs))
        words = frozenset(k for k, _ in call.kwargs)
        fields = (len(call.args), *sorted(words)) if dataclasses.is_dataclass(cls) else ()  # what is not given is made
        at = id(cls), given, fields
        if at not in self.known:
            self.known[at] = _Writer(cls)
            if (made := maker(cls, lambda init: self.read(init, given), len(call.args), words)) is not None:
                self.known[at] = _Writer(cls, made[0], (made[1],))
        return self.known[at]

    def refuse_writer(self, function: Function) -> None:
        """Refuses a function that writes to what it is given, or gives the view of a dict: whoever calls it does not know of that.

        Raises:
            UnsupportedSyntax: it does.
        """
        fresh = Fresh.of(function)
        whole = self.settled(function, fresh)
        facts = find_facts(whole, self.rules, settled=False)
        written, updated = parameters_written(settle_lists(whole, facts, fresh), facts, fresh, self.updates)
        if written or updated:
            reason = f"{function.name} writes into its argument {(*written, *updated)[0].base!r}, {RUNNING}"
            raise UnsupportedSyntax(reason, function.place, "Let it return the new value.")
        if returns_view(whole, self.shows):
            raise _keeps_view("this", RUNNING, function.returns or function.place)

    def shows(self, call: Call, place: Place) -> bool:
        """Whether a function gives the view of a dict, of which its derivative makes a list."""
        writer = self.writer(call, place, given=True)
        return writer is not None and writer.shows

    def judged(self, obj: Any, place: Place, given: Shape | None) -> _Writer:
        """Reads a function and sees what it writes to."""
        inner = isinstance(obj, Inner)
        depth, function = len(self.reading), None
        self.reading.append(obj)
        outer, self.again = (self.again, self.storing, self.methods, self.unread, self.spread), NEVER
        try:
            function = obj.function if inner else _unannotated(self.read(obj, given))
            fresh = Fresh.of(function)
            whole = self.settled(function, fresh, refuse=False)
            unknown = not inner and (unknown_effects(whole) or self.contexts.unknown(whole))
            if unknown and self.again > depth and obj.__name__ not in obj.__code__.co_names:
                return _Writer(obj, function, tuple(p.var for p in function.params), judged=True)  # where it is called the class may be known
            facts = find_facts(whole, self.rules, settled=False)
            plain = settle_lists(assumed(whole, obj, facts, fresh) if self.again <= depth else whole, facts, fresh)  # xs.sort() writes, too
            written, updated, passes = parameters_seen(plain, facts, fresh, self.updates)
            closed, shows = self.closed(whole, facts), returns_view(whole, self.shows)
        except TangentxError as error:  # should its derivative be needed, its error will be seen; a local function is always looked into
            refused = inner and any(w.error is error for w in self.known.values() if w.refused)
            of_a_write = not inner and (isinstance(error, AliasError) or error.writes or writes(obj))
            alone = of_a_write and function is not None and not function.free and self.again > depth and not calls_itself(obj)
            return _Writer(obj, error=error if refused or of_a_write else None, refused=refused, judged=True, body=function if alone else None)
        finally:
            self.reading.pop()
            again, (self.again, self.storing, self.methods, self.unread, self.spread) = self.again, outer
            self.again = min(self.again, again)  # what calls a function around calls that one's caller again, too
        recursive = inner or again <= depth or calls_itself(obj)
        if (refusal := _refused(obj, function, written, again <= depth, place)) is not None:
            return _Writer(obj, error=refusal, refused=True, judged=True)
        if function.free:
            return _Writer(obj, closed=closed, judged=True)
        partly = not inner and self.gave_up(obj)
        body = None if partly or recursive else function
        return _Writer(obj, function, written, updated, passes, shows, closed=closed, judged=True, partly=partly, recursive=recursive, body=body)

    def seen_into(self, call: Call, place: Place) -> bool:
        """Whether the body of a function that writes can be put in the place of a call."""
        writer = self.writer(call, place)
        return writer is not None and writer.function is not None and not (writer.error or writer.partly or (writer.recursive and writer.written))

    def tried(self, function: Function, fresh: Fresh) -> Function:
        """``settled``, while another function is."""
        outer = (self.again, self.storing, self.methods, self.unread, self.spread)
        try:
            return self.settled(function, fresh, refuse=False)
        finally:
            self.again, self.storing, self.methods, self.unread, self.spread = outer

    def closed(self, function: Function, facts: Facts) -> TangentxError | None:
        """What is to be said of a function that calls what cannot be seen into, where the value that this gives is not differentiated."""
        try:
            varied = find_varied(function, [p.var for p in function.params], facts, self.rules)
            refuse_lost(function, varied, frozenset(), facts, self.rules, self.unseen)
        except TangentxError as error:
            return error
        return None


@dataclass(frozen=True)
class _Writer:
    """A function (kept, so that its id stays its own), its IR, and the parameters that it writes to and updates (see ``parameters_written``)."""

    obj: Any
    function: Function | None = None
    written: tuple[Var, ...] = ()
    updated: Mapping[Var, int | None] = field(default_factory=dict)
    passes: bool = False  # whether it may return an argument: where arrays are written, that has to be seen
    shows: bool = False  # whether it may return the view of a dict
    error: TangentxError | None = None
    closed: TangentxError | None = None  # it calls what nobody can see into
    partly: bool = False  # it would write in what was given up: its body raises there, so it is not called as it is
    recursive: bool = False  # it calls itself, perhaps through others
    refused: bool = False  # whether the error is one of whoever calls it
    judged: bool = False
    body: Function | None = None  # what can be put in the place of a call, written or not


def _refused(obj: Any, function: Function, written: tuple[Var, ...], recursive: bool, place: Place) -> UnsupportedSyntax | None:
    """Why a call of a function that writes cannot be replaced by its body."""
    way_out = "Return the value; leave a memo out, or fill it in a loop."
    around = [v.base for v in written if isinstance(obj, Inner) and v in {p.var for p in function.params[obj.own :]}]
    if around and obj.mode != "call":
        reason, way_out = f"writes to {around[0]!r}, which is of the function around it", "Return the value: its derivative has no such effect."
    elif around:
        reason = f"calls itself and writes into {around[0]!r}, which is of the function around it"
    elif not written or (isinstance(obj, Inner) and obj.mode != "call"):  # a derivative does not write into its arguments
        return None
    elif recursive:
        return _writes_again(function.name, place)
    elif function.free:
        reason, way_out = f"writes into its arguments, and reads {function.free[0].base!r} of the function around it", "Pass that as an argument."
    else:
        return None
    return _of_a_write(UnsupportedSyntax(f"{function.name} {reason}", place, way_out))


def _writes_again(name: str, place: Place) -> UnsupportedSyntax:
    return _of_a_write(UnsupportedSyntax(f"{name} calls itself and writes into its arguments", place, WAY_OUT))


def _keeps_view(name: str, why: str, place: Place) -> AliasError:
    return AliasError(f"{name} returns what .values() of a dict gives, {why}", place, "Make a list of it: list(d.values()).")


def _of_a_write(error: UnsupportedSyntax) -> UnsupportedSyntax:
    error.writes = True
    return error


def _unannotated(function: Function) -> Function:
    """The function for arguments of any kind: what is annotated as a number may be given an array all the same."""
    return replace(function, params=tuple(replace(p, annotation="" if p.annotation == "float" else p.annotation) for p in function.params))


def _unread(function: Function) -> frozenset[Var]:
    read = read_atoms(function)
    return frozenset(s.target for s in statements(function.body) if isinstance(s, Let) and s.target not in read)


def _shape(obj: Any, call: Call) -> Shape | None:
    return shape(obj, len(call.args), dict(call.kwargs))


NOWHERE = Place("", 0)
