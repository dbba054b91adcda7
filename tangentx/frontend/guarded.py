"""Lowers ``try``, ``with`` and ``del``.

    try:                                     if completed guarded by try ValueError: #1
        y = np.log(x)                            y.1 = np.log(x)
    except ValueError:          ==>          else:
        y = 0.0                                  (nothing)
                                             join y.2 = y.1 | 0.0
                                             join completed = True | False

A handler sees the names as they were before the try.  One that the body may have assigned by then is ``Lost`` to it: which
value it has depends on where the exception came.
"""

from __future__ import annotations

import operator
from dataclasses import replace
from typing import Any

import gast

from tangentx.frontend.contexts import may_swallow
from tangentx.frontend.guards import may_change
from tangentx.frontend.inner import Lost, held
from tangentx.frontend.liveness import assigned
from tangentx.ir.nodes import Atom, Call, Const, Guard, If, Join, Ref, Store, Var

__all__ = ["delete", "guarded"]


def guarded(lowering: Any, stmt: Any) -> None:
    """A try or a with."""
    place, label = lowering.place(stmt), lowering.label()
    if stmt.kind == "with":
        guard = _context(lowering, stmt)
    else:
        guard = Guard("try", tuple(_type(lowering, head) for head in stmt.heads))
    before = dict(lowering.env)
    then = lowering._arm(stmt.body, before)
    failed = dict(before)
    lost = may_change(stmt.body, assigned) if stmt.kind == "try" else {}
    lost.update((name, None) for name, found in then[1].items() if name in before and before[name] != found and name not in assigned(stmt.body))
    failed.update((name, Lost(name, place)) for name in lost)
    orelse = lowering._arm(stmt.orelse, failed)
    needed = held(lowering.env, *lowering.env.values())
    for name in lost:
        if isinstance(orelse[1].get(name), Lost) and name not in needed and not _read_after_failing(lowering, stmt, name):
            del orelse[1][name]

    def undecided() -> Atom:
        raise lowering.refuse("which local function this is depends on an exception", stmt, "Define it before the try.")

    joins = lowering.joins(stmt, before, then, orelse, undecided)
    test: Atom = Const(True)
    if isinstance(stmt.test, gast.Name):
        test = lowering.fresh(stmt.test.id)
        assert isinstance(test, Var)
        joins = (*joins, Join(test, Const(True), Const(False)))
        lowering.env[stmt.test.id] = test
    lowering.out.append(If(test, then[0], orelse[0], joins, replace(place, text=place.text), label, guard=guard))


def _read_after_failing(lowering: Any, stmt: Any, name: str) -> bool:
    """Whether a name that the body assigns may be read behind the handler."""
    if name in lowering.live.conditional[id(stmt)]:
        return False  # only the else of the try reads it
    if not stmt.leaves or name in stmt.kept:
        return True
    around = lowering.carrying[-1:] if stmt.leaves == "jump" else []
    return any(name in names for names in (lowering.wanted, *around))


def _context(lowering: Any, stmt: Any) -> Guard:
    head = stmt.heads[0]
    called = isinstance(head, gast.Call)
    maker = head.func if called else head
    found = lowering.resolver.static(maker, lowering.is_local) if isinstance(maker, gast.Name | gast.Attribute) else None
    return Guard("with", (lowering.atom(head, "context" if called else ""),), found is None or may_swallow(found.obj, called))


def _type(lowering: Any, head: Any) -> Ref:
    found = lowering.resolver.static(head, lowering.is_local) if isinstance(head, gast.Name | gast.Attribute) else None
    if found is None:
        raise lowering.refuse("this exception is only known at run time", head, "Name the class of the exception.")
    assert isinstance(found, Ref)
    return found


def delete(lowering: Any, stmt: Any) -> None:
    """``del x``: the name has no value from now on."""
    for target in (part for t in stmt.targets for part in (t.elts if isinstance(t, gast.Tuple | gast.List) else [t])):
        if not isinstance(target, gast.Name):
            _delete_item(lowering, target)
            continue
        if target.id not in lowering.env:
            raise lowering.refuse(
                f"{target.id.partition('@')[0]!r} is deleted before it is assigned", target, "Assign it on every path that leads here."
            )
        del lowering.env[target.id]


def _delete_item(lowering: Any, target: Any) -> None:
    """``del base[index]``: the item is read first, for its adjoint comes back."""
    if not isinstance(target, gast.Subscript) or isinstance(target.slice, gast.Tuple):
        raise lowering.refuse("del of a part is not supported yet", target, "Build a new value without it.")
    base, index = lowering.atom(target.value), lowering.index(target.slice)
    if not isinstance(base, Var):
        raise lowering.refuse("a write into a variable of an outer scope", target, "Make a copy in the function and return it.")
    item = lowering.emit(Call(Ref(operator.getitem, "[]", "operator", "getitem"), (base, index)), target, "item")
    lowering.out.append(Store(lowering.fresh(base.base), base, index, item, "del", lowering.place(lowering.stmt)))
