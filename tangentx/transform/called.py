"""Called: calls of functions that are only known while running, in the words of both sweeps.

y = f(x, c)       f_fwd, f_bwd = halves(f, (0,), (2,))           reverse: the call of the first half, as of any callee
          ==>     f_push = pushforward(f, (0,), (2,))            forward: f_push((x_dot,), x, c)
s.area()          s_area = method(s, "area"); s_area(s)          the class of s is not known; an object that is called: ``__call__``
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from tangentx import callees
from tangentx.analysis.fact import Fact, Facts
from tangentx.analysis.kinds import MEMBERS
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Attribute, Build, Call, Const, Expr, Let, Method, Place, Ref, Unpack, Var
from tangentx.rules.mutators import CHANGES_ITS_OBJECT
from tangentx.transform.build import helper

__all__ = ["active_arguments", "by_class", "context_check", "copy_of_result", "halves_of", "pushforward_of", "reader_check"]


CONTAINERS = ("array", "list", "dict", "object")
LONGEST = 16  # names are made of that of the function, if it is no longer


def by_class(call: Call, fresh: Fresh, place: Place) -> tuple[list[Let], Call]:
    """The call of what the class of its first operand calls so: a method, or ``__call__`` of an object that is called."""
    owner, name = (call.args[0], call.fn.name) if isinstance(call.fn, Method) else (call.fn, "__call__")
    args = call.args if isinstance(call.fn, Method) else (owner, *call.args)
    assert isinstance(owner, Var)
    base = f"{_brief(owner.base, 'object')}_{name.strip('_')}"
    given: tuple[int | str, ...] = (len(args), *(k for k, _ in call.kwargs))
    made, shape = _literal("given", given, fresh, place) if given != (1,) else ([], None)
    found = fresh(base)
    read = Call(_ref("method"), (owner, Const(name), *((shape,) if shape is not None else ())))
    return [*made, Let(found, read, place)], Call(found, args, call.kwargs)  # type: ignore[arg-type]


def reader_check(call: Call, varied: frozenset[Var], facts: Facts, made: Expr | None, checked: Container[Expr]) -> Call | None:
    """For a call of a variable for its effect, given what depends on the inputs, or a container: what refuses a function that writes to that.

    ``made``: how the function made what it calls, if it did.
    """
    owner = call.args[0] if isinstance(call.fn, Method) and call.args else call.fn
    filled = isinstance(call.fn, Var) and any(facts.of(a).kind in CONTAINERS for a in call.args)
    if not isinstance(owner, Var) or not (filled or owner in varied or active_arguments(call, varied)[0]):
        return None
    if not isinstance(call.fn, Method):
        own = isinstance(made, Call) and (isinstance(made.fn, Attribute) or getattr(made.fn, "obj", None) is getattr)
        given = (Const(len(call.args)), *([Const(True)] if own else []))
        check = Call(_ref("check_reader"), (owner, *(given if own or len(call.args) > 1 else [])))
    elif call.fn.name in MEMBERS or call.fn.name in CHANGES_ITS_OBJECT:
        return None
    else:
        check = Call(_ref("check_method"), (owner, Const(call.fn.name)))
    return None if check in checked else check


def context_check(context: Var, seen: bool) -> Call:
    """What refuses a context of unknown class that writes; ``seen``: the function reads its object, too."""
    return Call(_ref("check_context"), (context, *([Const(True)] if seen else [])))


def active_arguments(call: Call, active: Container[Var]) -> tuple[tuple[int | str, ...], tuple[Var, ...]]:
    """The positions and keywords of the active arguments, and these."""
    every: list[tuple[int | str, Atom]] = [*enumerate(call.args), *call.kwargs]
    found = [(k, a) for k, a in every if isinstance(a, Var) and a in active]
    return tuple(k for k, _ in found), tuple(a for _, a in found)


def copy_of_result(target: Var, result: Var, given: Sequence[Var], known: Fact, fresh: Fresh, place: Place) -> list[Let]:
    """The statements that make ``target`` a copy of a result that others keep; a part of it that is one of the ``given`` stays what it is."""
    if not given:
        return [Let(target, Call(Method("copy"), (result,)) if known.kind == "array" else helper("own_copy", result), place)]
    if len(given) == 1:
        return [Let(target, helper("own_copy", result, given[0]), place)]
    every = fresh("given")
    return [Let(every, Build("tuple", tuple(given)), place), Let(target, helper("own_copy", result, every), place)]


def halves_of(call: Call, wrt: tuple[int | str, ...], fresh: Fresh, place: Place) -> tuple[list[Let | Unpack], Var, Var]:
    """What makes the two halves of the function that is called, and these."""
    made, args, base = _asked(call, wrt, fresh, place)
    both, forward, backward = fresh(f"{base}_halves"), fresh(f"{base}_fwd"), fresh(f"{base}_bwd")
    return [*made, Let(both, Call(_ref("halves"), args), place), Unpack((forward, backward), both, place)], forward, backward


def pushforward_of(call: Call, wrt: tuple[int | str, ...], fresh: Fresh, place: Place) -> tuple[list[Let], Var]:
    """What makes the function with tangents, and this."""
    made, args, base = _asked(call, wrt, fresh, place)
    push = fresh(f"{base}_push")
    return [*made, Let(push, Call(_ref("pushforward"), args), place)], push


def _asked(call: Call, wrt: tuple[int | str, ...], fresh: Fresh, place: Place) -> tuple[list[Let], tuple[Atom, ...], str]:
    assert isinstance(call.fn, Var)
    made, which = _literal("wrt", wrt, fresh, place)
    args: tuple[Atom, ...] = (call.fn, which)
    given: tuple[int | str, ...] = (len(call.args), *(k for k, _ in call.kwargs))
    if given != (len(wrt),):
        more, shape = _literal("given", given, fresh, place)
        made, args = [*made, *more], (*args, shape)
    return made, args, _brief(call.fn.base, "callee")


def _brief(name: str, otherwise: str) -> str:
    return name if len(name) <= LONGEST else otherwise


def _literal(name: str, items: tuple[int | str, ...], fresh: Fresh, place: Place) -> tuple[list[Let], Var]:
    target = fresh(name)
    return [Let(target, Build("tuple", tuple(map(Const, items))), place)], target


def _ref(name: str) -> Ref:
    return Ref(getattr(callees, name), name, "tangentx.callees", name)
