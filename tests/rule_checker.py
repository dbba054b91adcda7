"""The samples of the rule table: every ``>>>`` line of a rule, and for the short elementwise rules samples made by arity and domain.

The names of a sample: ``S`` a scalar, ``V`` (3,), ``M`` (3, 3), ``A23``, ``A34``, ``T`` (2, 3, 4), ``SPD`` symmetric positive definite;
complex ones: ``ZS``, ``ZV``, ``ZM``, ``ZA23``, ``ZA34``, ``ZT``, and ``HPD``, Hermitian positive definite.
"""

from __future__ import annotations

import builtins
import cmath
import doctest
import importlib.util
import inspect
import math
import operator
import re
import sys
import types
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import samples_scipy
from scipy._lib import _array_api as api
from sklearn import preprocessing
from sklearn.metrics import pairwise
from sklearn.utils import _array_api, extmath

from tangentx.rules.declare import Rule, identity, registered
from tangentx.rules.table import load_templates
from tests.fuzz.plain import without_black

__all__ = ["HEADER", "Sample", "declared", "samples", "written_module"]

HEADER = f"""import cmath
import math
import operator

import numpy as np
from numpy.typing import NDArray
from scipy._lib import _array_api as api
from sklearn import preprocessing
from sklearn.metrics import pairwise
from sklearn.utils import _array_api, check_array, extmath
{samples_scipy.IMPORTS}
import tangentx.runtime as rt
"""

RANDOM = np.random.default_rng(7)
VALUES: dict[str, Any] = {
    "S": 0.7,
    "V": RANDOM.normal(size=3),
    "M": RANDOM.normal(size=(3, 3)) + 2.0 * np.eye(3),
    "A23": RANDOM.normal(size=(2, 3)),
    "A34": RANDOM.normal(size=(3, 4)),
    "T": RANDOM.normal(size=(2, 3, 4)),
    "P": np.array([0.6, 1.7, 3.1]),
    "P23": np.array([[0.4, 1.3, 2.2], [0.8, 2.9, 1.1]]),
    "U": np.array([0.15, 0.5, 0.85]),
}
VALUES["SPD"] = VALUES["M"] @ VALUES["M"].T + np.diag([1.0, 2.0, 4.0])

COMPLEX = np.random.default_rng(8)
for _name in ("V", "M", "A23", "A34", "T"):
    VALUES[f"Z{_name}"] = VALUES[_name] + 1j * COMPLEX.normal(size=VALUES[_name].shape)
VALUES["ZS"] = 0.7 - 0.4j
VALUES["HPD"] = VALUES["ZM"] @ VALUES["ZM"].conj().T + np.diag([1.0, 2.0, 4.0])

MODULES = {"np": np, "math": math, "cmath": cmath, "np.emath": np.emath, "operator": operator, "builtins": builtins, **samples_scipy.MODULES}
MODULES |= {"preprocessing": preprocessing, "pairwise": pairwise, "extmath": extmath, "_array_api": _array_api, "api": api}
DOMAINS: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("log", "log2", "log10", "log1p", "sqrt", "power", "float_power", "pow", "ipow"), lambda x: abs(x) + 0.5),
    **dict.fromkeys(("arcsin", "arccos", "arctanh", "asin", "acos", "atanh"), lambda x: 0.4 * x / (0.5 + abs(x))),
    **dict.fromkeys(("arccosh", "acosh"), lambda x: abs(x) + 1.5),
    **dict.fromkeys(("remainder", "mod", "imod", "fmod"), lambda x: 1.0 + 0.1 * x),
}
ORDERED = frozenset({"np.maximum", "np.minimum", "np.fmax", "np.fmin"})  # complex numbers have no order
PAIRS = {"same": ("A23", "A23"), "vector": ("A23", "V"), "scalar": ("V", "S"), "outer": ("column", "V"), "single": ("A23", "one"), "zero": ("S", "V")}
VALUES_OF_PAIRS = {**VALUES, "column": RANDOM.normal(size=(4, 1)), "one": np.array([0.3]), "zero": np.array(0.4)}
SPECIAL: dict[Any, list[str]] = {
    math.ldexp: ["math.ldexp(S, 3)"],
    np.ndarray.clip: ["V.clip(-0.3, 0.4)", "A23.clip(None, V)"],
    float: ["float(S)"],
}


