"""The seven words of the rulebook: ``elementwise, reduction, linear, multilinear, adjoint, tangent, constant``.

Each is ``word(primitive, *alike)(rule)``.  The rule is plain Python with the *result first*, then the primitive's own
parameters with its own defaults; ``d[x]`` is the adjoint of ``x`` in ``linear`` (when it has a body), ``multilinear`` and
``adjoint`` rules, and the tangent in ``tangent`` rules::

    elementwise(np.tanh)(lambda y, x: 1 - y**2)                     # the partial derivative; both modes come from it
    elementwise(np.multiply)(lambda z, x, y: (y, x))                # one partial per parameter, None: not differentiable
    reduction(np.std)(lambda y, x, axis=None, *, keepdims=False: (x - np.mean(x, axis=axis, keepdims=True)) / y / ...)
    @linear(np.sum)                                                 # d[a] from d[y]; the tangent is the primitive itself
    def sum(y, a, axis=None, dtype=None, out=None, keepdims=False):
        d[a] = rt.unreduce(d[y], np.shape(a), axis=axis, keepdims=keepdims)
    @multilinear(np.matmul)                                         # tangent: the primitive with one argument replaced, summed
    @adjoint(np.linalg.solve)                                       # reverse mode only ...
    @tangent(np.linalg.solve)                                       # ... forward mode only
    constant(np.argmax, np.floor)                                   # derivative zero everywhere; the result is not active
    @linear(np.fft.fft, np.fft.ifft)                                # several primitives: the one that was called is ``primitive``
    def fft(y, a, n=None, axis=-1, norm=None):
        d[a] = rt.resized(primitive(d[y], axis=axis, norm=norm), np.shape(a))
    refused(np.histogram, reason="...", way_out="...")              # no rule, and why: its source is not differentiated either

A ``reduction`` turns the elements of its first parameter into numbers, along the rule's parameters ``axis`` and ``keepdims`` (as NumPy
understands them; a rule without ``axis`` reduces over all axes, one without ``keepdims`` drops them).  The rule returns the partial
derivative of the result with respect to each element, in the shape of that parameter or one that broadcasts against it; in the rule the
result has its axes back in place (as with ``keepdims=True``), so that ``x / y`` is right over any axes.  Of that partial ``p`` come

    the adjoint:  d[x] = rt.expanded(d[y], np.shape(x), axis=axis, keepdims=keepdims) * p
    the tangent:  d[y] = np.sum(d[x] * p, axis=axis, keepdims=keepdims)

A tuple of partials is one for each parameter, in order, as in ``elementwise``; such a parameter broadcasts against the first.
Where the rule says nothing of a parameter, or None, a number with a derivative is refused there.

Rules are never run by the compiler: their source is read.  ``d`` here lets linters and the tests see a name.
"""

from __future__ import annotations

import contextlib
import types
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

__all__ = [
    "WORDS", "Refusal", "Rule", "adjoint", "claim", "constant", "d", "elementwise", "identity", "is_declared", "is_our_constant", "linear",
    "multilinear", "primitive",
    "reduction", "refusals", "refused", "registered", "stand_in", "tangent", "written",
]  # fmt: skip

WORDS = ("elementwise", "reduction", "linear", "multilinear", "adjoint", "tangent", "constant")
F = TypeVar("F", bound=Callable[..., Any])


class _Derivatives(dict[int, Any]):
    """``d[x]`` in a rule: adjoints or tangents by the identity of the value.  Only the tests ever fill it."""

    def __getitem__(self, value: Any) -> Any:
        return super().__getitem__(id(value))

    def __setitem__(self, value: Any, derivative: Any) -> None:
        super().__setitem__(id(value), derivative)


d = _Derivatives()


def primitive(*args: Any, **kwargs: Any) -> Any:
    """In a rule of several primitives: the one that was called."""
    raise TypeError("primitive stands for what a rule is filled in for, and is never called itself")


@dataclass(frozen=True)
class Rule:
    """One rule: its word, the primitive that it was declared for, and the function whose source says it.

    ``of_logarithm``: the function returns the partial derivatives of the primitive's logarithm.
    """

    word: str
    primitive: Any
    function: Callable[..., Any] | None
    of_logarithm: bool = False

    @property
    def ours(self) -> bool:
        """Whether it stands in our own rulebook."""
        return getattr(self.function, "__module__", "").startswith("tangentx.templates")


# (word, identity of the primitive) -> rule, in order of declaration; the rule holds the primitive, so ids stay unique
_RULES: dict[tuple[str, Hashable], Rule] = {}


@dataclass(frozen=True)
class Refusal:
    """A primitive that is refused by name: why, and what to do instead."""

    primitive: Any
    reason: str
    way_out: str


