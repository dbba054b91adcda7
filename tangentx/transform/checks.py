"""Checks: the lines at the head of a derivative that look at its arguments, for what nobody could know when it was made.

check_reals(x, w=w)              w has a derivative and is real; ``x * w`` is the product of numbers and arrays
check_real_objects(p=p)          the same of an object: its class is known, or ``p.scale`` shows that it is one
check_operands(S)                ``S @ w``: S may be a sparse matrix, too
check_answers(p)                 ``np.add(x, p.o)``: what that is, no class says itself
check_floats(dt)                 annotated as a number, where an array would make it another program
check_held(Complex, "f", zs=zs)     annotated as a list, tuple or dict of objects that have operators of their own
check_number(x)                  ``float(x)`` or ``math.sin(x)`` alone says that x is a number: a class may say what that is of its objects
check_arrays(data)               ``data.mean()`` is taken for a number, as that of an array is
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping

import numpy as np

from tangentx.analysis.aliases import MAYBE, VIEWS
from tangentx.analysis.classes import is_own_class
from tangentx.analysis.evidence import NO_EVIDENCE, evident, other_name, root, versions
from tangentx.analysis.fact import Facts
from tangentx.analysis.kinds import ANNOTATIONS, FULL_REDUCTIONS, SCALARS
from tangentx.analysis.own import items_of
from tangentx.ir.nodes import Atom, Attribute, Call, Const, Effect, Function, Let, Method, Place, Ref, Stmt, Store, Var
from tangentx.ir.refs import class_ref
from tangentx.ir.walk import edge_atoms, own_atoms, statements, stmt_targets
from tangentx.transform.build import helper
from tangentx.transform.operands import answering, is_unknown, operands, sources
from tangentx.transform.operators import holds_operators

__all__ = ["checks_arguments", "input_checks"]

OF_OBJECTS = {"check_inputs": "check_objects", "check_reals": "check_real_objects"}
OF_KINDS = {"check_inputs": "fc", "check_reals": "f"}
CHECKS = (*OF_OBJECTS, *OF_OBJECTS.values(), "check_answers", "check_arrays", "check_floats", "check_held", "check_number", "check_operands")
TUPLE = Ref(tuple, "tuple", "builtins", "tuple")
ARITHMETIC = frozenset({"add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "neg", "pos", "matmul"})
ROUNDED = ("floor", "ceil", "trunc")
NOWHERE = Place("", 0)  # they stand for no statement of the user's


def checks_arguments(function: Function) -> bool:
    """Whether there are such lines in it."""
    effects = (s.value for s in statements(function.body) if isinstance(s, Effect))
    return any(isinstance(value, Call) and getattr(value.fn, "text", "") in CHECKS for value in effects)


def input_checks(
    function: Function,
    wrt: tuple[Var, ...],
    active: frozenset[Var],
    facts: Facts,
    classes: Container[Var],
    functions: Mapping[str, Function],
    name: str = "check_inputs",
) -> list[Stmt]:
    """Lines that check the arguments: those in ``wrt``, where annotations do not prove them, and others by what is done with them."""
    parts = sources(function)
    objects, asked = _objects(function, classes, parts), _taken_for_arrays(function, classes, parts)
    held = [p for p in function.params if p.var in wrt and holds_operators(p)]
    unproven = [(v.base, v) for v in wrt if facts.of(v).kind != "float" and v not in {p.var for p in held}]
    arrays, fields = tuple(p for p in unproven if p[1] not in objects), tuple(p for p in unproven if p[1] in objects)
    others, matrices = operands(function, wrt, active, functions)
    unknown = (*(p.var for p in function.params if is_unknown(p)), *function.free)
    taken = tuple(v for v in unknown if v in asked and v not in wrt and v not in classes)
    calls = [
        Call(helper(name).fn, () if fields and not arrays else others, arrays),
        Call(helper(OF_OBJECTS[name]).fn, others if fields and not arrays else (), fields),
        *(helper("check_held", class_ref(items_of(p)), Const(OF_KINDS[name]), **{p.var.base: p.var}) for p in held),  # type: ignore[arg-type]
        helper("check_operands", *matrices),
        helper("check_answers", *answering(function, wrt, active, (*others, *matrices))),
        helper("check_floats", *_annotated_floats(function, active, facts, functions)),
        helper("check_arrays", *taken, *_of_modules(asked)),
    ]
    calls += [helper("check_number", v) for v in _taken_for_numbers(function, wrt, facts, classes)]
    calls += [helper("check_class", p.var, TUPLE) for p in function.params if p.annotation in ("tuple", "Tuple") and p.var not in classes]
    return [Effect(call, NOWHERE) for call in calls if call.args or call.kwargs]


def _annotated_floats(function: Function, active: Collection[Var], facts: Facts, functions: Mapping[str, Function]) -> list[Var]:
    """The parameters that are annotated as numbers, where an array in their place would make it another program.

    Where numbers meet numbers alone, an array is taken element by element, as Python does.
    """
    if all(facts.of(v).scalar for v in active) and not any(map(_reduces, (function, *functions.values()))):
        return []
    used = {a for s in statements(function.body) for t in stmt_targets(s) if t in active for a in own_atoms(s)}
    return [p.var for p in function.params if ANNOTATIONS.get(p.said, "any") in SCALARS and p.var in used]


def _taken_for_numbers(function: Function, wrt: Collection[Var], facts: Facts, classes: Container[Var]) -> list[Var]:
    """The arguments that are numbers by what is done with them, if that would be done with objects, too.

    ``float(x)`` makes a number of anything, and so does ``math.sin(x)`` where no arithmetic of its own would fail; what has parts of its own
    is an object; what is rounded and nothing else is asked of has no derivative if it is a number.
    """
    taken = [p.var for p in function.params if p.var in wrt and p.said == "" and p.var in facts.assumed and p.var not in classes]
    if not taken:
        return []
    same, found = versions(function), set[Atom]()
    every = [s for s in statements(function.body) if other_name(getattr(s, "value", None)) is None]  # type: ignore[arg-type]
    calls = [s.value for s in every if isinstance(s, Let) and isinstance(s.value, Call)]
    found |= {root(a, same) for c in calls if _is_number_made(c) for a in c.args}
    found |= {root(c.args[0], same) for c in calls if isinstance(c.fn, Method | Attribute) and c.fn.name not in NO_EVIDENCE}
    rounded = {root(a, same) for c in calls if isinstance(c.fn, Ref) and c.fn.module == "math" and c.fn.attr in ROUNDED for a in c.args}
    reckoned = {root(a, same) for c in calls if _is_arithmetic(c) for a in c.args}
    found |= {root(a, same) for c in calls if isinstance(c.fn, Ref) and c.fn.module == "math" for a in c.args} - rounded - reckoned
    kept = [*(a for s in every if not _rounds(s) for a in own_atoms(s)), *(a for s in every for a in edge_atoms(s)), function.result]
    return [v for v in taken if v in found or v in rounded - {root(a, same) for a in kept}]


def _is_number_made(call: Call) -> bool:
    """``float(x)``, ``np.float64(x)``."""
    return isinstance(call.fn, Ref) and (call.fn.obj in (float, complex) or isinstance(call.fn.obj, type) and issubclass(call.fn.obj, np.inexact))


def _is_arithmetic(call: Call) -> bool:
    """Whether it is an operator that computes, and fails for an object whose class has none of its own."""
    return isinstance(call.fn, Ref) and call.fn.module == "operator" and call.fn.attr in ARITHMETIC


def _rounds(stmt: Stmt) -> bool:
    fn = getattr(getattr(stmt, "value", None), "fn", None)
    return isinstance(fn, Ref) and fn.module == "math" and fn.attr in ROUNDED


def _reduces(function: Function) -> bool:
    """Whether it calls anything that does not work element by element."""
    calls = [s.value for s in statements(function.body) if isinstance(s, Let) and isinstance(s.value, Call)]
    return any(isinstance(c.fn, Method) or (isinstance(c.fn, Ref) and c.fn.module == "numpy" and not isinstance(c.fn.obj, np.ufunc)) for c in calls)


def _objects(function: Function, classes: Container[Var], parts: Iterable[tuple[Var, Atom]]) -> frozenset[Var]:
    """The parameters that are objects for certain, none of whose ``parts`` is taken for an array by what it is asked for.

    ``classes`` are the names of objects of known class: they may be handed on, and what their fields are is known better.
    """
    same = versions(function)
    shown = evident(function.body, same) - _handed_on(function, same) - _asked_of_parts(function, same, parts)
    return frozenset(p.var for p in function.params if p.var in classes or p.var in shown)


def _taken_for_arrays(function: Function, classes: Container[Var], parts: Iterable[tuple[Var, Atom]]) -> frozenset[Atom]:
    """What is asked for something that is taken for a number or a view, because arrays have it, and what that is a part of.

    A reduction is taken for a number; a part for one that shows what is written, if anything is.
    """
    writes = any(isinstance(s, Store) and s.op not in ("setattr", "add_field") for s in statements(function.body))
    names = FULL_REDUCTIONS | VIEWS | MAYBE | {"copy"} if writes else FULL_REDUCTIONS
    calls = [s.value for s in statements(function.body) if isinstance(s, Let) and isinstance(s.value, Call)]
    asked = [c for c in calls if isinstance(c.fn, Method | Attribute) and not c.fn.own and c.args[0] not in classes]
    found, pairs = {c.args[0] for c in asked if c.fn.name in names}, tuple(parts)  # type: ignore[union-attr]
    while more := {a for t, a in pairs if t in found} - found:
        found |= more
    return frozenset(found)


def _of_modules(asked: Iterable[Atom]) -> list[Ref]:
    """Those that are objects of modules, of classes that answer for any name."""
    found = {(a.module, a.attr): a for a in asked if isinstance(a, Ref) and is_own_class(type(a.obj)) and hasattr(type(a.obj), "__getattr__")}
    return [found[k] for k in sorted(found)]


def _handed_on(function: Function, same: dict[Atom, Atom]) -> frozenset[Atom]:
    """What is put somewhere, returned, or given to a function: there it may be asked for anything."""
    found: set[Atom] = {function.result, *(a for s in statements(function.body) for a in edge_atoms(s))}
    methods = {s.target for s in statements(function.body) if isinstance(s, Let) and _is_ours(s.value, "method")}
    for stmt in statements(function.body):
        call = stmt.value if isinstance(stmt, Let | Effect) else None
        if isinstance(call, Call) and (isinstance(call.fn, Method | Attribute) or call.fn in methods):  # its class says what is done
            found.update((*call.args[1:], *(a for _, a in call.kwargs)))
        elif not isinstance(stmt, Let | Effect) or not (other_name(stmt.value) or _is_ours(call, "method", "check_")):
            found.update(a for a in own_atoms(stmt) if not (isinstance(stmt, Store) and a == stmt.base and stmt.op in ("setattr", "add_field")))
    return frozenset(root(a, same) for a in found)


def _is_ours(value: object, *names: str) -> bool:
    """Whether it is a call of ours with such a name, or one that begins so."""
    known = isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.module in ("tangentx.runtime", "tangentx.callees")
    return known and value.fn.attr.startswith(names)  # type: ignore[attr-defined]


def _asked_of_parts(function: Function, same: dict[Atom, Atom], parts: Iterable[tuple[Var, Atom]]) -> frozenset[Atom]:
    """What has a part, or a part of a part, that is asked for what arrays have."""
    calls = [s.value for s in statements(function.body) if isinstance(s, Let | Effect) and isinstance(s.value, Call)]
    asked = {c.args[0] for c in calls if isinstance(c.fn, Method | Attribute) and not c.fn.own and hasattr(np.ndarray, c.fn.name)}
    found, pairs = set[Atom](), tuple(parts)
    while more := {a for t, a in pairs if t in found or t in asked} - found:
        found |= more
    return frozenset(root(a, same) for a in found)