@dataclass(frozen=True)
class Sample:
    """One expression and the values of its names."""

    rule: str
    text: str
    values: dict[str, Any]
    function_of_rule: Any

    @property
    def complex(self) -> bool:
        """Whether one of its values is."""
        return any(map(np.iscomplexobj, self.values.values()))

    def source(self, name: str, annotated: bool = True) -> str:
        """The source of a function of the sample's names; complex ones are annotated."""
        kinds = {
            n: (": NDArray[np.complex128]" if np.ndim(v) else ": complex") if annotated and np.iscomplexobj(v) else "" for n, v in self.values.items()
        }
        return f"def {name}({', '.join(n + kind for n, kind in kinds.items())}):\n    return {self.text}\n"


@contextmanager
def written_module(path: Path, functions: Iterable[str]) -> Iterator[types.ModuleType]:
    """The sources of functions as one module file, imported by its name; what is derived of them is not formatted, for nobody reads it."""
    path.write_text(HEADER + "".join(f"\n\n{text}" for text in functions), encoding="utf-8")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = sys.modules[path.stem] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with without_black():
        yield module
    del sys.modules[path.stem]


def declared() -> list[Rule]:
    """Every rule of the templates, by file and line: they may have been read in any order, and all workers have to see one."""
    load_templates()
    home = {id(r): getattr(r.function, "__module__", None) or "tangentx.templates" for r in registered().values()}
    ours = [r for r in registered().values() if home[id(r)].startswith("tangentx.templates")]
    return sorted(ours, key=lambda r: (home[id(r)], getattr(getattr(r.function, "__code__", None), "co_firstlineno", 0)))


def samples() -> list[Sample]:
    """Every sample of the table."""
    found: dict[str, Sample] = {}
    for rule in declared():
        if rule.word in ("constant", "tangent"):
            continue
        for sample in _written(rule) or _made(rule):
            found.setdefault(sample.text + repr(sorted(map(str, sample.values.items()))), sample)
    return list(found.values())


def name_of(rule: Rule) -> str:
    """``np.sin``: how a user writes the primitive; ``""`` if only as a method."""
    for text, module in MODULES.items():
        name = getattr(rule.primitive, "__name__", "")
        if getattr(module, name, None) is rule.primitive:
            return name if text == "builtins" else f"{text}.{name}"
    return ""


def _written(rule: Rule) -> list[Sample]:
    doc = inspect.getdoc(rule.function) or ""
    lines = [e.source.strip() for e in doctest.DocTestParser().get_examples(doc)] + SPECIAL.get(rule.primitive, [])
    return [_sample(rule, line) for line in lines + samples_scipy.LINES[identity(rule.primitive)]]


def _sample(rule: Rule, line: str) -> Sample:
    names = [n for n in VALUES if re.search(rf"(?<![\w.]){n}\b", line)]
    return Sample(name_of(rule) or getattr(rule.primitive, "__name__", ""), line, {n: VALUES[n] for n in names}, rule.function)


def _made(rule: Rule) -> Iterator[Sample]:
    """Samples of a rule without ``>>>`` lines: scalars for ``math``, shapes that broadcast for the others."""
    name = name_of(rule)
    if rule.word != "elementwise" or not name:
        return
    parameters = list(inspect.signature(rule.function).parameters.values())[1:]  # type: ignore[arg-type]
    arity = sum(p.default is p.empty for p in parameters)
    domain = DOMAINS.get(name.rpartition(".")[2], lambda x: x)
    if name.startswith(("math.", "operator.i")) or name == "pow":  # the forms in place would change the sample's arrays
        starts = [("S", "B", "C")[:arity]]
        table: dict[str, Any] = {"S": 0.7, "B": 1.3, "C": -0.4}
    elif name.startswith("cmath."):
        starts, table = [("ZS",) if arity == 1 else ("S", "S")], VALUES  # those of two arguments take real ones
    else:
        starts = [("S",), ("A23",), ("zero",)] if arity == 1 else list(PAIRS.values())
        if not ORDERED.intersection([name]) and {"D" * arity + "->D", "D" * arity + "->d"}.intersection(getattr(rule.primitive, "types", ())):
            starts += [("ZS",), ("ZA23",)] if arity == 1 else [("ZA23", "ZV"), ("ZA23", "V"), ("A23", "ZA23"), ("ZS", "A23")]
        table = VALUES_OF_PAIRS
    for start in starts:
        names = [f"x{k + 1}" for k in range(len(start))]
        values = {n: (table[s] if s[0] == "Z" else domain(table[s])) + 0.1 * k for k, (n, s) in enumerate(zip(names, start, strict=True))}
        yield Sample(name, f"{name}({', '.join(names)})", values, rule.function)
