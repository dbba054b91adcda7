"""Operands: parameters that are no arguments of the derivative, and meet what is one in an operator.

def loss(w, x, n):           x, for ``w * x`` is the rule's product if x is a number or an array; a class of the
    y = w * x                user's may mean anything by it, so ``check_inputs(x, w=w)`` looks at x while running
    return y[n]              n is not one: an index

def loss(w, S):              S, which need not know more than ``@``: it may be a sparse matrix, whose ``*`` is a
    return S @ w             product of matrices, too: ``check_operands(S)``
"""

from __future__ import annotations

import types
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from tangentx.analysis.classes import is_array_like
from tangentx.analysis.kinds import ANNOTATIONS, is_part
from tangentx.analysis.own import items_of
from tangentx.errors import NotDifferentiable
from tangentx.ir.nodes import Atom, Attribute, Build, Call, Each, For, Function, Let, Local, Method, Param, Ref, Stmt, Store, Unpack, Var
from tangentx.ir.walk import merges, statements

__all__ = ["answering", "is_unknown", "of_numpy", "operands", "sources", "with_parts"]

Multiplied = Mapping[str, frozenset[Atom]]  # function -> those of its names that meet others in an operator that is not @
PRODUCTS = ("mul", "imul", "pow", "ipow")
COMPARED = frozenset({"lt", "le", "gt", "ge", "eq", "ne"})
ARITHMETIC = frozenset(prefix + name for name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow") for prefix in ("", "i"))
# of a sparse matrix these give another one; functions of scipy.sparse that give one of the older classes
SPARSE = frozenset({
    "T", "H", "transpose", "conj", "conjugate", "copy", "astype", "asformat", "tocsr", "tocsc", "tocoo", "tobsr", "todia", "todok", "tolil",
    "multiply", "power", "minimum", "maximum", "getrow", "getcol",
})  # fmt: skip
# functions of libraries that compute with several arrays
OF_ARRAYS = frozenset({
    "average", "clip", "concatenate", "convolve", "correlate", "cross", "dot", "einsum", "hstack", "inner", "interp", "kron", "logsumexp", "outer",
    "polyval", "select", "solve", "stack", "tensordot", "trapezoid", "vdot", "vstack", "where",
})  # fmt: skip
MAKERS = frozenset({"bmat", "diags", "eye", "identity", "rand", "random", "spdiags"})


def operands(
    function: Function, wrt: Collection[Var], active: Collection[Var], functions: Mapping[str, Function]
) -> tuple[tuple[Var, ...], tuple[Var, ...]]:
    """These parameters, where annotations say nothing of them; those whose parts are operands, too.

    The second ones are operands of ``@`` alone.  ``functions`` are those of the program, which calls lead to.
    """
    every = tuple(statements(function.body))
    _refuse_matrices(every, active)
    calls = [(s.target, s.value) for s in every if isinstance(s, Let) and isinstance(s.value, Call)]
    multiplied = _multiplied(functions) if any(isinstance(call.fn, Local) for _, call in calls) else {}
    pairs, whole = _sources(every, active), {p.var for p in function.params}
    met = [pair for target, call in calls for pair in _meeting(target, call, active, functions, multiplied, whole)]
    filled = _filled(every)  # objects that have been given what varies, and meet something as a whole
    met += [(a, False) for target, call in calls if target in active and _asks(call) for a in call.args if a in filled and a in active]
    met += [(a, False) for a in _compared(function, active, calls)]
    strict, known = (_with_sources((a for a, lenient in met if not (lenient and only)), pairs) for only in (True, False))
    unknown = [p.var for p in function.params if p.var in known and p.var not in wrt and is_unknown(p)]
    return tuple(v for v in unknown if v in strict), tuple(v for v in unknown if v not in strict)


def _compared(function: Function, active: Collection[Var], calls: list[tuple[Var, Call]]) -> list[Atom]:
    """What is compared where the comparison is computed with, if only by way of other values: ``(x < top) * y``, not ``x if x < top else y``."""
    comparisons = [(target, call) for target, call in calls if getattr(call.fn, "attr", "") in COMPARED and call.fn.module == "operator"]  # type: ignore[union-attr]
    if not comparisons:
        return []
    every = tuple(statements(function.body))
    used: set[Atom] = {function.result, *(a for target, call in calls if target in active for a in _counted(call))}
    used |= {s.value for s in every if isinstance(s, Store)}
    made: list[tuple[Var, Atom]] = [(t, a) for s in every for t, a in _parts(s)] + [(t, v) for t, values in merges(every) for v in values]
    made += [(target, a) for target, call in calls for a in _counted(call)]
    used = set(_with_sources(used, made))
    return [a for target, call in comparisons if target in used for a in call.args]


def _counted(call: Call) -> tuple[Atom, ...]:
    """What a call may compute with: not what says where."""
    every = (*call.args, *(v for _, v in call.kwargs))
    if isinstance(call.fn, Ref) and call.fn.attr == "getitem":
        return every[:1]
    return every[1:] if isinstance(call.fn, Ref) and call.fn.module == "numpy" and call.fn.attr == "where" else every


def _filled(every: Iterable[Stmt]) -> set[Atom]:
    """Objects of which an attribute is assigned, under the names that they have from there on."""
    every = tuple(every)
    found: set[Atom] = {s.target for s in every if isinstance(s, Store) and s.op == "setattr"}
    same = [(s.target, s.value) for s in every if isinstance(s, Let) and isinstance(s.value, Var)]
    same += [(s.target, s.base) for s in every if isinstance(s, Store)] + [
        (t, v) for t, values in merges(every) for v in values if isinstance(v, Var)
    ]
    while more := {t for t, a in same if a in found} - found:
        found |= more
    return found


def _asks(call: Call) -> bool:
    """Whether Python or NumPy asks the operands what it means: an operator, ``round``, ``math.floor``."""
    return (
        isinstance(call.fn, Ref) and call.fn.module in ("operator", "builtins", "math", "numpy") and not isinstance(call.fn.obj, types.FunctionType)
    )


def _sources(every: Iterable[Stmt], active: Collection[Var]) -> list[tuple[Var, Atom]]:
    """The names of parts of values, or of what operators make of these, and the values."""
    every = tuple(every)
    found = [(t, a) for s in every for t, a in (*_parts(s), *_alike(s, active))]
    return found + [(t, v) for t, values in merges(every) for v in values]


def _with_sources(met: Iterable[Atom], pairs: list[tuple[Var, Atom]]) -> frozenset[Atom]:
    """These, and what they come from."""
    found = set(met)
    while more := {a for t, a in pairs if t in found} - found:
        found |= more
    return frozenset(found)


def _multiplied(functions: Mapping[str, Function]) -> Multiplied:
    """For each function, what it multiplies, whatever that is multiplied with."""
    found: dict[str, frozenset[Atom]] = dict.fromkeys(functions, frozenset())
    while True:
        more = {}
        for name, function in functions.items():
            every = tuple(statements(function.body))
            calls = [s.value for s in every if isinstance(s, Let) and isinstance(s.value, Call)]
            met = (a for call in calls for a in _given(call) if not _lenient(call, a, functions, found))
            more[name] = _with_sources(met, _sources(every, ()))
        if more == found:
            return found
        found = more


def _given(call: Call) -> tuple[Atom, ...]:
    """The operands of an operator, or of a call that may lead to one."""
    operator = isinstance(call.fn, Ref) and call.fn.module == "operator"
    return (*call.args, *(v for _, v in call.kwargs)) if operator or isinstance(call.fn, Local | Var) else ()


def _lenient(call: Call, atom: Atom, functions: Mapping[str, Function], multiplied: Multiplied) -> bool:
    """Whether a sparse matrix may stand there, too."""
    if isinstance(call.fn, Local) and call.fn.name in functions:
        params = [p.var for p in functions[call.fn.name].params]
        return atom in call.args and not any(p in multiplied[call.fn.name] for p, a in zip(params, call.args) if a == atom)
    return isinstance(call.fn, Ref) and call.fn.attr not in ARITHMETIC


def _meeting(
    target: Var, call: Call, active: Collection[Var], functions: Mapping[str, Function], multiplied: Multiplied, whole: Collection[Atom]
) -> Iterator[tuple[Atom, bool]]:
    """What meets a value that varies, and what an unknown index is looked up in; whether a sparse matrix may stand there."""
    if isinstance(call.fn, Ref) and call.fn.attr == "getitem" and call.fn.module == "operator":
        yield call.args[0], True
    elif target in active:
        yield from ((a, _lenient(call, a, functions, multiplied)) for a in _given(call) if a not in active)
        yield from ((a, False) for a in of_numpy(call) if a in whole)


def of_numpy(call: Call) -> tuple[Atom, ...]:
    """What a function of NumPy's computes with: an object may say what ``np.add(x, o)`` or ``np.dot(o, x)`` gives."""
    if not isinstance(call.fn, Ref) or call.fn.module.partition(".")[0] not in ("numpy", "scipy"):
        return ()
    return call.args if isinstance(call.fn.obj, np.ufunc) or call.fn.attr.rpartition(".")[2] in OF_ARRAYS else ()


def answering(function: Function, wrt: Collection[Var], active: Collection[Var], others: Collection[Var]) -> tuple[Var, ...]:
    """The parameters that hold what such a function is given, besides those that are looked at as ``others``."""
    every = tuple(statements(function.body))
    calls = [s.value for s in every if isinstance(s, Let) and isinstance(s.value, Call) and s.target in active]
    found = _with_sources((a for call in calls for a in of_numpy(call) if a not in active), _sources(every, active))
    return tuple(p.var for p in function.params if p.var in found and p.var not in wrt and p.var not in others and is_unknown(p))


def _refuse_matrices(every: tuple[Stmt, ...], active: Collection[Var]) -> None:
    """``S * v`` of a matrix class of ``scipy.sparse`` is a product of matrices, which rules do not know."""
    made: set[Atom] = set()
    slices = {s.target for s in every if isinstance(s, Let) and is_part(s.value)}
    tuples = {s.target: s.value for s in every if isinstance(s, Let) and isinstance(s.value, Build) and s.value.kind == "tuple"}
    for s in every:
        call = s.value if isinstance(s, Let) and isinstance(s.value, Call) else None
        if call is not None and s.target in active and getattr(call.fn, "attr", "") in PRODUCTS:  # type: ignore[union-attr]
            for a in call.args:
                name = type(a.obj).__name__ if isinstance(a, Ref) and _is_matrix(type(a.obj)) else "matrix of scipy.sparse" if a in made else ""
                if name:
                    reason = f"{a.text if isinstance(a, Ref) else a.base} is a {name}, whose * is a product of matrices"  # type: ignore[union-attr]
                    raise NotDifferentiable(reason, s.place, "Write @, or use a sparse array such as csr_array.")
        if call is not None and isinstance(call.fn, Attribute) and call.fn.name not in SPARSE:
            continue
        index = tuples.get(call.args[1]) if call is not None and getattr(call.fn, "attr", "") == "getitem" else None  # type: ignore[arg-type]
        if index is not None and not slices.intersection(index.items):  # a number
            continue
        made |= {t for t, a in (*_parts(s), *_alike(s, active)) if a in made}
        if call is not None and _makes_matrix(call):
            made.add(s.target)  # type: ignore[union-attr]


def _is_matrix(cls: type) -> bool:
    """Whether a class is one of the older ones of ``scipy.sparse``."""
    classes = {c.__name__ for c in cls.__mro__}
    return "spmatrix" in classes and not classes & {"sparray", "_sparray"}


def _makes_matrix(call: Call) -> bool:
    """Whether a function of ``scipy.sparse`` makes one of the older classes: ``csr_matrix``, ``diags`` ..."""
    if not isinstance(call.fn, Ref) or not call.fn.module.startswith("scipy.sparse"):
        return False
    return call.fn.attr.rpartition(".")[2] in MAKERS or isinstance(call.fn.obj, type) and call.fn.attr.endswith("_matrix")


def _alike(stmt: Stmt, active: Collection[Var]) -> list[tuple[Var, Atom]]:
    """What is made of values by their classes: ``S + S``, ``S.tocsr()``; what ``scipy.sparse`` makes of them."""
    call = stmt.value if isinstance(stmt, Let) else None
    if not isinstance(stmt, Let) or not isinstance(call, Call) or stmt.target in active:
        return []
    sparse = isinstance(call.fn, Ref) and call.fn.module.startswith("scipy.sparse") or isinstance(call.fn, Method) and call.fn.name in SPARSE
    made = sparse or isinstance(call.fn, Ref) and call.fn.module == "operator" and (call.fn.attr in ARITHMETIC or call.fn.attr in ("matmul", "neg"))
    return [(stmt.target, a) for a in call.args] if made else []


def sources(function: Function) -> list[tuple[Var, Atom]]:
    """The names of parts of values, and the values."""
    return _sources(statements(function.body), ())


def with_parts(function: Function, active: frozenset[Var]) -> frozenset[Var]:
    """The active names, and those for parts of their values: what is written there shows in them."""
    pairs = [pair for s in statements(function.body) for pair in _parts(s)]
    found = set(active)
    while more := {t for t, a in pairs if a in found} - found:
        found |= more
    return frozenset(found)


def is_unknown(param: Param) -> bool:
    """Whether the annotation says nothing of operators; that of a sparse matrix says ``*`` is not known."""
    cls = param.cls
    of_cls = cls is None or cls in (Any, object) or _is_matrix(cls) or is_array_like(cls)
    return of_cls and items_of(param) is None and ANNOTATIONS.get(param.said, "any") == "any"


OF_FIRST = ("getitem", "copied", "own_copy", "snapshot")  # what gives a part, or a copy, of its first operand


def _parts(stmt: Stmt) -> list[tuple[Var, Atom]]:
    """The names for parts of a value, and the value."""
    if isinstance(stmt, For):
        return [(s.target, s.sequence) for s in stmt.sources if isinstance(s, Each)]
    if isinstance(stmt, Unpack):
        return [(t, stmt.source) for t in stmt.targets if t is not None]
    if isinstance(stmt, Store):
        return [(stmt.target, stmt.base)]
    value = stmt.value if isinstance(stmt, Let) else None
    if isinstance(value, Call) and (isinstance(value.fn, Attribute) or getattr(value.fn, "attr", "") in OF_FIRST):
        return [(stmt.target, value.args[0])]  # type: ignore[union-attr]
    if isinstance(value, Build):
        return [(stmt.target, a) for a in value.items]  # type: ignore[union-attr]
    return [(stmt.target, value)] if isinstance(value, Var) else []  # type: ignore[union-attr]
