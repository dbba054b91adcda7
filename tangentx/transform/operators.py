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
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

import numpy as np

from tangentx.analysis.classes import Known, is_array_like, is_own_class
from tangentx.analysis.containers import OPS
from tangentx.analysis.evidence import root, versions
from tangentx.analysis.fact import Facts
from tangentx.analysis.kinds import library_name
from tangentx.analysis.own import items_of
from tangentx.errors import NotDifferentiable
from tangentx.ir.homes import is_installed
from tangentx.ir.nodes import (
    Atom,
    Attribute,
    Block,
    Build,
    Call,
    Each,
    Effect,
    Expr,
    For,
    Function,
    Let,
    Method,
    Param,
    Ref,
    Stmt,
    Store,
    Unpack,
    Var,
)
from tangentx.ir.walk import map_blocks, own_atoms, statements
from tangentx.runtime.asked import PLAIN
from tangentx.runtime.compared import gives_bool, odd_comparisons
from tangentx.runtime.contents import parts
from tangentx.runtime.lent import lent
from tangentx.transform.binary import IN_PLACE, MIRRORED, REFLECTED
from tangentx.transform.build import helper
from tangentx.transform.objects import ASKED, UNARY
from tangentx.transform.operands import of_numpy
from tangentx.transform.protocols import consumed

__all__ = ["has_operators", "holds_operators", "is_plain", "with_operands_checked", "with_stores_checked"]

NAMES = frozenset({*REFLECTED, *IN_PLACE, *UNARY})
LOOKS = ("check_fractions", "check_plain", "check_protocols")
NO_ITEMS = ("setattr", "add_field", *(op for op in OPS if op != "del"))
GIVE_ITEMS = ("", "getitem", "getattr", "max", "min", "next")
PROTOCOLS = ("iter", "reversed", "getitem", "setitem", "delitem", "float", "round", "divmod", "rdivmod", "floor", "ceil", "trunc")
ANSWERS = ("array_ufunc", "array_function")
IDLE = frozenset({"and_", "or_", "xor", "lshift", "rshift", "iand", "ior", "ixor", "ilshift", "irshift", "invert", "floordiv", "ifloordiv"})
IDLE |= {"round", "floor", "ceil", "trunc"}


def has_operators(known: Iterable[Known], function: Function) -> bool:
    """Whether one of these classes says what an operator does, or what it is to be gone through; or one of those that look like arrays."""
    given = (cls for p in function.params if (cls := items_of(p)) is not None)
    classes = (*known, *(Known(cls) for cls in (*given, *_held(function))))
    return any(map(_says, classes)) or any(map(_compares_oddly, classes)) or bool(_array_likes(function))


def _held(function: Function) -> Iterator[type]:
    """The classes of what lists, dicts and objects of the outside hold, and of what a function that is called finds there."""
    every = tuple(statements(function.body))
    called = [s.value.fn for s in every if isinstance(s, Let | Effect) and isinstance(s.value, Call) and isinstance(s.value.fn, Ref)]
    refs = {id(a.obj): a.obj for a in (*called, *(a for s in every for a in own_atoms(s) if isinstance(a, Ref)))}
    functions = [obj for obj in refs.values() if isinstance(obj, types.FunctionType)]
    waiting = [obj for obj in refs.values() if not isinstance(obj, type | types.ModuleType | types.FunctionType)]
    waiting += [there for f in functions if not is_installed(f.__code__.co_filename) for there in lent(f)]
    seen = set[int]()
    for value in waiting:
        if id(value) not in seen:
            seen.add(id(value))
            children = [child for _, child in parts(value) or () if type(child) not in PLAIN]
            yield from (cls for cls in dict.fromkeys(map(type, children)) if is_own_class(cls) or is_array_like(cls))
            waiting += children


def holds_operators(param: Param) -> bool:
    """Whether the items of a parameter are of a known class that says so."""
    cls = items_of(param)
    return cls is not None and _says(Known(cls))


def _says(known: Known | None) -> bool:
    names = {name.rstrip("_") for name in (*REFLECTED, *REFLECTED.values(), *IN_PLACE, *UNARY, *PROTOCOLS, *ANSWERS)}
    return known is not None and any(isinstance(getattr(known.cls, f"__{name}__", None), types.FunctionType) for name in names)


