"""Fold: what can be said shorter is; derived statements only, the user's own stay as written.

    partial = 2 - 1                              t = x * x
    power = x ** partial            ==>          g_2 = 2 * t
    g_1 = 1 * power                              if c:
    g_2 = g_1 * 2                                    ...
    copied = g_2                                 return g_2
    if c:
        ...
    join r = copied | copied
    return r

Literals are worked out; ``x * 1``, ``x + 0``, ``-(-x)``, ``x ** 1`` vanish, ``x ** 2`` becomes ``x * x``; copies are read
through; joins of equal values and carries that never change are the value itself; a test on a literal is decided, and so is one whose
other arm has raised; a new array needs no copy.

The meaning for NaN and infinity stays: ``x * 0`` is never 0 (but the ``0 * x ** -1`` that a rule makes for ``x ** 0`` is).
A value that is written in place must stay a new array: it is never folded into another name.
"""

from __future__ import annotations

from dataclasses import replace

from tangentx.ir.nodes import (
    UNDEF,
    Atom,
    Block,
    Build,
    Call,
    Carry,
    Const,
    Expr,
    For,
    Function,
    If,
    Join,
    Let,
    Method,
    Mirror,
    Raise,
    Ref,
    Stmt,
    Store,
    Unpack,
    Var,
    While,
)
from tangentx.ir.walk import defined, map_atoms, map_expr, own_atoms, statements
from tangentx.optimise.classes import shown_names, two_faced, written_names
from tangentx.optimise.terms import call_op, count_uses, is_derived, literal, number, op_name

__all__ = ["fold"]

NEW = frozenset({"add", "sub", "mul", "truediv", "neg", "pow", "matmul"})  # operators that give a new array
BOOLEAN = frozenset({"is_", "is_not", "not_", "contains"})


def fold(function: Function) -> Function:
    """The function with its derived statements simplified; see the module's docstring for a before and an after."""
    while True:
        folder = _Folder(function)
        result = replace(function, body=folder.block(function.body), result=folder.atom(function.result))
        # a carry that turns out not to change is seen in the next walk only
        if not folder.loops or result == function:
            return result
        function = result


