"""Makers: what calling a class does, as a function that makes an object and writes to it.

class Model:                                     def Model(w):
    def __init__(self, w):                           self = object.__new__(Model)
        self.w = w * 2.0            ==>              self.w = w * 2.0
                                                     return self

Of a dataclass with a ``__post_init__`` the fields are written, then it is called; one without is only fields (transform/fields), if all of
them are arguments.  Where it is frozen the writes stay, and are printed as ``object.__setattr__``.
"""

from __future__ import annotations

import dataclasses
import inspect
import types
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tangentx.ir.homes import home_of
from tangentx.ir.nodes import Atom, Build, Call, Const, Effect, Expr, Function, Let, Param, Place, Ref, Stmt, Store, Var
from tangentx.ir.refs import class_ref, member_ref

__all__ = ["maker"]


def is_made_by_its_class(cls: type) -> bool:
    """Whether a metaclass of somebody's says what calling the class does."""
    return isinstance(inspect.getattr_static(type(cls), "__call__", None), types.FunctionType)


def maker(cls: type, read: Callable[[Any], Function], args: int, words: frozenset[str]) -> tuple[Function, Var] | None:
    """The function for a call with so many arguments and these words, and the name of the new object in it.

    None if the class is made in another way.
    """
    init = inspect.getattr_static(cls, "__init__", None)
    if not isinstance(init, types.FunctionType) or inspect.getattr_static(cls, "__new__", None) is not object.__new__ or is_made_by_its_class(cls):
        return None
    if dataclasses.is_dataclass(cls) and init.__code__.co_filename == "<string>":
        return _of_fields(cls, args, words)
    body = read(init)
    me = body.params[0].var
    made = Let(me, _new(cls), body.place)
    return replace(body, name=cls.__name__, params=body.params[1:], body=(made, *body.body), result=me), me


def _of_fields(cls: Any, args: int, words: frozenset[str]) -> tuple[Function, Var] | None:
    after = inspect.getattr_static(cls, "__post_init__", None)
    own = {f.name for f in dataclasses.fields(cls)}
    taken = inspect.signature(cls.__init__).parameters
    every = [f for f in cls.__dataclass_fields__.values() if f.name in own or f.name in taken]  # an InitVar is taken, and is no field
    if after is not None and not isinstance(after, types.FunctionType):
        return None
    given = {*[name for name, p in taken.items() if p.kind is p.POSITIONAL_OR_KEYWORD][1 : args + 1], *words}
    place = Place("", 0)
    me = Var("self")
    body: list[Stmt] = [Let(me, _new(cls), place)]
    params: list[Param] = []
    for field in every:
        value: Atom = Var(field.name)
        default = None if field.default is dataclasses.MISSING else _default(cls, field.name, field.default)
        if field.default_factory is not dataclasses.MISSING and field.name not in given:
            body.append(Let(Var(field.name), _made(cls, field), place))
        elif field.init:
            if field.default_factory is not dataclasses.MISSING:
                default = Const(None)  # it is given here, behind others that have a default perhaps
            params.append(Param(Var(field.name), "keyword" if field.kw_only else "positional", default))
        elif default is None:
            continue  # __post_init__ writes it
        else:
            value = default
        if field.name in own:
            target = Var("self", me.version + 1)
            body.append(Store(target, me, Const(field.name), value, "setattr", place))
            me = target
    if after is not None:
        passed = (Var(f.name) for f in every if f.name not in own)
        body.append(Effect(Call(member_ref(cls, "__post_init__", after), (me, *passed)), place))
    return Function(cls.__name__, tuple(params), tuple(body), me, place), me


def _made(cls: type, field: Any) -> Expr:
    """What the factory of a field makes."""
    factory = field.default_factory
    if factory in (list, dict):
        return Build(factory.__name__)
    where = f"__dataclass_fields__[{field.name!r}].default_factory"
    return Call(Ref(factory, f"{cls.__name__}.{where}", cls.__module__, f"{cls.__qualname__}.{where}", live=True, home=home_of(cls)))


def _new(cls: type) -> Call:
    new = Ref(object.__new__, "object.__new__", "builtins", "object.__new__")
    return Call(new, (class_ref(cls),))


def _default(cls: type, name: str, value: Any) -> Atom:
    if value is None or isinstance(value, bool | int | float | str):
        return Const(value)
    return Ref(value, f"{cls.__name__}.{name}", cls.__module__, f"{cls.__qualname__}.{name}", live=True, home=home_of(cls))
