"""Functions as values: lambdas, local functions over variables that change, defaults, recursion, small classes.

def outer(a):
    return a * k
k = k + x
y = outer(2.0)
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.fuzz.grammar import Maker, Scope, Writer, indent

__all__ = ["Closures"]


class Closures(Writer):
    """Its values are numbers; ``functions`` are names that can be called with one number, ``objects`` those with attributes."""

    list_parameter = 0.3

    def __init__(self, seed: int, family: str) -> None:
        super().__init__(seed, family)
        tag = self.entry[2:]
        self.functions: list[dict[str, int]] = [{}]  # in each open scope: name -> number of arguments
        self.objects: list[dict[str, tuple[str, ...]]] = [{}]
        self.given, self.model = f"apply_{tag}", f"Model_{tag}"
        self.kinds: set[str] = set()

    # ----------------------------------------------------------------------------------------------------- the module

    def prologue(self, scope: Scope) -> list[str]:
        r = self.r
        self.kinds = set(r.sample(("apply", "recursive", "class", "default", "compose", "made"), r.randint(2, 4)))
        self.above += [self.text_of(kind) for kind in sorted(self.kinds)]
        return []

    def text_of(self, kind: str) -> str:
        """A definition at the top of the module."""
        r, tag = self.r, self.entry[2:]
        a, op = r.choice(("0.5", "1.25", "-0.75")), r.choice("+-*")
        if kind == "apply":
            last = r.choice((f"fn(a) {op} fn({a})", f"fn(fn(a)) {op} a", f"fn(a {op} {a}) * a"))
            return f"def {self.given}(fn, a):\n    return {last}\n"
        if kind == "recursive":
            return f"def rec_{tag}(a, n):\n    if n <= 0:\n        return a {op} {a}\n    return math.sin(rec_{tag}(a * {a}, n - 1)) {op} a\n"
        if kind == "default":
            return f"def def_{tag}(a, b={a}, *, c=2.0):\n    return a * b {op} c * a\n"
        if kind == "compose":
            return f"def comp_{tag}(p, q):\n    return lambda a: p(q(a)) {op} a\n"
        if kind == "made":
            return f"def made_{tag}(k):\n    def inner(a):\n        return math.tanh(a * k) {op} k\n    return inner\n"
        step = r.choice(("self.w = self.w * 0.5 + a", f"self.w {op}= a * 0.5", "self.w, self.b = self.b, self.w * a"))
        return "\n".join([
            f"class {self.model}:", "    def __init__(self, w, b):", "        self.w = w", "        self.b = b", "",
            "    def predict(self, a):", f"        return math.tanh(self.w * a) {op} self.b", "",
            "    def step(self, a):", f"        {step}", f"        {r.choice(('return self.w', 'pass'))}", "",
            "    def __call__(self, a):", "        return self.predict(a) * self.w", "",
            "    @property", "    def norm(self):", "        return self.w * self.w + self.b ** 2", "",
        ])  # fmt: skip

    # ------------------------------------------------------------------------------------------------------ statements

    def more(self, scope: Scope) -> Iterable[tuple[int, Maker]]:
        if self.family == "scalar" or not self.kinds:
            return []
        kinds: list[tuple[int, Maker]] = [(4, self.lambda_), (3, self.local), (6, self.called), (3, self.captured)]
        if "class" in self.kinds:
            kinds += [(2, self.made_object), (6, self.used_object)]
        if self.kinds & {"apply", "recursive", "default", "compose", "made"}:
            kinds.append((6, self.by_name))
        return kinds

    def block(self, scope: Scope, statements: int, top: bool = False, returns: int = 1) -> list[str]:
        """What is bound in here is known only in here."""
        self.functions.append(dict(self.functions[-1]))
        self.objects.append(dict(self.objects[-1]))
        lines = super().block(scope, statements, top, returns)
        self.functions.pop()
        self.objects.pop()
        return lines

    def value(self, scope: Scope, depth: int = 2) -> str:
        return self.bounded(self.expr((), scope, depth), 1)

    def with_parameters(self, scope: Scope, names: list[str]) -> Scope:
        inner = scope.inner()
        inner.values.update(dict.fromkeys(names, ()))
        inner.loops = 0
        return inner

    def lambda_(self, scope: Scope) -> list[str]:
        r, name = self.r, self.new_name("h")
        count = r.choice((1, 1, 2))
        inner = self.with_parameters(scope, ["p", "q"][:count])
        params = ["p", "q"][:count]
        if r.random() < 0.25:
            captured = r.choice([n for n, s in scope.values.items() if s == ()] or ["0.75"])
            params.append(f"k={captured}")
            inner.values["k"] = ()
        text = self.value(inner, 2)
        self.functions[-1][name] = count
        return [f"{name} = lambda {', '.join(params)}: {text}"]

    def local(self, scope: Scope) -> list[str]:
        """A function inside, with statements of its own."""
        r, name = self.r, self.new_name("h")
        inner = self.with_parameters(scope, ["p"])
        s = self.new_name("s")
        body = [f"{s} = {self.value(inner)}"]
        inner.values[s] = ()
        if r.random() < 0.4:
            body += [f"if {s} > {self.kink()}:", f"    {r.choice((f'{s} = {self.value(inner)}', f'return {self.value(inner)}'))}"]
        if r.random() < 0.3:
            body += [f"for i in range({r.choice((2, 3))}):", f"    {s} {r.choice(('+=', '*='))} {self.value(inner)}"]
        if r.random() < 0.15:
            body = [f"if p > {self.kink()} + 2.0:", f"    return {name}(p - 1.0) * 0.5", *body]
        self.functions[-1][name] = 1
        default = f", k={r.choice([n for n, s in scope.values.items() if s == ()] or ['0.75'])}" if r.random() < 0.2 else ""
        return [f"def {name}(p{default}):", *indent(body), f"    return {s} {r.choice('+*-')} {self.value(inner, 1)}"]

    def captured(self, scope: Scope) -> list[str]:
        """A variable changes after a function has captured it."""
        r, name = self.r, self.new_name("h")
        floats = [n for n, s in scope.values.items() if s == ()]
        if not floats:
            return self.lambda_(scope)
        v = r.choice(floats)
        made = r.choice((
            [f"{name} = lambda p: p * {v} + math.sin({v})"], [f"def {name}(p):", f"    return math.tanh(p) * {v} + p"],
            [f"{name} = lambda p, {v}={v}: p * {v}"],
        ))  # fmt: skip
        before = self.new_name()
        lines = [*made, f"{before} = {name}({self.value(scope, 1)})", f"{v} = {self.value(scope)}"]
        if r.random() < 0.3:
            i = f"a{self.number()}"
            lines[-1:] = [f"for {i} in range(2):", f"    {v} = {self.value(scope)}", f"    {before} = {before} + {name}({v})"]
        scope.values[before] = ()
        after = self.new_name()
        lines.append(f"{after} = {name}({before})")
        scope.values[after] = ()
        self.functions[-1][name] = 1
        return lines

    def called(self, scope: Scope) -> list[str]:
        r = self.r
        if not self.functions[-1]:
            return self.lambda_(scope)
        name, count = r.choice(list(self.functions[-1].items()))
        args = [self.value(scope, 1) for _ in range(count)]
        t = self.new_name()
        text = f"{name}({', '.join(args)})"
        if count == 1 and r.random() < 0.15:
            text = f"{name}({text})"
        if r.random() < 0.15:
            other = self.new_name("h")
            self.functions[-1][other] = count
            scope.values[t] = ()
            return [f"{other} = {name}", f"{t} = math.sin({other}({', '.join(args)}))"]
        scope.values[t] = ()
        return [f"{t} = math.sin({text})"]

    def by_name(self, scope: Scope) -> list[str]:
        """Functions of the module: with functions as arguments, with defaults, recursive."""
        r, tag, t = self.r, self.entry[2:], self.new_name()
        kind = r.choice(sorted(self.kinds - {"class"}))
        e, s = self.value(scope, 1), self.value(scope, 1)
        one = [n for n, count in self.functions[-1].items() if count == 1]
        some = r.choice([*one, "math.sin", "lambda p: p * 0.5", f"lambda p: p * {s}"])
        text = {
            "apply": f"{self.given}({some}, {e})",
            "recursive": f"rec_{tag}({e}, {r.choice(['2', '3', *scope.integers])})",
            "default": r.choice((f"def_{tag}({e})", f"def_{tag}({e}, {s})", f"def_{tag}({e}, c={s})", f"def_{tag}(b={s}, a={e})")),
            "compose": f"comp_{tag}({some}, {r.choice([*one, 'math.tanh'])})({e})",
            "made": f"made_{tag}({s})({e})",
        }[kind]
        if kind in ("made", "compose") and r.random() < 0.5:
            h = self.new_name("h")
            self.functions[-1][h] = 1
            scope.values[t] = ()
            return [f"{h} = {text[: text.rindex('(' + e)]}", f"{t} = math.tanh({h}({s}))"]
        scope.values[t] = ()
        return [f"{t} = math.sin({text})"]

    def made_object(self, scope: Scope) -> list[str]:
        m = self.new_name("m")
        self.objects[-1][m] = ("w", "b")
        return [f"{m} = {self.model}({self.value(scope, 1)}, {self.value(scope, 1)})"]

    def used_object(self, scope: Scope) -> list[str]:
        r = self.r
        if not self.objects[-1]:
            return self.made_object(scope)
        m, t, e = r.choice(list(self.objects[-1])), self.new_name(), self.value(scope, 1)
        kind = r.randrange(8)
        if kind < 2:
            return [f"{m}.{r.choice('wb')} {r.choice(('=', '+=', '*=', '-='))} {e}"]
        if kind == 2:
            return [f"{m}.step({e})"]
        if kind == 3 and r.random() < 0.5:
            other = self.new_name("m")
            self.objects[-1][other] = ("w", "b")
            return [f"{other} = {m}", f"{other}.{r.choice('wb')} {r.choice(('=', '*='))} {e}"]
        if kind == 4:
            h = self.new_name("h")
            self.functions[-1][h] = 1
            return [f"{h} = {m}.predict"]
        scope.values[t] = ()
        return [f"{t} = math.sin({r.choice((f'{m}.predict({e})', f'{m}({e})', f'{m}.w * {m}.b', f'{m}.norm', f'{m}.w'))})"]
