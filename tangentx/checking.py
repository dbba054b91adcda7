"""``check_grad``: reverse mode and forward mode against finite differences, and against each other.

Along a direction ``v`` in the arguments and a weight ``g`` on the outputs all three say the same number,
``sum(g * J v)``: reverse as ``sum((g J) * v)``, forward as ``sum(g * (J v))``, finite differences by Ridders' method,
which extrapolates to step zero and says how far it can be trusted.
"""

from __future__ import annotations

import dataclasses
import inspect
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from tangentx.api import jvp, vjp
from tangentx.arguments import normalise_wrt, plain_function
from tangentx.errors import ArgumentError, TangentxError

__all__ = ["CheckFailed", "GradReport", "Row", "check_grad"]

ALL_ENTRIES = 16  # leaves up to this size are checked entry by entry, larger ones along this many random directions
STEPS, SHRINK = 14, 2.0


@dataclass(frozen=True)
class Row:
    """One direction: what each way says, and how far finite differences can be trusted."""

    where: str
    reverse: float | None
    forward: float | None
    difference: float
    error: float
    verdict: str


@dataclass(frozen=True)
class GradReport:
    """What ``check_grad`` found; true if everything agrees, and a table as text."""

    function: str
    rows: tuple[Row, ...]

    @property
    def ok(self) -> bool:
        return all(row.verdict == "ok" for row in self.rows)

    def __bool__(self) -> bool:
        return self.ok

    def __str__(self) -> str:
        header = ("where", "reverse", "forward", "finite difference", "its error", "verdict")
        cells = [(r.where, _digits(r.reverse), _digits(r.forward), _digits(r.difference), f"{r.error:.1e}", r.verdict) for r in self.rows]
        widths = [max(len(row[i]) for row in [header, *cells]) for i in range(len(header))]
        align = (str.ljust, str.rjust, str.rjust, str.rjust, str.rjust, str.ljust)
        lines = ["  ".join(put(cell, w) for put, cell, w in zip(align, row, widths)) for row in [header, *cells]]
        bad = sum(row.verdict != "ok" for row in self.rows)
        summary = f"{self.function}: {bad} of {len(self.rows)} directions disagree" if bad else f"{self.function}: {len(self.rows)} directions agree"
        return "\n".join([summary, *(f"  {line.rstrip()}" for line in lines)])


class CheckFailed(TangentxError, AssertionError):
    """The derivatives do not agree; ``report`` has the numbers."""

    def __init__(self, report: GradReport) -> None:
        self.report = report
        hint = "An error near the size of the value means a kink or a jump there: check at another point."
        super().__init__(str(report), None, hint if _unsettled(report) else "")

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.report,)


def check_grad(
    f: Callable[..., Any],
    *args: Any,
    wrt: int | str | tuple[int | str, ...] = 0,
    mode: str = "both",
    rtol: float = 1e-6,
    atol: float = 1e-9,
    optimise: bool = True,
    **kwargs: Any,
) -> GradReport:
    """Checks the derivatives of ``f`` at these arguments; any structure of numbers and arrays in and out.

    ``mode`` is ``"both"``, ``"reverse"`` or ``"forward"``.

    Raises:
        CheckFailed: an AssertionError with a table of what disagrees.
    """
    if mode not in ("both", "reverse", "forward"):
        raise ArgumentError(f"mode={mode!r}", None, "Use 'both', 'reverse' or 'forward'.")
    f = plain_function(f)
    names, single = normalise_wrt(f, wrt)
    bound = inspect.signature(f, follow_wrapped=False).bind(*args, **kwargs)
    bound.apply_defaults()
    inputs = {name: bound.arguments[name] for name in names}
    random = np.random.default_rng(0)
    weights = _like(f(*args, **kwargs), lambda leaf: random.uniform(0.5, 1.5, np.shape(leaf)))
    gradient = None
    if mode != "forward":
        found = vjp(f, wrt, optimise=optimise)(*args, **kwargs, init_grad=weights)[1]
        gradient = dict(zip(names, (found,) if single else found))
    tangent = jvp(f, wrt, optimise=optimise) if mode != "reverse" else None

    def value(moved: dict[str, Any]) -> float:
        bound.arguments.update(moved)
        with np.errstate(all="ignore"):
            return _dot(weights, f(*bound.args, **bound.kwargs))

    rows = []
    tolerance = rtol if _precise(inputs) else max(rtol, 1e-3)
    for where, direction in _directions(inputs, random):
        reverse = None if gradient is None else sum(_dot(gradient[n], v) for n, v in direction.items())
        seeds = {f"{n}_dot": _at_dtype(v, inputs[n]) for n, v in direction.items()}
        forward = None if tangent is None else _dot(weights, tangent(*args, **kwargs, **seeds)[1])
        rows.append(_row(where, reverse, forward, *_ridders(value, inputs, direction), tolerance, atol))
    report = GradReport(f.__name__, tuple(rows))
    if not report.ok:
        raise CheckFailed(report)
    return report


