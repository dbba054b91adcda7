"""The helpers that generated code calls: functions only, no state, NumPy alone.

Each has a rule of its own in ``templates/tangentx/``, so that a derivative can be differentiated again.  Arrays are
used through their own methods or through NumPy's ``like`` arguments, so the same code runs on CuPy arrays.
``g`` is an adjoint (or a tangent), ``like`` the primal value that it belongs to.

Whoever calls them knows one module, ``tangentx.runtime``; the rooms of it see only those that stand before them:
``contents``, ``lent``, ``described``, ``asked``, ``checks``, ``overlaps``, ``shapes``, ``reductions``, ``structures``, ``moves``, ``padding``,
``calculus``, ``algebra``, ``gaps``, ``decompositions``, ``special``, ``transforms``.
"""

import types

from tangentx.runtime.algebra import *  # noqa: F403
from tangentx.runtime.asked import *  # noqa: F403
from tangentx.runtime.calculus import *  # noqa: F403
from tangentx.runtime.checks import *  # noqa: F403
from tangentx.runtime.contents import *  # noqa: F403
from tangentx.runtime.decompositions import *  # noqa: F403
from tangentx.runtime.described import *  # noqa: F403
from tangentx.runtime.gaps import *  # noqa: F403
from tangentx.runtime.moves import *  # noqa: F403
from tangentx.runtime.overlaps import *  # noqa: F403
from tangentx.runtime.padding import *  # noqa: F403
from tangentx.runtime.reductions import *  # noqa: F403
from tangentx.runtime.shapes import *  # noqa: F403
from tangentx.runtime.special import *  # noqa: F403
from tangentx.runtime.structures import *  # noqa: F403
from tangentx.runtime.transforms import *  # noqa: F403

for _helper in [value for value in globals().values() if isinstance(value, types.FunctionType)]:
    _helper.__module__ = __name__  # where generated code imports it from