class _Folder:
    def __init__(self, function: Function) -> None:
        self.written, self.uses, self.faced = written_names(function), count_uses(function), two_faced(function)
        self.shown = shown_names(function, self.written)
        self.loops = False
        self.ahead: Block = ()  # the statements of this block behind the one that is folded
        self.mirrors: list[int] = []  # the loops in whose mirrors we are
        self.here: dict[Var, None] = {}  # what the derived statements of this block define
        self.names: dict[Var, Atom] = {}
        self.defs: dict[Var, Expr] = {}
        self.settled: dict[Atom, Const] = {}  # tests that are known here, because the other arm raised
        self.left: dict[Atom, Const] = {}  # those known at the end of the block before

    def atom(self, atom: Atom) -> Atom:
        """The operand as it is read now."""
        while isinstance(atom, Var) and atom in self.names:
            atom = self.names[atom]
        return atom

    def fixed(self, atom: Atom) -> bool:
        """Whether an operand may be read elsewhere: it is not written in place, and means the same there."""
        if not isinstance(atom, Var):
            return True
        return atom not in self.written and self.faced.get(atom, 0) in (0, *self.mirrors)

    def stays(self, value: Expr) -> bool:
        """Whether a name would mean something else where it is read."""
        return isinstance(value, Var) and self.faced.get(value, 0) not in (0, *self.mirrors)

    def block(self, block: Block) -> Block:
        out: list[Stmt] = []
        outer, self.here, settled = self.here, {}, dict(self.settled)
        for k, stmt in enumerate(block):
            self.ahead = block[k + 1 :]
            if isinstance(stmt, Let):
                out.extend(self.let(stmt))
            elif isinstance(stmt, If):
                out.extend(self.branch(stmt))
            elif isinstance(stmt, For | While):
                out.append(self.loop(stmt))
            elif isinstance(stmt, Unpack) and is_derived(stmt):
                out.extend(self.unpack(stmt))
            else:
                out.append(map_atoms(stmt, self.atom))
        self.here, self.left, self.settled = outer, self.settled, settled
        return tuple(out)

    # -------------------------------------------------------------------------------------------------- statements

    def let(self, stmt: Let) -> list[Stmt]:
        value = map_expr(stmt.value, self.atom)
        if is_derived(stmt):
            short = self.uncopied(self.simplified(value, fresh=stmt.target in self.written))
            alias = short in self.shown and short != value and not self.used_before_a_write(stmt.target)
            value = value if alias else short  # 1.0 * a is a value of its own, where a is written
            self.here[stmt.target] = None
            if not isinstance(value, Call | Build) and self.may_copy(value, stmt.target):
                self.names[stmt.target] = value
                if isinstance(value, Var):
                    self.uses[value] = self.uses.get(value, 0) + self.uses.get(stmt.target, 0) - 1
                return []
        self.defs[stmt.target] = value
        return [stmt if value == stmt.value else replace(stmt, value=value)]

    def used_before_a_write(self, target: Var) -> bool:
        """Whether all that reads a name is arithmetic of this block, in front of the next write."""
        count = 0
        for stmt in self.ahead:
            if any(isinstance(s, Store) for s in statements((stmt,))):
                break
            if isinstance(stmt, Let) and op_name(stmt.value) in NEW:
                count += sum(a == target for a in own_atoms(stmt))
        return count == self.uses.get(target, 0)

    def may_copy(self, value: Atom, target: Var) -> bool:
        """Whether an operand can be read instead of its copy: what is written in place must stay a name."""
        return not self.stays(value) and (isinstance(value, Var) or target not in self.written)

    def uncopied(self, value: Expr) -> Expr:
        """``g.copy()`` of a new array that nobody else will read is g."""
        if not (isinstance(value, Call) and value.fn == Method("copy") and isinstance(a := value.args[0], Var)):
            return value
        alone = self.uses.get(a, 0) == 1 and a in self.here and op_name(self.defs.get(a)) in NEW
        return a if alone else value

    def means(self, target: Var, value: Atom) -> None:
        """Another name for a value, behind a branch or loop: who reads it reads the value."""
        self.names[target] = value
        if isinstance(now := self.atom(value), Var):
            self.uses[now] = self.uses.get(now, 0) + self.uses.get(target, 0)

    def unpack(self, stmt: Unpack) -> list[Stmt]:
        source = self.atom(stmt.source)
        built = self.defs.get(source) if isinstance(source, Var) else None
        known = isinstance(built, Build) and built.kind in ("tuple", "list") and len(built.items) == len(stmt.targets)
        if not known or not all(map(self.fixed, built.items)) or any(t in self.written for t in stmt.targets):  # type: ignore[union-attr]
            return [replace(stmt, source=source)]
        for target, item in zip(stmt.targets, built.items, strict=True):  # type: ignore[union-attr]
            if target is not None:
                self.means(target, item)
        return []

    def branch(self, stmt: If) -> list[Stmt]:
        test = self.atom(stmt.test)
        then, after_then = self.block(stmt.then), self.left
        orelse, after_else = self.block(stmt.orelse), self.left
        known = self.settled.get(test, test)
        if isinstance(known, Const) and is_derived(stmt) and stmt.guard is None:
            for j in stmt.joins:
                self.means(j.target, j.then if known.value else j.orelse)
            return list(then if known.value else orelse)
        raised = [bool(arm) and isinstance(arm[-1], Raise) for arm in (then, orelse)]
        if raised[0] != raised[1] and isinstance(test, Var) and stmt.guard is None:
            after = after_else if raised[0] else after_then
            self.settled.update({**after, test: Const(raised[1])})
            leaving = {j.target: self.atom(j.orelse if raised[0] else j.then) for j in stmt.joins}
            self.settled.update((target, after[value]) for target, value in leaving.items() if value in after)
        joins: list[Join] = []
        for join in stmt.joins:
            values = (self.atom(join.then), self.atom(join.orelse))
            same = values[0] == values[1]
            # after an arm that raised there is only the other one's value, if that comes from before the If
            if any(r and v == Const(UNDEF) for r, v in zip(raised, values, strict=True)):
                other = values[0] if values[1] == Const(UNDEF) else values[1]
                same, values = other != Const(UNDEF) and other not in defined((*then, *orelse)), (other, other)
            if same and not self.stays(values[0]) and (isinstance(values[0], Var) or join.target not in self.written):
                self.means(join.target, values[0])
            else:
                joins.append(Join(join.target, self.atom(join.then), self.atom(join.orelse)))
        guard = stmt.guard and replace(stmt.guard, atoms=tuple(map(self.atom, stmt.guard.atoms)))
        return [replace(stmt, test=test if guard is None else stmt.test, then=then, orelse=orelse, joins=tuple(joins), guard=guard)]

    def loop(self, stmt: For | While) -> Stmt:
        carries: list[Carry] = []
        self.loops = True
        for carry in stmt.carries:
            init = self.atom(carry.init)
            unchanged = carry.back in (carry.target, carry.init) or self.atom(carry.back) == init
            if unchanged and not self.stays(init) and (isinstance(init, Var) or (init != Const(UNDEF) and carry.target not in self.written)):
                self.means(carry.target, init)
            else:
                carries.append(replace(carry, init=init))
        if isinstance(stmt, For) and any(isinstance(s, Mirror) for s in stmt.sources):
            self.mirrors.append(stmt.mirror)
            mirror = self.looped(stmt, tuple(carries))
            self.mirrors.pop()
            return mirror
        return self.looped(stmt, tuple(carries))

    def looped(self, stmt: For | While, carries: tuple[Carry, ...]) -> Stmt:
        if isinstance(stmt, While):
            header = self.block(stmt.header)
            body = self.block(stmt.body)
            back = tuple(replace(c, back=self.atom(c.back)) for c in carries)
            return replace(stmt, carries=back, header=header, test=self.atom(stmt.test), body=body)
        # the sources are read before the loop, their targets are new names: only atoms change
        bare = map_atoms(replace(stmt, carries=(), body=()), self.atom)
        assert isinstance(bare, For)
        body = self.block(stmt.body)
        return replace(bare, carries=tuple(replace(c, back=self.atom(c.back)) for c in carries), body=body)

    # ------------------------------------------------------------------------------------------------- expressions

    def inner(self, atom: Atom, name: str) -> tuple[Atom, ...] | None:
        """The operands of a name that an operator made, if they can be read in its place."""
        value = self.defs.get(atom) if isinstance(atom, Var) else None
        if not isinstance(value, Call) or op_name(value) != name or not all(map(self.fixed, value.args)):
            return None
        return value.args

    def simplified(self, value: Expr, fresh: bool) -> Expr:
        """A shorter expression of the same value; ``fresh``: it must stay a new object."""
        name = op_name(value)
        if not isinstance(value, Call) or not name:
            return value
        args = value.args
        if name in ("is_", "is_not") and Const(None) in args and any(isinstance(a, Ref) and not a.live and a.obj is not None for a in args):
            return Const(name == "is_not")  # np.inf is None
        if all(isinstance(a, Const) for a in args) and (known := literal(name, [a.value for a in args if isinstance(a, Const)])):
            return value if fresh else known
        short = self.unary(name, args[0]) if len(args) == 1 else self.binary(name, args[0], args[1]) if len(args) == 2 else None
        return value if short is None or (fresh and not isinstance(short, Call)) or self.stays(short) else short

    def unary(self, name: str, a: Atom) -> Expr | None:
        inner = self.inner(a, name)
        if inner is None or name not in ("neg", "not_"):
            return None
        if name == "neg" or op_name(self.defs.get(inner[0]) if isinstance(inner[0], Var) else None) in BOOLEAN:
            return inner[0]
        return None

    def binary(self, name: str, a: Atom, b: Atom) -> Expr | None:
        x, y = number(a), number(b)
        if name == "mul":
            return self.product(a, b)
        if name in ("add", "sub") and y == 0:
            return a
        if name == "add" and x == 0:
            return b
        if name == "sub" and x == 0:
            return call_op("neg", b)
        if name == "truediv" and y == 1 or name == "floordiv" and y == 1 and self.counts(a):
            return a
        if name == "pow":
            return a if y == 1 else Const(1) if y == 0 else call_op("mul", a, a) if y == 2 and isinstance(a, Var) else None
        if name == "contains" and isinstance(b, Const) and isinstance(b.value, str):
            items = self.defs.get(a) if isinstance(a, Var) else None
            known = isinstance(items, Build) and items.kind == "tuple" and all(isinstance(i, Const) for i in items.items)
            return Const(b in items.items) if known else None  # type: ignore[union-attr]
        return self.item(a, y) if name == "getitem" else None

    def counts(self, atom: Atom) -> bool:
        """Whether a name is a number of elements, so an int."""
        value = self.defs.get(atom) if isinstance(atom, Var) else None
        return isinstance(value, Call) and isinstance(value.fn, Ref) and (value.fn.module, value.fn.attr) in (("numpy", "size"), ("builtins", "len"))

    def item(self, container: Atom, index: int | float | None) -> Expr | None:
        """``t[1]`` of a tuple that was built here."""
        built = self.defs.get(container) if isinstance(container, Var) else None
        if not isinstance(built, Build) or built.kind != "tuple" or type(index) is not int:
            return None
        if not -len(built.items) <= index < len(built.items):
            return None
        return built.items[index] if self.fixed(built.items[index]) else None

    def product(self, a: Atom, b: Atom) -> Expr | None:
        if number(a) == 1:
            return b
        if number(b) == 1:
            return a
        if number(a) == -1:
            return call_op("neg", b)
        if number(b) == -1:
            return call_op("neg", a)
        if number(a) == 0 and self.inner(b, "pow") is not None:
            return Const(0)
        return call_op("mul", b, a) if number(b) is not None and number(a) is None else None
