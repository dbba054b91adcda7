"""The array module of a derivative is that of the function: what a rule says with ``np`` is CuPy's where CuPy's arrays are.

    y = cp.tanh(x)                     y = cp.tanh(x)
    x_bar = g * np.sign(y)     ==>     x_bar = g * cp.sign(y)

CuPy's are the arguments and results of CuPy's functions, and what is computed from them, by name: the rest of a program may well be
NumPy's.  Where it cannot be told, ``np`` stays: NumPy hands CuPy's arrays on to CuPy.  What the user wrote stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tangentx.ir.libraries import at_home
from tangentx.ir.nodes import Atom, Attribute, Block, Build, Call, Effect, Function, If, Let, Method, Program, Ref, Stmt, Unpack, Var
from tangentx.ir.walk import edge_atoms, map_atoms, map_blocks, own_atoms, statements, stmt_targets

__all__ = ["settle_libraries"]

# what these give is on the host, and so is what the second group is given
ON_THE_HOST = frozenset({"shape", "ndim", "size", "dtype", "itemsize", "nbytes", "strides", "len", "int", "float", "bool", "item", "tolist", "asnumpy"})
TAKES_SIZES = frozenset({"zeros", "ones", "empty", "full", "arange", "eye", "identity", "linspace", "tri"})


def settle_libraries(program: Program) -> Program:
    """The program with the array module of each function's values."""
    refs = [ref for f in program.functions for s in statements(f.body) for ref in _refs(s)]
    known = next((ref for ref in refs if ref.library), None)
    if known is None:
        return program
    alias = next((a for ref in refs if ref.library and (a := _alias(ref))), "cp")
    return replace(program, functions=tuple(_settled(f, known.library, alias) for f in program.functions))


def _alias(ref: Ref) -> str:
    """``cp`` of ``cp.linalg.solve``; "" where it is written otherwise."""
    rest = f"{ref.module}.{ref.attr}".removeprefix("numpy.")
    root = ref.text.removesuffix(f".{rest}")
    return root if ref.module.startswith("numpy") and root != ref.text and root.isidentifier() else ""


def _refs(stmt: Stmt) -> Iterator[Ref]:
    if isinstance(stmt, Let | Effect) and isinstance(stmt.value, Call) and isinstance(stmt.value.fn, Ref):
        yield stmt.value.fn
    yield from (a for a in (*own_atoms(stmt), *edge_atoms(stmt)) if isinstance(a, Ref))


def _settled(function: Function, library: str, alias: str) -> Function:
    there = _on_the_device(function)

    def moved(atom: Atom) -> Atom:
        if not isinstance(atom, Ref) or atom.library or atom.live or atom.module.partition(".")[0] not in ("numpy", "scipy"):
            return atom
        text = f"{alias}.{atom.text.partition('.')[2]}" if atom.text.startswith("np.") else atom.text
        found = replace(atom, text=text, library=library)
        return found if at_home(found) is not None else atom

    def block(b: Block) -> Block:
        return tuple(settle(stmt) for stmt in b)

    def settle(stmt: Stmt) -> Stmt:
        stmt = map_blocks(stmt, block)
        if stmt.place.own or not any(_name(v) in there for v in _variables(stmt)):
            return stmt
        stmt = map_atoms(stmt, moved)
        if isinstance(stmt, Let | Effect) and isinstance(stmt.value, Call) and isinstance(stmt.value.fn, Ref):
            fn = moved(stmt.value.fn)
            stmt = replace(stmt, value=replace(stmt.value, fn=fn))  # type: ignore[arg-type]
        return stmt

    return replace(function, body=block(function.body))


def _name(var: Var) -> str:
    return var.base.removesuffix("_bar").removesuffix("_dot")


def _variables(stmt: Stmt) -> list[Var]:
    read = () if isinstance(stmt, If) else own_atoms(stmt)
    return [v for v in (*read, *stmt_targets(stmt)) if isinstance(v, Var)]


def _on_the_device(function: Function) -> set[str]:
    """The names of the library's arrays."""
    there: set[str] = set()
    body, size = list(statements(function.body)), -1
    while len(there) != size:
        size = len(there)
        for stmt in body:
            there.update(_name(v) for v in _found(stmt, there))
    return there


def _found(stmt: Stmt, there: set[str]) -> Iterator[Var]:
    """What a statement shows to be the library's: what CuPy is given and gives, and what is made of that."""
    reads = [a for a in own_atoms(stmt) if isinstance(a, Var)]
    if isinstance(stmt, Let) and isinstance(stmt.value, Build) and _name(stmt.target) in there:
        yield from reads
    if not isinstance(stmt, Let | Unpack):
        return
    call = stmt.value if isinstance(stmt, Let) and isinstance(stmt.value, Call) else None
    named = call.fn.name if call is not None and isinstance(call.fn, Method | Attribute) else getattr(call and call.fn, "attr", "")
    own = call is not None and isinstance(call.fn, Ref) and bool(call.fn.library)
    if own and call is not None and named not in TAKES_SIZES:
        yield from (a for a in call.args if isinstance(a, Var))
    if named not in ON_THE_HOST and (own or any(_name(v) in there for v in reads)):
        yield from stmt_targets(stmt)
