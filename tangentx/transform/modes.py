"""Modes: a function with its reverse or its tangents becomes the function that ``grad``, ``vjp``, ``jvp`` ... return.

grad:   def dfdx(x, *, init_grad=1.0):         checks, primal, reverse; returns x_bar
vjp:    def f_vjp(x, *, init_grad):            returns value, x_bar
jvp:    def f_jvp(x, *, x_dot):                returns value, value_dot
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from tangentx.analysis.aliases import Memory
from tangentx.analysis.containers import OPS
from tangentx.analysis.fact import Facts
from tangentx.analysis.kinds import is_part
from tangentx.analysis.reals import REAL, Reals
from tangentx.errors import NonScalarOutput
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Build, Call, Const, Effect, Function, Let, Param, Place, Stmt, Store, Unpack, Var
from tangentx.ir.walk import rename, statements
from tangentx.transform.build import helper
from tangentx.transform.called import copy_of_result
from tangentx.transform.checks import checks_arguments, input_checks
from tangentx.transform.operators import holds_operators
from tangentx.transform.realparts import real_part

__all__ = [
    "Prepared",
    "asked_for",
    "derived_name",
    "fixed_seed",
    "forward_function",
    "refuse_complex",
    "reverse_function",
    "seed_name",
    "value_to_return",
    "vars_of",
]

CONSTANT = ("int", "bool", "str")  # annotations of what has no derivative
KEEP_COMPLEX = frozenset({"add", "sub", "mul", "truediv", "neg", "sum", "mean", "dot", "matmul", "exp", "conj", "conjugate"})
NO_NUMBERS = ("setattr", "add_field", *OPS)  # writes that put none into an array
NOWHERE = Place("", 0)  # of the checks: they stand for no statement of the user's


@dataclass(frozen=True)
class Prepared:
    """A function ready to be differentiated, with what the analyses found."""

    function: Function
    wrt: tuple[Var, ...]
    facts: Facts
    memory: Memory
    active: frozenset[Var]
    fresh: Fresh
    reals: Reals
    functions: Mapping[str, Function]
    checks_reals: bool = False


def derived_name(mode: str, function: str, wrt: tuple[str, ...], single: bool) -> str:
    """``dfdx`` for one wrt, ``df`` for several; ``f_and_grad``, ``f_vjp``, ``f_jvp``, ``f_hvp``."""
    if function == "<lambda>":
        function = "f"
    if mode == "grad":
        return f"d{function}d{wrt[0]}" if single else f"d{function}"
    return f"{function}_and_grad" if mode == "value_and_grad" else f"{function}_{mode}"


def fixed_seed(function: Function) -> Function:
    """The gradient as a function of the user's arguments alone: its seed, the last parameter by keyword, at the default."""
    seed = next((p for p in reversed(function.params) if p.kind == "keyword"), None)
    if seed is None or seed.default != Const(1.0):  # a product has no default there
        return function
    fixed = rename(function, {seed.var: seed.default})
    return replace(fixed, params=tuple(p for p in function.params if p is not seed))


def asked_for(function: Function, wrt: tuple[str, ...]) -> Function:
    """The function whose derivative with respect to these is asked for: they are no whole numbers, whatever their annotations say."""
    lies = [p.var.base in wrt and p.said in CONSTANT for p in function.params]
    return replace(function, params=tuple(replace(p, annotation="") if lie else p for p, lie in zip(function.params, lies)))


def vars_of(function: Function, names: tuple[str, ...]) -> tuple[Var, ...]:
    """The parameters of these names."""
    by_name = {p.var.base: p.var for p in function.params}
    return tuple(by_name[n] for n in names)


def seed_name(wanted: str, taken: list[str]) -> str:
    """A name for a parameter of ours that none of the user's has: ``init_grad``, else ``init_grad_1`` ..."""
    name, k = wanted, 0
    while name in taken:
        k += 1
        name = f"{wanted}_{k}"
    return name


def names_of(function: Function) -> list[str]:
    """The names of a function's parameters."""
    return [p.var.base for p in function.params]