def _compares_oddly(known: Known) -> bool:
    """Whether its comparisons give something that may be computed with."""
    return bool(odd_comparisons(known.cls))


def with_operands_checked(
    function: Function, active: Container[Var], varied: Container[Var], facts: Facts, classes: Mapping[Var, Known], lists: Mapping[Var, Known]
) -> Function:
    """The function with a check of every operand of an active operator that may be such an object; of one that is idle for numbers, too.

    Raises:
        NotDifferentiable: NumPy is given objects of a class whose operators it asks.
    """
    defs: dict[Atom, Expr] = {s.target: s.value for s in statements(function.body) if isinstance(s, Let)}
    likes, plain = _array_likes(function), partial(is_plain, defs, facts, classes)

    def block(b: Block, before: frozenset[Atom] = frozenset()) -> Block:
        known = set(before)  # what was asked on the way here
        return tuple(new for stmt in b for new in checked(stmt, known))

    def checked(stmt: Stmt, known: set[Atom]) -> Block:
        call = (
            stmt.value
            if isinstance(stmt, Let) and (stmt.target in active or _idle(stmt.value, varied) or _of_odd(stmt.value, varied, defs))
            else None
        )
        if isinstance(call, Call) and isinstance(call.fn, Ref):
            _refuse_given(call, stmt, classes, lists)
            _refuse_array_like(call, stmt, likes)
            among = [a for a in _added(call) if not plain(a, True)]
            operands = [a for a in dict.fromkeys(call.args) if isinstance(a, Var) and call.fn.attr in NAMES]
            bools = [a for a in operands if _odd(defs.get(a), stmt, classes, plain)]
            checks = [Effect(helper("check_operands", a), stmt.place) for a in among]
            checks += [Effect(helper("check_bools", a), stmt.place) for a in bools]
            checks += [Effect(helper("check_answers", a), stmt.place) for a in of_numpy(call) if not plain(a, True)]
            if call.fn.module == "operator" and call.fn.attr in NAMES:
                wanted, unknown = "check_operands", [a for a in _asked(call) if a not in known and not plain(a)]
                known.update(unknown)
            else:
                wanted, unknown = "check_protocols", [a for a in _asked(call) if not plain(a)]
            return (*checks, *(Effect(helper(wanted, a), stmt.place) for a in unknown if a not in among), stmt)
        gone = [a for a in _gone_through(stmt) if a in active and not plain(a)]
        return (*(Effect(helper("check_protocols", a), stmt.place) for a in gone), map_blocks(stmt, lambda b: block(b, frozenset(known))))

    return replace(function, body=block(function.body))


def with_stores_checked(function: Function, varied: Container[Var], facts: Facts, classes: Mapping[Var, Known], operators: bool) -> Function:
    """The function with a check of what is written by an index or a key, if it is an attribute of something, or where there are ``operators``
    anything that is not known to be an array, a list or a dict: a class of the user's may say what that does.
    """
    every = tuple(statements(function.body))
    if not any(isinstance(s, Store) for s in every):
        return function
    given: set[Atom] = {p.var for p in function.params}  # which are copied first, and so looked into
    same = versions(function)
    made: dict[Atom, Expr] = {s.target: s.value for s in every if isinstance(s, Let)}
    looked = {s.value.args[0] for s in every if isinstance(s, Effect) and isinstance(s.value, Call) and getattr(s.value.fn, "text", "") in LOOKS}

    def block(b: Block) -> Block:
        return tuple(new for stmt in b for new in checked(stmt))

    def checked(stmt: Stmt) -> Block:
        if not isinstance(stmt, Store) or stmt.op in NO_ITEMS or stmt.target not in varied or stmt.place.sweep:
            return (map_blocks(stmt, block),)
        first = root(stmt.base, same)
        value = made.get(first)
        field = isinstance(value, Call) and isinstance(value.fn, Attribute)
        made_here = isinstance(value, Build) or (isinstance(value, Call) and library_name(value) not in GIVE_ITEMS)
        part = operators and facts.of(stmt.base).kind in ("any", "dict") and not made_here  # that it is a dict its keys have said
        if not (field or part) or not looked.isdisjoint((first, stmt.base)) or first in given or stmt.base in classes:
            return (stmt,)
        return Effect(helper("check_protocols", stmt.base), stmt.place), stmt

    return replace(function, body=block(function.body))


