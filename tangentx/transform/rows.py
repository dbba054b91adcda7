"""Rows: what is written through a part may be an array in a list, too, where nothing else is ever put into that list.

for p in params:                     p = params[i]
    p -= lr * p           ==>        check_part(p, params)              a row of an array, or an array that stands in a list
                                     params.1 = store params[...] -= ... through p

for layer in params:                 layer.1 = params.1[i]
    for p in layer:           ==>    check_parts(layer.1, params.1)      a list in there may be, too: it is only read
        p -= lr * p                  p = layer.1[j]; ...

p = params[0]                        p = params[0]
p[0] = x                             check_view(p, params)              of a list p would not be what is read there after that
params[0] = q                        params.1 = store params[0] = x through p
s = p[1]                             params.2 = store params.1[0] = q
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tangentx.ir.nodes import Block, Call, Effect, Expr, Stmt, Var
from tangentx.ir.walk import map_blocks
from tangentx.transform.build import helper

__all__ = ["with_items_allowed"]


def with_items_allowed(
    body: Block,
    parts: Mapping[Expr, Var],
    reread: Mapping[Expr, Var],
    refilled: Mapping[Var, None],
    links: Mapping[Var, Mapping[Var, None]],
) -> Block:
    """The body with the weaker check where a region (``parts``: of what is checked) is none of those with slots that get other objects.

    ``reread``: the same of what is not written, but read again; that may be a list, too.

    ``refilled``: these, and with them all that may be the same memory as one of them.
    """
    same, stack = set(refilled), list(refilled)
    while stack:
        more = links.get(stack.pop(), {}).keys() - same
        same |= more
        stack += more

    def weaker(stmt: Stmt) -> Stmt:
        call = stmt.value if isinstance(stmt, Effect) else None
        if isinstance(stmt, Effect) and isinstance(call, Call) and call in parts and parts[call] not in same:
            return replace(stmt, value=helper("check_part", *call.args))
        if isinstance(stmt, Effect) and isinstance(call, Call) and call in reread and call not in parts and reread[call] not in same:
            return replace(stmt, value=helper("check_parts", *call.args))
        return map_blocks(stmt, block)

    def block(old: Block) -> Block:
        return tuple(map(weaker, old))

    return block(body) if parts or reread else body