def with_real_inputs(prepared: Prepared, mode: str, reals: Callable[..., Reals]) -> Prepared:
    """What the check of real arguments says of the names of a function, where ``mode`` needs one."""
    if mode == "vjp" or not _needs_reals(prepared):
        return prepared
    return replace(prepared, reals=reals(prepared.function, prepared.facts, dict.fromkeys(prepared.wrt, REAL)), checks_reals=True)


def _needs_reals(prepared: Prepared) -> bool:
    """Whether the value is known to be one number, and is real only if the arguments are."""
    result, reals = prepared.function.result, prepared.reals
    return prepared.facts.of(result).scalar and not reals.real(result) and not reals.complex(result)


def refuse_complex(prepared: Prepared, mode: str) -> None:
    """The gradient of what is complex whatever the arguments are: ``x * 1j`` and sums of that."""
    function = prepared.function
    lets = {s.target: s.value for s in function.body if isinstance(s, Let)}

    def surely(atom: Atom) -> bool:
        if not isinstance(atom, Var):
            value = atom.value if isinstance(atom, Const) else atom.obj
            return isinstance(value, complex | np.ndarray | np.generic | list | tuple) and np.iscomplexobj(value)
        value = lets.get(atom)
        kept = isinstance(value, Call) and (getattr(value.fn, "attr", "") or getattr(value.fn, "name", "")) in KEEP_COMPLEX
        return kept and any(map(surely, value.args))  # type: ignore[union-attr]

    if mode != "vjp" and surely(function.result):
        raise NonScalarOutput("grad needs a real scalar output, got a complex one: use vjp or jacobian", function.returns)


def argument_checks(prepared: Prepared, reals: bool = True) -> list[Stmt]:
    """Lines that check the arguments; a derivative that is differentiated again has them already."""
    if checks_arguments(prepared.function):
        return []
    kinds = "check_reals" if reals and prepared.checks_reals else "check_inputs"
    return input_checks(prepared.function, prepared.wrt, prepared.active, prepared.facts, prepared.memory.classes, prepared.functions, kinds)


def value_to_return(prepared: Prepared, body: list[Stmt], called: bool = False) -> Atom:
    """The value; a copy of it where the reverse will restore the array that it stands in.

    ``called``: for a caller, who may have the value under another name, where it is what the function was given.
    """
    value, place = prepared.function.result, prepared.function.returns or prepared.function.place
    if isinstance(value, Var) and value in prepared.memory.shared:
        copy = prepared.fresh(value.base)
        given = [p.var for p in prepared.function.params if not prepared.facts.of(p.var).scalar] if called else []
        body += copy_of_result(copy, value, given, prepared.facts.of(value), prepared.fresh, place)
        return copy
    return value


def reverse_function(prepared: Prepared, mode: str, single: bool, seed: Var, primal: list[Stmt], reverse: list[Stmt], bars: list[Atom]) -> Function:
    """Puts the checks, the primal, the reverse and the return together."""
    function, facts, fresh = prepared.function, prepared.facts, prepared.fresh
    place = (function.returns or function.place).derived("Grad of")
    body: list[Stmt] = argument_checks(prepared)
    witness = _of_that_shape(function.result, facts)
    if witness not in [p.var for p in function.params] or (prepared.reals.real(function.result) and not prepared.reals.real(witness)):
        witness = function.result  # a name from inside might not be there, or be overwritten; the argument of abs may be complex
    if mode == "vjp":
        primal.append(Effect(helper("check_cotangent", function.result, seed), NOWHERE))
    elif not facts.of(function.result).scalar or prepared.reals.complex(function.result):
        check = Effect(helper("check_scalar", witness, seed), NOWHERE)
        (body if witness != function.result else primal).append(check)
    body += primal
    value = value_to_return(prepared, body) if mode != "grad" else None
    body += reverse
    bars = [_cast(bar, v, prepared, body) for bar, v in zip(bars, prepared.wrt, strict=True)]
    gradient = bars[0] if single else fresh("gradient")
    if not single:
        body.append(Let(gradient, Build("tuple", tuple(bars)), place))  # type: ignore[arg-type]
    if value is not None:
        both = fresh("value_and_gradient")
        body.append(Let(both, Build("tuple", (value, gradient)), place))
        gradient = both
    default = None if mode == "vjp" else Const(1.0)
    name = derived_name(mode, function.name, tuple(v.base for v in prepared.wrt), single)
    params = (*function.params, Param(seed, "keyword", default))
    return replace(function, name=name, params=_ordered(params), body=tuple(body), result=gradient, doc="", annotation="")


