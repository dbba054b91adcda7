"""The marks of ``insert_grad_of`` in the IR, from lowering to the sweeps.

    with tx.insert_grad_of(x) as g:            if insert_grad_of:                  (never true in a primal)
        g = np.clip(g, -1, 1)         ==>          g = adjoint_of(x)
                                                   g.1 = np.clip(g, -1, 1)
                                                   effect replace_adjoint(x, g.1)

So the block is a branch that data flow knows how to read; ``reverse`` puts it where the reverse sweep comes by, ``forward``
passes over it, and neither leaves it in the primal.
"""

from __future__ import annotations

from typing import Any

from tangentx.ir.nodes import Atom, Block, Call, Effect, If, Let, Ref, Stmt, Var
from tangentx.ir.walk import map_blocks
from tangentx.rules.declare import constant

__all__ = ["COLLECTS", "INSERT", "adjoint_of", "is_insert", "read_adjoint", "replace_adjoint", "replaced", "sources", "without_inserts"]

# methods that such a block calls on a collection from outside of the function (the frontend lets no others pass)
COLLECTS = ("append", "appendleft", "extend", "add", "update", "setdefault", "insert")


def insert_grad_of(x: Any) -> Any:
    """The test of the branch."""


def adjoint_of(x: Any) -> Any:
    """The adjoint of a value: of its kind and shape, in memory of its own."""


def replace_adjoint(x: Any, x_bar: Any) -> Any:
    """From here on the adjoint of ``x`` is ``x_bar``."""


constant(adjoint_of, replace_adjoint)
INSERT, _READ, _REPLACE = (Ref(f, f.__name__, __name__, f.__name__) for f in (insert_grad_of, adjoint_of, replace_adjoint))


def is_insert(stmt: Stmt) -> bool:
    """Whether a statement is the block of an ``insert_grad_of``."""
    return isinstance(stmt, If) and stmt.test == INSERT


def read_adjoint(x: Var) -> Call:
    """``adjoint_of(x)``."""
    return Call(_READ, (x,))


def replaced(x: Var, bar: Atom) -> Call:
    """``replace_adjoint(x, bar)``."""
    return Call(_REPLACE, (x, bar))


def sources(stmt: Stmt, replaced_only: bool = False) -> list[Var]:
    """The values whose adjoints an inserted block reads; or those that it replaces."""
    assert isinstance(stmt, If)
    reads = [s for s in stmt.then if isinstance(s, Let) and isinstance(s.value, Call) and s.value.fn == _READ]
    if not replaced_only:
        return [x for s in reads if isinstance(s.value, Call) and isinstance(x := s.value.args[0], Var)]
    bars = {s.target for s in reads}
    calls = [s.value for s in stmt.then if isinstance(s, Effect) and isinstance(s.value, Call) and s.value.fn == _REPLACE]
    return [x for c in calls if isinstance(x := c.args[0], Var) and c.args[1] not in bars]


def without_inserts(block: Block) -> Block:
    """The block without inserted code."""
    return tuple(map_blocks(s, without_inserts) for s in block if not is_insert(s))
