"""Chains: products of derived temporaries are written the way one would by hand; signs end up in sums.

    q = -g                                        r_bar = -0.5 * g
    t = q / x                                     r_bar.1 = r_bar / x
    r_bar.1 = t * 0.5                   ==>       c = g * r
    p = -r                                        d = c / x
    d = p / x                                     x_bar.1 = x_bar + d
    c = q * d
    x_bar.1 = x_bar + c

``a * (b * c)`` is read as ``a * b * c``, ``g * (1 / x)`` as ``g / x``, literals come first as one factor, ``a + (-b)`` is
``a - b``, ``u[i] += -b`` is ``u[i] -= b`` and ``t + t`` is ``2.0 * t``.  Only temporaries of the same statement of the user's
are opened, and only while nothing is written in place: the adjoints of the user's own names keep their lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tangentx.analysis.kinds import COMPARISONS
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Block, Call, Const, Expr, Function, Let, Place, Ref, Stmt, Store, Var
from tangentx.ir.walk import expr_atoms, map_blocks, statements
from tangentx.optimise.classes import shown_names, written_names
from tangentx.optimise.terms import call_op, count_uses, is_derived, number, op_name

__all__ = ["flatten_chains"]

PRODUCTS = frozenset({"mul", "truediv", "neg"})
OPENED = frozenset({"mul", "truediv", "neg", "pow", "sub"})
FLIPPED = {"+": "-", "-": "+"}
PREDICATES = ("equal", "greater", "is", "less", "logical_", "not_equal", "signbit")  # what their names begin with
LARGE = 2.0**53
Nest = object  # an expression with its temporaries put in: tuples of operator names and atoms


def flatten_chains(function: Function) -> Function:
    """The function with its derived products flat; see the module's docstring for a before and an after."""
    return replace(function, body=_Flattener(function).block(function.body))


@dataclass
class _Chain:
    """``sign * coefficient * items``; an item is ``("*", a)`` or ``("/", a)``, in order."""

    sign: int = 1
    coefficient: int | float = 1
    items: list[tuple[str, Atom]] = field(default_factory=list)
    opened: list[Var] = field(default_factory=list)  # temporaries read once: their statements vanish
    shared: list[Var] = field(default_factory=list)  # negations that others read too
    shares: bool = True  # whether those are opened

    def tidy(self) -> _Chain:
        """The sign goes into the literal, a numerator comes first, a literal next to an adjoint is a float."""
        if self.coefficient < 0:
            self.sign, self.coefficient = -self.sign, -self.coefficient
        if self.coefficient == 1 and self.items and self.items[0][0] == "/":
            first = next((k for k, (op, _) in enumerate(self.items) if op == "*"), None)
            if first is not None:
                self.items.insert(0, self.items.pop(first))
        if self.coefficient != 1:
            self.coefficient, self.sign = self.sign * self.coefficient, 1
            if any(_is_cotangent(a) for _, a in self.items):
                self.coefficient = float(self.coefficient)
        return self

    @property
    def sound(self) -> bool:
        """Whether the literals' product is still exact enough: neither vanished nor beyond what a float can count."""
        return 0 < abs(self.coefficient) < LARGE

    def operations(self) -> Iterator[tuple[str, Atom]]:
        """The first operand as ``("", a)``, then the operations on it; ``("neg", ...)`` where the sign is left over."""
        items = list(self.items)
        if self.coefficient != 1 or not items or items[0][0] == "/":
            yield "", Const(self.coefficient * self.sign)
        else:
            yield "", items.pop(0)[1]
            if self.sign < 0:
                yield "neg", Const(None)
        for op, atom in items:
            yield ("mul" if op == "*" else "truediv"), atom


def _is_cotangent(atom: Atom) -> bool:
    return isinstance(atom, Var) and (atom.base.endswith(("_bar", "_dot")) or atom.base.startswith("init_grad"))


