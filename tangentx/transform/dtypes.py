"""Dtypes: a number that is rounded down to a whole one is a constant, which no rule says of sums or of writes.

s = np.sum(x, dtype=d)       ==>      check_dtype(d)                nobody knows d; a known dtype=int is refused
                                      s = np.sum(x, dtype=d)
y = np.full(3, k)            ==>      y = np.full(3, k)
y[0] = x                              check_fractions(y)            the array may hold whole numbers
                                      y[0] = x
y = np.zeros(3, int)         ==>      NotDifferentiable             where y[0] = x
y = np.array([x], object)    ==>      NotDifferentiable             it may hold anything
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from operator import getitem

from tangentx.analysis.containers import OPS
from tangentx.analysis.fact import Facts
from tangentx.errors import NotDifferentiable
from tangentx.ir.nodes import Atom, Attribute, Block, Build, Call, Const, Effect, Function, Let, Ref, Stmt, Store, Var
from tangentx.ir.walk import map_blocks, merges, statements
from tangentx.rules.table import Rulebook, holds_no_fractions, holds_objects
from tangentx.transform.build import helper

__all__ = ["settle_dtypes"]

PLACES = {"zeros": 1, "ones": 1, "empty": 1, "array": 1, "zeros_like": 1, "ones_like": 1, "empty_like": 1, "full": 2, "full_like": 2}  # of dtype
FLOATS = frozenset({"zeros", "ones", "empty", "eye", "identity", "linspace"})  # what these make holds fractions, unless dtype says no
OBJECTS = frozenset({*OPS, "setattr", "add_field"})
CONTAINERS = ("list", "dict", "tuple")  # these hold anything


def settle_dtypes(function: Function, varied: Collection[Atom], facts: Facts, rulebook: Rulebook) -> Function:
    """The function with a check of each dtype that may hold no fractions where a derivative goes through.

    Raises:
        NotDifferentiable: numbers that depend on the arguments are written into an array of whole numbers.
    """
    return _Dtypes(function, varied, facts, rulebook).settled()


class _Dtypes:
    """Goes through the statements of a function once."""

    def __init__(self, function: Function, varied: Collection[Atom], facts: Facts, rulebook: Rulebook) -> None:
        every = tuple(statements(function.body))
        self.function, self.varied, self.facts, self.rulebook = function, varied, facts, rulebook
        self.lets = {s.target: s.value for s in every if isinstance(s, Let)}
        self.buffers = self.written(every)
        self.there = {s.value.args for s in every if isinstance(s, Effect) and isinstance(s.value, Call) and _is_check(s.value)}

    def settled(self) -> Function:
        first = [new for p in self.function.params if p.var in self.buffers and p.cls is None for new in self.check("check_fractions", p.var)]
        return replace(self.function, body=(*first, *self.block(self.function.body)))

    def block(self, block: Block) -> Block:
        return tuple(new for stmt in block for new in self.around(stmt))

    def around(self, stmt: Stmt) -> Iterator[Stmt]:
        """The statement with the check before it of what it computes with, and the one behind it of what is written later."""
        call = stmt.value if isinstance(stmt, Let) and isinstance(stmt.value, Call) else None
        if not isinstance(stmt, Let) or call is None:
            yield map_blocks(stmt, self.block)
            return
        if stmt.target in self.varied:
            self.refuse_objects(self.dtype_said(call), stmt)
        if stmt.target in self.varied and (dtype := self.dtype_of_rule(call)) is not None and not self.known(dtype):
            yield from self.check("check_dtype", dtype, stmt)
        yield stmt
        if stmt.target in self.buffers and not self.holds_fractions(call, stmt):
            yield from self.check("check_fractions", stmt.target, stmt)

    def check(self, name: str, what: Atom, stmt: Let | None = None) -> Iterator[Effect]:
        if (what,) not in self.there:
            yield Effect(helper(name, what), stmt.place if stmt else self.function.place)

    def known(self, dtype: Atom) -> bool:
        """Whether it holds fractions, or is a word of the program, which the rule looks at."""
        made = self.lets.get(dtype)  # type: ignore[arg-type]
        return not isinstance(dtype, Var) or (isinstance(made, Call) and made.fn == Attribute("dtype") and made.args[0] in self.varied)

    def dtype_of_rule(self, call: Call) -> Atom | None:
        """The ``dtype=`` of a call whose rule says nothing of it."""
        rule = self.rulebook.rule(call.fn, "linear", "reduction", "multilinear", "adjoint", "tangent")
        try:
            bound = rule and self.rulebook.bind(rule, call)
        except TypeError:  # said where it is differentiated
            return None
        return bound.atoms.get("dtype") if bound and not bound.template.reads("dtype") else None

    def dtype_said(self, call: Call) -> Atom | None:
        """The dtype that a call of NumPy's is given, or ``astype``."""
        name = getattr(call.fn, "name", "") if not isinstance(call.fn, Ref) else call.fn.attr if call.fn.module == "numpy" else ""
        place = 1 if name == "astype" else PLACES.get(name, len(call.args))
        return next((a for word, a in call.kwargs if word == "dtype" and name), call.args[place] if place < len(call.args) else None)

    def refuse_objects(self, dtype: Atom | None, stmt: Let) -> None:
        made = self.lets.get(dtype) if isinstance(dtype, Var) else None
        if holds_objects(dtype) or isinstance(made, Build):
            reason = "an array of objects, or with fields, is made of numbers with derivatives, or they are written into it"
            raise NotDifferentiable(reason, stmt.place, "Make it with dtype=float, or use a list or a dict.")

    def written(self, every: tuple[Stmt, ...]) -> Collection[Var]:
        """The names of arrays that varied numbers are written into, with the first ones they had."""
        stores = [s for s in every if isinstance(s, Store) and s.value in self.varied and s.op not in OBJECTS]
        found = {s.base for s in stores if self.facts.of(s.base).kind not in CONTAINERS}
        pairs: list[tuple[Var, Atom]] = [(s.target, s.base) for s in every if isinstance(s, Store)]
        pairs += [(t, v) for t, values in merges(every) for v in values]
        pairs += [(t, v) for t, v in self.lets.items() if isinstance(v, Var)]
        parts: list[tuple[Var, Atom]] = [
            (t, v.args[0]) for t, v in self.lets.items() if isinstance(v, Call) and getattr(v.fn, "obj", None) is getitem
        ]
        wholes = {v for v in _followed(found, [*pairs, *parts]) if isinstance(made := self.lets.get(v), Call) and self.dtype_said(made)}
        found = _followed(found | wholes, pairs)  # of what is known to be made with a dtype, a part that is written shows it
        return found - {v for v in found if isinstance(self.lets.get(v), Build)}

    def holds_fractions(self, call: Call, stmt: Let) -> bool:
        """Whether what a call makes surely does, or is no array."""
        name = getattr(call.fn, "attr", "") or getattr(call.fn, "name", "")
        if stmt.target in self.varied and name != "astype" and not any(word == "dtype" for word, _ in call.kwargs):
            return True
        if not isinstance(call.fn, Ref) or call.fn.module != "numpy":
            return isinstance(call.fn, Ref) and call.fn.module == "tangentx.runtime" and call.fn.attr not in ("copied", "own_copy", "snapshot")
        dtype = self.dtype_said(call)
        self.refuse_objects(dtype, stmt)
        if dtype is None or dtype == Const(None):
            return call.fn.attr in FLOATS or any(a in self.varied or self.facts.of(a).kind == "float" for a in call.args)
        if holds_no_fractions(dtype):
            raise NotDifferentiable("an array of whole numbers, where what is written is rounded", stmt.place, "Make it with dtype=float.")
        return self.known(dtype)


def _followed(found: set[Var], pairs: list[tuple[Var, Atom]]) -> set[Var]:
    """Names, and those that they come from."""
    while more := {a for t, a in pairs if t in found and isinstance(a, Var)} - found:
        found = found | more
    return found


def _is_check(call: Call) -> bool:
    return getattr(call.fn, "text", "") in ("check_dtype", "check_fractions")
