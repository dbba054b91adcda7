"""Receivers: what an object of an unknown class is asked for by a name that arrays have, too, is what its class says.

    def loss(p, x):                                             def loss(p, x):
        return np.sum(x / p.scale) * p.shape        ==>             return np.sum(x / p.scale) * p.shape      ``shape``: a field of p

No array has a ``scale``, so ``p`` is an object: see ``analysis/evidence.py``.  What is asked for names of arrays alone is taken for an
array, and a check at run time says so if it is none: see ``transform/checks.py``.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tangentx.analysis.evidence import evident, root, versions
from tangentx.ir.nodes import Atom, Attribute, Block, Call, Effect, Function, Let, Method, Stmt
from tangentx.ir.walk import blocks, map_blocks

__all__ = ["settle_receivers"]


def settle_receivers(function: Function) -> Function:
    """The function with every such attribute and method marked as the object's own."""
    return replace(function, body=_marked(function.body, frozenset(), versions(function)))


def _marked(body: Block, around: frozenset[Atom], same: dict[Atom, Atom]) -> Block:
    found = around | evident(body, same)
    return tuple(map_blocks(_settled(stmt, found, same), lambda b: _marked(b, found, same)) for stmt in body) if found or _nests(body) else body


def _nests(body: Block) -> bool:
    return any(blocks(stmt) for stmt in body)


def _settled(stmt: Stmt, objects: frozenset[Atom], same: dict[Atom, Atom]) -> Stmt:
    call = stmt.value if isinstance(stmt, Let | Effect) else None
    if not isinstance(stmt, Let | Effect) or not isinstance(call, Call) or not isinstance(call.fn, Method | Attribute) or call.fn.own:
        return stmt
    if not hasattr(np.ndarray, call.fn.name) or root(call.args[0], same) not in objects:
        return stmt
    return replace(stmt, value=replace(call, fn=replace(call.fn, own=True)))
