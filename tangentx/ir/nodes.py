"""The IR: A-normal form with Python's control flow kept and SSA made explicit.

A ``Function`` is a tree of blocks.  Every ``Var`` is defined once; control flow joins values by ``Join`` (after an
``If``) and ``Carry`` (around a loop).  Operands are atoms: ``Var``, ``Const`` or ``Ref``.  Every statement knows its
``Place``.  Nodes are frozen; a pass builds new ones and never changes the old.

    def f(x, n):                       Function f(x, n)
        i = 0                            for/while carries are written (target = init <- back)
        while i < n:          ==>        while [i.1 = 0 <- i.2, x.1 = x <- x.2]: { t = lt(i.1, n) } test t
            x = x * x                        x.2 = mul(x.1, x.1)
            i += 1                           i.2 = add(i.1, 1)
        return x                         return x.1

Meaning of the control flow:

* **If**: one block runs, then every ``Join.target`` gets the value of that arm.
* **For / While**: ``Carry.target`` holds ``init`` at the first iteration and ``back`` of the last finished iteration
  after that; *after the loop it still holds the value that left the loop*, and only carry targets (never names of the
  body) are read after the loop.
* **Break** stands last in an arm of an ``If`` which is itself the last statement of the loop body (or of such an arm):
  "tail position".  Values flow on through the joins to the back edge, then the loop ends.  So data flow never has to
  know about it: it is a mark that says "this was the last iteration".  ``continue`` and ``return`` inside loops are
  desugared before lowering.
* **Undef** marks a value that does not exist on a path (a join of an arm that raised, or that did not assign).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, NamedTuple, Union

__all__ = [
    "Append", "Assert", "Atom", "Attribute", "Block", "Break", "Build", "Call", "Carry", "Const", "Count", "Each",
    "Effect", "Expr", "For", "Function", "Guard", "If", "Inner", "Join", "Let", "Local", "Method", "Mirror", "NewTape", "Param", "Place",
    "Pop", "Program", "Raise", "ReadTape", "Ref", "Source", "Span", "Stmt", "Store", "UNDEF", "Undef", "Unpack", "Var",
    "While",
]  # fmt: skip


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node comes from: a statement (or expression) of the user's source.

    ``text`` is the whole statement on one line; ``snippet`` is the raw source line ``line`` for carets.
    ``sweep`` says how a derived statement relates to it, outermost first: ``("Grad of",)``, ``("Tangent of", "Grad of")``.
    ``comments`` are the comment lines that stand above the statement (with ``#``), ``trailing`` the one behind it.
    """

    file: str
    line: int
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    text: str = ""
    snippet: str = ""
    function: str = ""
    sweep: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    trailing: str = ""

    def names(self, base: str) -> bool:
        """Whether the statement's text has this name: then it is the user's own, not a temporary of ours."""
        return base in _words(self.text)

    @property
    def own(self) -> bool:
        """Whether the user wrote the statement: in the function, or for its gradient (``insert_grad_of``)."""
        return not self.sweep or self.sweep[0] == "Inserted"

    def derived(self, label: str) -> Place:
        """The place of a statement derived from this one, e.g. ``place.derived("Grad of")``."""
        return replace(self, sweep=(label, *self.sweep), comments=(), trailing="")


# ---------------------------------------------------------------------------------------------------------------- atoms


class Var(NamedTuple):  # which is hashed and compared faster than a dataclass, and nothing is so as often
    """One SSA value.  ``base`` is the name wished for (the user's, or one made from the operation), unique by version."""

    base: str
    version: int = 0

    def __str__(self) -> str:
        return f"{self.base}.{self.version}" if self.version else self.base


@dataclass(frozen=True, slots=True)
class Undef:
    """The value of a name on a path that never assigned it."""


UNDEF = Undef()


@dataclass(frozen=True, slots=True, eq=False)
class Const:
    """A literal: int, float, complex, bool, str, bytes, None, Ellipsis, UNDEF.  Equal when type and repr are."""

    value: Any

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Const) and type(self.value) is type(other.value) and repr(self.value) == repr(other.value)

    def __hash__(self) -> int:
        return hash((type(self.value), repr(self.value)))


@dataclass(frozen=True, slots=True, eq=False)
class Ref:
    """A name of the outside world, with the object that it means while transforming.

    ``text`` is how it was written (``np.sin``, ``sin``, ``scale``); ``module`` and ``attr`` say where it lives: ``("numpy", "sin")``.
    Builtins have module ``builtins``, operators ``operator``.  ``live``: a global of the user's own module, ``model.scale``, read at every
    call.  See ``ir/libraries`` and ``ir/homes`` for the last two.  Equal when the object and text are; of what is live, its place too.
    """

    obj: Any
    text: str
    module: str
    attr: str
    live: bool = False
    library: str = ""
    home: Any = field(default=None, repr=False)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Ref) or self.obj is not other.obj or (self.text, self.library) != (other.text, other.library):
            return False
        return not self.live or (self.module, self.attr, id(self.home)) == (other.module, other.attr, id(other.home))

    def __hash__(self) -> int:
        return hash((id(self.obj), self.text))


