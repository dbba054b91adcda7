"""The array module of a derivative is that of the function: what a rule says with ``np`` is CuPy's where CuPy's arrays are.

    y = x ** n                             y = x ** n
    z = cp.sum(y)                          z = cp.sum(y)
    y_bar = unreduce(g, np.shape(y)) ==>   y_bar = unreduce(cp.asarray(g), cp.shape(y))
    n_bar = y_bar * y * np.log(x)          n_bar = y_bar * y * cp.log(x)

CuPy's are the arguments and results of CuPy's functions, and what is computed from them, by name: the rest of a program may well be
NumPy's.  Where it cannot be told, ``np`` stays: NumPy hands CuPy's arrays on to CuPy.  What the user wrote stays as it is.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

import numpy as np

from tangentx.ir.fresh import Fresh
from tangentx.ir.libraries import alias_of, moved
from tangentx.ir.nodes import Attribute, Block, Build, Call, Const, Effect, Function, Let, Method, Program, Ref, Stmt, Unpack, Var
from tangentx.ir.walk import edge_atoms, map_blocks, map_refs, own_atoms, statements, stmt_targets

__all__ = ["settle_libraries"]

# what these give is on the host, and so is what the second group is given
ON_THE_HOST = frozenset({"shape", "ndim", "size", "dtype", "itemsize", "nbytes", "strides", "len", "int", "float", "bool", "item", "tolist"})
TAKES_SIZES = frozenset({"zeros", "ones", "empty", "full", "arange", "eye", "identity", "linspace", "tri"})
SEED = "init_grad"


def settle_libraries(program: Program) -> Program:
    """The program with the array module of each function's values."""
    refs = [ref for f in program.functions for s in statements(f.body) for ref in _refs(s) if ref.library]
    if not refs:
        return program
    alias = next((a for ref in refs if (a := alias_of(ref)) != "cp"), "cp")
    return replace(program, functions=tuple(_settled(f, refs[0].library, alias) for f in program.functions))


def _refs(stmt: Stmt) -> Iterator[Ref]:
    if isinstance(stmt, Let | Effect) and isinstance(stmt.value, Call) and isinstance(stmt.value.fn, Ref):
        yield stmt.value.fn
    yield from (a for a in (*own_atoms(stmt), *edge_atoms(stmt)) if isinstance(a, Ref))


def _settled(function: Function, library: str, alias: str) -> Function:
    there, fresh = _on_the_device(function), Fresh.of(function)
    asarray = moved(Ref(np.asarray, "np.asarray", "numpy", "asarray"), library, alias)
    params = {p.var for p in function.params}
    made = {s.target: s for s in statements(function.body) if isinstance(s, Let)}

    def block(b: Block) -> Block:
        return tuple(new for stmt in b for new in settle(stmt))

    def settle(stmt: Stmt) -> list[Stmt]:
        stmt = map_blocks(stmt, block)
        if stmt.place.own or not any(_name(v) in there for v in _variables(stmt)):
            return [stmt]
        stmt = map_refs(stmt, partial(moved, library=library, alias=alias))
        first = _first_parameter(stmt)
        assert not first or (isinstance(stmt, Let) and isinstance(stmt.value, Call))
        if first == "shape":  # positions, counted on the host
            positions = fresh("positions")
            return [replace(stmt, target=positions), replace(stmt, value=Call(asarray, (positions,)))]  # type: ignore[arg-type]
        if first == "g" and _may_be_a_number(stmt.value.args[0], params, made):  # type: ignore[union-attr]
            seed = Let(fresh("seed"), Call(asarray, stmt.value.args[:1]), stmt.place)  # type: ignore[union-attr]
            return [seed, replace(stmt, value=replace(stmt.value, args=(seed.target, *stmt.value.args[1:])))]  # type: ignore[union-attr, arg-type, type-var]
        return [stmt]

    return replace(function, body=block(function.body))


