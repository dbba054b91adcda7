"""Small tools over the IR: what a statement reads and defines, renaming, rebuilding.  Pure functions, no pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from tangentx.ir.nodes import (
    Append,
    Assert,
    Atom,
    Block,
    Build,
    Call,
    Carry,
    Count,
    Each,
    Effect,
    Expr,
    For,
    Function,
    If,
    Join,
    Let,
    NewTape,
    Pop,
    Raise,
    ReadTape,
    Ref,
    Source,
    Span,
    Stmt,
    Store,
    Unpack,
    Var,
    While,
)

__all__ = [
    "MEMORY_CHECKS", "blocks", "defined", "edge_atoms", "expr_atoms", "free_vars", "is_memory_check", "map_atoms", "map_blocks", "map_expr",
    "map_refs", "merges", "own_atoms", "read_atoms", "rename", "source_atoms", "source_targets", "statements", "stmt_targets",
]  # fmt: skip


def expr_atoms(value: Expr) -> Iterator[Atom]:
    """The atoms that an expression reads."""
    if isinstance(value, Call):
        if isinstance(value.fn, Var):
            yield value.fn
        yield from value.args
        for _, atom in value.kwargs:
            yield atom
    elif isinstance(value, Build):
        yield from value.items
    else:
        yield value


# checks while running that what was written is something else than what is read
MEMORY_CHECKS = frozenset({"check_apart", "check_beside", "check_disjoint", "check_kept", "check_outside", "check_separate", "check_unshared"})


def is_memory_check(stmt: Stmt) -> bool:
    """Whether the run sees there that what was written is something else than what is read."""
    return isinstance(stmt, Effect) and isinstance(stmt.value, Call) and getattr(stmt.value.fn, "attr", "") in MEMORY_CHECKS


def source_targets(source: Source) -> tuple[Var, ...]:
    """The names that a loop source defines in each iteration."""
    if isinstance(source, ReadTape):
        return tuple(t for t in source.targets if t is not None)
    return (source.target,) if isinstance(source, Span | Each | Count) else ()


def source_atoms(source: Source) -> tuple[Atom, ...]:
    """The atoms that a loop source reads, once, before the loop."""
    if isinstance(source, Span):
        return (source.start, source.stop, source.step)
    if isinstance(source, Each):
        return (source.sequence,)
    if isinstance(source, Count):
        return (source.start,)
    return (source.tape,) if isinstance(source, ReadTape) else ()


def own_atoms(stmt: Stmt) -> Iterator[Atom]:
    """The atoms that the statement itself reads at its own level: not its blocks, joins or back edges, but loop inits."""
    if isinstance(stmt, Let | Effect):
        yield from expr_atoms(stmt.value)
    elif isinstance(stmt, Unpack):
        yield stmt.source
    elif isinstance(stmt, Store):
        yield from (stmt.base, stmt.index, stmt.value)
        if stmt.through is not None:
            yield stmt.through
    elif isinstance(stmt, Assert):
        yield from (a for a in (stmt.test, stmt.message) if a is not None)
    elif isinstance(stmt, Raise):
        yield from (a for a in (stmt.exception, stmt.cause) if a is not None)
    elif isinstance(stmt, Append):
        yield stmt.tape
        yield from stmt.values
    elif isinstance(stmt, Pop):
        yield stmt.tape
    elif isinstance(stmt, If):
        yield from (stmt.test,) if stmt.guard is None else stmt.guard.atoms
    elif isinstance(stmt, For):
        for source in stmt.sources:
            yield from source_atoms(source)
        yield from (c.init for c in stmt.carries)
    elif isinstance(stmt, While):
        yield from (c.init for c in stmt.carries)


def stmt_targets(stmt: Stmt) -> tuple[Var, ...]:
    """The names that the statement defines for the statements after it (joins and carries included)."""
    if isinstance(stmt, Let | Store | NewTape):
        return (stmt.target,)
    if isinstance(stmt, Unpack | Pop):
        return tuple(t for t in stmt.targets if t is not None)
    if isinstance(stmt, If):
        return tuple(j.target for j in stmt.joins)
    if isinstance(stmt, For | While):
        return tuple(c.target for c in stmt.carries)
    return ()


NESTING = (If, For, While)


def blocks(stmt: Stmt) -> tuple[Block, ...]:
    """The blocks inside a statement, in the order in which they run."""
    if isinstance(stmt, If):
        return (stmt.then, stmt.orelse)
    if isinstance(stmt, For):
        return (stmt.body,)
    return (stmt.header, stmt.body) if isinstance(stmt, While) else ()


def statements(block: Iterable[Stmt]) -> Iterator[Stmt]:
    """Every statement, nested ones too, each before its blocks."""
    found: list[Stmt] = []
    _gather(block, found)
    return iter(found)


def _gather(block: Iterable[Stmt], found: list[Stmt]) -> None:
    for stmt in block:
        found.append(stmt)
        if isinstance(stmt, NESTING):  # most are not: this is asked more often than anything else
            for inner in blocks(stmt):
                _gather(inner, found)


def defined(block: Iterable[Stmt]) -> set[Var]:
    """Every name defined in a block, nested ones too (loop items included)."""
    names: set[Var] = set()
    for stmt in statements(block):
        names.update(stmt_targets(stmt))
        if isinstance(stmt, For):
            for source in stmt.sources:
                names.update(source_targets(source))
    return names


def edge_atoms(stmt: Stmt) -> list[Atom]:
    """The atoms that leave a statement's blocks: values of joins, back edges, the test of a while."""
    if isinstance(stmt, If):
        return [a for j in stmt.joins for a in (j.then, j.orelse)]
    if isinstance(stmt, For | While):
        return [*(c.back for c in stmt.carries), *([stmt.test] if isinstance(stmt, While) else [])]
    return []


