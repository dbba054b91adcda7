"""Defaults: an attribute that an object may lack is read where it is there, so that a default keeps its derivative.

                                       has_lr = has_field(m, "lr")
                                       if has_lr:
lr = getattr(m, "lr", rate)     ==>        m_lr = m.lr
                                       join lr = m_lr | rate

What an object of a module hands on by ``__getattr__`` is read now, and held to that while running.
"""

from __future__ import annotations

from typing import Any

import tangentx.runtime as rt
from tangentx.ir.nodes import Attribute, Call, Const, Effect, Expr, If, Join, Let, Place, Ref, Stmt

__all__ = ["attribute_or_default", "checks_handed"]


def attribute_or_default(lowering: Any, call: Call, node: Any) -> Expr | None:
    """Emits the branch that ``getattr`` with a default stands for, and gives its value; None of another call."""
    if not isinstance(call.fn, Ref) or call.fn.obj is not getattr or len(call.args) != 3:
        return None
    owner, name, default = call.args
    if not isinstance(name, Const) or not isinstance(name.value, str) or not name.value.isidentifier():
        return None
    place, text = lowering.place(node), str(name.value)
    there, found, result = lowering.fresh(f"has_{text}"), lowering.fresh(text), lowering.fresh(text)
    lowering.out.append(Let(there, Call(Ref(rt.has_field, "has_field", "tangentx.runtime", "has_field"), (owner, name)), place))
    lowering.out.append(If(there, (Let(found, Call(Attribute(text), (owner,)), place),), (), (Join(result, found, default),), place))
    return result


def checks_handed(lowering: Any, place: Place) -> list[Stmt]:
    """Lines that hold what objects of modules hand on by ``__getattr__`` to what it was: ``check_handed(ops.np, sin=np.sin)``."""
    check = Ref(rt.check_handed, "check_handed", "tangentx.runtime", "check_handed")
    resolvers = (lowering.resolver, *lowering.resolver.foreign.values())
    return [Effect(Call(check, (owner,), tuple(names.items())), place) for r in resolvers for owner, names in r.handed.values()]
