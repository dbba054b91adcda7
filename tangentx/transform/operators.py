"""Operators of classes that are lost sight of: in a program that makes objects with operators of their own, any value may be one.

    cs = [Complex(a, b), Complex(b, a)]           effect check_operands(r)
    r = cs[0]                              ==>    effect check_operands(c)
    for c in cs[1:]: r = r * c                    r.1 = r * c               the product of numbers and arrays

    for p in [Path(x), Ring(x)]:           ==>    effect check_protocols(p)
        for v in p: ...                           for v in p: ...           the items of a list or an array

Where the class is known, the operator has become a call of its method by now: see ``transform/objects.py``.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from tangentx.analysis.classes import Known
from tangentx.analysis.fact import Facts
from tangentx.analysis.kinds import library_name
from tangentx.errors import NotDifferentiable
from tangentx.ir.nodes import Atom, Block, Build, Call, Each, Effect, Expr, For, Function, Let, Ref, Stmt, Unpack, Var
from tangentx.ir.walk import map_blocks, statements
from tangentx.transform.binary import IN_PLACE, REFLECTED
from tangentx.transform.build import helper
from tangentx.transform.objects import ASKED, UNARY
from tangentx.transform.protocols import consumed

__all__ = ["has_operators", "with_operands_checked"]

NAMES = frozenset({*REFLECTED, *IN_PLACE, *UNARY})
PROTOCOLS = ("iter", "reversed", "getitem", "float", "round", "divmod", "rdivmod", "floor", "ceil", "trunc")
IDLE = frozenset({"and_", "or_", "xor", "lshift", "rshift", "iand", "ior", "ixor", "ilshift", "irshift", "invert", "floordiv", "ifloordiv"})
IDLE |= {"round", "floor", "ceil", "trunc"}


def has_operators(known: Iterable[Known]) -> bool:
    """Whether one of these classes says what an operator does, or what it is to be gone through."""
    return any(map(_says, known))


def _says(known: Known | None) -> bool:
    names = {name.rstrip("_") for name in (*REFLECTED, *REFLECTED.values(), *UNARY, *PROTOCOLS)}
    return known is not None and any(isinstance(getattr(known.cls, f"__{name}__", None), types.FunctionType) for name in names)


def with_operands_checked(
    function: Function, active: Container[Var], varied: Container[Var], facts: Facts, classes: Mapping[Var, Known], lists: Mapping[Var, Known]
) -> Function:
    """The function with a check of every operand of an active operator that may be such an object; of one that is idle for numbers, too.

    Raises:
        NotDifferentiable: NumPy is given objects of a class whose operators it asks.
    """
    defs: dict[Atom, Expr] = {s.target: s.value for s in statements(function.body) if isinstance(s, Let)}

    def is_plain(atom: Atom, inside: bool = False) -> bool:
        made = defs.get(atom)
        if inside and isinstance(atom, Var) and facts.of(atom).kind in ("list", "tuple"):
            return isinstance(made, Build) and all(is_plain(a, True) for a in made.items)
        if not isinstance(atom, Var) or facts.of(atom).scalar or facts.of(atom).kind != "any" or atom in classes:
            return True
        return is_plain(made) if isinstance(made, Var) else isinstance(made, Call) and library_name(made) not in ("", "getitem", "getattr")

    def block(b: Block) -> Block:
        return tuple(new for stmt in b for new in checked(stmt))

    def checked(stmt: Stmt) -> Block:
        call = stmt.value if isinstance(stmt, Let) and (stmt.target in active or _idle(stmt.value, varied)) else None
        if isinstance(call, Call) and isinstance(call.fn, Ref):
            _refuse_given(call, stmt, classes, lists)
            wanted = "check_operands" if call.fn.module == "operator" and call.fn.attr in NAMES else "check_protocols"
            unknown = [a for a in _asked(call) if not is_plain(a)]
            among = [a for a in _added(call) if not is_plain(a, True)]
            checks = [Effect(helper("check_operands", a), stmt.place) for a in among]
            return (*checks, *(Effect(helper(wanted, a), stmt.place) for a in unknown if a not in among), stmt)
        gone = [a for a in _gone_through(stmt) if a in active and not is_plain(a)]
        return (*(Effect(helper("check_protocols", a), stmt.place) for a in gone), map_blocks(stmt, block))

    return replace(function, body=block(function.body))


def _idle(value: Expr, varied: Container[Var]) -> bool:
    """Whether this has no derivative for numbers: ``~x``, ``round(x)``."""
    idle = isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.attr in IDLE and value.fn.module in ("operator", "builtins", "math")
    return idle and any(isinstance(a, Var) and a in varied for a in value.args)  # type: ignore[union-attr]


def _asked(call: Call) -> tuple[Atom, ...]:
    """What Python asks for an operator, its items or a number."""
    assert isinstance(call.fn, Ref)
    if call.fn.module == "operator":
        return tuple(dict.fromkeys(call.args)) if call.fn.attr in NAMES else call.args[:1] if call.fn.attr == "getitem" else ()
    own = isinstance(call.fn.obj, types.BuiltinFunctionType | type) and call.fn.module in ("builtins", "math")
    if own and any(call.fn.obj is fn for fn in (*ASKED, reversed)):
        return call.args[:1]
    return tuple(call.args[k] for k in consumed(call))


def _added(call: Call) -> tuple[Atom, ...]:
    """What is asked for a sum of its items."""
    name = library_name(call)
    return call.args[:1] if name in ("sum", "prod", "mean", "array", "asarray") and isinstance(call.fn, Ref) and call.fn.module in LIBRARIES else ()


LIBRARIES = ("builtins", "numpy")


def _gone_through(stmt: Stmt) -> Iterator[Atom]:
    if isinstance(stmt, Unpack):
        yield stmt.source
    elif isinstance(stmt, For):
        yield from (s.sequence for s in stmt.sources if isinstance(s, Each))


def _refuse_given(call: Call, stmt: Stmt, classes: Mapping[Var, Known], lists: Mapping[Var, Known]) -> None:
    """``np.sum(points)``: NumPy asks the operators of the objects, one after the other."""
    assert isinstance(call.fn, Ref)
    if call.fn.module not in ("numpy", "math"):
        return
    for atom in call.args:
        known = classes.get(atom) or lists.get(atom) if isinstance(atom, Var) else None
        element = call.fn.module == "math" or isinstance(call.fn.obj, np.ufunc)
        if known is not None and _says(known) and (element or not _is_called(known.cls)):
            reason = f"{call.fn.text} is given objects of the class {known.cls.__name__}, and asks what this says of operators"
            raise NotDifferentiable(reason, stmt.place, "Call a function of the class, or write the sum with sum(...) or as a loop.")


def _is_called(cls: type) -> bool:
    """Whether its objects may stand for functions: ``np.vectorize(model)``."""
    return isinstance(inspect.getattr_static(cls, "__call__", None), types.FunctionType)
