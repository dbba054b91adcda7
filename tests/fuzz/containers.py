"""Lists, dicts, tuples and records: built, changed, read, taken apart.

parts = []
for e in data:
    parts.append(e * x)
parts[0] += parts.pop()
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.fuzz.grammar import Maker, Scope, Writer, indent

__all__ = ["Containers"]

KEYS = ("a", "b", "c")


class Containers(Writer):
    """Its lists are never empty; its dicts have the keys of KEYS and maybe more; its records have ``p`` and ``q``."""

    list_parameter = 0.7

    def __init__(self, seed: int, family: str) -> None:
        super().__init__(seed, family)
        self.dicts: list[list[str]] = [[]]
        self.records: list[list[tuple[str, str]]] = [[]]
        self.fixed: set[str] = set()  # lists that must keep their items (loops go over them)
        self.types: list[str] = []

    def parameters(self) -> tuple[list[str], list[Any], Scope]:
        names, args, scope = super().parameters()
        if self.r.random() < 0.3:
            names.append("params")
            args.append({k: self.r.uniform(-1.0, 1.0) for k in KEYS})
            self.dicts[0].append("params")
        return names, args, scope

    def wrt(self, args: list[Any]) -> tuple[int, ...]:
        return tuple(k for k, a in enumerate(args) if not isinstance(a, int))

    def prologue(self, scope: Scope) -> list[str]:
        tag = self.entry[2:]
        texts = {
            f"Pair_{tag}": f"from typing import NamedTuple\n\n\nclass Pair_{tag}(NamedTuple):\n    p: float\n    q: float = 0.5\n",
            f"Data_{tag}": f"from dataclasses import dataclass\n\n\n@dataclass\nclass Data_{tag}:\n    p: float\n    q: float = 0.5\n",
        }
        self.types = self.r.sample(sorted(texts), self.r.choice((0, 0, 1, 2)))
        self.above += [texts[t] for t in self.types]
        return self.new_list(scope) + (self.new_dict(scope) if self.r.random() < 0.5 else [])

    def more(self, scope: Scope) -> Iterable[tuple[int, Maker]]:
        if self.family == "scalar" or scope.values.keys() & {"a", "b"}:  # a helper
            return []
        kinds: list[tuple[int, Maker]] = [(2, self.new_list), (6, self.change_list), (4, self.read_list), (2, self.new_dict), (3, self.use_dict)]
        kinds += [(2, self.tuples), (2, self.nested), (2, self.comprehension), (1, self.alias)]
        if scope.depth < 2:
            kinds += [(3, self.loop)]
        return kinds + ([(3, self.record)] if self.types else [])

    def block(self, scope: Scope, statements: int, top: bool = False, returns: int = 1) -> list[str]:
        self.dicts.append(list(self.dicts[-1]))
        self.records.append(list(self.records[-1]))
        lines = super().block(scope, statements, top, returns)
        if not top:
            self.dicts.pop()
            self.records.pop()
        return lines

    def value(self, scope: Scope, depth: int = 2) -> str:
        return self.bounded(self.expr((), scope, depth), 1)

    def leaf(self, shape: tuple[int, ...], scope: Scope) -> str:
        r = self.r
        if shape == () and r.random() < 0.35 and self.family != "scalar":
            found = [self.item(name, scope) for name in scope.lists]
            found += [f'{d}["{r.choice(KEYS)}"]' for d in self.dicts[-1]] + [f"{n}.{r.choice('pq')}" for n, _ in self.records[-1]]
            if found:
                return r.choice(found)
        return super().leaf(shape, scope)

    def item(self, name: str, scope: Scope) -> str:
        r = self.r
        return r.choice((f"{name}[0]", f"{name}[-1]", f"{name}[{r.choice(scope.integers)} % len({name})]" if scope.integers else f"{name}[0]"))

    def integer(self, size: int, scope: Scope) -> str:
        return self.r.choice(("0", "-1"))  # lists have one item at least

    def changeable(self, scope: Scope) -> list[str]:
        return [n for n in scope.lists if n not in self.fixed]

    # ----------------------------------------------------------------------------------------------------------- lists

    def new_list(self, scope: Scope) -> list[str]:
        r, name = self.r, self.new_name("xs")
        e = [self.value(scope, 1) for _ in range(3)]
        choices = [
            [f"{name} = [{', '.join(e[: r.randint(1, 3)])}]"],
            [f"{name} = []", f"{name}.append({e[0]})"],
            [f"{name} = [{e[0]}] * {r.choice((2, 3))}"],
        ]
        if scope.lists:
            other = r.choice(scope.lists)
            choices += [[f"{name} = list({other})"], [f"{name} = {other}[:]"], [f"{name} = {other} + [{e[0]}]"], [f"{name} = [{e[0]}, *{other}]"]]
            choices += [
                [f"{name} = {other}[::-1]"],
                [f"{name} = {other}.copy()"],
                [f"{name} = {other} + {other}"],
                [f"{name} = [{e[0]}] + {other}[1:]"],
            ]
        lines = r.choice(choices)
        scope.lists.append(name)
        return lines

    def change_list(self, scope: Scope) -> list[str]:
        r, names = self.r, self.changeable(scope)
        if not names:
            return self.new_list(scope)
        name, e, t = r.choice(names), self.value(scope), self.new_name()
        kind = r.randrange(12)
        if kind < 3:
            return [f"{name}.append({e})"]
        if kind < 5:
            return [f"{self.item(name, scope)} {r.choice(('=', '+=', '*=', '-='))} {e}"]
        if kind == 5:
            take = r.choice((f"{name}.pop()", f"{name}.pop()", f"{name}.pop(0)", f"{name}.pop(-1)"))
            lines = [f"{t} = {e}", f"if len({name}) > 1:", f"    {t} = {take}"]
            scope.values[t] = ()
            return lines
        if kind == 6:
            return [
                r.choice((f"{name}.extend([{e}, {self.value(scope, 1)}])", f"{name} += [{e}]", f"{name}.insert(0, {e})", f"{name}.insert(1, {e})"))
            ]
        if kind == 7:
            return [
                r.choice((f"{name}.reverse()", f"{name}.sort()", f"{name} = sorted({name})", f"{name} = {name}[-3:]", f"{name} = {name} + [{e}]"))
            ]
        if kind == 8:
            return [f"if len({name}) > 2:", f"    {r.choice((f'del {name}[0]', f'del {name}[-1]', f'{name} = {name}[1:]', f'{name}[0:2] = [{e}]'))}"]
        if kind == 9:
            return [f"{name}[0], {name}[-1] = {name}[-1], {name}[0]"]
        if kind == 10:
            i = f"a{self.number()}"
            inner = scope.inner(loop=True)
            inner.integers.append(i)
            return [f"for {i} in range(len({name})):", f"    {name}[{i}] {r.choice(('=', '*=', '+='))} {self.value(inner)}"]
        return [f"while len({name}) > {r.choice((2, 3))}:", f"    {name}[0] {r.choice(('+=', '*='))} {name}.pop()"]

    def read_list(self, scope: Scope) -> list[str]:
        r, t = self.r, self.new_name()
        if not scope.lists:
            return self.new_list(scope)
        name = r.choice(scope.lists)
        e = self.value(scope, 1)
        choices = [
            f"sum({name})",
            f"max({name})",
            f"min({name})",
            f"sum({name}[1:])",
            f"{name}[0] * {name}[-1]",
            f"np.sum(np.array({name}))",
            f"sum({name}, {e})",
        ]
        choices += [
            f"len({name}) * 0.1 * {e}",
            f"sum(v * v for v in {name})",
            f"max(v * {e} for v in {name})",
            f"math.fsum({name})",
            f"np.mean({name})",
        ]
        choices += [
            f"sum(map(math.sin, {name}))",
            f"sum(map(lambda v: v * {e}, {name}))",
            f"sum(v for v in {name} if v > {self.kink()})",
            f"math.prod({name})",
        ]
        other = r.choice(scope.lists)
        choices += [f"sum(u * v for u, v in zip({name}, {other}))", f"sum(u * (k + 1) for k, u in enumerate({name}))", f"np.dot({name}, {name})"]
        text = f"math.sin({r.choice(choices)})"
        scope.values[t] = ()
        return [f"{t} = {text}"]

    def alias(self, scope: Scope) -> list[str]:
        names = self.changeable(scope)
        if not names:
            return self.new_list(scope)
        name, other = self.new_name("xs"), self.r.choice(names)
        scope.lists.append(name)
        return [f"{name} = {other}", f"{name}{self.r.choice(('[0] = ', '[-1] *= '))}{self.value(scope)}"]

    def comprehension(self, scope: Scope) -> list[str]:
        r, name = self.r, self.new_name("xs")
        source = r.choice(scope.lists) if scope.lists else "range(3)"
        inner = scope.inner()
        inner.values["v"] = ()
        e = self.value(inner)
        kind = r.randrange(7)
        if kind == 6 and scope.lists:
            d = self.new_name("d")
            pairs = r.choice(
                (
                    f"{{k: v * {self.value(scope, 1)} for k, v in zip(('a', 'b', 'c'), ({source} * 3))}}",
                    f"{{k: {e.replace('v', 'v')} for k, v in zip('abc', {source} * 3)}}",
                )
            )
            self.dicts[-1].append(d)
            return [f"{d} = {pairs}"]
        text = [
            f"[{e} for v in {source}]", f"[{e} for v in {source} if v > {self.kink()}] + [{self.value(scope, 1)}]",
            f"[{e} * (k + 1) for k, v in enumerate({source})]", f"[u * {e} for u in {source} for v in {source}]",
            f"list(map(lambda v: {e}, {source}))", f"[{e} if v > {self.kink()} else v for v in {source}]", f"[{e} for v in {source}]",
        ][kind]  # fmt: skip
        scope.lists.append(name)
        return [f"{name} = {text}"]

    # ----------------------------------------------------------------------------------------------------------- dicts

    def new_dict(self, scope: Scope) -> list[str]:
        r, name = self.r, self.new_name("d")
        e = [self.value(scope, 1) for _ in KEYS]
        items = ", ".join(f'"{k}": {v}' for k, v in zip(KEYS, e))
        choices = [[f"{name} = {{{items}}}"], [f"{name} = dict({', '.join(f'{k}={v}' for k, v in zip(KEYS, e))})"]]
        choices += [[f"{name} = {{}}", *(f'{name}["{k}"] = {v}' for k, v in zip(KEYS, e))]]
        if self.dicts[-1]:
            other = r.choice(self.dicts[-1])
            choices += [
                [f'{name} = {{**{other}, "b": {e[0]}}}'],
                [f"{name} = dict({other})"],
                [f"{name} = {other}.copy()"],
                [f'{name} = {other} | {{"c": {e[0]}}}'],
            ]
        lines = r.choice(choices)
        self.dicts[-1].append(name)
        return lines

    def use_dict(self, scope: Scope) -> list[str]:
        r = self.r
        if not self.dicts[-1]:
            return self.new_dict(scope)
        name, key, e, t = r.choice(self.dicts[-1]), r.choice(KEYS), self.value(scope), self.new_name()
        kind = r.randrange(8)
        if kind < 3:
            return [f'{name}["{key}"] {r.choice(("=", "+=", "*=", "-="))} {e}']
        if kind == 3:
            return [r.choice((f'{name}.update({{"{key}": {e}}})', f"{name}.update({key}={e})", f'{name}.setdefault("e", {e})', f'{name}["z"] = {e}'))]
        if kind == 4 and scope.depth < 3:
            v, k = self.new_name(), f"k{self.number()}"
            total = self.new_name()
            scope.values[total] = ()
            inner = scope.inner(loop=True)
            inner.values[v] = ()
            head, out = r.choice((
                (f"for {k}, {v} in {name}.items():", self.value(inner)), (f"for {v} in {name}.values():", self.value(inner)),
                (f"for {k} in {name}:", f"math.sin({name}[{k}])"), (f"for {k} in sorted({name}):", f"{name}[{k}] * 0.5"),
            ))  # fmt: skip
            return [f"{total} = 0.0", head, f"    {total} = {total} * 0.7 + {out}"]
        if kind == 5:
            swap = [f'{name}["a"], {name}["b"] = {name}["b"], {name}["a"]']
            return r.choice((swap, [f'if "z" in {name}:', f'    {name}["a"] = {e}'], [f"for k in {name}:", f"    {name}[k] *= {e}"]))
        text = r.choice((
            f'{name}.get("{key}")', f'{name}.get("y", {e})', f"sum({name}.values())", f'{name}["a"] * {name}["b"]',
            f"len({name}) * {e}", f"max({name}.values())",
        ))  # fmt: skip
        scope.values[t] = ()
        return [f"{t} = math.sin({text})"]

    # --------------------------------------------------------------------------------------------------- tuples, records

    def tuples(self, scope: Scope) -> list[str]:
        r, p, a, b = self.r, self.new_name("p"), self.new_name(), self.new_name()
        e = [self.value(scope, 1) for _ in range(3)]
        kind = r.randrange(6)
        if kind == 0:
            lines = [f"{p} = ({e[0]}, {e[1]})", f"{a}, {b} = {p}"]
        elif kind == 1:
            lines = [f"{p} = ({e[0]}, ({e[1]}, {e[2]}))", f"{a}, {b} = {p}[1][::-1]" if r.random() < 0.5 else f"_, ({a}, {b}) = {p}"]
        elif kind == 2 and scope.lists:
            rest, source = self.new_name("xs"), r.choice(scope.lists)
            lines = [f"{a}, *{rest} = {source}", f"{b} = {a} * {e[0]}", f"{rest}.append({b})"]
            scope.lists.append(rest)
        elif kind == 3:
            lines = [f"{p} = {e[0]}, {e[1]}", f"{p} = {p}[1], {p}[0]", f"{a} = {p}[0]", f"{b} = {a} + {p}[1]"]
        elif kind == 4:
            i = f"a{self.number()}"
            lines = [f"{a}, {b} = {e[0]}, {e[1]}", f"for {i} in range(2):", f"    {a}, {b} = {b}, math.sin({a} + {e[2]})"]
        else:
            lines = [f"{a} = {b} = {e[0]}", f"{p} = ({a}, {e[1]}) + ({e[2]},)", f"{b} = math.sin(sum({p}))"]
        scope.values[a] = scope.values[b] = ()
        return lines

    def nested(self, scope: Scope) -> list[str]:
        """Containers in containers, arrays in lists."""
        r, n, t = self.r, self.new_name("n"), self.new_name()
        e = [self.value(scope, 1) for _ in range(4)]
        i = f"a{self.number()}"
        whole = r.choice((f"np.array({n})", f"{n}[0] * {n}[2]", f"np.concatenate({n})", f"sum({n})", f"np.stack({n})"))
        choices = [
            [f"{n} = [[{e[0]}, {e[1]}], [{e[2]}]]", f"{n}[0][1] {r.choice(('=', '*='))} {e[3]}", f"{n}[1].append({e[0]})",
             f"{t} = sum({n}[0]) * sum({n}[1])"],
            [f'{n} = {{"u": [{e[0]}, {e[1]}], "v": {e[2]}}}', f'{n}["u"].append({n}["v"])', f'{n}["v"] = {e[3]}', f'{t} = sum({n}["u"]) + {n}["v"]'],
            [f"{n} = [({e[0]}, {e[1]}), ({e[2]}, {e[3]})]", f"{t} = 0.0", f"for u, v in {n}:", f"    {t} = {t} + u * v"],
            [f"{n} = []", f"for {i} in range(3):", f"    {n}.append(np.array([{e[0]}, {e[1]} * {i}]))", f"{t} = np.sum({whole})"],
            [f"{n} = [np.zeros(2), np.ones(2) * {e[0]}]", f"{n}[0][1] = {e[1]}", f"{n}[1] {r.choice(('=', '+='))} {n}[0] * {e[2]}",
             f"{t} = np.dot({n}[0], {n}[1])"],
            [f"{n} = [[{e[0]} * k for k in range(3)] for _ in range(2)]",
             f"for {i} in range(1, 3):", f"    {n}[1][{i}] = {n}[1][{i} - 1] * {e[1]} + {n}[0][{i}]", f"{t} = {n}[1][2]"],
            [f"{n} = {{}}", f"for {i} in range(3):", f"    {n}[{i}] = {e[0]} * {i} + {n}.get({i} - 1, {e[1]})", f"{t} = {n}[2]"],
            [f"{n} = {{(0, 0): {e[0]}}}", f"{n}[0, 1] = {n}[0, 0] * {e[1]}", f"{t} = {n}[(0, 1)] + {n}[0, 0]"],
        ]  # fmt: skip
        scope.values[t] = ()
        lines = r.choice(choices)
        return [*lines, f"{t} = math.tanh({t})"]

    def record(self, scope: Scope) -> list[str]:
        r = self.r
        e, s, t = self.value(scope, 1), self.value(scope, 1), self.new_name()
        if not self.records[-1] or r.random() < 0.3:
            name, kind = self.new_name("o"), r.choice(self.types)
            self.records[-1].append((name, kind))
            return [f"{name} = {kind}({r.choice((f'{e}, {s}', e, f'p={e}, q={s}', f'q={s}, p={e}'))})"]
        name, kind = r.choice(self.records[-1])
        if kind.startswith("Data") and r.random() < 0.6:
            return [f"{name}.{r.choice('pq')} {r.choice(('=', '+=', '*='))} {e}"]
        if kind.startswith("Pair") and r.random() < 0.5:
            if r.random() < 0.5:
                return [f"{name} = {name}._replace({r.choice('pq')}={e})"]
            a, b = self.new_name(), self.new_name()
            scope.values[a] = scope.values[b] = ()
            return [f"{a}, {b} = {name}"]
        scope.values[t] = ()
        return [f"{t} = {name}.p * {name}.q"]

    def loop(self, scope: Scope) -> list[str]:
        """A list that grows in a loop, with a way out."""
        r, name, i = self.r, self.new_name("xs"), f"a{self.number()}"
        inner = scope.inner(loop=True)
        inner.integers.append(i)
        inner.lists.append(name)
        before = set(self.fixed)
        self.fixed |= set(scope.lists)
        e = self.value(inner)
        body = r.choice((
            [f"{name}.append({e})"], [f"{name}.append({name}[-1] * 0.5 + {e})"],
            [f"if {name}[-1] > {self.kink()}:", f"    {r.choice(('break', 'continue'))}", f"{name}.append({e})"],
            [f"{name} = {name} + [{e}]"], [f"{name} += [{e}]", f"{name}[0] *= {name}[{i}]"],
            [f"if {self.condition(inner)}:", f"    {name}.append({e})", "else:", f"    {name}[0] = {e}"],
            [f"{name}.append({e})", f"if len({name}) > 2:", f"    {name}.pop(0)"],
        ))  # fmt: skip
        head = f"for {i} in range({r.choice(('3', '4', *scope.integers))}):"
        if scope.lists and r.random() < 0.4:
            v = self.new_name()
            head = f"for {i}, {v} in enumerate({r.choice(scope.lists)}):"
            body = [*body, f"{name}[-1] += {v} * 0.5"]
        if r.random() < 0.3:
            body += self.block(inner, 1, returns=self.returns)
        self.fixed = before
        lines = [f"{name} = [{self.value(scope, 1)}]", head, *indent(body)]
        scope.lists.append(name)
        return lines

    def scalar_of(self, scope: Scope) -> str:
        """Everything that was built goes into the result."""
        r = self.r
        found = [
            r.choice((f"sum({n})", f"sum(v * (k + 1) for k, v in enumerate({n}))", f"{n}[0] * {n}[-1]", f"np.dot({n}, np.arange(1.0, len({n}) + 1))"))
            for n in scope.lists
        ]
        found += [f'{d}["{r.choice(KEYS)}"]' for d in self.dicts[-1]] + [f"{n}.{r.choice('pq')}" for n, _ in self.records[-1]]
        found = r.sample(found, min(len(found), r.randint(1, 3)))
        return " + ".join([super().scalar_of(scope), *(f"math.sin({text})" for text in found)])
