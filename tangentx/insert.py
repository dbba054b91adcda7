"""``insert_grad_of``: code of the user's that runs in the backward pass, at the point where it stands.

    y = x * x                                       y = x * x
    with tx.insert_grad_of(y) as y_bar:   ==>       y_bar = init_grad * np.cos(y)          (grad's reverse sweep)
        y_bar = np.clip(y_bar, -1, 1)               y_bar = np.clip(y_bar, -1, 1)
    return np.sin(y)                                x_bar = ...

The compiler moves the block (``frontend/inserted.py``, ``transform/inserted.py``).  What stands here is for the function
itself, which runs in plain Python: there is no backward pass, so the block must not run.
"""

from __future__ import annotations

import sys
from types import FrameType, TracebackType
from typing import Any

__all__ = ["insert_grad_of"]


class _Leave(BaseException):
    """Leaves the block before its first instruction."""


def _leave(frame: FrameType, event: str, arg: Any) -> Any:
    raise _Leave


def _nothing(frame: FrameType, event: str, arg: Any) -> Any:
    return None


class insert_grad_of:  # noqa: N801
    """``with insert_grad_of(x) as x_bar:`` the block runs in the backward pass of a derivative, and only there.

    ``x_bar`` is the adjoint of ``x`` as accumulated at that point: from all that reads ``x`` behind the block.  The block may
    print, call ``breakpoint()``, raise, record, read the function's other variables (their values at that point), and
    give ``x_bar`` another value, which takes its place.  Names that the block assigns exist in the block only.  It runs once for
    each time that the backward pass comes by: last iteration of a loop first, only in the arm of a branch that was taken,
    and not at all where the derivative does not pass through ``x``.

    ``x`` is a variable of the function.  Several stand in one ``with``: ``with insert_grad_of(x) as x_bar, insert_grad_of(y) as y_bar:``.

    Forward mode has no adjoints: ``jvp`` passes over a block that only looks at ``x_bar``, and refuses one that replaces it.
    A derivative of a gradient differentiates the block like any other code of the gradient.

    In the function itself, called as it is, the block is skipped (as a debugger would: by a trace function that leaves it
    before its first instruction).
    """

    def __init__(self, x: Any) -> None:
        del x

    def __enter__(self) -> Any:
        self._tracer = sys.gettrace()
        self._frame = frame = sys._getframe(1)
        self._kept = frame.f_trace, frame.f_trace_opcodes
        frame.f_trace, frame.f_trace_opcodes = _leave, True
        sys.settrace(_nothing)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> bool:
        self._frame.f_trace, self._frame.f_trace_opcodes = self._kept
        del self._frame
        sys.settrace(self._tracer)
        return kind is _Leave