def read_atoms(function: Function) -> set[Atom]:
    """Every atom that is read in a function, its result included."""
    return {function.result, *(a for s in statements(function.body) for a in (*own_atoms(s), *edge_atoms(s)))}


def merges(every: Iterable[Stmt]) -> list[tuple[Var, tuple[Atom, Atom]]]:
    """The names that are one of two values: joins of branches and carries of loops."""
    found = list[tuple[Var, tuple[Atom, Atom]]]()
    for stmt in every:
        if isinstance(stmt, If):
            found += [(j.target, (j.then, j.orelse)) for j in stmt.joins]
        elif isinstance(stmt, For | While):
            found += [(c.target, (c.init, c.back)) for c in stmt.carries]
    return found


def _reads(stmt: Stmt) -> Iterator[Var]:
    for atom in (*own_atoms(stmt), *edge_atoms(stmt)):
        if isinstance(atom, Var):
            yield atom
    for block in blocks(stmt):
        for s in block:
            yield from _reads(s)


def free_vars(block: Iterable[Stmt]) -> dict[Var, None]:
    """The names that a block reads and does not define, in order of first read (a dict used as an ordered set)."""
    block = tuple(block)
    own = defined(block)
    return {v: None for stmt in block for v in _reads(stmt) if v not in own}


def map_expr(value: Expr, atom: Callable[[Atom], Atom]) -> Expr:
    """The expression with each atom replaced (a called ``Var`` too)."""
    if isinstance(value, Call):
        fn = value.fn
        if isinstance(fn, Var):
            new = atom(fn)
            fn = new if isinstance(new, Var) or not hasattr(new, "value") else fn
        return Call(fn, tuple(map(atom, value.args)), tuple((k, atom(a)) for k, a in value.kwargs))
    if isinstance(value, Build):
        return Build(value.kind, tuple(map(atom, value.items)))
    return atom(value)


def _map_source(source: Source, atom: Callable[[Atom], Atom], target: Callable[[Var], Var]) -> Source:
    if isinstance(source, Span):
        return Span(target(source.target), atom(source.start), atom(source.stop), atom(source.step))
    if isinstance(source, Each):
        return Each(target(source.target), atom(source.sequence), source.backwards)
    if isinstance(source, Count):
        return Count(target(source.target), atom(source.start))
    if isinstance(source, ReadTape):
        return ReadTape(tuple(t and target(t) for t in source.targets), atom(source.tape))
    return source


