"""Small builders that the transformations share: calls of operators and helpers, and a rule filled in for one call."""

from __future__ import annotations

import builtins
import inspect
import operator
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import tangentx.runtime as rt
from tangentx.errors import NotDifferentiable, UnsupportedSyntax
from tangentx.ir.fresh import Fresh
from tangentx.ir.libraries import alias_of, moved
from tangentx.ir.nodes import Atom, Block, Build, Call, Const, Function, If, Let, Local, Method, Param, Place, Ref, Stmt, Var
from tangentx.ir.walk import defined, free_vars, map_atoms, map_refs, stmt_targets
from tangentx.rules.advice import rule_to_write
from tangentx.rules.declare import Rule, primitive
from tangentx.rules.table import Bound, Rulebook, refusal
from tangentx.transform.settle import settle

__all__ = ["builtin", "bind", "bound_to", "fill_in", "helper", "library", "no_rule", "op", "refuse_text", "signature_of", "sliced", "title"]

LONGEST = 24  # a temporary with a longer name keeps the rule's
SYMBOLS = {"add": "+", "sub": "-", "mul": "*", "neg": "-", "getitem": "[]", "truediv": "/"}


def op(name: str, *args: Atom) -> Call:
    """``op("add", a, b)`` is the call ``a + b``."""
    return Call(Ref(getattr(operator, name), SYMBOLS.get(name, name), "operator", name), args)


def helper(name: str, /, *args: Atom, **kwargs: Atom) -> Call:
    """A call of a function of tangentx.runtime."""
    return Call(Ref(getattr(rt, name), name, "tangentx.runtime", name), args, tuple(kwargs.items()))


def builtin(name: str, *args: Atom) -> Call:
    """``builtin("len", xs)`` is the call ``len(xs)``."""
    return Call(Ref(getattr(builtins, name), name, "builtins", name), args)


def library(obj: Any, text: str, module: str, *args: Atom) -> Call:
    """A call of a library function, e.g. ``library(np.sum, "np.sum", "numpy", g)``."""
    return Call(Ref(obj, text, module, text.partition(".")[2] or text), args)


def bind(rulebook: Rulebook, rule: Rule, call: Call, place: Place) -> Bound:
    """The call's arguments by the rule's parameters.

    Raises:
        NotDifferentiable: the rule does not know one of them.
    """
    try:
        return rulebook.bind(rule, call)
    except TypeError as error:
        raise NotDifferentiable(f"this call of {title(call)} has no derivative: {error}", place, "Leave that argument out.") from None


def sliced(block: Block, wanted: Iterable[Atom]) -> Block:
    """The statements of a straight-line rule body that the wanted values need."""
    needed = {a for a in wanted if isinstance(a, Var)}
    kept: list[Stmt] = []
    for stmt in reversed(block):
        if needed.intersection(stmt_targets(stmt)):
            kept.append(stmt)
            needed.update(free_vars((stmt,)))
    return tuple(reversed(kept))


def fill_in(
    bound: Bound, result: Atom, seeds: dict[str, Atom], wanted: dict[str, str], fresh: Fresh, place: Place
) -> tuple[list[Stmt], dict[str, Atom]]:
    """The rule's body for one call: parameters replaced by the call's atoms, temporaries by fresh names.

    ``seeds`` gives ``d[name]`` for each seed that has a value; reads of others are symbolic zeros and must not be needed.
    ``wanted`` gives for each output the name that its value shall have.
    Returns the statements that these outputs need, and the atom of each.

    Raises:
        NotDifferentiable: the rule has no derivative for one of ``wanted``.
    """
    template = bound.template
    outputs: dict[str, Atom] = {}
    for name in wanted:
        if name not in template.outputs:
            raise NotDifferentiable(
                f"{_title(bound)} has no derivative with respect to {name!r}", place, "Pass a constant there, or declare a rule for it."
            )
        outputs[name] = template.outputs[name]
    names: dict[Atom, Atom] = {template.params[0]: result}
    stmts: list[Stmt] = []
    for param in template.params[1:]:
        if param.base == template.variadic:
            names[param] = starred = fresh(param.base)
            if any(param in free_vars((s,)) for s in sliced(template.body, outputs.values())) or param in outputs.values():
                stmts.append(Let(starred, Build("tuple", bound.starred), place))
        else:
            names[param] = bound.atoms[param.base]
    for name, seed in template.seeds.items():
        if name in seeds:
            names[seed] = seeds[name]
    body, outputs = settle(bound, outputs)
    body = sliced(body, outputs.values())
    for var in sorted(defined(body)):
        names[var] = fresh(next((wanted[name] for name, a in outputs.items() if a == var), _of_the_caller(var.base, names)))

    def atom(a: Atom) -> Atom:
        return names.get(a, a)

    def target(v: Var) -> Var:
        new = names[v]
        assert isinstance(new, Var)
        return new

    for stmt in body:
        stmts.append(_placed(map_atoms(stmt, atom, target), place))
    return _of_the_library(stmts, bound), {name: atom(a) for name, a in outputs.items()}


