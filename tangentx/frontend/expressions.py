"""Expressions to A-normal form: each operation becomes a ``Let`` with a readable name, operands are atoms.

    np.sin(x * y) + 1     ==>     x_times_y = x * y
                                  sin_x_times_y = np.sin(x_times_y)
                                  (the Call sin_x_times_y + 1 is returned)

What may not run (a ternary's other arm, what stands behind ``and``) becomes an ``If`` with a join.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import gast

from tangentx.errors import UnsupportedSyntax
from tangentx.frontend.check import refused_call, takes_no_function
from tangentx.frontend.defaults import attribute_or_default
from tangentx.frontend.guards import CAUGHT, ENTERED
from tangentx.frontend.inner import Known, Lost
from tangentx.frontend.inplace import check_plain, written_instead
from tangentx.frontend.joined import joins
from tangentx.frontend.known import item, kept, no_value
from tangentx.frontend.naming import temporary
from tangentx.frontend.private import above
from tangentx.frontend.resolve import Resolver
from tangentx.frontend.source import Source
from tangentx.frontend.spread import given, keywords_of, known_parts, merged_items, own_class, parameters, positions_of
from tangentx.ir.nodes import Atom, Attribute, Block, Build, Call, Const, Expr, Let, Method, Place, Ref, Stmt, Store, Var

__all__ = ["Env", "Expressions", "op"]
from tangentx.rules.mutators import CHANGES_ITS_OBJECT, UPDATES

# where each local name stands
Env = dict[str, Atom | Known | Lost]

BINARY = {
    "Add": ("add", "+"), "Sub": ("sub", "-"), "Mult": ("mul", "*"), "Div": ("truediv", "/"), "FloorDiv": ("floordiv", "//"), "Mod": ("mod", "%"),
    "Pow": ("pow", "**"), "MatMult": ("matmul", "@"), "BitAnd": ("and_", "&"), "BitOr": ("or_", "|"), "BitXor": ("xor", "^"),
    "LShift": ("lshift", "<<"), "RShift": ("rshift", ">>"),
    "Lt": ("lt", "<"), "LtE": ("le", "<="), "Gt": ("gt", ">"), "GtE": ("ge", ">="), "Eq": ("eq", "=="), "NotEq": ("ne", "!="),
    "Is": ("is_", "is"), "IsNot": ("is_not", "is not"),
}  # fmt: skip
UNARY = {"USub": ("neg", "-"), "UAdd": ("pos", "+"), "Invert": ("invert", "~"), "Not": ("not_", "not")}
WISHED = ("IfExp", "BoolOp", "Compare", "Call", "ListComp", "SetComp", "DictComp", "Tuple", "List", "Dict")  # they may be statements of their own
CONVERSIONS = {-1: "", 115: "!s", 114: "!r", 97: "!a"}


def _update(call: Call) -> Call | None:
    """``operator.iadd(y, x)`` as ``y += x`` is said."""
    texts = {f"i{name.strip('_')}": f"{text}=" for name, text in BINARY.values()}
    known = isinstance(call.fn, Ref) and call.fn.module == "operator" and call.fn.attr in UPDATES and call.fn.attr in texts
    return op(call.fn.attr, texts[call.fn.attr], *call.args) if known and len(call.args) == 2 else None  # type: ignore[union-attr]


def op(name: str, text: str, *args: Atom) -> Call:
    """The call of an operator."""
    return Call(Ref(getattr(operator, name), text, "operator", name), args)


class Expressions:
    """The state of one lowering (where each local name stands, what has been emitted) and the lowering of expressions.

    ``env`` maps a local name to its value here; a name that is missing has not been assigned on this path.
    """

    def __init__(self, source: Source, names: dict[str, None]) -> None:
        self.source = source
        self.resolver = Resolver(source, lambda name: self.env.get(name))
        self.local = dict(names)
        self.env: Env = {}
        self.out: list[Stmt] = []
        self.built: dict[Var, Build] = {}  # the display that a name was given
        self.functions: dict[Var, Ref] = {}  # the function that it is another name of
        self.stmt: Any = source.node
        self.labels = 0
        self.origins: list[Source] = []  # functions from elsewhere that are lowered here; their nodes have the ``origin`` 1, 2 ...
        self._arms = 0
        self._versions = dict.fromkeys(source.cells, 1)

    # ------------------------------------------------------------------------------------------------------- tools

    def fresh(self, base: str) -> Var:
        """The next version of a name."""
        base = base.partition("@")[0]  # the key of an inner function's local
        version = self._versions.get(base, 0)
        self._versions[base] = version + 1
        return Var(base, version)

    def label(self) -> int:
        """The next label of an If or a loop."""
        self.labels += 1
        return self.labels

    def source_of(self, node: Any) -> Source:
        """Where a node stands: in this function, or in one from elsewhere that is lowered here."""
        origin = getattr(node, "origin", 0)
        return self.origins[origin - 1] if origin else self.source

    def place(self, node: Any) -> Place:
        """The place of a node inside of the statement being lowered; its comments stand once, before the arms of an expression."""
        if getattr(node, "origin", 0) != getattr(self.stmt, "origin", 0):
            node = self.stmt
        place = self.source_of(self.stmt).place(node, self.stmt)
        if said := getattr(self.stmt, "said", ""):  # a loop that is a part of a statement
            place = replace(place, text=said)
        return replace(place, comments=(), trailing="") if self._arms else place

    def refuse(self, reason: str, node: Any, hint: str = "") -> UnsupportedSyntax:
        """The error to raise for a node."""
        return UnsupportedSyntax(reason, self.place(node), hint)

    def refuse_lost(self, found: Lost, node: Any) -> UnsupportedSyntax:
        """The error for a read of what a try may have assigned; the try may be taken apart for it."""
        error = self.refuse(found.reason, node, "Assign it before the try, and give what the try makes another name.")
        error.apart = (found.place, found.name.partition("@")[0])
        return error

    def emit(self, value: Expr | Known, node: Any, base: str = "") -> Atom:
        """An expression as an atom: an atom stays, anything else gets a name."""
        if isinstance(value, Var | Const | Ref):
            return value
        if isinstance(value, Known):
            raise self.refuse(*no_value(value, node))
        name = base or temporary(value)
        if not base and name in self.local and name not in self._versions:
            self._versions[name] = 1  # version 0 is the user's
        return self.let(self.fresh(name), value, node)

    def let(self, target: Var, value: Expr, node: Any) -> Var:
        """``target = value``."""
        self.out.append(Let(target, value, self.place(node)))
        if isinstance(value, Build):
            self.built[target] = value
        if isinstance(value, Ref) and callable(value.obj) and not value.live:
            self.functions[target] = value
        return target

    def nested(self, run: Callable[[], Any]) -> tuple[Block, Any]:
        """What ``run`` emits, as a block, and what it returns."""
        outer, self.out = self.out, []
        try:
            value = run()
            return tuple(self.out), value
        finally:
            self.out = outer

    # ------------------------------------------------------------------------------------------------- expressions

    def atom(self, node: Any, base: str = "") -> Atom:
        """The value of an expression as an operand."""
        return self.emit(self.value(node), node, base)

    def argument(self, node: Any, base: str = "") -> Atom | Known:
        """The value of an expression where a local function may stand, too: as an operand, or as it is known."""
        value = self.value(node)
        return value if isinstance(value, Known) else self.emit(value, node, base)

    def value(self, node: Any, wish: str = "") -> Expr | Known:
        """The value of an expression; what needs statements of its own is named ``wish`` if that is given."""
        kind = type(node).__name__
        handler = getattr(self, f"_{kind.lower()}", None)
        if handler is None:
            raise self.refuse(f"{kind} is not supported here", node)
        found: Expr | Known = handler(node, wish) if kind in WISHED else handler(node)
        return self.checked(found, node) if getattr(node, "asked", None) else found

    def checked(self, value: Expr | Known, node: Any) -> Expr | Known:
        """What is taken for a dict, as it is asked for a method of that name; see ``mappings``."""
        if isinstance(value, Known | Build):
            return value
        owner, (name, call) = self.emit(value, node), node.asked
        check_plain(self, owner, name, call)
        return owner

    def _constant(self, node: Any) -> Expr:
        return Const(node.value)

    def _name(self, node: Any) -> Expr | Known:
        if node.id in self.env:
            found = self.env[node.id]
            if isinstance(found, Lost):
                raise self.refuse_lost(found, node)
            return found
        if node.id in (CAUGHT, ENTERED):
            return Build(node.id[1:])
        if node.id in self.local:
            raise self.refuse(f"{node.id.partition('@')[0]!r} is read before it is assigned", node, "Assign it on every path that leads here.")
        found = self.resolver.name(node)
        return Const(None) if isinstance(found, Ref) and found.obj is None and not found.live else found

    def is_local(self, name: str) -> bool:
        """Whether a name belongs to the function."""
        return name in self.local

    def _attribute(self, node: Any) -> Expr:
        static = self.resolver.static(node, self.is_local)
        if static is not None:
            return Const(None) if static.obj is None else static
        if node.attr == "__class__":
            return Call(Ref(type, "type", "builtins", "type"), (self.atom(node.value),))
        return Call(Attribute(node.attr), (self.atom(node.value),))

    def _binop(self, node: Any) -> Expr:
        left = self.atom(node.left)
        return op(*BINARY[type(node.op).__name__], left, self.atom(node.right))

    def _unaryop(self, node: Any) -> Expr:
        value = self.atom(node.operand)
        if isinstance(value, Const) and type(value.value) in (int, float) and isinstance(node.op, gast.USub):
            return Const(-value.value)
        return op(*UNARY[type(node.op).__name__], value)

    def _call(self, node: Any, wish: str) -> Expr | Known:
        if (value := self.consumer(node, wish)) is not None:
            return value
        if (value := self.known_call(node, wish)) is not None:
            return value
        if isinstance(node.func, gast.Name) and node.func.id == "super" and not node.args and "__class__" in self.source.cells:
            return above(self)
        fn: Any = None
        first: tuple[Atom, ...] = ()
        if isinstance(node.func, gast.Name | gast.Attribute):
            fn = self.resolver.static(node.func, self.is_local)
        if fn is None and isinstance(node.func, gast.Attribute) and node.func.attr != "__class__":
            fn, first = Method(node.func.attr), (self.atom(node.func.value),)
            if node.func.attr in CHANGES_ITS_OBJECT:
                self.built.pop(first[0], None)  # type: ignore[arg-type]
        if fn is None:
            fn = self.argument(node.func)
            if isinstance(fn, Known):
                return self.applied(fn, node, wish)
            fn = self.functions.get(fn, fn)
            if not isinstance(fn, Var | Ref):
                raise self.refuse("this value cannot be called", node, "Call a function by its name.")
        args, keywords = given(self, node, parameters(own_class(self, fn)), keywords_of(fn), positions_of(fn))
        for local in (*args, *keywords.values()):
            if isinstance(local, Known):
                reason, hint = takes_no_function(fn, local.name)
                raise self.refuse(reason, node, hint)
        call = Call(fn, (*first, *args), tuple(keywords.items()))
        if (value := written_instead(self, call, node) or attribute_or_default(self, call, node) or _update(call)) is not None:
            return value
        if refusal := refused_call(fn, len(args), keywords):
            raise self.refuse(refusal[0], node, refusal[1])
        return call

    def consumer(self, node: Any, wish: str) -> Expr | Known | None:
        """The value of a call that consumes a generator; None if it is another call."""
        raise NotImplementedError

    def known_call(self, node: Any, wish: str) -> Expr | Known | None:
        """The value of a call that makes a local function, calls one or is given one; None if it is another call."""
        raise NotImplementedError

    def applied(self, fn: Atom | Known, node: Any, wish: str) -> Expr | Known:
        """The value of a call of what is known."""
        raise NotImplementedError

    def starred(self, node: Any, wish: str) -> Expr | Known:
        """A list or tuple with stars of which the parts are not known."""
        raise NotImplementedError

    def merged(self, node: Any, wish: str) -> Expr | Known:
        """A dict display with ``**``."""
        raise NotImplementedError

    def closure(self, node: Any, name: str) -> Known:
        """A def or lambda that is met."""
        raise NotImplementedError

    def _lambda(self, node: Any) -> Known:
        return self.closure(node, "lambda")

    def _subscript(self, node: Any) -> Expr | Known:
        value = self.argument(node.value)
        if isinstance(value, Known):
            return item(self, value, node)
        if (joined := joins(value, node.slice)) is not None:
            return Call(joined, (self.index(node.slice),))
        return op("getitem", "[]", value, self.index(node.slice))

    def index(self, node: Any) -> Atom:
        """What stands between square brackets."""
        if isinstance(node, gast.Tuple):
            return self.emit(Build("tuple", tuple(self.index(e) for e in node.elts)), node, "index")
        return self.atom(node)

    def _slice(self, node: Any) -> Expr:
        parts = (node.lower, node.upper, node.step)
        return Call(Ref(slice, "slice", "builtins", "slice"), tuple(Const(None) if p is None else self.atom(p) for p in parts))

    def _tuple(self, node: Any, wish: str) -> Expr | Known:
        if (parts := known_parts(self, node)) is not None:
            return kept("tuple", parts)
        return Call(Ref(tuple, "tuple", "builtins", "tuple"), (self.emit(self.starred(node, ""), node),))

    def _list(self, node: Any, wish: str) -> Expr | Known:
        parts = known_parts(self, node)
        return self.starred(node, wish) if parts is None else kept("list", parts)

    def _set(self, node: Any) -> Expr:
        items = tuple(self.atom(e) for e in node.elts)
        if not all(isinstance(i, Const) or (isinstance(i, Ref) and not i.live) for i in items):
            raise self.refuse("a set has no order to differentiate by", node, "Use a tuple or a list.")
        return Build("set", items)

    def _dict(self, node: Any, wish: str) -> Expr | Known:
        if None in node.keys:
            items = merged_items(self, node)
            return self.merged(node, wish) if items is None else kept("dict", [a for k, v in items.items() for a in (Const(k), v)])
        pairs = [(self.atom(k), self.argument(v)) for k, v in zip(node.keys, node.values, strict=True)]
        if all(isinstance(k, Const) for k, _ in pairs):  # of two equal keys the last one counts
            return kept("dict", [a for k, v in {getattr(k, "value", k): v for k, v in pairs}.items() for a in (Const(k), v)])
        if len(pairs) < 2 or any(isinstance(v, Known) for _, v in pairs):
            return kept("dict", [a for pair in pairs for a in pair])
        made = self.emit(Build("dict", ()), node, wish or "items")
        for key, value in pairs:  # two of them may be equal
            made, before = self.fresh(wish or "items"), made
            self.out.append(Store(made, before, key, value, "", self.place(node)))  # type: ignore[arg-type]
        return made

    def _joinedstr(self, node: Any) -> Expr:
        return Build("fstring", tuple(self._formatted(part) for part in node.values))

    def _formatted(self, part: Any) -> Atom:
        if not isinstance(part, gast.FormattedValue):
            return self.atom(part)
        spec = CONVERSIONS[part.conversion]
        if part.format_spec is not None:
            if not all(isinstance(p, gast.Constant) for p in part.format_spec.values):
                return self._computed(part, spec)
            spec += ":" + "".join(p.value for p in part.format_spec.values)
        value = self.atom(part.value)
        return self.emit(Build("format", (value, Const(spec))), part) if spec else value

    def _computed(self, part: Any, conversion: str) -> Atom:
        """``f"{x!r:>{width}}"`` is ``format(repr(x), f">{width}")``."""
        value = self.atom(part.value)
        if conversion:
            shown: Any = {"!s": str, "!r": repr, "!a": ascii}[conversion]
            value = self.emit(Call(Ref(shown, shown.__name__, "builtins", shown.__name__), (value,)), part)
        return self.emit(Call(Ref(format, "format", "builtins", "format"), (value, self.emit(self._joinedstr(part.format_spec), part))), part)