Atom = Union[Var, Const, Ref]

# ---------------------------------------------------------------------------------------------------------- expressions


@dataclass(frozen=True, slots=True)
class Method:
    """``x.name(...)`` on a value: the first argument of the call is the receiver; ``own``: its class says what that is, though arrays have one."""

    name: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Attribute:
    """``x.name`` of a value: the only argument of the call is the receiver; ``own`` as in ``Method``."""

    name: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Local:
    """A function of the same ``Program``, by name; ``effects``: its call stays, though nobody wants its value."""

    name: str
    effects: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Inner:
    """The derivative of a function defined inside of the function: ``tx.grad(lambda y: x + y)``, as the object of a ``Ref``.

    Or, with mode "call", one that calls itself.  What it captures are its last parameters.
    """

    function: Any  # a Function
    mode: str
    wrt: tuple[str, ...]
    single: bool
    own: int  # how many parameters come before those


@dataclass(frozen=True, slots=True)
class Call:
    """A call of anything.  Operators, item reads, slices too: ``Ref(operator.add)``, ``Ref(operator.getitem)``, ``Ref(slice)``."""

    fn: Union[Ref, Method, Attribute, Local, Var]
    args: tuple[Atom, ...] = ()
    kwargs: tuple[tuple[str, Atom], ...] = ()


@dataclass(frozen=True, slots=True)
class Build:
    """A display: ``tuple``, ``list``, ``set``, ``dict`` (items alternate key, value), ``fstring`` (items are Const(str)
    parts or values formatted as ``{value}``; a value with a conversion or format spec is Build("format", (value, Const("!r:>10")))).

    Without items, first in an arm of a guarded If: ``caught`` (the exception), ``entered`` (what a context gives)."""

    kind: str
    items: tuple[Atom, ...] = ()


Expr = Union[Atom, Call, Build]

# ----------------------------------------------------------------------------------------------------------- statements


@dataclass(frozen=True, slots=True)
class Let:
    """``target = value``."""

    target: Var
    value: Expr
    place: Place


@dataclass(frozen=True, slots=True)
class Unpack:
    """``a, b = source``; ``None`` is a slot that nobody reads (printed ``_``).  Nested patterns are several Unpacks."""

    targets: tuple[Var | None, ...]
    source: Atom
    place: Place


@dataclass(frozen=True, slots=True)
class Store:
    """``base[index] = value`` (or ``op=``, e.g. ``"+"``) in place; ``target`` is the new version of the same buffer.

    ``through`` is a view of ``base`` (made from that version of it, by views only) that is written instead of all of it.
    """

    target: Var
    base: Var
    index: Atom
    value: Atom
    op: str
    place: Place
    through: Var | None = None
    there: bool = False  # a dict has that key already


@dataclass(frozen=True, slots=True)
class Effect:
    """An expression for its effect: ``print(x)``, ``logger.info(...)``, ``check_inputs(x)``."""

    value: Expr
    place: Place


@dataclass(frozen=True, slots=True)
class Assert:
    """``assert test, message``."""

    test: Atom
    message: Atom | None
    place: Place


@dataclass(frozen=True, slots=True)
class Raise:
    """``raise exception from cause``; ends its block."""

    exception: Atom | None
    cause: Atom | None
    place: Place


@dataclass(frozen=True, slots=True)
class Break:
    """Ends the loop after this iteration; in tail position only (see the module's docstring)."""

    place: Place


@dataclass(frozen=True, slots=True)
class NewTape:
    """``tape = []``."""

    target: Var
    place: Place


