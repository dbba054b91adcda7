"""Judges one program: right, refused, loud, skipped, slow, wrong or crash.

right    both modes agree with each other and with differences, the value is the primal's, no argument has changed
refused  an error of tangentx.errors while the derivative is made
loud     one when it is called
skipped  the program itself fails or is not finite, or differences do not settle (a kink is near)
wrong    a number that is not right
crash    any other error
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
import signal
import sys
import traceback
import types
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import tangentx as tx
from tests.fuzz.grammar import HEADER, Sample
from tests.fuzz.references import close, copied, difference, directions, dot, flat, same, structure, tangents_like

__all__ = ["Outcome", "judge", "load"]

SECONDS = 20
ALONE = 4  # one program in so many is held against its gradient without the value, which takes as long as all the rest
NAMES = re.compile(
    r"\b(?!float32|float64|int64)[a-z]+_?\d\w*\b|\b[A-Za-z]+_\d+(_\w+)?\b|'[^']*'|\(\d*, *\d*\)"
)  # what differs from program to program


class Outcome(NamedTuple):
    """What came of a program; ``key`` is equal for failures of one kind."""

    kind: str
    key: str = ""
    detail: str = ""


class Wrong(Exception):
    """A number that is not right."""


class Skipped(Exception):
    """Nothing can be said about this program."""


class Refused(Exception):
    """No derivative was made of this program."""


def load(text: str, folder: Path) -> types.ModuleType:
    """The module of a text, written to a file of its own."""
    name = "fuzz_" + hashlib.sha256(text.encode()).hexdigest()[:16]
    path = folder / f"{name}.py"
    path.write_text(HEADER + "\n\n" + text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def judge(sample: Sample, folder: Path, second: bool = False, optimise: bool = True) -> Outcome:
    """The outcome of a program."""
    module: types.ModuleType | None = None
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"), limited():
            warnings.simplefilter("ignore")
            module = load(sample.text, folder)
            _check(getattr(module, sample.entry), sample, second, optimise)
    except Skipped as reason:
        return Outcome("skipped", str(reason))
    except Wrong as reason:
        return Outcome("wrong", str(reason).partition(":")[0], str(reason))
    except TimeoutError as error:
        return Outcome("slow", str(error))
    except Refused as refused:
        error = refused.__cause__
        assert isinstance(error, tx.TangentxError)
        return Outcome("refused", f"{type(error).__name__}: {NAMES.sub('_', error.reason)}", str(error))
    except tx.TangentxError as error:
        return Outcome("loud", f"{type(error).__name__}: {NAMES.sub('_', error.reason)}", str(error))
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        name = Path(place.filename).name
        made = name.split("_")[0] in ("grad", "value", "vjp", "jvp", "hvp")
        if made and type(error) is NotImplementedError:  # an arm that was given up is reached
            return Outcome("loud", NAMES.sub("_", str(error).partition(":")[0]), str(error))
        where = "generated code" if made else f"{name}:{place.name}"
        return Outcome("crash", f"{type(error).__name__} in {where}", traceback.format_exc())
    finally:
        if module is not None:
            sys.modules.pop(module.__name__, None)
    return Outcome("right")


@contextmanager
def limited() -> Iterator[None]:
    """Ends a program that does not end by itself."""

    def stop(*_: Any) -> None:
        raise TimeoutError(f"longer than {SECONDS} s")

    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _check(f: Callable[..., Any], sample: Sample, second: bool, optimise: bool) -> None:
    args, wrt = sample.args, sample.wrt
    try:
        primal = f(*copied(args))
    except TimeoutError:
        raise Skipped("primal: does not end") from None
    except Exception as error:
        raise Skipped(f"primal: {type(error).__name__}") from None
    if np.shape(primal) != () or not np.isfinite(primal):
        raise Skipped("not a finite scalar")
    random = np.random.default_rng(len(sample.text))
    reverse, forward = _derived(tx.value_and_grad, f, wrt, optimise), _derived(tx.jvp, f, wrt, optimise)
    value, gradient = _called(reverse, args)
    _expect("value", value, primal)
    for g, k in zip(gradient, wrt, strict=True):
        if structure(g) != structure(args[k]):
            raise Wrong(f"shape: gradient {structure(g)} of an argument {structure(args[k])}")
    if second or len(sample.text) % ALONE == 0:
        alone = _called(_derived(tx.grad, f, wrt, optimise), args)  # without the value more of the primal is dead
        if not all(np.allclose(a, g, rtol=1e-10, atol=1e-12, equal_nan=True) for a, g in zip(flat(alone), flat(gradient), strict=True)):
            raise Wrong(f"grad and value_and_grad: {alone!r}, {gradient!r}")
    unsettled = False
    names = f.__code__.co_varnames
    for moves in directions(args, wrt, random, 1):
        dots = {f"{names[k]}_dot": v for k, v in moves.items()}
        value, tangent = _called(forward, args, **dots)
        _expect("forward value", value, primal)
        claim = dot(gradient, tuple(moves[k] for k in wrt))
        try:
            reference = difference(f, args, moves)
        except (NameError, ArithmeticError, LookupError) as error:
            raise Skipped(f"primal: {type(error).__name__} nearby") from None
        unsettled |= not reference.settled
        _agree("first order", claim, float(tangent), reference)
    if second:
        _check_second(f, sample, gradient, random, optimise)
    if unsettled:
        raise Skipped("differences do not settle")


def _check_second(f: Callable[..., Any], sample: Sample, gradient: Any, random: np.random.Generator, optimise: bool) -> None:
    args, wrt = sample.args, sample.wrt
    df = _derived(tx.grad, f, wrt, optimise)
    over, back = _derived(tx.jvp, df, wrt, optimise), _derived(tx.vjp, df, wrt, optimise)
    weights = tuple(tangents_like(args[k], random) for k in wrt)
    v = {k: tangents_like(args[k], random) for k in wrt}
    names = f.__code__.co_varnames
    inner, product = _called(over, args, **{f"{names[k]}_dot": t for k, t in v.items()})
    _expect("gradient of jvp(grad)", dot(inner, weights), dot(gradient, weights))
    again, twice = _called(back, args, init_grad=weights)
    _expect("gradient of vjp(grad)", dot(again, weights), dot(gradient, weights))
    reference = difference(lambda *a: dot(df(*a), weights), args, v)
    _agree("second order", dot(twice, tuple(v[k] for k in wrt)), dot(product, weights), reference)


def _derived(verb: Callable[..., Any], f: Callable[..., Any], wrt: tuple[int, ...], optimise: bool) -> Any:
    try:
        return verb(f, wrt, optimise=optimise)
    except tx.TangentxError as error:
        raise Refused from error


def _called(df: Callable[..., Any], args: tuple[Any, ...], **more: Any) -> Any:
    given, kept = copied(args), copied(more)
    found = df(*given, **more)
    if not same(tuple(given), tuple(args)) or not same(tuple(more.values()), tuple(kept.values())):
        raise Wrong(f"argument changed: by {df.__name__}")
    return found


def _expect(what: str, found: Any, expected: Any) -> None:
    if not close(float(found), float(expected), 1e-10, 1e-11):
        raise Wrong(f"{what}: {found!r}, expected {expected!r}")


def _agree(what: str, reverse: float, forward: float, reference: Any) -> None:
    if not (np.isfinite(reverse) and np.isfinite(forward)):
        raise Wrong(f"{what}, not finite: reverse {reverse!r}, forward {forward!r}, differences {reference.value!r}")
    if reference == (0.0, 0.0) and close(reverse, forward, 1e-10, 1e-12) and abs(reverse) > 1.0:
        raise Skipped(f"{what}, lost in rounding or wrong: reverse {reverse!r}, forward {forward!r}")
    if reference.settled:
        slack = 1e-8 + 10.0 * reference.error
        rtol = 1e-4 if close(reverse, forward, 1e-10, 1e-12) else 1e-6  # two ways that agree are not both wrong by a little
        wrong = [mode for mode, x in (("reverse", reverse), ("forward", forward)) if not close(x, reference.value, rtol, slack)]
        if wrong:
            shown = f"reverse {reverse!r}, forward {forward!r}, differences {reference.value!r} +- {reference.error:.1e}"
            raise Wrong(f"{what}, {' and '.join(wrong)}: {shown}")
    if not close(reverse, forward, 1e-7, 1e-9):
        raise Wrong(f"{what}, modes: reverse {reverse!r}, forward {forward!r}, differences {reference.value!r} +- {reference.error:.1e}")