def _row(where: str, reverse: float | None, forward: float | None, difference: float, error: float, rtol: float, atol: float) -> Row:
    claims = [claim for claim in (reverse, forward) if claim is not None]
    scale = max(map(abs, [*claims, difference if math.isfinite(difference) else 0.0]))
    verdict = "ok"
    if not all(map(math.isfinite, claims)):
        verdict = "not finite"
    elif len(claims) == 2 and abs(claims[0] - claims[1]) > 1e-3 * rtol * scale + 1e-3 * atol:
        verdict = "reverse and forward differ"
    elif not math.isfinite(difference) or error > 1e-3 * scale + 1e3 * atol:
        verdict = "differences do not settle"
    elif any(abs(claim - difference) > rtol * scale + atol + 10.0 * error for claim in claims):
        verdict = "wrong"
    return Row(where, reverse, forward, difference, error, verdict)


def _unsettled(report: GradReport) -> bool:
    return any(row.verdict == "differences do not settle" for row in report.rows)


def _digits(number: float | None) -> str:
    return "-" if number is None else f"{number:.10g}"


# --------------------------------------------------------------------------------------------------- finite differences


def _ridders(value: Callable[[dict[str, Any]], float], inputs: dict[str, Any], direction: dict[str, Any]) -> tuple[float, float]:
    """The derivative along a direction and an estimate of its error: central differences, extrapolated (Ridders 1982)."""
    size = max((float(np.max(np.abs(leaf), initial=0.0)) for leaf in _leaves(tuple(inputs.values()))), default=1.0)
    step = 0.02 * max(1.0, size)
    best, error = math.nan, math.inf
    row: list[float] = []
    for _ in range(STEPS):
        ahead, behind = (value({n: _moved(x, direction[n], s * step) for n, x in inputs.items()}) for s in (1.0, -1.0))
        new = [(ahead - behind) / (2.0 * step)]
        factor = 1.0
        for previous in row:
            factor *= SHRINK**2
            new.append((factor * new[-1] - previous) / (factor - 1.0))
            guess = max(abs(new[-1] - new[-2]), abs(new[-1] - previous))
            if guess < error:
                best, error = new[-1], guess
        row = new if math.isfinite(new[0]) else []
        step /= SHRINK
    return best, error


def _moved(x: Any, v: Any, step: float) -> Any:
    return _zip(x, v, lambda leaf, along: (_double(leaf) + step * along) if _is_float(leaf) else leaf)


def _double(leaf: Any) -> Any:
    if np.ndim(leaf) == 0:
        return complex(leaf) if np.iscomplexobj(leaf) else float(leaf)
    return np.asarray(leaf, dtype=np.result_type(leaf, np.float64))


def _directions(inputs: dict[str, Any], random: np.random.Generator) -> Iterator[tuple[str, dict[str, Any]]]:
    """Unit vectors of small leaves, random directions in large ones; complex leaves also along i."""
    still = {name: _like(x, lambda leaf: np.zeros(np.shape(leaf))) for name, x in inputs.items()}
    for name, x in inputs.items():
        leaves = _leaves(x)
        for position, leaf in enumerate(leaves):
            label = name if len(leaves) == 1 else f"{name}.{position}"
            for where, unit in _leaf_directions(leaf, random):
                moving = [unit if i == position else np.zeros(np.shape(other)) for i, other in enumerate(leaves)]
                yield label + where, {**still, name: _with_leaves(x, iter(moving))}