class _Flattener:
    def __init__(self, function: Function) -> None:
        self.fresh = Fresh.of(function)
        self.uses, self.written = count_uses(function), written_names(function)
        self.shown = shown_names(function, self.written)
        self.masks = {s.target for s in statements(function.body) if isinstance(s, Let) and _is_mask(s.value)}
        self.temps: dict[Var, Let] = {}  # what may be opened here
        self.out: list[Stmt | None] = []
        self.at: dict[Var, int] = {}  # where a temporary stands in ``out``
        self.place: Place | None = None

    def block(self, block: Block) -> Block:
        outer = self.temps, self.out, self.place
        self.temps, self.out = {}, []
        for stmt in block:
            if isinstance(stmt, Let) and is_derived(stmt):
                self.let(stmt)
                continue
            if isinstance(stmt, Store) and is_derived(stmt) and stmt.op in FLIPPED and (positive := self.negated(stmt.value)) is not None:
                stmt = replace(stmt, op=FLIPPED[stmt.op], value=positive)
            self.out.append(map_blocks(stmt, self.block))
            if any(isinstance(s, Store) for s in statements((stmt,))):
                self.temps.clear()
        result = tuple(s for s in self.out if s is not None)
        self.temps, self.out, self.place = outer
        return result

    def let(self, stmt: Let) -> None:
        if self.place is None or not _same_statement(stmt.place, self.place):
            self.temps.clear()
        self.place = stmt.place
        name = op_name(stmt.value)
        if isinstance(stmt.value, Call) and name in PRODUCTS:
            self.product(stmt, stmt.value)
        elif isinstance(stmt.value, Call) and name in ("add", "sub"):
            self.sum(stmt, stmt.value)
        else:
            self.keep(stmt)

    def keep(self, stmt: Let) -> None:
        self.at[stmt.target] = len(self.out)
        self.out.append(stmt)
        if op_name(stmt.value) in OPENED or _is_unbroadcast(stmt.value):
            self.temps[stmt.target] = stmt

    def drop(self, var: Atom) -> None:
        """Takes a temporary's statement out again."""
        assert isinstance(var, Var)
        self.out[self.at[var]] = None
        self.count(self.temps.pop(var), -1)

    def count(self, stmt: Let, step: int) -> None:
        for atom in expr_atoms(stmt.value):
            self.uses[atom] = self.uses.get(atom, 0) + step

    def change(self, stmt: Let, value: Expr) -> None:
        """Keeps a statement with another value."""
        self.count(stmt, -1)
        stmt = replace(stmt, value=value)
        self.count(stmt, 1)
        self.keep(stmt)

    # ---------------------------------------------------------------------------------------------------- products

    def made_by(self, atom: Atom) -> Call | None:
        """The operation behind a temporary that may be opened here."""
        stmt = self.temps.get(atom) if isinstance(atom, Var) else None
        return stmt.value if stmt is not None and isinstance(stmt.value, Call) else None

    def opened(self, atom: Atom, chain: _Chain, uses: int = 1) -> Call | None:
        """Opens a factor of a chain if it is a product that is read once, or a negation."""
        call = self.made_by(atom)
        name = op_name(call)
        if call is None or not isinstance(atom, Var) or name not in OPENED or name == "sub":
            return None
        if name == "pow" and not (number(call.args[1]) in (2, 3) and isinstance(call.args[0], Var)):
            return None
        if self.uses[atom] <= uses:
            chain.opened.append(atom)
        elif name == "neg" and chain.shares:
            chain.shared.append(atom)
        else:
            return None
        return call

    def collect(self, chain: _Chain, atom: Atom, uses: int = 1) -> None:
        """Multiplies a chain by an operand, its temporaries opened."""
        if (value := number(atom)) is not None and value != 0:
            chain.coefficient *= value
            return
        call = self.opened(atom, chain, uses)
        if call is None:
            chain.items.append(("*", atom))
        elif op_name(call) == "pow":
            chain.items.extend([("*", call.args[0])] * int(number(call.args[1]) or 0))
        else:
            self.multiply(chain, call)

    def multiply(self, chain: _Chain, call: Call) -> None:
        """Multiplies a chain by the value of a product, quotient or negation."""
        name = op_name(call)
        self.collect(chain, call.args[0])
        if name == "neg":
            chain.sign = -chain.sign
        elif name == "mul":
            self.collect(chain, call.args[1])
        else:
            below = call.args[1]
            while op_name(self.made_by(below)) == "neg" and (negated := self.opened(below, chain)) is not None:
                chain.sign, below = -chain.sign, negated.args[0]
            chain.items.append(("/", below))

    def chain(self, call: Call, absorbed: bool = False) -> _Chain:
        """A product as a chain; negations that others read too are opened only where the sign is then gone."""
        chain = _Chain()
        self.multiply(chain, call)
        if chain.tidy().sign < 0 and chain.shared and not absorbed:
            chain = _Chain(shares=False)
            self.multiply(chain, call)
            chain.tidy()
        return chain

    def product(self, stmt: Let, call: Call) -> None:
        difference = self.made_by(call.args[0]) if op_name(call) == "neg" and self.uses[call.args[0]] == 1 else None
        if difference is not None and op_name(difference) == "sub":
            self.drop(call.args[0])
            self.change(stmt, call_op("sub", difference.args[1], difference.args[0]))
            return
        chain = self.chain(call)
        self.emit(stmt, chain, self.nest(call, chain))

    def nest(self, value: Expr, chain: _Chain) -> Nest:
        """The expression as it stands, with what the chain has opened put in."""
        if isinstance(value, Call):
            return (op_name(value), *(self.nest(a, chain) for a in value.args))
        if isinstance(value, Var) and (value in chain.opened or value in chain.shared):
            return self.nest(self.temps[value].value, chain)
        return value

    def emit(self, stmt: Let, chain: _Chain, before: Nest) -> None:
        """Puts the chain as statements in place of what it opened, unless it reads like that already."""
        (_, value), *rest = chain.operations()
        after: Nest = value
        for name, atom in rest:
            after = (name, after) if name == "neg" else (name, after, atom)
        alias = not rest and (stmt.target in self.written or value in self.shown)  # what is written in place stays an array of its own
        negated = value in self.masks and any(name == "neg" for name, _ in rest)  # NumPy does not negate booleans
        if after == before or not chain.sound or alias or negated:
            self.keep(stmt)
            return
        for var in chain.opened:
            self.drop(var)
        if not rest:
            self.change(stmt, value)
            return
        for name, atom in rest[:-1]:
            part = Let(self.fresh(f"{stmt.target.base}_part"), _applied(name, value, atom), stmt.place)
            self.count(part, 1)
            self.keep(part)
            value = part.target
        self.change(stmt, _applied(rest[-1][0], value, rest[-1][1]))

    # -------------------------------------------------------------------------------------------------------- sums

    def sum(self, stmt: Let, call: Call) -> None:
        a, b = call.args
        name = op_name(call)
        if name == "add" and a == b and (_is_cotangent(a) or a in self.temps):
            chain = _Chain(coefficient=2)
            self.collect(chain, a, uses=2)
            self.emit(stmt, chain.tidy(), ())
            return
        positive = self.negated(b)
        if positive is not None:
            name, b = ("sub" if name == "add" else "add"), positive
        elif name == "add" and (positive := self.negated(a)) is not None:
            name, a, b = "sub", b, positive
        if (name, a, b) == (op_name(call), *call.args):
            self.keep(stmt)
        else:
            self.change(stmt, call_op(name, a, b))

    def negated(self, atom: Atom) -> Atom | None:
        """If an operand is a negative literal, a negation, or a product with a negative sign: what it negates."""
        if (value := number(atom)) is not None:
            return Const(-value) if value < 0 else None
        call = self.made_by(atom)
        if call is not None and _is_unbroadcast(call) and self.uses[atom] == 1:
            return self.summed(atom, call)
        if call is None or op_name(call) not in PRODUCTS:
            return None
        if self.uses[atom] > 1:
            return call.args[0] if op_name(call) == "neg" else None
        chain = self.chain(call, absorbed=True)
        if (chain.sign > 0 and chain.coefficient > 0) or not chain.sound:
            return None
        chain.sign, chain.coefficient = 1, abs(chain.coefficient)
        (_, first), *rest = chain.operations()
        assert isinstance(atom, Var)
        stmt = self.temps[atom]
        self.drop(atom)
        if not rest:
            for var in chain.opened:
                self.drop(var)
            return first
        self.count(stmt, 1)
        self.emit(stmt, chain, ())
        return atom

    def summed(self, atom: Atom, call: Call) -> Atom | None:
        """``unbroadcast(-g, like)`` negates ``unbroadcast(g, like)``."""
        assert isinstance(atom, Var)
        stmt = self.temps[atom]
        positive = self.negated(call.args[0]) if isinstance(call.args[0], Var) else None
        if positive is None:
            return None
        self.drop(atom)
        self.count(stmt, 1)
        self.change(stmt, replace(call, args=(positive, *call.args[1:])))
        return atom


def _applied(name: str, value: Atom, operand: Atom) -> Call:
    return call_op(name, value) if name == "neg" else call_op(name, value, operand)


def _is_mask(value: Expr) -> bool:
    """Whether its value may be booleans: of a comparison, or of a predicate of NumPy's."""
    ref = value.fn if isinstance(value, Call) and isinstance(value.fn, Ref) else None
    return ref is not None and (op_name(value) in COMPARISONS or (ref.module == "numpy" and ref.attr.startswith(PREDICATES)))


def _is_unbroadcast(value: Expr | None) -> bool:
    """Whether it is ``unbroadcast(g, like)``, which is linear in its first operand."""
    return isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.attr == "unbroadcast" and value.fn.module == "tangentx.runtime"


def _same_statement(a: Place, b: Place) -> bool:
    return (a.line, a.sweep, a.file, a.text) == (b.line, b.sweep, b.file, b.text)