def is_plain(defs: Mapping[Atom, Expr], facts: Facts, classes: Container[Var], atom: Atom, inside: bool = False) -> bool:
    """Whether a value is no object of an unknown class; ``inside``: nor holds one."""
    made = defs.get(atom)
    if inside and isinstance(atom, Var) and facts.of(atom).kind in ("list", "tuple"):
        return isinstance(made, Build) and all(is_plain(defs, facts, classes, a, True) for a in made.items)
    if not isinstance(atom, Var) or facts.of(atom).scalar or facts.of(atom).kind != "any" or atom in classes:
        return True
    if isinstance(made, Call) and isinstance(made.fn, Attribute | Method):
        return False  # b.p and b.get() of an item of a list may be anything
    return is_plain(defs, facts, classes, made) if isinstance(made, Var) else isinstance(made, Call) and library_name(made) not in GIVE_ITEMS


def _of_odd(value: Expr, varied: Container[Var], defs: Mapping[Atom, Expr]) -> bool:
    """Whether this computes with what comparisons of values that vary give: for these that is nothing that varies."""
    compared = [defs.get(a) for a in value.args] if isinstance(value, Call) and getattr(value.fn, "attr", "") in NAMES else []
    return any(_compares(c) and any(a in varied for a in c.args) for c in compared)  # type: ignore[union-attr]


def _odd(value: Expr | None, stmt: Stmt, classes: Mapping[Var, Known], is_plain: Callable[[Atom], bool]) -> bool:
    """Whether it is a comparison that may give something else than true and false, as objects of an unknown class may say.

    Raises:
        NotDifferentiable: an object of a known class says so.
    """
    if not _compares(value):
        return False
    assert isinstance(value, Call) and isinstance(value.fn, Ref)
    for atom in value.args:
        cls = classes[atom].cls if isinstance(atom, Var) and atom in classes else type(atom.obj) if isinstance(atom, Ref) else None
        names = (f"__{value.fn.attr}__", f"__{MIRRORED[value.fn.attr]}__")
        found = [f for name in names if isinstance(f := inspect.getattr_static(cls, name, None), types.FunctionType)]
        if cls is not None and not all(map(gives_bool, found)):
            reason = f"the class {cls.__name__} says what a comparison gives, which is computed with"
            raise NotDifferentiable(reason, stmt.place, "Call the method by its name, or write the object first.")
    return not all(map(is_plain, value.args))


def _compares(value: Expr | None) -> bool:
    return isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.module == "operator" and value.fn.attr in MIRRORED


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


def _array_likes(function: Function) -> dict[Var, type]:
    """The values that are annotated with, or made of, a class that says for NumPy what a sum is."""
    made = ((s.target, s.value.fn.obj) for s in statements(function.body) if isinstance(s, Let) and isinstance(getattr(s.value, "fn", None), Ref))  # type: ignore[union-attr]
    return {var: cls for var, cls in (*made, *((p.var, p.cls) for p in function.params)) if is_array_like(cls)}


def _refuse_array_like(call: Call, stmt: Stmt, likes: Mapping[Var, type]) -> None:
    """``np.add(x, unit)``, ``x + UNIT``: the class of the second one says what that is."""
    if not isinstance(call.fn, Ref) or call.fn.module not in ("operator", "numpy") or call.fn.attr == "getitem":
        return
    for atom in call.args:
        cls = likes.get(atom) if isinstance(atom, Var) else type(atom.obj) if isinstance(atom, Ref) else None
        if cls is not None and is_array_like(cls):
            reason = f"the class {cls.__name__} says itself what operators and functions of NumPy mean, which is not followed"
            raise NotDifferentiable(reason, stmt.place, "Call a method of it by its name.")


def _is_called(cls: type) -> bool:
    """Whether its objects may stand for functions: ``np.vectorize(model)``."""
    return isinstance(inspect.getattr_static(cls, "__call__", None), types.FunctionType)