def _leaf_directions(leaf: Any, random: np.random.Generator) -> Iterator[tuple[str, Any]]:
    shape = np.shape(leaf)
    for turn, mark in ((1.0, ""), (1j, " imaginary")) if np.iscomplexobj(leaf) else ((1.0, ""),):
        if not shape:
            yield mark, turn
        elif math.prod(shape) <= ALL_ENTRIES:
            for index in np.ndindex(*shape):
                unit = np.zeros(shape, dtype=type(turn))
                unit[index] = turn
                yield f"[{', '.join(map(str, index))}]{mark}", unit
        else:
            for count in range(ALL_ENTRIES):
                yield f" direction {count + 1}{mark}", turn * random.standard_normal(shape)


# ----------------------------------------------------------------------------------------------------------- structures


def _is_float(leaf: Any) -> bool:
    return isinstance(leaf, float | complex | np.floating | np.complexfloating) or getattr(getattr(leaf, "dtype", None), "kind", "") in ("f", "c")


def _parts(x: Any) -> list[Any] | None:
    """The items of a container, None for a leaf."""
    if isinstance(x, dict):
        return list(x.values())
    if isinstance(x, tuple | list):
        return list(x)
    if dataclasses.is_dataclass(x) and not isinstance(x, type):
        return [getattr(x, f.name) for f in dataclasses.fields(x)]
    return None


def _rebuilt(x: Any, parts: list[Any]) -> Any:
    if isinstance(x, dict):
        return dict(zip(x, parts))
    if isinstance(x, tuple | list):
        return type(x)(*parts) if hasattr(x, "_fields") else type(x)(parts)
    return dataclasses.replace(x, **dict(zip((f.name for f in dataclasses.fields(x)), parts)))


def _leaves(x: Any) -> list[Any]:
    """The float leaves, in order."""
    parts = _parts(x)
    if parts is None:
        return [x] if _is_float(x) else []
    return [leaf for part in parts for leaf in _leaves(part)]


def _like(x: Any, make: Callable[[Any], Any]) -> Any:
    """The structure of ``x`` with new float leaves, of the same kind and dtype; integers become 0.0, the rest stays."""
    parts = _parts(x)
    if parts is not None:
        return _rebuilt(x, [_like(part, make) for part in parts])
    if not _is_float(x):
        return 0.0 if isinstance(x, int | np.integer) and not isinstance(x, bool) else x
    made = make(x)
    return made if np.ndim(x) or np.iscomplexobj(made) else float(made)


def _with_leaves(x: Any, leaves: Iterator[Any]) -> Any:
    """The structure of ``x`` with these float leaves."""
    return _like(x, lambda _: next(leaves))


def _zip(x: Any, y: Any, combine: Callable[[Any, Any], Any]) -> Any:
    parts = _parts(x)
    if parts is None:
        return combine(x, y)
    return _rebuilt(x, [_zip(a, b, combine) for a, b in zip(parts, _parts(y) or [])])


def _at_dtype(v: Any, x: Any) -> Any:
    """A direction in the dtype of the argument."""
    return _zip(x, v, lambda leaf, along: np.asarray(along, dtype=leaf.dtype)[()] if hasattr(leaf, "dtype") else along)


def _dot(a: Any, b: Any) -> float:
    """The real part of the sum of products over all float leaves, without conjugation (the convention of the gradients)."""
    parts = _parts(b)
    if parts is not None:
        return math.fsum(_dot(x, y) for x, y in zip(_parts(a) or [], parts))
    return float(np.real(np.sum(np.multiply(a, b)))) if _is_float(b) or _is_float(a) else 0.0


def _precise(inputs: dict[str, Any]) -> bool:
    return all(np.result_type(leaf).itemsize > 4 for leaf in _leaves(tuple(inputs.values())))