def map_atoms(stmt: Stmt, atom: Callable[[Atom], Atom], target: Callable[[Var], Var] = lambda v: v) -> Stmt:
    """The statement with every read atom and every defined name replaced, through all its blocks."""

    def block(b: Block) -> Block:
        return tuple(map_atoms(s, atom, target) for s in b)

    def var(v: Var) -> Var:
        new = atom(v)
        assert isinstance(new, Var), f"{v} must stay a name, not become {new}"
        return new

    if isinstance(stmt, Let):
        return Let(target(stmt.target), map_expr(stmt.value, atom), stmt.place)
    if isinstance(stmt, Unpack):
        return Unpack(tuple(t and target(t) for t in stmt.targets), atom(stmt.source), stmt.place)
    if isinstance(stmt, Store):
        through = stmt.through and var(stmt.through)
        return Store(target(stmt.target), var(stmt.base), atom(stmt.index), atom(stmt.value), stmt.op, stmt.place, through, stmt.there)
    if isinstance(stmt, Effect):
        return Effect(map_expr(stmt.value, atom), stmt.place)
    if isinstance(stmt, Assert):
        return Assert(atom(stmt.test), stmt.message if stmt.message is None else atom(stmt.message), stmt.place)
    if isinstance(stmt, Raise):
        exception, cause = (a if a is None else atom(a) for a in (stmt.exception, stmt.cause))
        return Raise(exception, cause, stmt.place)
    if isinstance(stmt, NewTape):
        return NewTape(target(stmt.target), stmt.place)
    if isinstance(stmt, Append):
        return Append(var(stmt.tape), tuple(map(atom, stmt.values)), stmt.place)
    if isinstance(stmt, Pop):
        return Pop(tuple(t and target(t) for t in stmt.targets), atom(stmt.tape), stmt.place)
    if isinstance(stmt, If):
        joins = tuple(Join(target(j.target), atom(j.then), atom(j.orelse)) for j in stmt.joins)
        if stmt.guard is not None:
            test = target(stmt.test) if isinstance(stmt.test, Var) else stmt.test
            guard = replace(stmt.guard, atoms=tuple(map(atom, stmt.guard.atoms)))
            return replace(stmt, test=test, guard=guard, then=block(stmt.then), orelse=block(stmt.orelse), joins=joins)
        return replace(stmt, test=atom(stmt.test), then=block(stmt.then), orelse=block(stmt.orelse), joins=joins)
    if isinstance(stmt, For | While):
        carries = tuple(Carry(target(c.target), atom(c.init), atom(c.back)) for c in stmt.carries)
        if isinstance(stmt, For):
            sources = tuple(_map_source(s, atom, target) for s in stmt.sources)
            return replace(stmt, sources=sources, carries=carries, body=block(stmt.body))
        return replace(stmt, carries=carries, header=block(stmt.header), test=atom(stmt.test), body=block(stmt.body))
    return stmt


def map_blocks(stmt: Stmt, block: Callable[[Block], Block]) -> Stmt:
    """The statement with each of its direct blocks replaced."""
    if isinstance(stmt, If):
        return replace(stmt, then=block(stmt.then), orelse=block(stmt.orelse))
    if isinstance(stmt, For):
        return replace(stmt, body=block(stmt.body))
    if isinstance(stmt, While):
        return replace(stmt, header=block(stmt.header), body=block(stmt.body))
    return stmt


def map_refs(stmt: Stmt, ref: Callable[[Ref], Ref]) -> Stmt:
    """The statement with each name of the outside world replaced, called ones and those in its blocks too."""
    stmt = map_blocks(stmt, lambda block: tuple(map_refs(s, ref) for s in block))
    stmt = map_atoms(stmt, lambda a: ref(a) if isinstance(a, Ref) else a)
    if isinstance(stmt, Let | Effect) and isinstance(stmt.value, Call) and isinstance(stmt.value.fn, Ref):
        return replace(stmt, value=replace(stmt.value, fn=ref(stmt.value.fn)))
    return stmt


def rename(function: Function, names: dict[Var, Atom]) -> Function:
    """The function's body and result with reads of some names replaced."""

    def atom(a: Atom) -> Atom:
        while isinstance(a, Var) and a in names:
            a = names[a]
        return a

    return replace(function, body=tuple(map_atoms(s, atom) for s in function.body), result=atom(function.result))
