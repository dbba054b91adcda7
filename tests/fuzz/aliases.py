"""The same memory under many names: views, names in tuples and branches, callees that write; written here, read there.

v = w[1:]
v[0] *= x[2]
return np.sum(w * w)
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.fuzz.grammar import Maker, Scope, Shape, indent
from tests.fuzz.mutation import Mutation

__all__ = ["Aliases"]


class Aliases(Mutation):
    """Every view is writable, and so is what it looks into."""

    list_parameter = 0.0

    def __init__(self, seed: int, family: str) -> None:
        super().__init__(seed, family)
        self.callees: list[tuple[str, str]] = []  # name, kind

    def sample_helpers(self) -> None:
        """Functions that write into what they are given, or hand it back."""
        r, tag = self.r, self.entry[2:]
        texts = {
            "item": (f"c_{tag}_item", "def {}(u, e):\n    u[{}] {} e\n"),
            "whole": (f"c_{tag}_whole", "def {}(u, e):\n    u {} e\n    return u\n"),
            "part": (f"c_{tag}_part", "def {}(u, e):\n    v = u[1:]\n    v[0] {} e\n    return v\n"),
            "one": (f"c_{tag}_one", "def {}(u, v, c):\n    if c:\n        return u\n    return v\n"),
            "fill": (f"c_{tag}_fill", "def {}(u, e):\n    for i in range(len(u)):\n        u[i] = e * (i + 1) * 0.2\n"),
        }
        for kind in r.sample(sorted(texts), r.choice((0, 1, 1, 2))):
            name, text = texts[kind]
            holes = {
                "item": (r.choice("012"), r.choice(("=", "+=", "*="))),
                "whole": (r.choice(("+=", "*=", "-=")),),
                "part": (r.choice(("=", "*=")),),
            }
            self.above.append(text.format(name, *holes.get(kind, ())))
            self.callees.append((name, kind))

    def prologue(self, scope: Scope) -> list[str]:
        self.sample_helpers()
        return [*super().prologue(scope), *self.view(scope)]

    def more(self, scope: Scope) -> Iterable[tuple[int, Maker]]:
        if self.family == "scalar":
            return []
        kinds: list[tuple[int, Maker]] = [(8, self.view), (7, self.store), (2, self.whole), (2, self.new_buffer), (1, self.masked), (1, self.by_call)]
        kinds += [(2, self.kept), (2, self.rebound), (2, self.in_tuple), (1, self.chained), (1, self.rows), (1, self.overlapping)]
        if scope.depth < 2:
            kinds += [(2, self.one_of), (2, self.view_loop), (1, self.rows_loop), (1, self.stencil), (2, self.replaced)]
        return kinds + ([(3, self.by_callee)] if self.callees else [])

    # ---------------------------------------------------------------------------------------------------------- names

    def view(self, scope: Scope) -> list[str]:
        """A new name for the whole or a part."""
        _r, found = self.r, self.buffer(scope)
        if found is None:
            return self.new_buffer(scope)
        name, shape = found
        text, part = self.look(name, shape, scope)
        v = self.new_name("v")
        self.register(v, part, scope)
        return [f"{v} = {text}"]

    def look(self, name: str, shape: Shape, scope: Scope) -> tuple[str, Shape]:
        """A view of an array, and its shape (never of less than two items)."""
        r, n = self.r, shape[-1]
        if len(shape) == 1:
            choices: list[tuple[str, Shape]] = [(name, shape), (f"{name}[:]", shape), (f"{name}[::-1]", shape), (f"{name}[...]", shape)]
            choices += [(f"{name}.reshape({n})", shape), (f"np.asarray({name})", shape), (f"{name}.T", shape), (f"{name}.ravel()", shape)]
            choices += [(f"{name}.view()", shape), (f"np.flip({name})", shape), (f"np.ravel({name})", shape)]
            if n > 3:
                choices += [
                    (f"{name}[1:]", (n - 1,)),
                    (f"{name}[:-1]", (n - 1,)),
                    (f"{name}[:3]", (3,)),
                    (f"{name}[-3:]", (3,)),
                    (f"{name}[-2::-1]", (n - 1,)),
                ]
                choices += [(f"{name}[1:][::-1]", (n - 1,))]
            if n == 5:
                choices += [(f"{name}[::2]", (3,)), (f"{name}[1:-1]", (3,)), (f"{name}[1:][:-1]", (3,))]
            return r.choice(choices)
        m = shape[0]
        choices = [
            (name, shape),
            (f"{name}[{self.integer(m, scope)}]", (n,)),
            (f"{name}[{self.integer(m, scope)}, :]", (n,)),
            (f"{name}[::-1]", shape),
        ]
        choices += [
            (f"{name}[:, ::-1]", shape),
            (f"{name}[:2]", (2, n)),
            (f"{name}.reshape({m}, -1)", shape),
            (f"{name}[{self.integer(m, scope)}][::-1]", (n,)),
        ]
        if m == 3:
            choices += [(f"{name}.T", shape), (f"{name}[:, {self.integer(n, scope)}]", (3,)), (f"{name}.T[{self.integer(3, scope)}]", (3,))]
            choices += [
                (f"np.transpose({name})", shape),
                (f"np.diagonal({name}).copy()", (3,)),
                (f"{name}[1:]", (2, 3)),
                (f"{name}.swapaxes(0, 1)", shape),
            ]
        return r.choice(choices)

    def kept(self, scope: Scope) -> list[str]:
        """What is read before a write keeps its value, if it is a copy or a number."""
        r, found = self.r, self.buffer(scope)
        if found is None:
            return self.new_buffer(scope)
        name, shape = found
        before = self.new_name()
        kind = r.randrange(3)
        if kind == 0:
            where = ", ".join(self.integer(n, scope) for n in shape)
            scope.values[before] = ()
            first = f"{before} = {name}[{where}]"
        elif kind == 1:
            scope.values[before] = shape
            first = f"{before} = {name}{r.choice(('.copy()', ' * 1.0', ' + 0.5'))}"
        else:
            scope.values[before] = ()
            first = f"{before} = np.sum({name} * {name})"
        return [first, *self.store(scope)]

    def rebound(self, scope: Scope) -> list[str]:
        """A name that looks at another array from here on."""
        found = self.buffer(scope)
        others = [n for n, s in scope.writable.items() if found and s == found[1] and n != found[0]]
        if found is None or not others:
            return self.view(scope)
        other = self.r.choice(others)
        if self.r.random() < 0.3:
            return [f"{found[0]}, {other} = {other}, {found[0]}"]
        return [f"{found[0]} = {other}"]

    def in_tuple(self, scope: Scope) -> list[str]:
        r, a, b = self.r, self.buffer(scope), self.buffer(scope)
        if a is None or b is None:
            return self.new_buffer(scope)
        p = self.new_name("p")
        left, right = r.choice(("()", "[]", "()"))
        lines = [f"{p} = {left}{a[0]}, {b[0]}{right}"]
        k, (_, shape) = r.choice(((0, a), (1, b)))
        kind = r.randrange(4)
        if kind == 0:
            return [*lines, f"{p}[{k}][{self.index(shape, scope)[0]}] {r.choice(('=', '+=', '*='))} {self.value((), scope)}"]
        if kind == 1:
            v = self.new_name("v")
            self.register(v, shape, scope)
            return [*lines, f"{v} = {p}[{k}]", f"{v}[{self.index(shape, scope)[0]}] {r.choice(('=', '*='))} {self.value((), scope)}"]
        if kind == 2:
            v, w = self.new_name("v"), self.new_name("v")
            self.register(v, a[1], scope)
            self.register(w, b[1], scope)
            return [*lines, f"{v}, {w} = {p}", f"{v}[0] *= {self.value((), scope)}"]
        q = self.new_name("q")
        return [*lines, f"for {q} in {p}:", f"    {q}[{r.choice((0, 1, -1))}] {r.choice(('=', '+=', '*='))} {self.value((), scope)}"]

    def chained(self, scope: Scope) -> list[str]:
        """A write through a view that has no name, or to two names at once."""
        r, found = self.r, self.buffer(scope)
        if found is None:
            return self.new_buffer(scope)
        text, part = self.look(*found, scope)
        while "copy" in text:
            text, part = self.look(*found, scope)
        if r.random() < 0.25:
            u, v = self.new_name("u"), self.new_name("v")
            self.register(u, part, scope)
            self.register(v, part, scope)
            return [f"{u} = {v} = {text}", f"{u}[0] = {self.value((), scope)}"]
        return [f"{text}[{self.index(part, scope)[0]}] {r.choice(('=', '+=', '*='))} {self.value((), scope)}"]

    def one_of(self, scope: Scope) -> list[str]:
        """A name that is one array or another, known at run time only."""
        r, a = self.r, self.buffer(scope)
        b = r.choice([n for n, s in scope.writable.items() if a and s == a[1]] or [""])
        if a is None:
            return self.new_buffer(scope)
        z = self.new_name("z")
        condition = self.condition(scope)
        if r.random() < 0.4:
            lines = [f"{z} = {a[0]} if {condition} else {b}"]
        elif r.random() < 0.7:
            lines = [f"if {condition}:", f"    {z} = {a[0]}", "else:", f"    {z} = {r.choice((b, f'{b}.copy()', f'{b} * 1.5'))}"]
        else:
            lines = [f"{z} = {a[0]}", f"if {condition}:", f"    {z} = {r.choice((b, f'{b}[::-1]'))}"]
        self.register(z, a[1], scope)
        return [*lines, f"{z}[{self.index(a[1], scope)[0]}] {r.choice(('=', '+=', '*='))} {self.value((), scope)}"]

    # ---------------------------------------------------------------------------------------------------------- loops

    def view_loop(self, scope: Scope) -> list[str]:
        """A view that moves along in a loop."""
        r, i, v, found = self.r, f"a{self.number()}", self.new_name("v"), self.buffer(scope)
        if found is None:
            return self.new_buffer(scope)
        name, shape = found
        inner = scope.inner(loop=True)
        inner.integers.append(i)
        write = r.choice((f"{v}[0] = ", f"{v} *= ", f"{v} += ", f"{v}[-1] += ", f"{v}[:] = "))
        part = r.choice((f"{name}[{i}:]", f"{name}[{i}:{i} + 2]", f"{name}[:{i} + 1]", f"{name}[{i}::-1]")) if len(shape) == 1 else f"{name}[{i}]"
        body = [f"{v} = {part}", f"{write}{self.value((), inner)}"]
        if r.random() < 0.3:
            body.append(f"{name}[{i}] {r.choice(('=', '*='))} {self.value((), inner)}")
        if r.random() < 0.3:
            body.insert(r.randint(0, 2), f"if {self.condition(inner)}:\n        {r.choice(('break', 'continue'))}".replace("\n        ", "\n    "))
        if r.random() < 0.2 and len(shape) == 1:  # the view of the turn before
            return [f"{v} = {name}", *[f"for {i} in range(2):", f"    {v} = {v}[::-1]", f"    {write}{self.value((), inner)}"]]
        return [f"for {i} in range({shape[0]}):", *indent([line for text in body for line in text.split(chr(10))])]

    def replaced(self, scope: Scope) -> list[str]:
        """An array that a loop writes, and then another one has its name; a name from before still shows the first one."""
        r, found = self.r, self.buffer(scope)
        if found is None:
            return self.new_buffer(scope)
        (name, shape), s, total = found, self.new_name("s"), self.new_name("t")
        text, part = self.look(name, shape, scope)
        seen = self.new_name("v")
        others = [n for n, other in scope.writable.items() if other == shape]
        inner = scope.inner(loop=True)
        write = f"{s}[{self.index(shape, inner)[0]}] {r.choice(('=', '+=', '*='))} {self.value((), inner)}"
        new = r.choice((f"{s}.copy()", f"{s} * 0.5", f"np.ones_like({s})", f"{s} + 0.0", *others))
        body = [write, f"{s} = {new}"]
        if r.random() < 0.5:
            body.insert(r.randint(0, 2), f"{total} = {total} + np.sum({seen}) * 0.1")
        self.register(seen, part, scope)
        self.register(s, shape, scope)
        scope.values[total] = ()
        return [f"{seen} = {text}", f"{s} = {name}", f"{total} = 0.5", f"for _ in range({r.choice((1, 2, 3))}):", *indent(body)]

    def rows_loop(self, scope: Scope) -> list[str]:
        r, found = self.r, self.buffer(scope, 2)
        if found is None:
            return self.view(scope)
        name, i, row = found[0], f"a{self.number()}", self.new_name("r")
        inner = scope.inner(loop=True)
        e = self.value((), inner)
        head = r.choice(
            (
                f"for {row} in {name}:",
                f"for {i}, {row} in enumerate({name}):",
                f"for {row} in {name}[::-1]:",
                f"for {row}, {i} in zip({name}, (0, 1, 2)):",
            )
        )
        body = r.choice(
            ([f"{row}[0] = {row}[1] * {e}"], [f"{row} *= {e}"], [f"{row}[1:] += {e}"], [f"{row}[:] = {row}[::-1]"], [f"{row} += {name}[0]"])
        )
        return [head, *indent(body)]

    # ---------------------------------------------------------------------------------------------------------- callees

    def by_callee(self, scope: Scope) -> list[str]:
        r, found = self.r, self.buffer(scope)
        if found is None:
            return self.new_buffer(scope)
        (name, kind), (u, shape) = r.choice(self.callees), found
        s = self.value((), scope)
        if kind == "item":
            return [f"{name}({r.choice((u, u, f'{u}[::-1]')) if len(shape) == 1 else f'{u}[0]'}, {s})"]
        if kind == "one":
            others = [n for n, found in scope.writable.items() if found == shape]
            z = self.new_name("z")
            self.register(z, shape, scope)
            return [f"{z} = {name}({u}, {r.choice(others)}, {self.condition(scope)})", f"{z}[0] {r.choice(('=', '*='))} {s}"]
        if kind == "fill" or len(shape) == 2:
            return [f"{name}({u}, {s})"]
        z = self.new_name("z")
        if kind == "part":
            if shape[0] < 4:
                return [f"{name}({u}, {s})"]
            shape = (shape[0] - 1,)
        self.register(z, shape, scope)
        return [f"{z} = {name}({u}, {s})", *self.store(scope)]
