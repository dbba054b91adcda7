"""Augment: the primal prepared for its reverse.

    u.1 = store u[s] = v         ==>      u_saved = copy(u[s])         what a write overwrites is saved just before it
    y = g(x)                              u.1 = store u[s] = v
                                          g_pair = g_fwd(x)            calls of the user's functions return what their
                                          y, g_saved = g_pair          reverse needs

A test that may turn out otherwise by then (``if xs``, of a list that changes) is kept as it was found: ``is_xs = bool(xs)``.

Dead code elimination removes the copies that no adjoint reads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from tangentx.analysis.aliases import Memory, index_kind, sharing
from tangentx.analysis.containers import OPS, SET_OPS, changes_container, spares_items
from tangentx.analysis.entered import find_entered
from tangentx.analysis.fact import Facts
from tangentx.analysis.kinds import library_name
from tangentx.analysis.reals import Reals
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import (
    Atom,
    Block,
    Call,
    Const,
    Count,
    Each,
    Effect,
    Expr,
    For,
    Function,
    If,
    Join,
    Let,
    Local,
    Method,
    Stmt,
    Store,
    Unpack,
    Var,
    While,
)
from tangentx.ir.walk import is_memory_check, map_blocks, statements
from tangentx.rules.inserted import is_insert
from tangentx.transform.build import builtin, helper, op
from tangentx.transform.called import active_arguments, copy_of_result, halves_of
from tangentx.transform.handed import Asked, Handed
from tangentx.transform.kept import Kept

__all__ = ["Augmented", "augment", "copy_of"]


@dataclass
class Augmented:
    """The prepared function and what the reverse has to know about it.

    ``saved``: for the target of a Store the copy of what it overwrote, ``views``: the part
    of the array that it was taken from.  ``split``: for the result of a call of a user's
    function the saved values, its reverse and its active arguments.  ``numbers`` are the names
    that are no lists or dicts, ``reals`` says which names hold real numbers.
    """

    function: Function
    saved: dict[Var, Var] = field(default_factory=dict)
    kept: dict[Var, Var] = field(default_factory=dict)  # copies of what a write to another name may change
    kept_inside: dict[Var, Var] = field(default_factory=dict)  # of what a loop carries, as each iteration begins
    views: dict[Var, Var] = field(default_factory=dict)
    split: dict[Var, tuple[Var, Local | Var, tuple[Var, ...]]] = field(default_factory=dict)
    own: dict[Var, Var] = field(default_factory=dict)  # copies of what calls return that is written later, and what they returned
    tests: dict[int, Var] = field(default_factory=dict)  # of an If, by its label: whether what may change since was true, or not empty
    numbers: frozenset[Var] = frozenset()
    reals: Reals | None = None


NOTHING = Memory()
HandsOn = Callable[[str], bool]
Pair = Callable[[str, tuple[int, ...]], "tuple[str, str]"]


def augment(
    function: Function,
    active: frozenset[Var],
    pair: Pair,
    fresh: Fresh,
    facts: Facts,
    memory: Memory = NOTHING,
    hands_on: HandsOn = lambda name: False,
    asked: Asked = lambda name: (False, ()),
) -> Augmented:
    """Makes the function ready for ``reverse``.

    ``pair(callee, active positions)`` names the two halves of a callee, ``hands_on(callee)`` says whether it may return an argument,
    ``asked(callee)`` for which objects it may ask.
    What may share memory with what is written later is copied before a callee gets it, since it may save that (transform/handed.py).
    """
    out = Augmented(function)
    keep = Kept(memory.unsure | memory.items, fresh, facts, out.kept, out.kept_inside)
    stores = [s for s in statements(function.body) if isinstance(s, Store) and facts.of(s.base).kind in ("list", "dict")]
    defs = {s.target: s.value for s in statements(function.body) if isinstance(s, Let)}
    entered = find_entered(function, active, facts)
    handed = Handed(function, facts, memory, fresh, asked)
    may_return = hands_on if any(map(is_memory_check, statements(function.body))) else lambda name: False  # else nobody asks for that
    numbers = not all(spares_items(s, facts) for s in stores)  # items may change themselves

    def block(b: Block) -> Block:
        return tuple(new for stmt in b for new in keep.behind(stmt, tuple(expand(stmt))))

    def expand(stmt: Stmt) -> list[Stmt]:
        if is_insert(stmt):
            return [stmt]
        if isinstance(stmt, Store) and stmt.target in memory.into:
            at = fresh("at")
            return [Let(at, helper("copied", stmt.index), stmt.place), *_store(replace(stmt, index=at), out, fresh, facts, numbers, defs)]
        if isinstance(stmt, Store):
            return _store(stmt, out, fresh, facts, numbers, defs)
        if isinstance(stmt, If) and stmt.guard is None and isinstance(stmt.test, Var) and _may_turn(stmt.test, memory, facts, defs):
            known = out.tests[stmt.label] = fresh(f"is_{stmt.test.base.removeprefix('is_')}")
            return [Let(known, builtin("bool", stmt.test), stmt.place), map_blocks(stmt, block)]
        if isinstance(stmt, Let) and isinstance(stmt.value, Call) and isinstance(stmt.value.fn, Local | Var) and stmt.target in active:
            keeps = stmt.target in entered
            return _called(stmt, stmt.value, out, active, pair, fresh, facts, handed, hands_on if keeps else may_return, keeps)
        stmt = _counted(stmt, active, fresh)
        first, done = keep.at_start(stmt), map_blocks(stmt, block)
        return [replace(done, body=(*first, *done.body)) if isinstance(done, For | While) else done]

    given = keep.copy((p.var for p in function.params), out.kept, function.place)
    out.function = replace(function, body=(*given, *block(function.body)))
    return out


def _counted(stmt: Stmt, active: frozenset[Var], fresh: Fresh) -> Stmt:
    """A loop over something active with a count of its own: by that the items take their adjoints."""
    if not isinstance(stmt, For) or isinstance(stmt.sources[0], Count):
        return stmt
    if not any(isinstance(s, Each) and s.sequence in active for s in stmt.sources):
        return stmt
    return replace(stmt, sources=(Count(fresh("i"), Const(0)), *stmt.sources))


def _may_turn(test: Var, memory: Memory, facts: Facts, defs: Mapping[Var, Expr]) -> bool:
    """Whether a list or array may be full now and empty later; what a function returned may, if it looks into what is written behind that."""
    returned = test in defs and sharing(defs[test], facts, defs) == "unknown" and not isinstance(defs[test], Var)
    return test in memory.shared and not facts.of(test).scalar and not (returned and test not in memory.unsure)


def _called(
    stmt: Let,
    value: Call,
    out: Augmented,
    active: frozenset[Var],
    pair: Pair,
    fresh: Fresh,
    facts: Facts,
    handed: Handed,
    hands_on: HandsOn,
    entered: bool,
) -> list[Stmt]:
    """The call of the first half of a callee, which may keep its arguments and its result for its reverse: of what is written later it gets a
    copy, and gives one; if it may return an argument, so that it matters which object that is, what it has kept is copied instead.
    """
    positions, inputs = active_arguments(value, active)
    before: list[Stmt] = []
    after: list[Stmt] = []
    forward: Local | Var
    backward: Local | Var
    if isinstance(value.fn, Local):
        names = pair(value.fn.name, positions)  # type: ignore[arg-type]
        base, forward, backward = value.fn.name, Local(names[0], value.fn.effects), Local(names[1])
    else:
        assert isinstance(value.fn, Var)
        made, forward, backward = halves_of(value, positions, fresh, stmt.place)
        base, before = forward.base.removesuffix("_fwd"), [*made]
    both, saved = fresh(f"{base}_pair"), fresh(f"{base}_saved")
    may_return = not isinstance(value.fn, Local) or hands_on(value.fn.name)
    if may_return and (entered or handed.written_later(stmt.target, value)):  # a copy would not be what it returns
        kept = fresh(saved.base)
        out.split[stmt.target] = kept, backward, inputs
        after.append(Let(kept, helper("own_copy", saved), stmt.place))
        return [*before, Let(both, replace(value, fn=forward), stmt.place), Unpack((stmt.target, saved), both, stmt.place), *after]

    copies, copying = handed.of(stmt.target, value, stmt.place)
    before += copying
    result = fresh(stmt.target.base) if entered else stmt.target
    first = Call(forward, tuple(copies.get(a, a) for a in value.args), tuple((k, copies.get(a, a)) for k, a in value.kwargs))
    if entered:
        out.own[stmt.target] = result
        after += copy_of_result(stmt.target, result, (), facts.of(stmt.target), fresh, stmt.place)
    out.split[result] = saved, backward, inputs
    return [*before, Let(both, first, stmt.place), Unpack((result, saved), both, stmt.place), *after]


def _store(stmt: Store, out: Augmented, fresh: Fresh, facts: Facts, numbers: bool, defs: Mapping[Var, Expr]) -> list[Stmt]:
    """A write behind the copy of what it overwrites; of a list or dict the item itself."""
    written = stmt.through or stmt.base
    if stmt.op in SET_OPS:
        was_there = out.views[stmt.target] = fresh("known")
        return [Let(was_there, op("contains", written, stmt.value), stmt.place), stmt]
    if stmt.op in OPS and stmt.op != "clear":
        return [stmt]
    saved = out.saved[stmt.target] = fresh(f"{stmt.base.base}_saved")
    checks = [Effect(helper("check_windows", written, stmt.index), stmt.place)] if _shows_windows(stmt.through, defs) else []
    if stmt.op in ("setattr", "add_field"):
        before = builtin("getattr", stmt.base, stmt.index, Const(None))
        return [Let(saved, before, stmt.place), stmt]
    if stmt.index == Const(Ellipsis) or stmt.op == "clear":  # all of it
        out.views[stmt.target] = saved
        copy = helper("copied", written) if stmt.op == "clear" else Call(Method("copy"), (written,))
        return [*checks, Let(saved, copy, stmt.place), stmt]
    view = out.views[stmt.target] = fresh(f"{stmt.base.base}_view")
    read = Let(view, op("getitem", written, stmt.index), stmt.place)
    if changes_container(stmt, facts):
        if facts.of(written).kind == "list" or stmt.there:
            out.views[stmt.target] = saved
            if not numbers:
                return [replace(read, target=saved), stmt]
            return [read, Let(saved, copy_of(view, "list"), stmt.place), stmt]
        item = fresh(saved.base)
        known = Let(view, op("contains", written, stmt.index), stmt.place)
        there: Block = (Let(item, op("getitem", written, stmt.index), stmt.place),)
        return [known, If(view, there, (), (Join(saved, item, Const(None)),), stmt.place), stmt]  # the text says d.get(k)
    kind = facts.of(written).kind
    number = kind == "any" and index_kind(stmt.index, facts, defs) in ("int1", "key", "unknown")  # of a list or dict it may be one
    return [*checks, read, Let(saved, copy_of(view, "list" if number else kind), stmt.place), stmt]


def _shows_windows(view: Atom | None, defs: Mapping[Var, Expr]) -> bool:
    """Whether what is written through shows elements of its array more than once."""
    value: Expr | None = view
    while isinstance(value, Var) or (isinstance(value, Call) and value.args and library_name(value) != "sliding_window_view"):
        value = defs.get(value) if isinstance(value, Var) else value.args[0]
    return isinstance(value, Call) and library_name(value) == "sliding_window_view"


def copy_of(part: Var, kind: str) -> Call:
    """A copy of a part of something of that kind: of an item of a list, whatever it is."""
    return helper("copied", part) if kind in ("list", "dict", "tuple") else Call(Method("copy"), (part,))
