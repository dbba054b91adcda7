"""Objects that stand in containers: taken, written by their own names, replaced, put into two containers at once.

first = rows[0]
rows[0] = x * 2.0
first[1] = x[0]
return np.sum(rows[0]) * first[1]
"""

from __future__ import annotations

import random

import numpy as np

from tests.fuzz.grammar import Sample

__all__ = ["Slots"]

CLASS = """class {name}:
    def __init__(self, items):
        self.items = items

    def push(self, item):
        self.items.append(item)

    def last(self):
        return self.items[-1]
"""


class Slots:
    """``outer``: containers by name, with their kind and length; ``inner``: names of what stands in them."""

    def __init__(self, seed: int, family: str) -> None:
        self.r = random.Random(f"{family}-{seed}")
        self.entry = f"f_{family}_{seed}"
        self.box = f"Box_{seed}"
        self.outer: dict[str, tuple[str, int]] = {}
        self.inner: dict[str, str] = {}
        self.names = 0

    def sample(self) -> Sample:
        """The program of the seed."""
        r = self.r
        body = [line for _ in range(r.choice((1, 1, 2))) for line in self.made()]
        for _ in range(r.randint(3, 8)):
            body += self.statement(2)
        total = [f"math.sin({self.number()})" for _ in range(3)]
        total += [self.sum_of(name) for name in self.outer] + [f"{0.3 + k} * {self.part(name)}" for k, name in enumerate(self.inner)]
        text = f"def {self.entry}(x, c):\n" + "".join(f"    {line}\n" for line in [*body, f"return {' + '.join(total)}"])
        args = (np.array([r.uniform(0.5, 1.5) for _ in range(3)]), r.uniform(0.5, 1.5))
        return Sample(f"{CLASS.format(name=self.box)}\n\n{text}", self.entry, args, (0, 1))

    # ---------------------------------------------------------------------------------------------------------- values

    def name(self, base: str) -> str:
        self.names += 1
        return f"{base}{self.names}"

    def number(self) -> str:
        """An expression that gives a number."""
        r = self.r
        choices = [f"x[{r.randrange(3)}]", "c", f"x[{r.randrange(3)}] * c", f"{r.choice(('0.5', '1.5', '2.0'))} * x[{r.randrange(3)}]"]
        choices += [self.part(name) for name in self.inner]
        choices += [self.part(self.at(name)) for name in self.outer]
        return r.choice(choices)

    def part(self, item: str) -> str:
        return f"{item}[{self.r.choice((0, 1, -1))}]"

    def at(self, name: str) -> str:
        """An item of a container."""
        kind, size = self.outer[name]
        if kind == "dict":
            return f"{name}[{self.r.choice(('a', 'b'))!r}]"
        return f"{name}{'.items' if kind == 'box' else ''}[{self.r.choice([*range(size), -1])}]"

    def array(self) -> str:
        return self.r.choice((f"x * {self.number()}", "x * 2.0", f"np.sin(x) + {self.number()}", "x + 0.0", "x * 1.0", "x"))

    def item(self, kind: str) -> str:
        """Something new that can stand in a container of that kind."""
        return self.array() if kind == "array" else f"[{self.number()}, {self.number()}]"

    def sum_of(self, name: str) -> str:
        kind, _ = self.outer[name]
        items = f"{name}.values()" if kind == "dict" else f"{name}.items" if kind == "box" else name
        return f"sum(v[0] * v[-1] * {self.r.choice(('1.0', '0.7'))} for v in {items})"

    # ------------------------------------------------------------------------------------------------------ statements

    def made(self) -> list[str]:
        """A new container."""
        r, kind, name = self.r, self.r.choice(("list", "list", "dict", "box")), self.name("q")
        self.kind_of_items = getattr(self, "kind_of_items", r.choice(("array", "list")))
        items = [self.item(self.kind_of_items) for _ in range(r.choice((2, 3)))]
        self.outer[name] = kind, len(items)
        if kind == "dict":
            self.outer[name] = kind, 2
            return [f"{name} = {{'a': {items[0]}, 'b': {items[1]}}}"]
        shown = f"[{', '.join(items)}]"
        if r.random() < 0.4:
            item = self.item(self.kind_of_items)
            shown = f"[{item} for i in range({len(items)})]"
        if kind == "box":
            return [f"{name} = {self.box}({shown})"]
        if r.random() < 0.3:
            return [f"{name} = []", f"for i in range({len(items)}):", f"    {name}.append({self.item(self.kind_of_items)})"]
        return [f"{name} = {shown}"]

    def statement(self, depth: int) -> list[str]:
        r = self.r
        kinds = [self.taken, self.taken, self.written, self.written, self.written, self.replaced, self.replaced, self.shared, self.swapped]
        kinds += [self.updated] if self.kind_of_items == "array" else []
        if depth == 2:
            kinds += [self.made_again, self.grown, self.walked, self.looped, self.branched]
        return r.choice(kinds)()

    def taken(self) -> list[str]:
        source = self.at(self.r.choice(list(self.outer)))
        name = self.name("a")
        self.inner[name] = self.kind_of_items
        return [f"{name} = {source}"]

    def written(self) -> list[str]:
        r = self.r
        target = r.choice([*self.inner, *(self.at(name) for name in self.outer)])
        value = self.number()
        if self.kind_of_items == "list" and r.random() < 0.3:
            return [f"{target}.append({value})"]
        if self.kind_of_items == "array" and r.random() < 0.3:
            return [f"{target}[{r.choice((0, 1, 2))}] {r.choice(('+=', '*='))} {value}"]
        return [f"{target}[{r.choice((0, 1))}] = {value}"]

    def updated(self) -> list[str]:
        """A whole array that stands in a slot, or has a name, changed in place."""
        r = self.r
        target = r.choice([*(self.at(name) for name in self.outer), *list(self.inner)[:1]])
        return [f"{target} {r.choice(('+=', '-=', '*='))} {r.choice((self.array(), self.number()))}"]

    def replaced(self) -> list[str]:
        """Something new, or an object that is known by another name, in a slot."""
        r = self.r
        value = self.item(self.kind_of_items) if r.random() < 0.6 or not self.inner else r.choice(list(self.inner))
        return [f"{self.at(r.choice(list(self.outer)))} = {value}"]

    def swapped(self) -> list[str]:
        name = self.r.choice(list(self.outer))
        one, two = self.at(name), self.at(name)
        return [f"{one}, {two} = {two}, {one}"]

    def shared(self) -> list[str]:
        """One object in two containers."""
        one, two = self.at(self.r.choice(list(self.outer))), self.at(self.r.choice(list(self.outer)))
        return [f"{one} = {two}"]

    def made_again(self) -> list[str]:
        """A shallow copy: other slots, the same objects."""
        r, name = self.r, self.r.choice(list(self.outer))
        kind, size = self.outer[name]
        new = self.name("q")
        self.outer[new] = kind, size
        if kind == "dict":
            return [f"{new} = {r.choice((f'dict({name})', f'{{**{name}}}', f'{name}.copy()', name))}"]
        if kind == "box":
            return [f"{new} = {r.choice((name, f'{self.box}({name}.items)', f'{self.box}(list({name}.items))'))}"]
        copy = r.choice((f"list({name})", f"{name}[:]", f"[*{name}]", f"{name}.copy()", f"[v for v in {name}]", name))
        return [f"{new} = {copy}"]

    def grown(self) -> list[str]:
        r, name = self.r, self.r.choice(list(self.outer))
        kind, size = self.outer[name]
        item = self.item(self.kind_of_items) if r.random() < 0.6 or not self.inner else r.choice(list(self.inner))
        if kind == "dict":
            return [f"{name}['c'] = {item}"]
        if kind == "box":
            return [f"{name}.push({item})"]
        ways = [f"{name}.append({item})", f"{name}.insert(0, {item})", f"{name}.insert(1, {item})"]
        if size > 2:
            ways += [f"{name}.pop()", f"del {name}[0]"]
        way = r.choice(ways)
        self.outer[name] = kind, min(size, 2)  # another name may be the same list
        return [way]

    def walked(self) -> list[str]:
        """A loop over the objects themselves."""
        name = self.r.choice(list(self.outer))
        kind, _ = self.outer[name]
        items = f"{name}.values()" if kind == "dict" else f"{name}.items" if kind == "box" else name
        item = self.name("v")
        self.inner[item] = self.kind_of_items
        lines = self.written() + (self.written() if self.r.random() < 0.4 else [])
        if self.r.random() < 0.7:
            lines.append(f"{item}[{self.r.choice((0, 1))}] = {self.number()}")
        del self.inner[item]
        return [f"for {item} in {items}:", *(f"    {line}" for line in lines)]

    def looped(self) -> list[str]:
        before = dict(self.inner)
        lines = [line for _ in range(self.r.choice((1, 2, 3))) for line in self.statement(1)]
        self.inner = before
        return [f"for i in range({self.r.choice((2, 3))}):", *(f"    {line}" for line in lines)]

    def branched(self) -> list[str]:
        before = dict(self.inner)
        one = [line for _ in range(self.r.choice((1, 2))) for line in self.statement(1)]
        self.inner = dict(before)
        two = [line for _ in range(self.r.choice((1, 2))) for line in self.statement(1)] if self.r.random() < 0.5 else []
        self.inner = before
        test = f"if x[{self.r.randrange(3)}] > {self.r.choice(('0.7', '1.0', '1.3'))}:"
        return [test, *(f"    {line}" for line in one), *(["else:", *(f"    {line}" for line in two)] if two else [])]
