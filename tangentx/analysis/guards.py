"""Refuses what a try may leave half done: an array of outside that is written into before something that can raise.

    try:
        y[0] = x                  the first write may have happened when the handler runs:
        y[1] = np.log(x)   ==>    UnsupportedSyntax: y is written into in a try that may fail after that
    except ValueError:
        ...

A write that is the last thing in the try, or into an array made in it, is fine; so is a handler that only raises.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Collection, Container, Mapping

from tangentx.analysis.classes import Known
from tangentx.analysis.counts import Counts
from tangentx.errors import UnsupportedSyntax
from tangentx.ir.nodes import Append, Atom, Block, Build, Call, Const, Effect, Expr, Function, If, Let, NewTape, Raise, Stmt, Store, Var
from tangentx.ir.walk import blocks, expr_atoms, merges, statements
from tangentx.rules.effects import lets_out, writes

__all__ = ["early", "falls", "refuse_carried_out", "refuse_entered", "refuse_half_done"]


def refuse_half_done(function: Function, wrt: Collection[Var]) -> None:
    """Looks at every try of a function.

    Raises:
        UnsupportedSyntax: a write that the handler would see, or not.
    """
    counts = Counts(list(statements(function.body)), wrt)
    for stmt in statements(function.body):
        if isinstance(stmt, If) and stmt.guard is not None and stmt.guard.kind == "try" and falls(stmt.orelse):
            made = {s.target for s in statements(stmt.then) if isinstance(s, Let) and isinstance(s.value, Call | Build)}
            bases = {s.target: s.base for s in statements(stmt.then) if isinstance(s, Store)}
            for store in early(stmt.then):
                base: Var = store.base
                while base in bases:
                    base = bases[base]
                if base not in made and not store.place.sweep and not counts.only(store):
                    reason = f"{store.base.base} is written into in a try that may fail after that"
                    error = UnsupportedSyntax(reason, store.place, "Write as the last thing in the try, or behind it.")
                    error.apart = (stmt.place, "")
                    raise error


def refuse_entered(function: Function, varied: Container[Var]) -> None:
    """Refuses a ``with`` on a value that depends on the inputs, which gives a name to what it has made of that, or writes it somewhere.

    Raises:
        UnsupportedSyntax: there is one.
    """
    for stmt in statements(function.body):
        call = stmt.value if isinstance(stmt, Effect) else None
        if isinstance(call, Call) and getattr(call.fn, "attr", "") == "check_given" and any(a in varied for a in call.args):
            name = getattr(dict(call.kwargs)["context"], "value", "")
            reason = f"the context {name} is given a value that depends on the inputs, and writes to something that is not of this function"
            raise UnsupportedSyntax(reason, stmt.place, "Pass the value to the functions that read it.")
        if isinstance(stmt, If) and stmt.guard is not None and stmt.guard.kind == "with" and any(a in varied for a in stmt.guard.atoms):
            first = stmt.then[0] if stmt.then else None
            if isinstance(first, Let) and first.value == Build("entered"):
                reason = f"what this context gives to {first.target.base} depends on the inputs"
                raise UnsupportedSyntax(reason, stmt.place, "Make the object before, and leave out the with.")


def refuse_carried_out(function: Function, varied: Container[Var], classes: Mapping[Var, Known]) -> None:
    """Refuses a context of a known class that writes outside of its object, and has something that depends on the inputs to write there.

    Raises:
        UnsupportedSyntax: there is one.
    """
    every = list(statements(function.body))
    made: dict[Atom, tuple[Atom, ...]] = {s.target: (s.value,) for s in every if isinstance(s, Let) and isinstance(s.value, Var)}
    made |= {s.target: (s.base,) for s in every if isinstance(s, Store)}
    made |= dict(merges(every))
    for stmt in every:
        known = classes.get(stmt.guard.atoms[0]) if isinstance(stmt, If) and _is_with(stmt) else None  # type: ignore[union-attr, arg-type]
        ways = [inspect.getattr_static(known.cls, way, None) for way in ("__enter__", "__exit__")] if known is not None else []
        for way in (w for w in ways if isinstance(w, types.FunctionType) and writes(w)):
            out = lets_out(way, known.cls)  # type: ignore[union-attr]
            same = _same(stmt.guard.atoms[0], made)  # type: ignore[union-attr]
            kept = [s for s in every if isinstance(s, Store) and s.target in same and s.value in varied]
            given = [s for s in every if isinstance(s, Let) and s.target in same and _is_made_of(s.value, varied)]
            if given or any(out is None or not isinstance(s.index, Const) or s.index.value in out for s in kept):
                reason = f"the context {known.cls.__name__} may put what depends on the inputs into a variable outside of the function"  # type: ignore[union-attr]
                raise UnsupportedSyntax(reason, stmt.place, "Pass the value to the functions that read it.")


def _same(atom: Atom, made: Mapping[Atom, tuple[Atom, ...]]) -> set[Atom]:
    """The names that a value may have had, and those that have become of these by a write."""
    found, pending = {atom}, [atom]
    while pending:
        new = [a for a in made.get(pending.pop(), ()) if isinstance(a, Var) and a not in found]
        found.update(new)
        pending += new
    while more := {a for a, given in made.items() if a not in found and not found.isdisjoint(given)}:
        found |= more
    return found


def _is_made_of(value: Expr, varied: Container[Var]) -> bool:
    return isinstance(value, Call) and any(a in varied for a in expr_atoms(value))


def _is_with(stmt: If) -> bool:
    return stmt.guard is not None and stmt.guard.kind == "with" and isinstance(stmt.guard.atoms[0], Var)


def falls(block: Block) -> bool:
    """Whether a handler may go on behind its try."""
    last = block[-1] if block else None
    if isinstance(last, If) and last.guard is None:
        return falls(last.then) or falls(last.orelse)
    return not isinstance(last, Raise)


def early(block: Block) -> list[Store]:
    """The writes behind which something may raise."""
    end = len(block)
    while end and _cannot_raise(block[end - 1]):
        end -= 1
    found = [s for s in statements(block[: max(0, end - 1)]) if isinstance(s, Store)]
    last = block[end - 1] if end else None
    if isinstance(last, If) and last.guard is None:
        found += [*early(last.then), *early(last.orelse)]
    elif last is not None and blocks(last):
        found += [s for s in statements((last,)) if isinstance(s, Store)]
    return found


def _cannot_raise(stmt: Stmt) -> bool:
    return bool(stmt.place.sweep) or isinstance(stmt, Append | NewTape) or (isinstance(stmt, Let) and not isinstance(stmt.value, Call))
