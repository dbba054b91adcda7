"""Ways: a derivative for each way to call a function whose wrapper looks at what it is given.

def shown(f):                                     tx.grad(f)(x)               the derivative of    def f(x, /): return wrapper(x)
    def wrapper(*args, **words):                  tx.grad(f)(x, 3.0)                               def f(x, scale, /): ...
        if "scale" in words: ...           ==>    tx.grad(f)(x, scale=3.0)                         def f(x, /, *, scale): ...
        return f(*args, **words)

A default of the function behind it is not given, so what the wrapper does follows from the call.  The derivative of the call with what has to be
given is made at once, another one when it is called for, and kept.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tangentx.errors import ArgumentError

__all__ = ["Way", "Ways", "by_call", "ways_of"]

Function = Callable[..., Any]
POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
Way = tuple[int, tuple[str, ...]]  # how many arguments are given by position, and the names of the others, in their order


@dataclass
class Ways:
    """What a derivative was made for, and how it is made for another way to call it."""

    usual: Function  # the derivative of the call with what has to be given
    whole: inspect.Signature  # of the function that is called, with the defaults of what it is put around
    by: tuple[str, ...]  # the parameters that it is differentiated by
    function: Callable[[Way], Function | None]  # the function for a way to call it
    derivative: Callable[[Function], Function]  # its derivative
    made: dict[Way, Function] = field(default_factory=dict)

    def signature(self) -> inspect.Signature:
        """With what the derivative is given beside the arguments: ``init_grad``, ``x_dot``."""
        params = [*self.whole.parameters.values(), *self.own()]
        return inspect.Signature(sorted(params, key=lambda p: p.kind))

    def own(self) -> list[inspect.Parameter]:
        """The keywords of the derivative itself."""
        known = inspect.signature(self.usual).parameters.values()
        return [p for p in known if p.kind is p.KEYWORD_ONLY and p.name not in self.whole.parameters]

    def way(self, args: tuple[Any, ...], words: dict[str, Any], own: set[str]) -> Way:
        """How it is called."""
        return len(args), tuple(name for name in words if name not in own)

    def chosen(self, way: Way) -> Function:
        """The derivative for this way."""
        if (made := self.made.get(way)) is None:
            positional = [p.name for p in self.whole.parameters.values() if p.kind in POSITIONAL]
            given = {*positional[: way[0]], *way[1]}
            if left := [name for name in self.by if name not in given]:
                reason = f"it is differentiated by {left[0]!r}, which the call does not give"
                raise ArgumentError(reason, None, "Give it: the function is put into a wrapper that looks at what it is given.")
            function = None if self._is_usual(way) else self.function(way)
            made = self.made[way] = self.usual if function is None else self.derivative(function)
        return made

    def _is_usual(self, way: Way) -> bool:
        """Whether it gives what has to be given, by position, and keywords that may be left out."""
        params = inspect.signature(self.usual).parameters.values()
        positional = [p for p in params if p.kind in POSITIONAL]
        words = {p.name: p.default for p in params if p.kind is p.KEYWORD_ONLY and p.name in self.whole.parameters}
        given = len(positional) == way[0] and words.keys() >= set(way[1])
        return given and not any(default is inspect.Parameter.empty for name, default in words.items() if name not in way[1])


def ways_of(f: Any) -> Ways | None:
    """What ``by_call`` has made this of."""
    found = getattr(f, "__dict__", {}).get("__tangentx_ways__")
    return found if isinstance(found, Ways) else None


def by_call(ways: Ways) -> Function:
    """A function that calls the derivative for the way that it is called itself; ``usual`` where its parameters cannot be said."""
    usual = ways.usual
    try:
        signature = ways.signature()
    except ValueError:  # two of one name
        return usual
    known = usual.__dict__.get("__tangentx_by_call__")
    if known is not None:
        known.__dict__["__tangentx_ways__"].made.clear()  # whoever asks anew gets what is right now
        made: Function = known
        return made
    own = {p.name for p in ways.own()}

    def chosen(*args: Any, **words: Any) -> Any:
        way = ways.way(args, words, own)
        if way not in ways.made:
            signature.bind(*args, **words)  # says what is missing, or too many
        return ways.chosen(way)(*args, **words)

    chosen.__name__, chosen.__qualname__, chosen.__module__, chosen.__doc__ = usual.__name__, usual.__qualname__, usual.__module__, usual.__doc__
    chosen.__dict__.update(usual.__dict__)
    chosen.__dict__.update(__tangentx_ways__=ways, __signature__=signature)
    usual.__dict__["__tangentx_by_call__"] = chosen
    return chosen
