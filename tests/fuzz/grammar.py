"""Writes random programs, as people write them: numerically tame, kinks only where comparisons use odd constants.

    Writer(seed, family).sample()    ->    Sample(text, entry, args, wrt)

A family says what the values are: ``scalar`` (floats, a list of floats, an integer), ``array`` (arrays that broadcast),
``store`` (arrays made in the function and written in place).  ``families`` has all of them: most are writers that know more.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

__all__ = ["HEADER", "Sample", "Scope", "Shape", "Writer", "indent"]

HEADER = "import math\n\nimport numpy as np\n"
SHAPES: tuple[tuple[int, ...], ...] = ((3,), (2, 3), (2, 1), (1, 3), (1,))
UNARY = ("sin", "cos", "tanh", "exp", "sqrt", "arctan", "log")
Shape = tuple[int, ...]


class Sample(NamedTuple):
    """A program, the function to differentiate, its arguments and the positions to differentiate with respect to."""

    text: str
    entry: str
    args: tuple[Any, ...]
    wrt: tuple[int, ...]


@dataclass
class Scope:
    """What may be read here: floats and arrays by shape, integers; where we are."""

    values: dict[str, Shape] = field(default_factory=dict)
    integers: list[str] = field(default_factory=list)
    writable: dict[str, Shape] = field(default_factory=dict)
    lists: list[str] = field(default_factory=list)
    loops: int = 0
    depth: int = 0

    def inner(self, loop: bool = False) -> Scope:
        return Scope(dict(self.values), list(self.integers), dict(self.writable), list(self.lists), self.loops + loop, self.depth + 1)


Maker = Callable[[Scope], list[str]]


class Writer:
    """One program in the making."""

    integer_parameter, list_parameter, leaks = 0.6, 0.4, 0.3  # how often

    def __init__(self, seed: int, family: str) -> None:
        self.r = random.Random(f"{family}-{seed}")
        self.family, self.entry = family, f"f_{seed}"
        self.helpers: list[tuple[str, int, int]] = []  # name, number of arguments, number of values
        self.budget = self.r.randint(3, 9)
        self.count = 0
        self.above: list[str] = []  # what the module says before its functions

    # ------------------------------------------------------------------------------------------------------- program

    def sample(self) -> Sample:
        r, texts = self.r, []
        for k in range(r.choice((0, 0, 1, 2))):
            texts.append(self.helper(f"g_{self.entry[2:]}_{k}"))
        params, args, scope = self.parameters()
        body = self.block(scope, self.budget, top=True)
        body.append(f"return {self.scalar_of(scope)}")
        texts.append("\n".join([f"def {self.entry}({', '.join(params)}):", *indent(body)]) + "\n")
        return Sample("\n\n".join([*self.above, *texts]), self.entry, tuple(args), self.wrt(args))

    def wrt(self, args: list[Any]) -> tuple[int, ...]:
        return tuple(k for k, a in enumerate(args) if isinstance(a, float | np.ndarray))

    def parameters(self) -> tuple[list[str], list[Any], Scope]:
        r, scope = self.r, Scope()
        names: list[str] = []
        args: list[Any] = []
        annotated = r.random() < 0.3
        for name in ("x", "y", "z")[: r.randint(1, 3)]:
            shape = () if self.family == "scalar" or r.random() < 0.3 else r.choice(SHAPES if self.family == "array" else SHAPES[:2])
            scope.values[name] = shape
            names.append(f"{name}: float" if annotated and not shape else name)
            args.append(r.uniform(-1.2, 1.2) if not shape else np.array([r.uniform(-1.2, 1.2) for _ in range(int(np.prod(shape)))]).reshape(shape))
        if r.random() < self.integer_parameter:
            scope.integers.append("n")
            names.append("n")
            args.append(r.randint(0, 4))
        if r.random() < self.list_parameter:
            scope.lists.append("data")
            names.append("data")
            args.append([r.uniform(-1.0, 1.0) for _ in range(r.randint(3, 4))])
        return names, args, scope

    def helper(self, name: str) -> str:
        """A function of floats that returns one value or two."""
        r, values = self.r, self.r.choice((1, 1, 2))
        family, self.family = self.family, "scalar"
        params = ["a", "b"][: r.randint(1, 2)]
        scope = Scope(values=dict.fromkeys(params, ()))
        body = self.block(scope, r.randint(0, 3), top=False, returns=values)
        body.append("return " + ", ".join(self.bounded(self.expr((), scope, 2)) for _ in range(values)))
        self.family = family
        self.helpers.append((name, len(params), values))
        return "\n".join([f"def {name}({', '.join(params)}):", *indent(body)]) + "\n"

    # ---------------------------------------------------------------------------------------------------- statements

    def block(self, scope: Scope, statements: int, top: bool = False, returns: int = 1) -> list[str]:
        self.returns = returns
        lines: list[str] = []
        if top:
            lines += self.prologue(scope)
        for _ in range(statements):
            lines += self.statement(scope)
        return lines

    def statement(self, scope: Scope) -> list[str]:
        r = self.r
        kinds: list[tuple[int, Maker]] = [(6, self.assign), (3, self.augment), (1, self.swap)]
        if scope.depth < 3:
            kinds += [(3, self.branch), (3, self.for_loop), (2, self.while_loop)]
        if scope.loops and scope.depth < 4:
            kinds += [(2, self.leave)]
        elif scope.depth < 3:
            kinds += [(1, self.early_return)]
        if any(v == 2 for *_, v in self.helpers):
            kinds.append((1, self.two_values))
        kinds += self.more(scope)
        make = r.choices([k for _, k in kinds], [w for w, _ in kinds])[0]
        return make(scope)

    def prologue(self, scope: Scope) -> list[str]:
        """How the entry begins."""
        return self.new_buffer(scope) if self.family == "store" else []

    def more(self, scope: Scope) -> Iterable[tuple[int, Maker]]:
        """Statements of the family, with their weights."""
        return [(9, self.store), (1, self.new_buffer)] if self.family == "store" else []

    def assign(self, scope: Scope) -> list[str]:
        r = self.r
        if r.random() < 0.5 and (names := self.plain(scope)):
            name = r.choice(names)
            shape = scope.values[name]
        else:
            name, shape = self.new_name(), self.any_shape(scope)
        value = self.bounded(self.expr(shape, scope, 3), scope.loops, shape)
        scope.values[name] = shape
        return [f"{name} = {value}"]

    def plain(self, scope: Scope) -> list[str]:
        """Names that may be assigned again: no buffers."""
        return [n for n in scope.values if n not in scope.writable]

    def augment(self, scope: Scope) -> list[str]:
        names = self.plain(scope)
        if not names:
            return self.assign(scope)
        name = self.r.choice(names)
        shape = scope.values[name]
        if shape:  # x += e on an array is a write in place
            return [f"{name} = {name} {self.r.choice('+-')} {self.bounded(self.expr(shape, scope, 2), 1, shape)}"]
        operator = self.r.choice(("+=", "-=", "*="))
        return [f"{name} {operator} {self.bounded(self.expr((), scope, 2), 1)}"]

    def swap(self, scope: Scope) -> list[str]:
        names = [n for n in self.plain(scope) if scope.values[n] == ()]
        if len(names) < 2:
            return self.assign(scope)
        a, b = self.r.sample(names, 2)
        if self.r.random() < 0.5:
            return [f"{a}, {b} = {b}, {a}"]
        return [f"{a}, {b} = {b}, {self.bounded(self.expr((), scope, 2), 1)}"]

    def two_values(self, scope: Scope) -> list[str]:
        name, count, _ = self.r.choice([h for h in self.helpers if h[2] == 2])
        a, b = self.new_name(), self.new_name()
        call = f"{name}({', '.join(self.expr((), scope, 1) for _ in range(count))})"
        scope.values[a] = scope.values[b] = ()
        return [f"{a}, {b} = {call}"]

    def branch(self, scope: Scope) -> list[str]:
        r, lines = self.r, [f"if {self.condition(scope)}:"]
        arms = [scope.inner()]
        lines += indent(self.block(arms[0], r.randint(1, 2), returns=self.returns))
        if r.random() < 0.3:
            arms.append(scope.inner())
            lines += [f"elif {self.condition(scope)}:", *indent(self.block(arms[-1], 1, returns=self.returns))]
        if r.random() < 0.6:
            arms.append(scope.inner())
            lines += ["else:", *indent(self.block(arms[-1], r.randint(1, 2), returns=self.returns))]
            for name, shape in arms[0].values.items():
                if all(name in arm.values and arm.values[name] == shape and name not in arm.writable for arm in arms):
                    scope.values.setdefault(name, shape)
        self.leak(r.choice(arms), scope)
        return lines

    def for_loop(self, scope: Scope) -> list[str]:
        r, inner = self.r, scope.inner(loop=True)
        head = self.iteration(inner)
        lines = [head, *indent(self.block(inner, r.randint(1, 3), returns=self.returns))]
        if r.random() < 0.15:
            lines += ["else:", *indent(self.block(scope.inner(), 1, returns=self.returns))]
        self.leak(inner, scope)
        return lines

    def leak(self, inner: Scope, scope: Scope) -> None:
        """Sometimes what a block made is read behind it: the program has a value only if that was reached."""
        new = [n for n in inner.values if n not in scope.values]
        if new and self.r.random() < self.leaks:
            name = self.r.choice(new)
            scope.values[name] = inner.values[name]
            if name in inner.writable:
                scope.writable[name] = inner.writable[name]

    def iteration(self, scope: Scope) -> str:
        """The head of a for loop; its targets come into scope."""
        r, i = self.r, f"i{scope.loops}"
        vectors = [n for n, s in scope.values.items() if s == (3,) and n not in scope.writable]
        kind = r.random()
        if kind < 0.35 and (scope.lists or vectors):
            source = r.choice(scope.lists + vectors)
            e = self.new_name()
            scope.values[e] = ()
            if kind < 0.1:
                return f"for {e} in {source}:"
            if kind < 0.2:
                scope.integers.append(i)
                return f"for {i}, {e} in enumerate({source}):"
            if kind < 0.28:
                e2 = self.new_name()
                scope.values[e2] = ()
                return f"for {e}, {e2} in zip({source}, {r.choice(scope.lists + vectors)}):"
            return f"for {e} in reversed({source}):" if kind < 0.32 else f"for {e} in {source}[::-1]:"
        bounds = ["3", "2", "0", "1, 4", "3, 0, -1", "0, 5, 2"]
        bounds += [b.format(m) for m in scope.integers for b in ("{}", "{} - 2", "{}, 4", "{}, -1, -1")]
        scope.integers.append(i)
        return f"for {i} in range({r.choice(bounds)}):"

    def while_loop(self, scope: Scope) -> list[str]:
        r, k = self.r, f"k{scope.depth}_{self.number()}"
        condition = f"{k} < {r.choice([str(r.randint(0, 3)), *scope.integers])}"
        if r.random() < 0.5:
            condition += f" and {self.condition(scope)}"
        inner = scope.inner(loop=True)
        inner.integers.append(k)
        body = self.block(inner, r.randint(1, 2), returns=self.returns)
        scope.integers.append(k)
        lines = [f"{k} = 0", f"while {condition}:", f"    {k} += 1", *indent(body)]
        if r.random() < 0.1:
            lines += ["else:", *indent(self.block(scope.inner(), 1, returns=self.returns))]
        self.leak(inner, scope)
        return lines

    def leave(self, scope: Scope) -> list[str]:
        inner = scope.inner()
        before = self.block(inner, self.r.choice((0, 0, 1)), returns=self.returns)
        word = self.r.choice(("break", "continue", "break", "continue", "return"))
        if word == "return":
            return self.early_return(scope)
        return [f"if {self.condition(scope)}:", *indent([*before, word])]

    def early_return(self, scope: Scope) -> list[str]:
        values = ", ".join(self.bounded(self.expr((), scope, 2)) for _ in range(self.returns))
        return [f"if {self.condition(scope)}:", f"    return {values}"]

    # -------------------------------------------------------------------------------------------------------- stores

    def new_buffer(self, scope: Scope) -> list[str]:
        r, name = self.r, self.new_name("w")
        arrays = [n for n, s in scope.values.items() if s]
        if arrays and r.random() < 0.6:
            source = r.choice(arrays)
            shape = scope.values[source]
            value = r.choice((f"{source}.copy()", f"{source}.copy()", f"np.zeros_like({source})", f"np.sin({source})", f"{source} * 1.5"))
        else:
            shape = r.choice(((4,), (3,), (2, 3)))
            shown = str(shape[0]) if len(shape) == 1 and r.random() < 0.7 else str(shape)
            value = r.choice((f"np.zeros({shown})", f"np.ones({shown})", f"np.zeros({shown})"))
        scope.values[name] = scope.writable[name] = shape
        return [f"{name} = {value}"]

    def store(self, scope: Scope) -> list[str]:
        r = self.r
        if not scope.writable:
            return self.new_buffer(scope)
        name = r.choice(list(scope.writable))
        shape = scope.writable[name]
        if r.random() < 0.1:
            return [f"{name} {r.choice(('+=', '-=', '*='))} {self.bounded(self.expr(shape, scope, 2), 1, shape)}"]
        index, part = self.index(shape, scope)
        operator = r.choice(("=", "=", "+=", "+=", "-=", "*="))
        source = part if part == () or r.random() < 0.6 else r.choice(((), part))
        value = self.bounded(self.expr(source, scope, 2), 1, source)
        return [f"{name}[{index}] {operator} {value}"]

    def index(self, shape: Shape, scope: Scope) -> tuple[str, Shape]:
        """An index into an array of this shape, and the shape of what it gives."""
        r, size = self.r, shape[-1]
        whole = self.integer(size, scope)
        if len(shape) == 2:
            row = self.integer(shape[0], scope)
            return r.choice(((f"{row}, {whole}", ()), (row, (size,)), (f":, {whole}", (shape[0],)), ("...", shape), (f"{row}, 1:", (size - 1,))))
        choices: list[tuple[str, Shape]] = [(whole, ()), (whole, ()), (":", shape), ("1:", (size - 1,)), (":-1", (size - 1,)), ("-1", ())]
        choices += [("1:-1", (size - 2,)), ("::-1", shape), ("::2", ((size + 1) // 2,)), ("[2, 0]", (2,))]
        return r.choice([c for c in choices if 0 not in c[1] and (not c[1] or c[1][0] > 0)])

    def integer(self, size: int, scope: Scope) -> str:
        r = self.r
        if scope.integers and r.random() < 0.5:
            return f"{r.choice(scope.integers)} % {size}"
        return str(r.randrange(-1, size))

    # --------------------------------------------------------------------------------------------------- expressions

    def any_shape(self, scope: Scope) -> Shape:
        if self.family == "scalar" or self.r.random() < 0.4:
            return ()
        return self.r.choice([s for s in scope.values.values() if s] or [(3,)])

    def new_name(self, letter: str = "t") -> str:
        return f"{letter}{self.number()}"

    def number(self) -> int:
        self.count += 1
        return self.count

    def bounded(self, text: str, always: int = 1, shape: Shape = ()) -> str:
        """A value that cannot grow, whatever stands in it."""
        if not always and self.r.random() < 0.5:
            return text
        word = self.r.choice(("sin", "tanh", "cos", "sin", "arctan"))
        return f"{self.module(word, shape)}({text})"

    def module(self, word: str, shape: Shape) -> str:
        if shape or self.r.random() < 0.3:
            return f"np.{word}"
        return "math." + {"arctan": "atan"}.get(word, word)

    def expr(self, shape: Shape, scope: Scope, depth: int) -> str:
        r = self.r
        if depth <= 0 or r.random() < 0.15:
            return self.leaf(shape, scope)
        options = [self.binary, self.binary, self.binary, self.unary, self.special]
        return r.choice(options)(shape, scope, depth - 1)

    def leaf(self, shape: Shape, scope: Scope) -> str:
        r = self.r
        names = [n for n, s in scope.values.items() if s == shape]
        if names and r.random() < 0.85:
            return r.choice(names)
        if not shape:
            arrays = [n for n, s in scope.values.items() if s]
            if arrays and r.random() < 0.6:
                return self.read(r.choice(arrays), scope)
            if scope.lists and r.random() < 0.5:
                return f"{r.choice(scope.lists)}[{self.integer(3, scope)}]"
            if scope.integers and r.random() < 0.3:
                return f"{r.choice(scope.integers)} * 0.25"
            return f"{r.choice((-1, 1)) * r.choice((0.5, 0.75, 1.25, 0.3, 2.0))}"
        whole = self.whole_of(shape, scope)
        return whole or f"np.full({shape!r}, {self.leaf((), scope)})"

    def read(self, name: str, scope: Scope) -> str:
        """A scalar out of an array."""
        r, shape = self.r, scope.values[name]
        if r.random() < 0.4:
            return r.choice((f"np.sum({name})", f"{name}.sum()", f"np.mean({name})", f"np.sum({name} * {name})", f"np.max({name})"))
        parts = [self.integer(size, scope) for size in shape]
        return f"{name}[{', '.join(parts)}]"

    def whole_of(self, shape: Shape, scope: Scope) -> str:
        """An array of this shape made of one of another shape, or nothing."""
        r = self.r
        for name, found in r.sample(sorted(scope.values.items()), len(scope.values)):
            if len(found) == 1 and len(shape) == 1 and found[0] == shape[0] + 1:
                return f"{name}[{r.choice((':-1', '1:'))}]"
            if len(found) == 1 and len(shape) == 1 and found[0] == shape[0] + 2:
                return f"{name}[1:-1]"
            if found == (2, 3) and shape == (3,):
                return r.choice((f"{name}[{self.integer(2, scope)}]", f"np.sum({name}, axis=0)", f"{name}.mean(axis=0)", f"np.max({name}, axis=-2)"))
            if found == (2, 3) and shape == (2, 1):
                return r.choice((f"np.sum({name}, axis=1, keepdims=True)", f"{name}[:, 1:2]"))
            if found == (3,) and shape == (1, 3):
                return r.choice((f"{name}[None, :]", f"{name}.reshape(1, 3)"))
            if found == (3,) and shape == (2, 3):
                return r.choice((f"np.stack([{name}, 0.5 * {name}])", f"np.broadcast_to({name}, (2, 3))"))
            if found == (1, 3) and shape == (3,):
                return f"{name}[0]"
        return ""

    def binary(self, shape: Shape, scope: Scope, depth: int) -> str:
        r = self.r
        left, right = self.expr(shape, scope, depth), self.expr(self.narrower(shape), scope, depth)
        if r.random() < 0.5:
            left, right = right, left
        kind = r.random()
        if kind < 0.6:
            return f"({left} {r.choice('+-*')} {right})"
        if kind < 0.8:
            return f"({left} / (1.5 + {right} * {right}))"
        if kind < 0.9:
            return f"(1.5 + {self.module('sin', shape)}({left})) ** {r.choice(('2', '3', '1.5', '0.5'))}"
        return f"(1.25 + {self.bounded(left, 1, shape)} ** 2) ** {self.bounded(right, 1, shape)}"

    def narrower(self, shape: Shape) -> Shape:
        """A shape that broadcasts into this one."""
        r = self.r
        if not shape or r.random() < 0.5:
            return shape
        options = [(), (), *(s for s in SHAPES if len(s) <= len(shape) and np.broadcast_shapes(s, shape) == shape)] if _fits(shape) else [()]
        return r.choice(options)

    def unary(self, shape: Shape, scope: Scope, depth: int) -> str:
        word, a = self.r.choice(UNARY), self.expr(shape, scope, depth)
        if word == "exp":
            return f"{self.module('exp', shape)}(-{self.bounded(a, 1, shape)})"
        if word in ("sqrt", "log"):
            return f"{self.module(word, shape)}(1.25 + {self.bounded(a, 1, shape)} ** 2)"
        if word == "cos" and self.r.random() < 0.5:
            return f"(-{a})"
        return f"{self.module(word, shape)}({a})"

    def special(self, shape: Shape, scope: Scope, depth: int) -> str:
        r = self.r
        if shape:
            kind = r.randrange(3)
            a, b = self.expr(shape, scope, depth), self.expr(self.narrower(shape), scope, depth)
            if kind == 0:
                return f"np.where({a} > {self.kink()}, {a}, {b})"
            return f"np.{r.choice(('maximum', 'minimum'))}({a}, {b})" if kind == 1 else f"np.abs({a} - {self.kink()})"
        one = [h for h in self.helpers if h[2] == 1]
        if one and r.random() < 0.5:
            name, count, _ = r.choice(one)
            return f"{name}({', '.join(self.expr((), scope, depth) for _ in range(count))})"
        a, b = self.expr((), scope, depth), self.expr((), scope, depth)
        kind = r.randrange(4)
        if kind == 0:
            return f"({a} if {self.condition(scope)} else {b})"
        return f"{r.choice(('max', 'min'))}({a}, {b})" if kind == 1 else f"abs({a} - {self.kink()})" if kind == 2 else self.leaf((), scope)

    def scalar_of(self, scope: Scope) -> str:
        """What the program returns: something of everything that it has made."""
        r = self.r
        parts = []
        for name, shape in r.sample(sorted(scope.values.items()), min(len(scope.values), r.randint(1, 4))):
            parts.append(name if not shape else r.choice((f"np.sum({name})", f"np.mean({name} * {name})", f"({name} * {name}).sum()")))
        return f" {r.choice('+*')} ".join(parts) if r.random() < 0.8 else self.bounded(" + ".join(parts), 1)

    # ---------------------------------------------------------------------------------------------------- conditions

    def kink(self) -> str:
        return self.r.choice(("0.31830988", "-0.57721566", "0.14142135", "0.69314718", "-0.16180339"))

    def condition(self, scope: Scope) -> str:
        r = self.r
        kind = r.random()
        scalars = [n for n, s in scope.values.items() if s == ()]
        if scope.integers and kind < 0.4:
            m = r.choice(scope.integers)
            return r.choice((f"{m} % 2 == 0", f"{m} > 1", f"{m} == 2", f"0 < {m} < 3", f"not {m}", f"{m} != 1 and {m} < 4"))
        if not scalars:
            return f"{self.read(next(iter(scope.values)), scope)} > {self.kink()}"
        a = r.choice(scalars)
        if kind < 0.8:
            return f"{a} {r.choice('<>')} {self.kink()}"
        if kind < 0.9:
            return f"-0.91 < {a} < {self.kink()}"
        return f"({a} > {self.kink()} {r.choice(('and', 'or'))} {r.choice(scalars)} < {self.kink()})"


def _fits(shape: Shape) -> bool:
    return shape in ((3,), (2, 3), (2, 1), (1, 3))


def indent(lines: list[str]) -> list[str]:
    return ["    " + line for line in lines or ["pass"]]
