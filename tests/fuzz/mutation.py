"""Arrays written in place, as people write them: filled in loops, stencils, tables, swaps, solves, masks, ``out=``.

w = np.zeros_like(x)
for i in range(1, len(w)):
    w[i] = np.tanh(0.5 * w[i - 1] + x[i])
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.fuzz.grammar import Maker, Scope, Shape, Writer, indent

__all__ = ["Mutation"]

NEW: tuple[Shape, ...] = ((3,), (4,), (5,), (2, 3), (3, 3))


class Mutation(Writer):
    """Its arrays are made in the function, or are parameters."""

    list_parameter = 0.15

    def prologue(self, scope: Scope) -> list[str]:
        arrays = [n for n, s in scope.values.items() if s]
        scope.writable.update({n: scope.values[n] for n in arrays if self.r.random() < 0.4})
        return self.new_buffer(scope)

    def more(self, scope: Scope) -> Iterable[tuple[int, Maker]]:
        if self.family == "scalar":  # a helper
            return []
        kinds: list[tuple[int, Maker]] = [(8, self.store), (2, self.new_buffer), (2, self.masked), (2, self.by_call), (2, self.gather)]
        kinds += [(2, self.held), (2, self.whole), (1, self.rows), (1, self.fill_loop), (1, self.overlapping)]
        if scope.depth < 2:
            kinds += [(2, self.recurrence), (1, self.stencil), (1, self.table), (1, self.solve), (1, self.walk)]
        return kinds

    def value(self, shape: Shape, scope: Scope, depth: int = 2) -> str:
        return self.bounded(self.expr(shape, scope, depth), 1, shape)

    def buffer(self, scope: Scope, rank: int = 0) -> tuple[str, Shape] | None:
        """A name that may be written, with so many dimensions."""
        found = [(n, s) for n, s in scope.writable.items() if not rank or len(s) == rank]
        return self.r.choice(found) if found else None

    def scalar_of(self, scope: Scope) -> str:
        """Positions matter: a value at the wrong place is another result."""
        names = list(scope.writable) or [n for n, s in scope.values.items() if s]
        if not names:
            return super().scalar_of(scope)
        found = [self.weighted(n, scope.values[n]) for n in self.r.sample(names, min(len(names), self.r.randint(1, 3)))]
        return " + ".join(found) + (f" + {super().scalar_of(scope)}" if self.r.random() < 0.4 else "")

    def weighted(self, name: str, shape: Shape) -> str:
        if len(shape) == 1:
            return self.r.choice((f"np.dot({name}, np.linspace(0.5, 1.5, {shape[0]}))", f"np.sum({name} * {name} * np.arange(1.0, {shape[0] + 1}))"))
        size = shape[0] * shape[1]
        return f"np.sum({name} * np.arange(1.0, {size + 1}).reshape({shape[0]}, {shape[1]}))"

    # ------------------------------------------------------------------------------------------------------ new arrays

    def register(self, name: str, shape: Shape, scope: Scope) -> None:
        scope.values[name] = scope.writable[name] = shape

    def new_buffer(self, scope: Scope) -> list[str]:
        r, name = self.r, self.new_name("w")
        arrays = [n for n, s in scope.values.items() if s]
        after: list[str] = []
        if arrays and r.random() < 0.55:
            source = r.choice(arrays)
            shape = scope.values[source]
            value = r.choice((
                f"{source}.copy()", f"np.copy({source})", f"np.zeros_like({source})", f"np.array({source})", f"{source} * 1.5",
                f"np.ones_like({source})",
                f"np.full_like({source}, {self.value((), scope, 1)})", f"np.sin({source})", f"np.zeros({source}.shape)", "empty",
            ))  # fmt: skip
            if value == "empty":
                value, after = f"np.empty_like({source})", [
                    r.choice((f"{name}[:] = {self.value(shape, scope)}", f"{name}.fill({self.value((), scope)})"))
                ]
        else:
            shape = r.choice(NEW)
            shown = str(shape[0]) if len(shape) == 1 and r.random() < 0.7 else str(shape)
            made = [f"np.zeros({shown})", f"np.zeros({shown})", f"np.ones({shown})", f"np.full({shown}, {self.value((), scope, 1)})", "empty"]
            if shape == (3,):
                made.append(f"np.array([{', '.join(self.value((), scope, 1) for _ in range(3))}])")
            if shape == (3, 3):
                made.append("np.eye(3)")
            value = r.choice(made)
            if value == "empty":
                value, after = f"np.empty({shown})", self.filling(name, shape, scope)
        self.register(name, shape, scope)
        return [f"{name} = {value}", *after]

    def filling(self, name: str, shape: Shape, scope: Scope) -> list[str]:
        """Loops that write every item once."""
        inner = scope.inner(loop=True)
        inner.writable.pop(name, None)
        inner.values.pop(name, None)
        i, j = f"a{self.number()}", f"b{self.number()}"
        inner.integers += [i] if len(shape) == 1 else [i, j]
        if len(shape) == 1:
            head = self.r.choice((f"for {i} in range(len({name})):", f"for {i} in range({name}.shape[0]):", f"for {i} in range({shape[0]}):"))
            return [head, f"    {name}[{i}] = {self.value((), inner)}"]
        rows, columns = self.r.choice(((f"{name}.shape[0]", f"{name}.shape[1]"), (str(shape[0]), str(shape[1]))))
        target = self.r.choice((f"{name}[{i}, {j}]", f"{name}[{i}, {j}]", f"{name}[{i}][{j}]"))
        return [f"for {i} in range({rows}):", f"    for {j} in range({columns}):", f"        {target} = {self.value((), inner)}"]

    def fill_loop(self, scope: Scope) -> list[str]:
        shape, name = self.r.choice(NEW), self.new_name("w")
        lines = [f"{name} = np.zeros({shape if len(shape) > 1 else shape[0]})", *self.filling(name, shape, scope)]
        self.register(name, shape, scope)
        return lines

    # ------------------------------------------------------------------------------------------------------ one write

    def index(self, shape: Shape, scope: Scope) -> tuple[str, Shape]:
        r, n = self.r, shape[-1]
        last = self.integer(n, scope)
        if len(shape) == 2:
            m, row = shape[0], self.integer(shape[0], scope)
            choices: list[tuple[str, Shape]] = [
                (f"{row}, {last}", ()),
                (f"{row}, {last}", ()),
                (row, (n,)),
                (f"{row}, :", (n,)),
                (f":, {last}", (m,)),
            ]
            choices += [("...", shape), (f"{row}, 1:", (n - 1,)), (f"{row}, ::-1", (n,)), (f"::-1, {last}", (m,)), (f"1:, {last}", (m - 1,))]
            choices += [
                (f":, {n - 2}:", (m, 2)),
                (f"..., {last}", (m,)),
                (f"[0, 1], {last}", (2,)),
                ("[0, 1, 1], [2, 0, 2]", (3,)),
                ("1:, :-1", (m - 1, n - 1)),
            ]
            choices += [(f"{row}, [0, 2]", (2,)), ("[1, 0]", (2, n)), ("::-1", shape)]
            return r.choice(choices)
        choices = [
            (last, ()),
            (last, ()),
            (last, ()),
            (":", shape),
            ("1:", (n - 1,)),
            (":-1", (n - 1,)),
            ("-1", ()),
            ("1:-1", (n - 2,)),
            ("::-1", shape),
        ]
        choices += [("::2", ((n + 1) // 2,)), ("1::2", (n // 2,)), ("-2:", (2,)), ("::-2", ((n + 1) // 2,)), ("[2, 0]", (2,)), ("[0, 2, 0]", (3,))]
        choices += [("...", shape), ("np.array([1, 1, 2])", (3,)), ("-1:0:-1", (n - 1,)), (":2", (2,))]
        return r.choice(choices)

    def store(self, scope: Scope) -> list[str]:
        r, found = self.r, self.buffer(scope)
        if found is None:
            return self.new_buffer(scope)
        name, shape = found
        index, part = self.index(shape, scope)
        operator = r.choice(("=", "=", "=", "+=", "+=", "-=", "*=", "*=", "/=", "**="))
        source = part if part == () or r.random() < 0.6 else r.choice(((), part))
        value = self.value(source, scope)
        if operator == "/=":
            value = f"1.5 + {value} ** 2"
        if operator == "**=":
            return [f"{name}[{index}] {operator} {r.choice(('2', '2', '3'))}", f"{name}[{index}] = np.tanh({name}[{index}])"]
        return [f"{name}[{index}] {operator} {value}"]

    def held(self, scope: Scope) -> list[str]:
        """An item, or a copy of a part, that is read to a name, overwritten where it was, and used."""
        r, found = self.r, self.buffer(scope)
        if found is None:
            return self.new_buffer(scope)
        (name, shape), v, i = found, f"v{self.number()}", f"a{self.number()}"
        if r.random() < 0.3:
            index, part = self.index(shape, scope)
            inner = scope.inner()
            inner.values[v] = part
            return [
                f"{v} = {name}[{index}]" + (".copy()" if part else ""),
                f"{name}[{index}] = {self.value(part, scope)}",
                f"{name}[{index}] {r.choice(('+=', '*=', '-='))} {self.value(part, inner)}",
            ]
        inner = scope.inner(loop=True)
        inner.integers.append(i)
        last = self.integer(shape[-1], inner)
        index = r.choice((i, last)) if len(shape) == 1 else r.choice((f"{i}, {last}", f"{i}][{last}"))
        other = r.choice((i, last)) if len(shape) == 1 else f"{i}, {self.integer(shape[-1], inner)}"
        before = inner.inner()
        inner.values[v] = ()
        use = f"{name}[{other}] {r.choice(('=', '+=', '*=', '-='))} {v} * {self.value((), inner)}"
        body = [f"{v} = {name}[{index}]", f"{name}[{index}] {r.choice(('=', '=', '*=', '-='))} {self.value((), before)}", use]
        if r.random() < 0.3:
            body[1:2] = [f"if {self.condition(before)}:", f"    {body[1]}"]
        return [f"for {i} in range({shape[0]}):", *indent(body)]

    def whole(self, scope: Scope) -> list[str]:
        found = self.buffer(scope)
        if found is None:
            return self.new_buffer(scope)
        name, shape = found
        operator = self.r.choice(("+=", "+=", "-=", "*=", "/="))
        value = self.value(shape if self.r.random() < 0.7 else (), scope)
        return [f"{name} {operator} {value if operator != '/=' else f'1.5 + {value} ** 2'}"]

    def masked(self, scope: Scope) -> list[str]:
        r, found = self.r, self.buffer(scope)
        if found is None:
            return self.new_buffer(scope)
        name, shape = found
        lines: list[str] = []
        mask = f"{name} {r.choice('<>')} {self.kink()}"
        others = [n for n, s in scope.values.items() if s == shape]
        if r.random() < 0.4:
            m = self.new_name("m")
            lines, mask = [f"{m} = {r.choice(others)} {r.choice('<>')} {self.kink()}"], m
        operator = r.choice(("=", "=", "+=", "*=", "-="))
        if r.random() < 0.4 and lines:
            return [*lines, f"{name}[{mask}] {operator} np.sin({r.choice(others)}[{mask}])"]
        if r.random() < 0.2 and lines:
            return [*lines, f"{name}[~{mask}] {operator} {self.value((), scope)}"]
        return [*lines, f"{name}[{mask}] {operator} {self.value((), scope)}"]

    def by_call(self, scope: Scope) -> list[str]:
        """Functions and methods that write into an array."""
        r, found = self.r, self.buffer(scope)
        if found is None:
            return self.new_buffer(scope)
        name, shape = found
        e, s = self.value(shape, scope), self.value((), scope)
        choices = [f"np.multiply({name}, {e}, out={name})", f"np.sin({e}, out={name})", f"np.add({e}, {s}, {name})", f"np.tanh({name}, {name})"]
        choices += [f"np.copyto({name}, {e})", f"np.copyto({name}, {e}, where={name} > {self.kink()})", f"{name}.fill({s})", f"{name}[...] = {e}"]
        choices += [f"np.clip({name}, -0.71, 0.93, out={name})", f"np.add.at({name}, [0, 1, 1], {self.value((), scope)})"]
        choices += [f"np.negative({name}, out={name})", f"np.subtract({e}, {name}, out={name})", f"np.maximum({name}, {self.kink()}, out={name})"]
        if len(shape) == 1:
            n = shape[0]
            choices += [f"{name}.sort()", f"np.add.at({name}, [0, 2, 0], {self.value((3,), scope)})", f"np.put({name}, [0, 2], {s})"]
            choices += [
                f"np.subtract.at({name}, [1, 1], {s})",
                f"np.cumsum({name}, out={name})\n{name} *= 0.3",
                f"np.add({name}[1:], {s}, out={name}[:-1])",
            ]
            choices += [f"np.multiply({self.value((n - 1,), scope)}, 0.5, out={name}[1:])", f"{name}.put([1, 2], {s})"]
        else:
            choices += [f"np.fill_diagonal({name}, {s})", f"{name}.sort(axis=0)", f"{name}.sort()", f"np.multiply({name}[0], {s}, out={name}[1])"]
            choices += [f"np.add.at({name}, ([0, 1, 0], [2, 0, 2]), {self.value((3,), scope)})", f"{name}.flat[{r.randrange(4)}] = {s}"]
            choices += [f"np.sum({name}, axis=0, out={name}[1])" if shape == (3, 3) else f"np.copyto({name}[1], {name}[0])"]
        return r.choice(choices).split("\n")

    def gather(self, scope: Scope) -> list[str]:
        """Integer arrays with repeated indices."""
        r, found = self.r, self.buffer(scope, 1)
        if found is None:
            return self.new_buffer(scope)
        name, (n,) = found
        idx = self.new_name("j")
        given = r.choice(("np.array([0, 1, 1])", "[2, 0, 0]", "np.array([2, 2, -1])", "np.arange(3)", "np.arange(2, -1, -1)"))
        kind = r.randrange(4)
        if kind == 0:
            tail = f"{name}[{idx}] {r.choice(('=', '+=', '*='))} {self.value((3,), scope)}"
        elif kind == 1:
            tail = f"np.add.at({name}, {idx}, {self.value(r.choice(((3,), ())), scope)})"
        elif kind == 2:
            tail = f"{name}[{idx}] {r.choice(('=', '-='))} np.cos({name}[{idx}])"
        else:
            k = f"k{self.number()}"
            inner = scope.inner(loop=True)
            return [f"{idx} = {given}", f"for {k} in {idx}:", f"    {name}[{k}] {r.choice(('=', '+=', '*='))} {self.value((), inner)}"]
        return [f"{idx} = {given}", tail]

    def rows(self, scope: Scope) -> list[str]:
        """Rows and columns exchanged, right and wrong."""
        r, found = self.r, self.buffer(scope, 2)
        a, b = r.sample(range(2), 2)
        if found is None or r.random() < 0.3:
            found = self.buffer(scope, 1)
            if found is None:
                return self.new_buffer(scope)
            name = found[0]
            t = self.new_name()
            return r.choice((
                [f"{name}[{a}], {name}[{b}] = {name}[{b}], {name}[{a}]"], [f"{t} = {name}[0]", f"{name}[0] = {name}[-1]", f"{name}[-1] = {t}"],
                [f"{name}[:] = {name}[::-1]"], [f"{name}[[0, 2]] = {name}[[2, 0]]"], [f"{name}[:2], {name}[1:3] = {name}[1:3], {name}[:2]"],
            ))  # fmt: skip
        name, t = found[0], self.new_name()
        return r.choice((
            [f"{name}[[{a}, {b}]] = {name}[[{b}, {a}]]"], [f"{t} = {name}[{a}].copy()", f"{name}[{a}] = {name}[{b}]", f"{name}[{b}] = {t}"],
            [f"{name}[{a}], {name}[{b}] = {name}[{b}], {name}[{a}]"], [f"{t} = {name}[{a}]", f"{name}[{a}] = {name}[{b}]", f"{name}[{b}] = {t}"],
            [f"{name}[:, {a}], {name}[:, {b}] = {name}[:, {b}].copy(), {name}[:, {a}].copy()"], [f"{name}[:, [0, 2]] = {name}[:, [2, 0]]"],
        ))  # fmt: skip

    def overlapping(self, scope: Scope) -> list[str]:
        found = self.buffer(scope, 1)
        if found is None:
            return self.new_buffer(scope)
        name, e = found[0], self.value((), scope)
        return [self.r.choice((
            f"{name}[1:] = {name}[:-1]", f"{name}[1:] += {name}[:-1] * {e}", f"{name}[:-1] *= {name}[1:]", f"{name}[:] = {name}[::-1] * {e}",
            f"{name}[1:] = {name}[1:] - {name}[:-1]", f"{name}[1:-1] = 0.5 * ({name}[2:] + {name}[:-2])", f"{name} -= {name}.mean()",
            f"{name} += {name}[::-1]", f"{name}[1] += {name}[0] * {name}[-1]", f"{name} /= 1.5 + np.sum({name} * {name})",
        ))]  # fmt: skip

    # ------------------------------------------------------------------------------------------------- whole algorithms

    def recurrence(self, scope: Scope) -> list[str]:
        r, name, i = self.r, self.new_name("w"), f"a{self.number()}"
        n = r.choice((4, 5))
        inner = scope.inner(loop=True)
        inner.integers.append(i)
        word, e = r.choice(("np.tanh", "np.sin", "math.cos")), self.value((), inner)
        new = r.choice((f"{word}({name}[{i} - 1] * {e} + 0.3)", f"{word}({name}[{i} - 1]) - {name}[{i} - 2] * {e}", f"0.5 * {name}[{i} - 1] + {e}"))
        start, body = 2 if "- 2" in new else 1, [f"{name}[{i}] = {new}"]
        if r.random() < 0.4:
            word = r.choice(("break", "continue"))
            jump = [f"if {r.choice((f'{name}[{i} - 1] > {self.kink()}', self.condition(inner)))}:", f"    {word}"]
            body = [*jump, *body] if r.random() < 0.5 else [*body, *jump, f"{name}[{i}] *= {self.value((), inner, 1)}"]
        lines = [f"{name} = np.zeros({n})", f"{name}[0] = {self.value((), scope)}", f"for {i} in range({start}, {n}):", *indent(body)]
        self.register(name, (n,), scope)
        return lines

    def stencil(self, scope: Scope) -> list[str]:
        """Two buffers in turn."""
        r, u, v, i = self.r, self.new_name("u"), self.new_name("v"), f"a{self.number()}"
        vectors = [n for n, s in scope.values.items() if s == (3,)]
        if vectors and r.random() < 0.7:
            n, lines = 3, [f"{u} = {r.choice(vectors)}.copy()", f"{v} = {r.choice((f'np.zeros_like({u})', f'{u}.copy()'))}"]
        else:
            n, lines = 5, [f"{u} = np.linspace(-0.5, 0.8, 5)", f"{u}[2] = {self.value((), scope)}", f"{v} = np.zeros(5)"]
        inner = scope.inner(loop=True)
        e = self.value((), inner, 1)
        edges = [f"{v}[0] = {r.choice((f'{u}[0]', e))}", f"{v}[-1] = {u}[-1]"]
        if r.random() < 0.5:
            step = [f"{v}[1:-1] = {u}[1:-1] + {e} * ({u}[2:] - 2.0 * {u}[1:-1] + {u}[:-2]) * 0.2"]
        else:
            step = [f"for {i} in range(1, {r.choice((f'len({u})', str(n)))} - 1):"]
            step += [f"    {v}[{i}] = {u}[{i}] + 0.2 * {e} * ({u}[{i} - 1] - 2 * {u}[{i}] + {u}[{i} + 1])"]
        turn = r.choice(([f"{u}, {v} = {v}, {u}"], [f"{u}, {v} = {v}, {u}"], [f"{u}[:] = {v}"], [f"np.copyto({u}, {v})"], [f"{u} = {v}.copy()"]))
        if r.random() < 0.25:
            turn = [f"if {self.condition(inner)}:", f"    {r.choice(('break', 'continue'))}", *turn]
        lines += [f"for _ in range({r.choice(('2', '3', *scope.integers))}):", *indent([*edges, *step, *turn])]
        self.register(u, (n,), scope)
        self.register(v, (n,), scope)
        return lines

    def table(self, scope: Scope) -> list[str]:
        """Dynamic programming: a table from its neighbours."""
        r, d, i, j = self.r, self.new_name("d"), f"a{self.number()}", f"b{self.number()}"
        inner = scope.inner(loop=True)
        inner.integers += [i, j]
        e, word = self.value((), inner), r.choice(("min", "max", "np.minimum", "np.maximum"))
        nested = r.choice((f"{word}({d}[{i} - 1, {j}] + 0.2, {d}[{i}, {j} - 1] * 0.9)", f"0.5 * {d}[{i} - 1, {j} - 1] + 0.3 * {d}[{i}, {j} - 1]"))
        body = [f"{d}[{i}, {j}] = {e} + {nested}"]
        if r.random() < 0.35:
            jump = r.choice(("continue", "break"))
            body = [f"if {r.choice((f'{i} == {j}', f'{d}[{i} - 1, {j}] > {self.kink()}'))}:", f"    {jump}", *body]
        lines = [f"{d} = np.zeros((3, 3))", f"{d}[0, :] = {self.value((3,), scope)}", f"{d}[1:, 0] = {self.value((), scope)}"]
        lines += [f"for {i} in range(1, 3):", f"    for {j} in range(1, 3):", *indent(indent(body))]
        self.register(d, (3, 3), scope)
        return lines

    def solve(self, scope: Scope) -> list[str]:
        """A triangular system, forward or backward; elimination in place."""
        r, a, b, i, j = self.r, self.new_name("A"), self.new_name("s"), f"a{self.number()}", f"b{self.number()}"
        lines = [f"{a} = np.eye(3) * 2.0 + 0.4 * np.outer({self.value((3,), scope, 1)}, {self.value((3,), scope, 1)})"]
        kind = r.randrange(4)
        if kind == 0:
            lines += [f"{b} = np.zeros(3)", f"for {i} in range(3):", f"    {b}[{i}] = {self.value((), scope, 1)}", f"    for {j} in range({i}):"]
            lines += [f"        {b}[{i}] -= {a}[{i}, {j}] * {b}[{j}]", f"    {b}[{i}] /= {a}[{i}, {i}]"]
        elif kind == 1:
            lines += [f"{b} = {self.value((3,), scope)}", f"for {i} in range(2, -1, -1):"]
            lines += [f"    {b}[{i}] = ({b}[{i}] - {a}[{i}, {i} + 1:] @ {b}[{i} + 1:]) / {a}[{i}, {i}]"]
        elif kind == 2:
            lines += [
                f"{b} = np.zeros_like({self.value((3,), scope, 1)})",
                f"for {i} in reversed(range(3)):",
                f"    acc = {self.value((), scope, 1)}",
            ]
            lines += [f"    for {j} in range({i} + 1, 3):", f"        acc -= {a}[{i}][{j}] * {b}[{j}]", f"    {b}[{i}] = acc / {a}[{i}, {i}]"]
        else:
            lines += [f"{b} = {self.value((3,), scope)}", f"for {i} in range(3):", f"    for {j} in range({i} + 1, 3):"]
            lines += [
                f"        m = {a}[{j}, {i}] / {a}[{i}, {i}]",
                f"        {a}[{j}, {i}:] -= m * {a}[{i}, {i}:]",
                f"        {b}[{j}] -= m * {b}[{i}]",
            ]
        self.register(a, (3, 3), scope)
        self.register(b, (3,), scope)
        return lines

    def walk(self, scope: Scope) -> list[str]:
        """A loop over an array that writes it where it stands, with a way out."""
        r, i, found = self.r, f"a{self.number()}", self.buffer(scope, 1)
        if found is None:
            return self.new_buffer(scope)
        name = found[0]
        inner = scope.inner(loop=True)
        inner.integers.append(i)
        condition = r.choice((f"{name}[{i}] > {self.kink()}", f"{name}[{i}] < {self.kink()}", f"{i} == 1", f"not {i}"))
        write = f"{name}[{r.choice((i, i, f'{i} - 1', '0'))}] {r.choice(('=', '+=', '*=', '-='))} {self.value((), inner)}"
        other = f"{name}[{i}] {r.choice(('=', '*='))} {self.value((), inner)}"
        body = r.choice((
            [f"if {condition}:", f"    {write}", "    break", other], [f"if {condition}:", "    continue", write],
            [f"if {condition}:", f"    {write}", "else:", f"    {other}"], [f"while {name}[{i}] > {self.kink()}:", f"    {name}[{i}] -= 0.37", write],
        ))  # fmt: skip
        return [f"for {i} in range({found[1][0]}):", *indent(body)]