_REFUSALS: dict[Hashable, Refusal] = {}


def refusals() -> dict[Hashable, Refusal]:
    """Every primitive that is refused by name, by identity."""
    return _REFUSALS


def registered() -> dict[tuple[str, Hashable], Rule]:
    """Every rule declared so far, by (word, identity(primitive))."""
    return _RULES


# what the rulebook has declared constant; a rule with a function says itself where it stands
_OUR_CONSTANTS: set[tuple[str, Hashable]] = set()


def claim(known: Iterable[tuple[str, Hashable]]) -> None:
    """Notes that the rules declared since those were ``known`` are the rulebook's."""
    _OUR_CONSTANTS.update(_RULES.keys() - set(known))


def is_our_constant(primitive: Any) -> bool:
    """Whether the rulebook has declared it constant."""
    return ("constant", identity(primitive)) in _OUR_CONSTANTS


def identity(primitive: Any) -> Hashable:
    """What a primitive is known by: itself; a bound method, which is made anew each time that it is read, by its object and its name."""
    owner = primitive.__self__ if isinstance(primitive, types.BuiltinMethodType | types.MethodType) else None
    return id(primitive) if owner is None or isinstance(owner, types.ModuleType) else (id(owner), primitive.__name__)


def is_declared(primitive: Any, *words: str) -> bool:
    """Whether there is a rule for it, of these words, or of any."""
    return any((word, identity(primitive)) in _RULES for word in words or WORDS)


def _exists(primitive: Any) -> bool:
    """Whether the library installed has it: one that an older version lacks is declared as ``getattr(np, "vecdot", None)``."""
    return primitive is not None


def _word(word: str, primitives: tuple[Any, ...]) -> Callable[[F], F]:
    def declare(rule: F) -> F:
        for primitive in filter(_exists, primitives):
            _RULES[word, identity(primitive)] = Rule(word, primitive, rule)
            with contextlib.suppress(AttributeError, TypeError):
                rule.__tangentx_rule__ = word  # type: ignore[attr-defined]
        return rule

    return declare


def written(*primitives: Any) -> Callable[[F], F]:
    """The function says in plain NumPy what the primitive computes: it is differentiated in its place, as a function of the user's is.

    For what is written in Python in a way that no derivative would be read: ``np.apply_along_axis``, ``np.polyfit``.
    """
    return _word("written", primitives)


def stand_in(primitive: Any) -> Any:
    """The function that was written for a primitive; None if there is none.

    >>> stand_in(len) is None
    True
    """
    rule = _RULES.get(("written", identity(primitive)))
    return None if rule is None else rule.function


def elementwise(*primitives: Any, logarithm_of: Any = None) -> Callable[[F], F]:
    """The rule returns the partial derivative with respect to each parameter (a bare one if there is only one).

    ``logarithm_of``: the primitive whose logarithm this is (``pdf`` of ``logpdf``); its partial derivatives are ``y`` times these.
    """

    def declare(rule: F) -> F:
        if logarithm_of is not None:
            _RULES["elementwise", identity(logarithm_of)] = Rule("elementwise", logarithm_of, rule, of_logarithm=True)
        return _word("elementwise", primitives)(rule)

    return declare


def reduction(*primitives: Any) -> Callable[[F], F]:
    """The rule returns the partial derivative with respect to the elements of the first parameter, which are reduced along ``axis``."""
    return _word("reduction", primitives)


def linear(*primitives: Any) -> Callable[[F], F]:
    """The primitive is linear in the parameters whose ``d[...]`` the rule assigns, taken together."""
    return _word("linear", primitives)


def multilinear(*primitives: Any) -> Callable[[F], F]:
    """The primitive is linear in each of the parameters whose ``d[...]`` the rule assigns."""
    return _word("multilinear", primitives)


def adjoint(*primitives: Any) -> Callable[[F], F]:
    """The rule assigns ``d[parameter]`` from ``d[result]``."""
    return _word("adjoint", primitives)


def tangent(*primitives: Any) -> Callable[[F], F]:
    """The rule assigns ``d[result]`` from the ``d[parameter]`` (an inactive one is a symbolic zero)."""
    return _word("tangent", primitives)


def constant(*primitives: Any) -> None:
    """The results of these primitives carry no derivative."""
    for primitive in filter(_exists, primitives):
        _RULES["constant", identity(primitive)] = Rule("constant", primitive, None)


def refused(*primitives: Any, reason: str, way_out: str) -> None:
    """These primitives have no derivative, nor is their source to be differentiated: ``<name> has no derivative: <reason>``."""
    for primitive in filter(_exists, primitives):
        _REFUSALS[identity(primitive)] = Refusal(primitive, reason, way_out)
