"""Settle updates: ``x += e`` on whole names is a new value (``memory`` has seen to those with another name).

s.1 = s += x[i]         ==>      s.1 = s + x[i]
u.1 = store u[s] *= v            old = u[s]; new = old * v; u.1 = store u[s] = new        all but + and -
"""

from __future__ import annotations

from dataclasses import replace

from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Block, Call, Function, Let, Ref, Stmt, Store
from tangentx.ir.walk import map_blocks
from tangentx.transform.build import op

__all__ = ["settle_inplace"]

PLAIN = {
    "iadd": "add", "isub": "sub", "imul": "mul", "itruediv": "truediv", "ipow": "pow", "ifloordiv": "floordiv", "imod": "mod",
    "imatmul": "matmul", "iand": "and_", "ior": "or_", "ixor": "xor", "ilshift": "lshift", "irshift": "rshift",
}  # fmt: skip
UPDATES = {"*": "mul", "/": "truediv", "**": "pow", "//": "floordiv", "%": "mod", "@": "matmul"}


def settle_inplace(function: Function, fresh: Fresh) -> Function:
    """Replaces updates of items that are not sums by plain writes."""

    def block(b: Block) -> Block:
        return tuple(new for stmt in b for new in settle(stmt))

    def settle(stmt: Stmt) -> list[Stmt]:
        if isinstance(stmt, Let) and isinstance(stmt.value, Call) and isinstance(stmt.value.fn, Ref):
            fn = stmt.value.fn
            if fn.module == "operator" and fn.attr in PLAIN:
                return [replace(stmt, value=op(PLAIN[fn.attr], *stmt.value.args))]
        if isinstance(stmt, Store) and stmt.op in UPDATES:
            old, new = fresh("old"), fresh("new")
            read = Let(old, op("getitem", stmt.through or stmt.base, stmt.index), stmt.place)
            return [read, Let(new, op(UPDATES[stmt.op], old, stmt.value), stmt.place), replace(stmt, value=new, op="")]
        return [map_blocks(stmt, block)]

    return replace(function, body=block(function.body))