def _cast(bar: Atom, like: Var, prepared: Prepared, body: list[Stmt]) -> Atom:
    """The gradient in the type of its argument, a real one for a real number."""
    if isinstance(bar, Const) or (prepared.facts.of(like).scalar and not prepared.reals.real(like)):
        return bar
    target = prepared.fresh(f"{like.base}_bar")
    cast = real_part(bar) if prepared.facts.of(like).scalar else helper("cast_like", bar, like)
    body.append(Let(target, cast, NOWHERE.derived("Grad of")))
    return target


def _of_that_shape(value: Atom, facts: Facts) -> Atom:
    """A parameter that is known to have the value's shape, so that the value itself need not be computed."""
    shape = facts.of(value).shape
    return shape if isinstance(shape, Var) and facts.of(shape).shape == shape and shape.version == 0 else value


def forward_function(prepared: Prepared, mode: str, single: bool, dots: list[Var], body: list[Stmt], tangent: Atom) -> Function:
    """Puts the checks, the primal with its tangents and the return together."""
    function, fresh = prepared.function, prepared.fresh
    place = (function.returns or function.place).derived("Tangent of")
    checks: list[Stmt] = argument_checks(prepared, False)
    held = {p.var for p in function.params if holds_operators(p)}
    for var, dot in zip(prepared.wrt, dots, strict=True):
        if prepared.facts.of(var).kind != "float":
            known = {"known": Const(True)} if var in prepared.memory.classes or var in held else {}
            checks.append(Effect(helper("check_tangent", var, dot, **known), NOWHERE))
    result = tangent
    if mode in ("jvp", "push"):
        result = fresh("value_and_tangent")
        body = [*body, Let(result, Build("tuple", (function.result, tangent)), place)]
    name = derived_name(mode, function.name, tuple(v.base for v in prepared.wrt), single)
    params = (*function.params, *(Param(d, "keyword", None) for d in dots))
    if mode == "push":  # of a callee: nothing is checked, and nobody knows the names
        given = fresh(seed_name("dots", names_of(function)))
        kind = function.params[0].kind if function.params and function.params[0].kind == "positional_only" else "positional"
        checks, params = [Unpack(tuple(dots), given, place)], (Param(given, kind, annotation="tuple"), *function.params)
    made = replace(function, name=name, params=_ordered(params), body=tuple(body), result=result, doc="", annotation="")
    if mode != "push" and _writes_numbers(function):
        checks, made = _with_fitting_tangents(made, prepared, dots, checks)
    return replace(made, body=(*checks, *made.body))


def _writes_numbers(function: Function) -> bool:
    """Whether numbers are put into an array; ``+=`` on a part says so itself, where they do not fit."""
    parts = {s.target for s in statements(function.body) if isinstance(s, Let) and is_part(s.value)}
    return any(isinstance(s, Store) and s.op not in NO_NUMBERS and not (s.op in ("+", "-") and s.index in parts) for s in statements(function.body))


def _with_fitting_tangents(function: Function, prepared: Prepared, dots: list[Var], checks: list[Stmt]) -> tuple[list[Stmt], Function]:
    """What the user gives as a tangent in the dtype of its argument: 0.5, written into whole numbers, would be 0."""
    fitting: dict[Var, Atom] = {}
    for var, dot in zip(prepared.wrt, dots, strict=True):
        if not prepared.facts.of(var).scalar:
            fitting[dot] = new = prepared.fresh(dot.base)
            checks = [*checks, Let(new, helper("fitting", dot, var), NOWHERE)]
    return checks, rename(function, fitting)


def _ordered(params: tuple[Param, ...]) -> tuple[Param, ...]:
    """``**kwargs`` stays last."""
    return (*(p for p in params if p.kind != "var_keyword"), *(p for p in params if p.kind == "var_keyword"))
