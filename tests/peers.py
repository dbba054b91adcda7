"""tangentx, autograd and jax.numpy, name by name: ``tangentx/PEERS.md``.

    .venv/bin/pip install -e ".[test,peers]"
    .venv/bin/python -m tests.peers --write            some minutes; after rules were added

Each name of NumPy's that has a derivative is judged by running the samples of its rule (the ``>>>`` lines of ``templates/``) in each library:
the gradient of a weighted sum of the result against finite differences of NumPy's own function.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import re
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

sys.path[:0] = [str(Path(__file__).resolve().parent)]  # as pytest has it

from coverage_examples import EXAMPLES  # noqa: E402
from differences import difference, inner, randomly_like, shifted  # noqa: E402
from rule_checker import HEADER, VALUES, samples  # noqa: E402

import tangentx as tx  # noqa: E402
from tangentx.rules.coverage import Entry, entries  # noqa: E402

__all__ = ["Judged", "judge", "page", "questions"]

TABLE = Path(__file__).resolve().parent.parent / "tangentx" / "PEERS.md"
MODULES = ("numpy", "numpy.linalg", "numpy.fft")
MOST = 4  # samples of one name
HEAD = """# tangentx, autograd and jax.numpy

Every name of NumPy's that tangentx differentiates, by {versions}. Written by `python -m tests.peers --write`, which runs up to {most} samples of
each rule in each library: the gradient against finite differences of NumPy's function. **yes**: right for all of them. **partly**: right for some,
an error for others. **no**: the library has no such function, or no gradient of it. **wrong**: a gradient that is not the derivative, without
an error.

"""


@dataclass(frozen=True)
class Question:
    """A call of one name, as a function of the module of questions."""

    name: str
    text: str
    wrt: tuple[str, ...]
    values: tuple[Any, ...]


@dataclass
class Judged:
    """The answers of one library: for each name the verdicts on its samples, and what was wrong."""

    verdicts: dict[str, list[str]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def verdict(self, name: str) -> str:
        """The word in the table."""
        seen = set(self.verdicts.get(name, ["no"]))
        return "wrong" if "wrong" in seen else seen.pop() if len(seen) == 1 else "partly"


def questions() -> list[Question]:
    """The samples, by the names that users write; an alias is asked with the samples of its function."""
    table: dict[Any, list[Any]] = {}
    for sample in samples():
        if sample.text.startswith("np.") and not any(np.iscomplexobj(v) for v in sample.values.values()):
            table.setdefault(sample.function_of_rule, []).append(sample)
    found: list[Question] = []
    for entry in (e for e in entries() if e.module in MODULES and e.status in ("rule", "source")):
        if entry.path in EXAMPLES and entry.status == "source":
            wrt = tuple(n for n in VALUES if re.search(rf"(?<![\w.]){n}\b", EXAMPLES[entry.path]))
            found.append(Question(entry.path, EXAMPLES[entry.path], wrt, tuple(VALUES[n] for n in wrt)))
        own = [s for function in dict.fromkeys(rule.function for rule in entry.rules) for s in table.get(function, [])]
        found += [q for s in own if (q := _question(entry, s)) is not None][:MOST]
    return found


def _question(entry: Entry, sample: Any) -> Question | None:
    """The sample with the entry's name in place of its own, if it calls the same function."""
    called = re.match(r"np\.([\w.]+)\(", sample.text)
    obj: Any = np
    for part in called[1].split(".") if called else ():
        obj = getattr(obj, part, None)
    if called is None or obj is not entry.obj:
        return None
    if entry.name in ("eigh", "eigvalsh") and "M" in sample.values:  # not symmetric: JAX takes the mean of its halves, NumPy one of them
        return None
    text = re.sub(rf"np\.{re.escape(called[1])}\(", f"{entry.short}(", sample.text, count=1)
    return Question(entry.path, f"return {text}", tuple(sample.values), tuple(sample.values.values()))


def _source(asked: list[Question], numpy: str) -> str:
    body = "".join(f"\n\ndef f{k}({', '.join(q.wrt)}):\n    " + "\n    ".join(q.text.split("; ")) + "\n" for k, q in enumerate(asked))
    return HEADER.replace("import numpy as np", numpy) + body


def judge(asked: list[Question], numpy: str, gradient: Callable[..., Any]) -> Judged:
    """The verdict of one library; ``gradient(f, wrt, values, w)`` gives that of ``sum(w * f(*values))``."""
    with tempfile.TemporaryDirectory() as folder:
        theirs, ours = _module(folder, f"asked_{len(numpy)}", _source(asked, numpy)), _module(
            folder, "asked_numpy", _source(asked, "import numpy as np")
        )
        judged = Judged()
        for k, question in enumerate(asked):
            verdict = _verdict(question, getattr(ours, f"f{k}"), getattr(theirs, f"f{k}"), gradient)
            judged.verdicts.setdefault(question.name, []).append(verdict)
            if verdict == "wrong":
                judged.wrong.append(question.text.removeprefix("return "))
    return judged