def _of_the_library(stmts: list[Stmt], bound: Bound) -> list[Stmt]:
    """The statements of a rule with the primitive that was called, and the functions of its array library."""
    stmts = [map_refs(s, lambda ref: (bound.primitive or ref) if ref.obj is primitive else ref) for s in stmts]
    if bound.called is None:
        return stmts
    return [map_refs(s, partial(moved, library=bound.called.library, alias=alias_of(bound.called))) for s in stmts]


def _of_the_caller(base: str, names: Mapping[Atom, Atom]) -> str:
    """The name of a rule's temporary with the caller's names in it: ``shape_a`` becomes ``shape_difference``."""
    own = {p.base: a.base for p, a in names.items() if isinstance(p, Var) and isinstance(a, Var)}
    name = "_".join(own.get(part, part) for part in base.split("_"))
    return name if len(name) <= LONGEST else base


def _placed(stmt: Stmt, place: Place) -> Stmt:
    if isinstance(stmt, If):
        return replace(
            stmt, place=place, then=tuple(_placed(s, place) for s in stmt.then), orelse=tuple(_placed(s, place) for s in stmt.orelse), label=0
        )
    return replace(stmt, place=place)


def _title(bound: Bound) -> str:
    primitive = bound.rule.primitive
    module = getattr(primitive, "__module__", "") or ""
    name = getattr(primitive, "__name__", repr(primitive))
    if owner := getattr(getattr(primitive, "__self__", None), "name", ""):  # a method of a distribution
        return f"{owner}.{name}"
    return f"{module}.{name}" if module and module not in ("builtins",) else name


def title(call: Call) -> str:
    """The name of what is called, for messages."""
    fn = call.fn
    if isinstance(fn, Ref):
        return fn.text if fn.module != "operator" else f"the operator {fn.text}"
    return f"the method .{fn.name}()" if isinstance(fn, Method) else str(fn) if isinstance(fn, Var) else f"the attribute .{fn.name}"


def no_rule(call: Call, place: Place, *, forward: bool = False, known: bool = False) -> Exception:
    """The error for a call that nothing is known of, or that is refused by name."""
    if forward and known:
        return NotDifferentiable(f"{title(call)} has no forward derivative", place, _rule_to_write(call, "tangent"))
    if why := refusal(call.fn):
        return NotDifferentiable(f"{title(call)} has no derivative: {why.reason}", place, why.way_out)
    return NotDifferentiable(f"no derivative is known for {title(call)}", place, _rule_to_write(call, "adjoint"))


def _rule_to_write(call: Call, word: str) -> str:
    return rule_to_write(call.fn.obj, call.fn.text, word) if isinstance(call.fn, Ref) else rule_to_write(None, "")


def refuse_text(made: Any, place: Place) -> None:
    """``float(str(x))``: the way through text loses the derivative, which is no zero."""
    written = isinstance(made, Build) and made.kind in ("fstring", "format")
    if written or (isinstance(made, Call) and isinstance(made.fn, Ref) and made.fn.obj in (str, repr, format)):
        raise UnsupportedSyntax("a number that goes through text has no derivative", place, "Use the number itself.")


KINDS = {
    "positional": inspect.Parameter.POSITIONAL_OR_KEYWORD,
    "keyword": inspect.Parameter.KEYWORD_ONLY,
    "positional_only": inspect.Parameter.POSITIONAL_ONLY,
    "var_positional": inspect.Parameter.VAR_POSITIONAL,
    "var_keyword": inspect.Parameter.VAR_KEYWORD,
}


def signature_of(function: Function) -> inspect.Signature:
    """The signature of a function of the IR; its defaults are atoms."""
    return inspect.Signature([_parameter(p) for p in function.params])


def _parameter(param: Param) -> inspect.Parameter:
    default = inspect.Parameter.empty if param.default is None else param.default
    return inspect.Parameter(param.var.base, KINDS[param.kind], default=default)


def bound_to(callee: Function, call: Call, fresh: Fresh, place: Place, effects: bool) -> tuple[list[Let], Call]:
    """The call by position, behind the tuple and the dict of what starred parameters take.

    f(x, y, k=2) of f(a, *rest, **options)     ==>     rest = (y,); options = {"k": 2}; f(x, rest, options)
    """
    try:
        bound = signature_of(callee).bind(*call.args, **dict(call.kwargs))
    except TypeError as error:
        raise NotDifferentiable(f"{callee.name}: {error}", place, "Call it as its signature says.") from None
    bound.apply_defaults()
    made, args = [], []
    for param in callee.params:
        value = bound.arguments[param.var.base]
        if param.kind in ("var_positional", "var_keyword"):
            items = value if param.kind == "var_positional" else (a for k, v in value.items() for a in (Const(k), v))
            made.append(Let(fresh(param.var.base), Build("tuple" if param.kind == "var_positional" else "dict", tuple(items)), place))
            value = made[-1].target
        args.append(value)
    return made, Call(Local(callee.name, effects), tuple(args))