def _first_parameter(stmt: Stmt) -> str:
    """Of a helper that makes an array of an adjoint and a shape, or of a shape alone: of numbers it would make NumPy's.

    "g" too for a function of the library that is no ufunc: CuPy's take arrays only.
    """
    call = stmt.value if isinstance(stmt, Let) else None
    if not isinstance(call, Call) or not isinstance(call.fn, Ref) or not call.args:
        return ""
    if call.fn.library and isinstance(call.fn.obj, types.FunctionType | type(np.sum)) and _called(call) not in (*ON_THE_HOST, *TAKES_SIZES):
        return "g"
    if call.fn.module != "tangentx.runtime":
        return ""
    names = list(inspect.signature(call.fn.obj).parameters)
    return names[0] if names[0] in ("g", "shape") and "shape" in names else ""


def _may_be_a_number(atom: object, params: set[Var], made: Mapping[Var, Let]) -> bool:
    """Whether a seed may be a number of Python's: a parameter, or one computed of parameters and numbers alone."""
    if not isinstance(atom, Var):
        return isinstance(atom, Ref) or (isinstance(atom, Const) and isinstance(atom.value, int | float))
    value = made[atom].value if atom in made else None
    if not isinstance(value, Call):
        return atom in params
    if _called(value) in ON_THE_HOST:
        return True
    return isinstance(value.fn, Ref) and value.fn.module in ("operator", "numpy") and all(_may_be_a_number(a, params, made) for a in value.args)


def _name(var: Var) -> str:
    return var.base.removesuffix("_bar").removesuffix("_dot")


def _variables(stmt: Stmt) -> list[Var]:
    return [v for v in (*own_atoms(stmt), *stmt_targets(stmt)) if isinstance(v, Var)]


def _on_the_device(function: Function) -> set[str]:
    """The names of the library's arrays; the seed is one, or a number, which is as good."""
    body = list(statements(function.body))
    made = {s.target: s for s in body if isinstance(s, Let)}
    seeds = {_name(p.var) for p in function.params if p.var.base == SEED or p.var.base.endswith("_bar")}
    there: set[str] = seeds if any(ref.library for s in body for ref in _refs(s)) else set()
    size = -1
    while len(there) != size:
        size = len(there)
        for stmt in body:
            there.update(_name(v) for v in _found(stmt, there, made))
    return there


def _found(stmt: Stmt, there: set[str], made: Mapping[Var, Let]) -> Iterator[Var]:
    """What a statement shows to be the library's: what CuPy is given and gives, and what is made of that."""
    reads = [a for a in own_atoms(stmt) if isinstance(a, Var)]
    known = any(_name(v) in there for v in reads)
    if isinstance(stmt, Unpack) and known:
        yield from stmt_targets(stmt)
    if not isinstance(stmt, Let):
        return
    value = stmt.value
    if isinstance(value, Build) and _name(stmt.target) in there:
        yield from reads
    if not isinstance(value, Call):
        return
    theirs = isinstance(value.fn, Ref) and bool(value.fn.library)
    if theirs and _called(value) not in TAKES_SIZES:
        yield from (v for v in reads if v in value.args and not _literal(made.get(v)))
    elif (known or _name(stmt.target) in there) and _by_a_rule(stmt):  # what goes with it
        yield from (v for v in reads if v in value.args and _by_a_rule(made.get(v)))
    if (known or theirs) and _called(value) not in ON_THE_HOST:
        yield stmt.target


def _called(call: Call) -> str:
    return call.fn.name if isinstance(call.fn, Method | Attribute) else getattr(call.fn, "attr", "")


def _literal(made: Let | None) -> bool:
    """Whether it is a list of numbers that are written out, an index perhaps; or a shape."""
    if made is None:
        return False
    value = made.value
    return isinstance(value, Call) and _called(value) in ON_THE_HOST or isinstance(value, Build) and all(isinstance(a, Const) for a in value.items)


def _by_a_rule(made: Let | None) -> bool:
    """Whether a function of NumPy's, or an operator, has made it, and a rule says so: an array, if it is used with arrays."""
    if made is None or made.place.own or not isinstance(made.value, Call) or not isinstance(made.value.fn, Ref):
        return False
    return made.value.fn.module in ("numpy", "operator") and _called(made.value) not in (*ON_THE_HOST, "getitem")