@dataclass(frozen=True, slots=True)
class Append:
    """``tape.append((a, b))``; a single field is appended bare."""

    tape: Var
    values: tuple[Atom, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Pop:
    """``a, b = tape.pop()``; the counterpart of ``Append``."""

    targets: tuple[Var | None, ...]
    tape: Atom
    place: Place


Block = tuple["Stmt", ...]


@dataclass(frozen=True, slots=True)
class Join:
    """After an If: ``target`` is ``then`` or ``orelse``."""

    target: Var
    then: Atom
    orelse: Atom


@dataclass(frozen=True, slots=True)
class Guard:
    """What decides between the arms of an If that is a ``try`` (``atoms``: the types caught) or a ``with`` (its context).

    ``checked``: a context that is not known may end exceptions; generated code raises an error where it does.  Of a try: checks pass.
    """

    kind: str
    atoms: tuple[Atom, ...]
    checked: bool = False


@dataclass(frozen=True, slots=True)
class If:
    """``if test: then else: orelse``.  ``label`` names it; ``mirror`` is the label of the If whose reverse it is (0: none).

    With a ``guard`` it is ``try: then except ...: orelse``, or a ``with`` whose other arm only raises.  The test is then not
    read but defined, by a join of True and False (it is a Const where the other arm always raises): whether ``then`` has
    completed.  So its reverse is an If without guard on that test.
    """

    test: Atom
    then: Block
    orelse: Block
    joins: tuple[Join, ...]
    place: Place
    label: int = 0
    mirror: int = 0
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class Carry:
    """Around a loop: ``target`` is ``init`` at first, ``back`` after each iteration."""

    target: Var
    init: Atom
    back: Atom


@dataclass(frozen=True, slots=True)
class Span:
    """``for target in range(start, stop, step)``."""

    target: Var
    start: Atom
    stop: Atom
    step: Atom


@dataclass(frozen=True, slots=True)
class Each:
    """``for target in sequence`` (``reversed(sequence)``): arrays, lists, tuples, anything iterable."""

    target: Var
    sequence: Atom
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """The counter of ``enumerate(..., start)``."""

    target: Var
    start: Atom


@dataclass(frozen=True, slots=True)
class ReadTape:
    """``for a, b in tape[::-1]``; with no targets ``for _ in tape``."""

    targets: tuple[Var | None, ...]
    tape: Atom


@dataclass(frozen=True, slots=True)
class Mirror:
    """Between ``reverse`` and ``record`` only: iterate as the loop with that label did, backwards."""

    label: int


Source = Union[Span, Each, Count, ReadTape, Mirror]


@dataclass(frozen=True, slots=True)
class For:
    """A for loop over one source, or several in parallel (``zip``/``enumerate``, shortest wins).

    ``for i, (a, b) in enumerate(zip(p, q))`` is ``sources=(Count(i), Each(a, p), Each(b, q))``.
    """

    sources: tuple[Source, ...]
    carries: tuple[Carry, ...]
    body: Block
    place: Place
    label: int = 0
    mirror: int = 0


@dataclass(frozen=True, slots=True)
class While:
    """``while test: body``; ``header`` computes ``test`` before every iteration, from carries and outer names; its
    names are read in the header only."""

    carries: tuple[Carry, ...]
    header: Block
    test: Atom
    body: Block
    place: Place
    label: int = 0
    mirror: int = 0


Stmt = Union[Let, Unpack, Store, Effect, Assert, Raise, Break, NewTape, Append, Pop, If, For, While]

# ------------------------------------------------------------------------------------------------------------ functions


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter: ``kind`` as in inspect (``positional``, ``keyword``: keyword-only, ``positional_only``, ``var_positional``,
    ``var_keyword``); ``default`` None where there is none; ``annotation`` is the source text, "" where there is none.
    ``default`` is an atom; a Ref of a default that is not a literal stands for ``f.__defaults__`` of the user's function.
    """

    var: Var
    kind: str = "positional"
    default: Atom | None = None
    annotation: str = ""
    cls: Any = field(default=None, compare=False)  # the class that the annotation means, where it is a class
    items: Any = field(default=None, compare=False)  # that of its items, where it means a list or tuple; (dict, that of its values)
    checked: bool = False  # whether the value is surely of that very class

    @property
    def said(self) -> str:
        """The annotation without the quotes round it."""
        return self.annotation.strip("'\" ")


@dataclass(frozen=True, slots=True)
class Function:
    """A function.  ``result`` is what it returns (a Var bound to a Build("tuple") for several).

    ``free`` are closure variables: they behave as parameters that are bound to the user's own cells; ``cells`` are the classes
    of what stands in them.
    ``returns`` is the place of the (last) return statement, ``annotation`` the text of its return annotation.
    """

    name: str
    params: tuple[Param, ...]
    body: Block
    result: Atom
    place: Place
    free: tuple[Var, ...] = ()
    doc: str = ""
    annotation: str = ""
    returns: Place | None = None
    cells: tuple[tuple[Var, type], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Program:
    """Functions that belong together; the last one is the entry. ``origin`` maps a function's name to the user's object."""

    functions: tuple[Function, ...]
    entry: str
    origins: dict[str, Any] = field(default_factory=dict, compare=False)
    cells: dict[str, str] = field(default_factory=dict, compare=False)  # closure variables of callees, and how they are reached

    def __getitem__(self, name: str) -> Function:
        return next(f for f in self.functions if f.name == name)