def _module(folder: str, name: str, text: str) -> Any:
    path = Path(folder) / f"{name}.py"
    path.write_text(text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _verdict(question: Question, ours: Any, theirs: Any, gradient: Callable[..., Any]) -> str:
    rng = np.random.default_rng(7)
    directions = tuple(_direction(n, v, rng) for n, v in zip(question.wrt, question.values))
    w = randomly_like(ours(*question.values), rng)
    slope, error = difference(lambda h: np.array([inner(w, ours(*shifted(question.values, directions, h))).real]), 0.01)
    try:
        found = gradient(theirs, question.wrt, question.values, w)
        along = float(np.real(inner(directions, found)))
    except Exception:  # whatever it says: it has no answer
        return "no"
    return "yes" if np.isclose(along, slope[0], rtol=1e-5, atol=1e-6 + 20.0 * np.max(error)) else "wrong"


def _leaves(value: Any) -> list[Any]:
    """The arrays of a result; autograd has boxes for its lists and tuples."""
    if type(value).__name__ == "SequenceBox":
        return [leaf for k in range(len(value)) for leaf in _leaves(value[k])]
    return [leaf for v in value for leaf in _leaves(v)] if isinstance(value, list | tuple) else [value]


def _direction(name: str, value: Any, rng: np.random.Generator) -> Any:
    """Symmetric for a symmetric matrix: of one, NumPy reads a half, and others the mean of both."""
    found = randomly_like(value, rng)
    return (found + np.swapaxes(found, -1, -2)) / 2 if name == "SPD" else found


def by_tangentx(f: Any, wrt: tuple[str, ...], values: tuple[Any, ...], w: Any) -> Any:
    return tx.vjp(f, wrt)(*values, init_grad=w)[1]


def by_autograd(f: Any, wrt: tuple[str, ...], values: tuple[Any, ...], w: Any) -> Any:
    import autograd  # type: ignore[import-not-found, unused-ignore]
    import autograd.numpy as anp  # type: ignore[import-not-found, unused-ignore]

    def total(values: Any) -> Any:
        return sum(anp.sum(anp.real(a * b)) for a, b in zip(_leaves(f(*values)), _leaves(w), strict=True))

    return autograd.grad(total)(tuple(values))


def by_jax(f: Any, wrt: tuple[str, ...], values: tuple[Any, ...], w: Any) -> Any:
    import jax  # type: ignore[import-not-found, unused-ignore]

    def total(values: Any) -> Any:
        return sum(jax.numpy.sum(jax.numpy.real(a * b)) for a, b in zip(_leaves(f(*values)), _leaves(w), strict=True))

    return jax.tree.map(np.asarray, jax.grad(total)(tuple(jax.tree.map(jax.numpy.asarray, v) for v in values)))


LIBRARIES: dict[str, tuple[str, Callable[..., Any]]] = {
    "tangentx": ("import numpy  as np", by_tangentx),
    "autograd": ("import autograd.numpy as np", by_autograd),
    "jax.numpy": ("import jax.numpy as np", by_jax),
}


def page() -> str:
    """The text of the page."""
    import jax

    jax.config.update("jax_enable_x64", True)
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    asked = questions()
    answers = {library: judge(asked, *how) for library, how in LIBRARIES.items()}
    names = list(dict.fromkeys(q.name for q in asked))
    versions = ", ".join(f"{p} {importlib.metadata.version(p)}" for p in ("numpy", "autograd", "jax"))
    lines = [HEAD.format(versions=versions, most=MOST), f"| {len(names)} names | " + " | ".join(LIBRARIES) + " |\n|---|---|---|---|\n"]
    for word in ("yes", "partly", "no", "wrong"):
        lines.append(f"| **{word}** | " + " | ".join(str(Counter(a.verdict(n) for n in names)[word]) for a in answers.values()) + " |\n")
    lines += [f"| `{name.replace('numpy.', 'np.', 1)}` | " + " | ".join(a.verdict(name) for a in answers.values()) + " |\n" for name in names]
    for library, answer in answers.items():
        if answer.wrong:
            lines.append(f"\nWrong in {library}:\n\n" + "".join(f"- `{text}`\n" for text in dict.fromkeys(answer.wrong)))
    return "".join(lines)


if __name__ == "__main__":
    if "--write" in sys.argv:
        TABLE.write_text(page(), encoding="utf-8")
    else:
        print(page())
