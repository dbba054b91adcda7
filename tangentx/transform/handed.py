"""Handed: copies of what a call is given that is written before the call's reverse comes, for the callee may have kept it.

t = f(b, bs)                           b.2, bs.1 = snapshot((b.1, bs))
b.2 = store b.1['x'] setattr= t   ==>  f_pair = f_fwd(b.2, bs.1)

What is written before the call only is not copied.  All is copied in one go, so that what is one object stays one: the callee may ask
``o is b``.  Of what may have an object in common with what is copied, but is not written itself, just that object is replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from tangentx.analysis.aliases import Memory
from tangentx.analysis.fact import Facts
from tangentx.errors import AliasError
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Block, Build, Call, Const, For, Function, Let, Local, Place, Stmt, Store, Unpack, Var, While
from tangentx.ir.walk import blocks, expr_atoms
from tangentx.transform.build import helper
from tangentx.transform.kept import whole_copy

__all__ = ["Asked", "Handed"]

Asked = Callable[[str], tuple[bool, tuple[Atom, ...]]]  # of a callee: whether it asks for ids, and which global variables it may compare


class Handed:
    """Which arguments of which calls are written later, and the copies of them."""

    def __init__(self, function: Function, facts: Facts, memory: Memory, fresh: Fresh, asked: Asked) -> None:
        self.function, self.facts, self.memory, self.fresh, self.asked = function, facts, memory, fresh, asked
        self.reached: dict[Var, frozenset[Var]] = {}

    @cached_property
    def order(self) -> list[tuple[Stmt, int, Stmt | None]]:
        """Every statement, where it stands in the order of the text, and the outermost loop that it stands in."""
        return [(stmt, at, loop) for at, (stmt, loop) in enumerate(_with_loops(self.function.body, None))]

    @cached_property
    def calls(self) -> dict[Var, tuple[int, Stmt | None]]:
        """By the target where a call stands."""
        return {s.target: (at, loop) for s, at, loop in self.order if isinstance(s, Let) and isinstance(s.value, Call)}

    @cached_property
    def stores(self) -> list[tuple[int, Stmt | None, frozenset[Var]]]:
        """Where the writes stand, and what they may change."""
        return [(at, loop, self.reach(s.base)) for s, at, loop in self.order if isinstance(s, Store)]

    @cached_property
    def puts(self) -> list[tuple[Var, Var]]:
        """What is put into what."""
        stores = [s for s, _, _ in self.order if isinstance(s, Store)]
        return [(s.base, s.value) for s in stores if isinstance(s.value, Var) and not self.facts.of(s.value).scalar]

    @cached_property
    def outer(self) -> frozenset[Var]:
        """What comes from elsewhere."""
        names = (*(p.var for p in self.function.params), *self.function.free)
        return frozenset(v for name in names for v in self.memory.region(name))

    def written(self, result: Var) -> frozenset[Var]:
        """What is written behind a call, or in a loop around it."""
        at, loop = self.calls[result]
        return frozenset().union(*(region for k, other, region in self.stores if k >= at or (loop is not None and other is loop)))

    def given(self, call: Call) -> list[Var]:
        """The arguments that may have memory."""
        return [v for v in dict.fromkeys(expr_atoms(call)) if isinstance(v, Var) and v != call.fn and not self.facts.of(v).scalar]

    def written_later(self, result: Var, call: Call) -> list[Var]:
        """The arguments of the call with that result that are written behind it."""
        shared = [v for v in self.given(call) if v in self.memory.shared]
        later = self.written(result) if shared else frozenset()
        return [v for v in shared if not later.isdisjoint(self.reach(v))]

    def of(self, result: Var, call: Call, place: Place) -> tuple[dict[Atom, Var], list[Stmt]]:
        """The copies of what is given to the call with that result, and the statements that make them.

        Raises:
            AliasError: the callee asks for the ``id`` of objects, and these are copied.
        """
        own = self.written_later(result, call)
        others = [v for v in self.given(call) if v not in own and any(self.meet(v, o) for o in own)]
        alone = [v for v in own if self.facts.of(v).kind == "array" and not any(self.meet(v, o) for o in (*own, *others) if o != v)]
        copies: dict[Atom, Var] = {v: self.fresh(v.base) for v in (*own, *others)}
        own = [v for v in own if v not in alone]
        name = call.fn.name if own and isinstance(call.fn, Local) else ""
        ids, known = self.asked(name) if name else (False, ())
        if ids:
            reason = f"{name} asks for the id of objects that are written behind the call, and so is given copies of them"
            raise AliasError(reason, place, "Compare the objects themselves: o is b.")
        made: list[Stmt] = [Let(copies[v], whole_copy(v, self.facts), place) for v in alone]
        return copies, [*made, *self.together(own, others, known, copies, place)]

    def together(self, own: list[Var], others: list[Var], known: tuple[Atom, ...], copies: dict[Atom, Var], place: Place) -> list[Stmt]:
        """The statements that copy all that is left in one go, but for global variables that the callee knows: nobody writes to these."""
        if not own:
            return []
        made: list[Stmt] = []
        count: tuple[Atom, ...] = (Const(len(own)),) if others else (Const(None),) if known else ()
        if known:
            kept = self.fresh("known")
            made.append(Let(kept, Build("tuple", known), place))
            count = (*count, kept)
        if len(own) == 1 and not others:
            return [*made, Let(copies[own[0]], helper("snapshot", own[0], *count), place)]
        together = (*own, *others)
        both, new = self.fresh("given"), self.fresh("given")
        made += [Let(both, Build("tuple", together), place), Let(new, helper("snapshot", both, *count), place)]
        return [*made, Unpack(tuple(copies[v] for v in together), new, place)]

    def reach(self, var: Var) -> frozenset[Var]:
        """What a name may look into, with what was put there: ``bs.append(b)``."""
        if var not in self.reached:
            found = self.memory.region(var)
            while more := [v for base, v in self.puts if v not in found and not self.memory.region(base).isdisjoint(found)]:
                found = found.union(more, *map(self.memory.region, more))
            self.reached[var] = found
        return self.reached[var]

    def meet(self, a: Var, b: Var) -> bool:
        """Whether two names may show one object: by what is seen, or since both come from elsewhere."""
        mine, theirs = self.reach(a), self.reach(b)
        if not mine.isdisjoint(theirs):
            return True
        return not self.facts.one_is_array(a, b) and not self.outer.isdisjoint(mine) and not self.outer.isdisjoint(theirs)


def _with_loops(block: Block, loop: Stmt | None) -> Iterator[tuple[Stmt, Stmt | None]]:
    for stmt in block:
        yield stmt, loop
        for inner in blocks(stmt):
            yield from _with_loops(inner, loop or (stmt if isinstance(stmt, For | While) else None))
