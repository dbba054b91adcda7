"""Memory: makes aliasing explicit, so that the passes behind it see data flow only.

    v = u[1:]                               v = u[1:]
    v.1 = store v[0] = e         ==>        u.1 = store u[0] = e through v        the array itself is written, through the view
    s = sum(u)                              s = sum(u.1)                          whatever looks into it is read again
    t = prod(v.1)                           v.1 = u.1[1:]
                                            t = prod(v.1)

Joins and carries are added for arrays that a branch or loop writes under another name.  A parameter that is written to is
copied first.  Where only the run knows whether two values share memory (``t = u[i]`` may be a number or a row), the likely
case is taken and a check is put before the read.  What is left is refused.

``x += e`` on a whole name is a new value, unless x has another name that is read later: then it is a write.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tangentx.analysis.aliases import find_memory, is_inplace, item_of_display, subscripted
from tangentx.analysis.fact import Facts
from tangentx.analysis.kinds import library_name
from tangentx.analysis.lends import find_lends
from tangentx.analysis.parted import parted
from tangentx.analysis.rows import changed_rows
from tangentx.errors import AliasError
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import (
    Append,
    Atom,
    Block,
    Build,
    Call,
    Const,
    Each,
    Effect,
    Expr,
    For,
    Function,
    If,
    Let,
    Method,
    NewTape,
    Place,
    Pop,
    Ref,
    Stmt,
    Store,
    Unpack,
    Var,
    While,
)
from tangentx.ir.walk import MEMORY_CHECKS, map_atoms, merges, statements, stmt_targets
from tangentx.transform.branches import Branches
from tangentx.transform.build import helper, op
from tangentx.transform.contexts import given_by_contexts
from tangentx.transform.crossed import Crossed, numbers_asked
from tangentx.transform.exposed import Exposed, without_marks
from tangentx.transform.loops import Loops
from tangentx.transform.outside import Outside
from tangentx.transform.points import with_numbers_checked
from tangentx.transform.reads import Reads
from tangentx.transform.regions import Bump, Regions
from tangentx.transform.rows import with_items_allowed
from tangentx.transform.settings import Again, Settings
from tangentx.transform.slots import Slots
from tangentx.transform.stores import GROWS, Stores

__all__ = ["parameters_seen", "parameters_written", "returned", "returns_argument", "settle_memory"]

NOT_INSIDE = {"check_ahead", "check_class", "check_field", "check_own_field", "check_returned", *MEMORY_CHECKS - {"check_outside", "check_unshared"}}
Updates = Callable[[Call], tuple[tuple[Atom, int], ...]]


def settle_memory(
    function: Function,
    facts: Facts,
    fresh: Fresh,
    updates: Updates = lambda call: (),
    called: bool = False,
    outside: Callable[[Function, Fresh], Outside] = lambda function, fresh: Outside(),
) -> Function:
    """The same function with every effect of a write as data flow (see the module's docstring).

    ``updates`` gives the arguments of a call that the callee changes by ``+=``, should they be arrays, and by how many indices it takes
    out of them what it changes.  Of a function that is ``called``,
    nobody sees what it changes like that in the objects that it is given: there it has to be a number.
    ``outside`` gives the global variables that the function reads, and an argument that is written must not be; the arguments that may
    hand out such variables, and what of the outside may; and whether the function may ask which object a value is.

    Raises:
        AliasError: a write to an array that is not the function's own, or a read that cannot be told from one before it.
    """
    if not _changes(function, updates):
        return without_marks(function)
    function = with_numbers_checked(function, facts, updates)
    walk, done = _walked(function, facts, fresh, updates, called)
    written = {**walk.settings.copied, **{r: None for r in walk.indices if r in walk.params and not facts.of(r).scalar}}
    around = outside(function, fresh) if written else Outside()
    lenders = (*(v for v in around.lenders if facts.of(v).kind in ("any", "dict", "list", "tuple")), *around.lent)
    place = function.body[0].place
    checks = [Effect(helper("check_own", var, *(r for r in around.read if r != var)), place) for var in written] if around.read else []
    checks += [Effect(helper("check_lent", var, *lenders), place) for var in written] if lenders else []
    asked = numbers_asked(function, facts) if written else []
    checks += [Effect(helper("check_separate", other, var), place) for var in written for other in asked if other != var]
    if around.asks:  # by now the copies are others than the arguments
        others = [p.var for p in function.params if not facts.of(p.var).scalar]
        checks += [Effect(helper("check_separate", other, var), place) for var in walk.settings.copied for other in others if other != var]
        checks += [Effect(helper("check_distinct", var), place) for var in walk.settings.copied if var not in walk.settings.distinct]
    return replace(done, body=(*checks, *done.body), free=(*done.free, *around.cells))


def _walked(function: Function, facts: Facts, fresh: Fresh, updates: Updates = lambda call: (), called: bool = False) -> tuple[_Walk, Function]:
    """The last walk over the function, which found nothing new to be necessary, and what it made."""
    settings = Settings()
    while True:
        known, walk = settings.known(), _Walk(function, facts, fresh, settings, updates)
        walk.called = called
        try:
            return walk, walk.run()
        except Again:
            if settings.known() == known:  # it would go on for ever
                reason = f"which names of {function.name} share memory with one another cannot be told"
                raise AliasError(reason, function.place, "Copy what is written, or loop by index: for i in range(len(xs)).") from None


def _changes(function: Function, updates: Updates) -> bool:
    """Whether it writes to anything, or calls what changes its arguments by ``+=``."""
    stmts = list(statements(function.body))
    calls = (s.value for s in stmts if isinstance(s, Let) and isinstance(s.value, Call))
    return any(isinstance(s, Store) or is_inplace(s) for s in stmts) or any(map(updates, calls))


def parameters_written(
    function: Function, facts: Facts, fresh: Fresh, updates: Updates = lambda call: ()
) -> tuple[tuple[Var, ...], dict[Var, int | None]]:
    """The parameters (or what they hold) that a call of the function writes to; those that it changes by ``+=``, if they are arrays.

    These with the number of indices by which that is taken out of them, None if it comes out of an object, or may be another value.

    Raises:
        AliasError: as ``settle_memory``.
    """
    if not _changes(function, updates):
        return (), {}
    return _written(_walked(function, facts, fresh, updates)[0])


def parameters_seen(
    function: Function, facts: Facts, fresh: Fresh, updates: Updates = lambda call: ()
) -> tuple[tuple[Var, ...], dict[Var, int | None], bool]:
    """``parameters_written``, and ``returns_argument``, in one walk.

    Raises:
        AliasError: as ``settle_memory``.
    """
    walk, done = _walked(function, facts, fresh, updates)
    return *(_written(walk) if _changes(function, updates) else ((), {})), _returned(walk, done)


def _written(walk: _Walk) -> tuple[tuple[Var, ...], dict[Var, int | None]]:
    regions = walk.regions
    near = {n: None for r in walk.indices for o in regions.owners(r) for n in (o, *regions.links.get(o, ())) if n in walk.params}
    return tuple(walk.settings.copied), {r: walk.indices.get(r) for r in near if r not in walk.settings.copied}


def returns_argument(function: Function, facts: Facts, fresh: Fresh) -> bool:
    """Whether what the function returns may be one of its arguments, or a global variable, or look into one.

    Raises:
        AliasError: as ``settle_memory``.
    """
    return _returned(*_walked(function, facts, fresh))


def _returned(walk: _Walk, done: Function) -> bool:
    found = walk.regions.roots(done.result)
    if isinstance(done.result, Ref):
        return done.result.live
    foreign = walk.params | walk.regions.outer.keys()
    return any(r in foreign or foreign & walk.regions.links.get(r, {}).keys() for r in found)


def returned(function: Function, facts: Facts, fresh: Fresh) -> str:
    """What a function returns: ``fresh``, or a container that ``holds`` what is not its own, or that itself: ``unknown``.

    Raises:
        AliasError: as ``settle_memory``.
    """
    walk, done = _walked(function, facts, fresh)
    every, regions = tuple(statements(done.body)), walk.regions
    made: dict[Atom, tuple[Atom, ...]] = {s.target: (s.value,) for s in every if isinstance(s, Let) and isinstance(s.value, Var)}
    made |= dict(merges(every))
    values = {done.result: None}
    while more := {v: None for name in values for v in made.get(name, ()) if v not in values}:
        values |= more

    def foreign(region: Var) -> bool:
        return any(r in walk.params or r in regions.outer for r in (region, *regions.links.get(region, ())))

    looks = [look for v in values if v not in made and (look := regions.of(v)) is not None]  # a join may be what its arms hold: not so here
    if any(foreign(look.region) for look in looks):
        return "unknown"
    return "holds" if any(foreign(r) for look in looks for r in regions.reach(look.region)) else "fresh"


def _asks_for_memory(stmt: Stmt) -> bool:
    """Whether it is a check of where a value lies, or of its class, whatever is in it: of a derivative that is differentiated again, that two
    values share no memory; between ``v = p.x + e`` and ``p.x = v``, that an attribute is one of the object's own.
    """
    return isinstance(stmt, Effect) and isinstance(stmt.value, Call) and getattr(stmt.value.fn, "attr", "") in NOT_INSIDE


class _Walk(Loops, Branches, Slots, Reads, Stores, Crossed, Exposed):
    """One walk over a function, rebuilding it."""

    called = False

    def __init__(self, function: Function, facts: Facts, fresh: Fresh, settings: Settings, updates: Updates = lambda call: ()) -> None:
        self.updates = updates
        self.function, self.facts, self.fresh, self.settings = function, facts, fresh, settings
        self.regions = Regions()
        self.out: list[Stmt] = []
        self.defs: dict[Var, Expr] = {s.target: s.value for s in statements(function.body) if isinstance(s, Let)}
        self.stored = {s.target for s in statements(function.body) if isinstance(s, Store)}
        self.params = {p.var for p in function.params}
        self.blocks: list[int] = [0]
        self.count = 0
        self.at: list[int] = []
        self.rebuilt: dict[tuple[object, ...], Var] = {}
        self.results: set[Var] = set()
        found = find_memory(function, facts)
        self.buffers, self.looking, self.arrays = found.buffers, found.shared, subscripted(function, facts)
        self.rows = changed_rows(function, self.arrays)
        self.surely = {old for new, old in self.rows.items() if new in settings.stores}  # arrays, as check_row sees to
        loops = (s for s in statements(function.body) if isinstance(s, For))
        self.drawn = frozenset(source.target for loop in loops for source in loop.sources if isinstance(source, Each))
        self.lends, self.parted = find_lends(function, facts), parted(function, facts)
        calls = [s.value for s in statements(function.body) if isinstance(s, Let) and isinstance(s.value, Call)]
        self.depth, self.entries = 0, list[int]()
        self.indices: dict[Var, int] = {}
        self.points: dict[Var, bool] = {}
        self.parts, self.reread, self.refilled = dict[Expr, Var](), dict[Expr, Var](), dict[Var, None]()
        self.merged = dict(merges(tuple(statements(function.body))))
        self.tapes, self.unpacked, self.contexts = set[Var](), set[Var](), given_by_contexts(function)
        self.steps, self.spots, self.ahead, self.views, self.keyed = {}, {}, {}, {}, {}
        self.attributes, self.filled, self.inner = dict[Var, int](), set[Var](), set[Var]()
        self.grown = frozenset(s.base.base for s in statements(function.body) if isinstance(s, Store) and s.op in (*GROWS, "pop", "del"))
        self.laid_out = any(library_name(c) in ("reshape", "ravel") for c in calls)  # a view or a copy, as the memory lies

    def run(self) -> Function:
        entry: list[Stmt] = []
        for p in self.function.params:
            if not self.facts.of(p.var).scalar:
                self.regions.born(p.var, "a parameter")
        for var in self.function.free:
            self.regions.born(var, "a variable of an outer scope")
        for var in self.settings.copied:
            copy = self.fresh(var.base)
            known = self.facts.facts[copy] = self.facts.of(var)
            if var in self.settings.distinct:
                entry.append(Effect(helper("check_distinct", var), self._entry()))
            if self.laid_out:
                entry.append(Effect(helper("check_layout", var), self._entry()))
            entry.append(Let(copy, Call(Method("copy"), (var,)) if known.kind == "array" else helper("copied", var), self._entry()))
            self.regions.born(copy)
            self.regions.names[var], self.regions.copies[copy] = copy, var
        entry += [Effect(helper("check_distinct", var), self._entry()) for var in self.settings.distinct if var not in self.settings.copied]
        body = with_items_allowed(self.block(self.function.body), self.parts, self.reread, self.refilled, self.regions.links)
        kept, self.out = self.out, []
        result = self.read(self.function.result, self.function.returns or self.function.place)
        tail, self.out = tuple(self.out), kept
        self.only_in_turn()
        return replace(self.function, body=(*self.entry_checks(self._entry()), *entry, *body, *tail), result=result)

    def _entry(self) -> Place:
        return self.function.body[0].place if self.function.body else self.function.place

    # -------------------------------------------------------------------------------------------------- statements

    def block(self, block: Block) -> Block:
        kept, self.out = self.out, []
        self.count += 1
        self.blocks.append(self.count)
        for stmt in block:
            self.at.append(id(stmt))
            self.statement(stmt)
            self.at.pop()
        self.blocks.pop()
        done, self.out = tuple(self.out), kept
        return done

    def statement(self, stmt: Stmt) -> None:
        if isinstance(stmt, If):
            self.branch(stmt)
        elif isinstance(stmt, For | While):
            self.loop(stmt)
        elif isinstance(stmt, Store):
            self.store(stmt)
        elif self.is_noted(stmt):
            return
        elif is_inplace(stmt) and isinstance(stmt, Let) and isinstance(stmt.value, Call):
            self.update(stmt, stmt.value)
        else:
            read = map_atoms(stmt, lambda a: self.named(a, stmt.place) if _asks_for_memory(stmt) else self.read(a, stmt.place))
            for new in self.shown(read):
                self.simple(new)

    def named(self, atom: Atom, place: Place) -> Atom:
        """An operand of which only the memory matters, not what is in it by now; a part that was written has to be read again to have a name."""
        if isinstance(atom, Var) and self.regions.made.get(atom) == -1:
            return self.read(atom, place)
        look = self.regions.of(self.regions.names.get(atom, atom)) if isinstance(atom, Var) else None
        if look is not None and not look.whole and atom in self.stored:  # the array was written instead: there is no such name
            return self.read(atom, self.function.place)
        if look is not None and look.whole:
            return self.regions.current.get(look.region, atom)
        return self.regions.names.get(atom, atom) if isinstance(atom, Var) else atom

    def simple(self, new: Stmt) -> None:
        """A statement without blocks that writes nothing, its operands read."""
        self.proved(new := self.unmarked(new))
        if isinstance(new, Let) and isinstance(new.value, Var) and new.target in self.buffers and self.regions.of(new.value):
            self.regions.names[new.target] = new.value  # one name for one version of an array
            self.define(new)
            return
        if isinstance(new, Let) and isinstance(new.value, Call):
            self.passed_on(new, new.value)
            self.repeated(new, new.value)
        self.out.append(new)
        self.define(new)

    def shown(self, stmt: Stmt) -> list[Stmt]:
        """Items of a display that may be written to are read by their own names."""
        if not isinstance(stmt, Let | Unpack) or not self.looking.intersection(stmt_targets(stmt)):
            return [stmt]
        reads = (
            [(stmt.target, stmt.value)] if isinstance(stmt, Let) else [(t, op("getitem", stmt.source, Const(k))) for k, t in enumerate(stmt.targets)]
        )
        items = [self.displayed(value) for _, value in reads]
        if None in items:
            return [stmt]
        return [Let(t, self.read(item, stmt.place), stmt.place) for (t, _), item in zip(reads, items) if t is not None and item is not None]

    def displayed(self, value: Expr) -> Atom | None:
        """``v`` for ``p[0]`` where ``p = (v, w)``, and nothing else was put there."""
        item, base = item_of_display(value, self.defs), value.args[0] if isinstance(value, Call) and value.args else None
        look = self.regions.of(base) if item is not None and base is not None else None
        return item if look is not None and isinstance(base, Var) and self.stays(base, look.region) else None

    def passed_on(self, stmt: Let, call: Call) -> None:
        """A callee that changes its argument by ``+=`` changes an array of ours: one that is read later is refused at run time."""
        for arg, indices in self.updates(call):
            look = self.regions.of(arg)
            if look is None or not isinstance(arg, Var) or self.facts.of(arg).scalar:
                continue
            if not indices:
                self.keep_outside(arg, stmt.place)
            self.note(look.region, arg, indices)
            self.changed_whole(look)
            if stmt.target in self.settings.stores:
                self.no_point(arg)
                self.out.append(Effect(helper("check_items", arg, Const(indices)) if indices else helper("check_unshared", arg), stmt.place))
            else:
                self.regions.bumped[look.region] = Bump(self.regions.tick(), arg, stmt.target, -1)

    def define(self, stmt: Stmt) -> None:
        if isinstance(stmt, Let):
            same = stmt.value if isinstance(stmt.value, Var) else self.displayed(stmt.value)
            known = self.defs.get(same) if isinstance(same, Var) else None
            self.defs[stmt.target] = known if isinstance(known, Build) else stmt.value  # another name of a display is one
            self.born(stmt.target, stmt.value)
        elif isinstance(stmt, Unpack):
            value = self.defs.get(stmt.source) if isinstance(stmt.source, Var) else None
            parts: tuple[Atom | None, ...] = (None,) * len(stmt.targets)
            if isinstance(value, Build) and value.kind in ("tuple", "list") and len(value.items) == len(parts):
                parts = value.items
            for k, (target, part) in enumerate(zip(stmt.targets, parts, strict=True)):
                if target is not None:
                    self.unpacked.add(target)
                    self.born(target, part if isinstance(part, Var) else op("getitem", stmt.source, Const(k)))
        elif isinstance(stmt, NewTape):
            self.regions.born(stmt.target)
            self.tapes.add(stmt.target)
        elif isinstance(stmt, Append):
            look = self.regions.of(stmt.tape)
            if look is not None:
                self.regions.hold(look.region, [v for k, v in enumerate(stmt.values) if self.is_shown(stmt.tape, k, v)])
        elif isinstance(stmt, Pop):
            self.taken(stmt.targets, stmt.tape)

    def is_shown(self, tape: Var, k: int, value: Atom) -> bool:
        """Whether a write to what a value looks into may show on a tape that it is put on.

        It does not where just the structure is read.  And what was taken for a number is one: else the reverse that the tape was
        made for would read it from its array again.
        """
        look = self.regions.of(value)
        return (tape, k) not in self.lends.fields and (look is None or look.how != "number")
