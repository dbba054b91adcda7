"""Headers: a loop whose test writes into something tests at the top of its body.

while:                                         while True:
    u.1 = store u[0] = v                           u.1 = store u[0] = v
    test = u[1] > 0                  ==>           test = u[1] > 0
test test do                                       not_test = not_(test)
    ...                                            if not_test: break
                                                   else: ...

What a header writes the last time, when the body is not reached, counts: in a body it is recorded as all else is.
"""

from __future__ import annotations

import operator
from dataclasses import replace

from tangentx.analysis.aliases import is_inplace
from tangentx.ir.fresh import Fresh
from tangentx.ir.nodes import Atom, Break, Call, Const, Function, If, Join, Let, Ref, Stmt, Store, Var, While
from tangentx.ir.walk import map_blocks, statements
from tangentx.transform.build import op

__all__ = ["settle_headers"]


def settle_headers(function: Function, fresh: Fresh) -> Function:
    """The same function without a write in the test of a loop."""

    def settle(stmt: Stmt) -> Stmt:
        stmt = map_blocks(stmt, lambda block: tuple(map(settle, block)))
        if not isinstance(stmt, While) or not any(isinstance(s, Store) or is_inplace(s) for s in statements(stmt.header)):
            return stmt
        made, over = _opposite(stmt, fresh)
        backs = {c.target: fresh(c.target.base) for c in stmt.carries}
        joins = tuple(Join(backs[c.target], c.target, c.back) for c in stmt.carries)
        body = (*stmt.header, *made, If(over, (Break(stmt.place),), stmt.body, joins, stmt.place, stmt.label))
        carries = tuple(replace(c, back=backs[c.target]) for c in stmt.carries)
        return replace(stmt, carries=carries, header=(), test=Const(True), body=body)

    return replace(function, body=tuple(map(settle, function.body)))


def _opposite(loop: While, fresh: Fresh) -> tuple[list[Stmt], Atom]:
    """What is true where the loop ends."""
    made = next((s.value for s in loop.header if isinstance(s, Let) and s.target == loop.test), None)
    if isinstance(made, Call) and isinstance(made.fn, Ref) and made.fn.obj is operator.not_:
        return [], made.args[0]
    over = fresh(f"not_{loop.test.base}" if isinstance(loop.test, Var) else "over")
    return [Let(over, op("not_", loop.test), loop.place)], over
