"""Reals: which names surely hold real numbers, and which visibly may hold complex ones.

    def f(x: float, z):        x: real      z: nothing is known, it may be complex
        a = np.abs(z)          a: real
        w = a * 1j             w: complex
        return a * x           the product: real

The adjoint of a real name is real.  What nothing is known of may have an adjoint with an imaginary part even where it turns out
to be real: only the real part of that counts, and it is taken where a real function of complex numbers (``abs``, ``real`` ...)
hands its adjoint on, and at the parameters.
"""

from __future__ import annotations

from collections.abc import Mapping

from tangentx.analysis.fact import Facts
from tangentx.ir.nodes import (
    Append,
    Atom,
    Attribute,
    Block,
    Build,
    Call,
    Const,
    Count,
    Each,
    Expr,
    For,
    Function,
    If,
    Let,
    Local,
    Method,
    Pop,
    ReadTape,
    Ref,
    Span,
    Stmt,
    Store,
    Undef,
    Unpack,
    Var,
    While,
)
from tangentx.ir.walk import source_targets, statements
from tangentx.rules.table import Rulebook

__all__ = ["NOTHING", "REAL", "Reals", "find_reals"]

REAL, ANY, COMPLEX = "real", "any", "complex"
NOTHING: Mapping[Var, str] = {}
# what these give is real, whatever they are given
TO_REAL = frozenset({
    "abs", "absolute", "fabs", "real", "imag", "angle", "hypot", "arctan2", "heaviside", "floor", "ceil", "trunc", "float", "int", "bool",
    "len", "isinstance", "eq", "ne", "lt", "le", "gt", "ge", "is_", "is_not", "not_", "contains", "equal", "not_equal", "less", "less_equal",
    "greater", "greater_equal", "isclose", "allclose", "isnan", "isfinite", "isinf", "any", "all", "shape", "ndim", "size", "argmax", "argmin",
    "argsort", "nonzero", "norm", "vector_norm", "matrix_norm", "cond", "var", "std", "nanvar", "nanstd", "eigvalsh", "svdvals", "irfft", "irfft2",
    "irfftn", "hfft", "phase", "matrix_rank", "count_nonzero", "float64", "float32", "float16",
})  # fmt: skip
# what these give is complex, whatever they are given
TO_COMPLEX = frozenset({
    "complex", "fft", "ifft", "fft2", "ifft2", "fftn", "ifftn", "rfft", "rfft2", "rfftn", "ihfft", "eig", "eigvals", "roots", "wofz", "hilbert",
    "hankel1", "hankel2", "hankel1e", "hankel2e", "h1vp", "h2vp", "kelvin", "lambertw", "complex64", "complex128", "sph_harm_y",
    "sqrtm", "logm", "fractional_matrix_power", "funm", "sort_complex",
})  # fmt: skip
CAST = frozenset({"unbroadcast", "cast_like"})  # helpers that give what their second argument is
UNKNOWN = frozenset({"load", "loadtxt", "genfromtxt", "frombuffer", "fromfile", "fromstring", "from_dlpack", "emath"})  # only the data say it
LIBRARIES = ("numpy", "math", "operator", "builtins", "scipy", "cupy", "_operator")


class Reals:
    """What is known of each name; ``learn`` adds what a statement makes of that."""

    def __init__(self, rulebook: Rulebook, facts: Facts, functions: Mapping[str, Function]) -> None:
        self.rulebook, self.facts, self.functions = rulebook, facts, functions
        self.fields: dict[Var, str] = {}
        self.known: Mapping[Var, str] = NOTHING  # from before: what comes out of tuples and tapes of a derivative is known there
        self.returned: dict[tuple[str, tuple[str, ...]], str] = {}
        self.inside: dict[tuple[str, tuple[str, ...]], str] = {}  # what is known of all that such a call computes, taken together
        self.tapes: dict[Atom, tuple[str, ...]] = {}

    def real(self, *atoms: Atom) -> bool:
        """Whether all of these are surely real."""
        return all(self.field(a) == REAL for a in atoms)

    def complex(self, *atoms: Atom) -> bool:
        """Whether one of these visibly may be complex."""
        return any(self.field(a) == COMPLEX for a in atoms)

    def field(self, atom: Atom) -> str:
        """``real``, ``complex``, or ``any`` where nothing is known."""
        if isinstance(atom, Var):
            return self.fields.get(atom, ANY)
        return _field_of(atom.value if isinstance(atom, Const) else atom.obj)

    def drops(self, target: Atom, call: Call) -> bool:
        """Whether a call makes a real number of what may be complex, as ``abs`` does; ``math`` takes no complex ones."""
        return self.real(target) and not _is_math(call) and not self.real(*call.args, *(a for _, a in call.kwargs))

    def learn(self, target: Var, value: Expr) -> None:
        """What a statement gives its name."""
        self.fields[target] = self.expr(value)

    def expr(self, value: Expr) -> str:
        """The field of an expression."""
        if isinstance(value, Build):
            return _meet(*map(self.field, value.items))
        return self.call(value) if isinstance(value, Call) else self.field(value)

    def call(self, call: Call) -> str:
        fn = call.fn
        atoms = (*call.args, *(a for _, a in call.kwargs))
        if isinstance(fn, Local):
            return self.returns(fn.name, tuple(map(self.field, call.args)))
        name = fn.attr.rpartition(".")[2] if isinstance(fn, Ref) else getattr(fn, "name", "")
        if isinstance(fn, Ref) and (fn.module == "cmath" or "scimath" in fn.module):
            return REAL if name in TO_REAL else COMPLEX
        known = isinstance(fn, Ref) and (fn.module.partition(".")[0] in LIBRARIES or fn.module == "tangentx.runtime") and name not in UNKNOWN
        known = known or isinstance(fn, Method | Attribute) and (self.rulebook.known(fn) or self.facts.of(call.args[0]).kind == "array")
        if not known:
            return COMPLEX if self.complex(*atoms) else ANY
        if name in TO_REAL or _is_math(call):
            return REAL
        if name in CAST and isinstance(fn, Ref) and fn.module == "tangentx.runtime" and self.real(call.args[1]):
            return REAL
        return COMPLEX if name in TO_COMPLEX else _meet(*map(self.field, atoms))

    def returns(self, name: str, args: tuple[str, ...]) -> str:
        """What a function of the program returns for such arguments."""
        key, function = (name, args), self.functions.get(name)
        if function is None:  # a half of one: its reverse starts from what was saved and the adjoint of the result
            return _meet(ANY if COMPLEX in args else REAL, *args)
        if key not in self.returned:
            self.returned[key] = self.inside[key] = REAL  # while it is asked for: a function that calls itself
            inner = Reals(self.rulebook, Facts(), self.functions)
            inner.returned, inner.inside = self.returned, self.inside
            inner.fields.update(zip((p.var for p in function.params), args))
            inner.block(function.body)
            calls = [s.value for s in statements(function.body) if isinstance(s, Let) and isinstance(s.value, Call) and isinstance(s.value.fn, Local)]
            self.returned[key] = inner.field(function.result)
            self.inside[key] = _meet(*inner.fields.values(), *map(inner.saved, calls))
        return self.returned[key]

    def saved(self, call: Call) -> str:
        """What is known of all that a call of a function of the program computes, and may save for its reverse."""
        args = tuple(map(self.field, call.args))
        return self.inside.get((call.fn.name, args), ANY) if isinstance(call.fn, Local) else ANY

    def block(self, block: Block) -> None:
        """Goes through statements, first one first."""
        for stmt in block:
            self.statement(stmt)

    def statement(self, stmt: Stmt) -> None:
        if isinstance(stmt, Let):
            self.learn(stmt.target, stmt.value)
        elif isinstance(stmt, Store):
            base = self.field(stmt.base)
            keeps = self.facts.of(stmt.base).kind == "array"  # an array of real numbers takes no others
            self.fields[stmt.target] = base if keeps else _meet(base, self.field(stmt.value))
        elif isinstance(stmt, Append):
            known = self.tapes.get(stmt.tape, ())
            values = tuple(map(self.field, stmt.values))
            self.tapes[stmt.tape] = tuple(_meet(*pair) for pair in zip(known, values)) if known else values
        elif isinstance(stmt, Pop):
            self.read(stmt.targets, stmt.tape)
        elif isinstance(stmt, Unpack):
            field = self.field(stmt.source)
            self.fields.update({t: self.known.get(t, field) for t in stmt.targets if t is not None})
        elif isinstance(stmt, If):
            self.block(stmt.then)
            self.block(stmt.orelse)
            self.fields.update({j.target: _meet(self.field(j.then), self.field(j.orelse)) for j in stmt.joins})
        elif isinstance(stmt, For | While):
            self.loop(stmt)

    def loop(self, stmt: For | While) -> None:
        for source in stmt.sources if isinstance(stmt, For) else ():
            if isinstance(source, ReadTape):
                self.read(source.targets, source.tape)
                continue
            field = REAL if isinstance(source, Span | Count) else self.field(source.sequence) if isinstance(source, Each) else ANY
            self.fields.update(dict.fromkeys(source_targets(source), field))
        self.fields.update({c.target: self.field(c.init) for c in stmt.carries})
        changed = True
        while changed:
            if isinstance(stmt, While):
                self.block(stmt.header)
            self.block(stmt.body)
            met = {c.target: _meet(self.field(c.target), self.field(c.back)) for c in stmt.carries}
            changed = any(self.fields[v] != field for v, field in met.items())
            self.fields.update(met)

    def read(self, targets: tuple[Var | None, ...], tape: Atom) -> None:
        """What comes back from a tape."""
        fields = self.tapes.get(tape) or (ANY,) * len(targets)
        self.fields.update({t: self.known.get(t, field) for t, field in zip(targets, fields) if t is not None})


def find_reals(function: Function, facts: Facts, rulebook: Rulebook, functions: Mapping[str, Function], known: Mapping[Var, str] = NOTHING) -> Reals:
    """What is known of the names of a function; ``functions`` are those of the program, which calls lead to.

    ``known`` is what is known of some names already.
    """
    reals = Reals(rulebook, facts, functions)
    reals.fields.update({p.var: _annotated(p.said) for p in function.params})
    used = {a for s in function.body if isinstance(s, Let) and _is_math(s.value) for a in s.value.args}  # type: ignore[union-attr]
    reals.fields.update({p.var: REAL for p in function.params if p.var in used})
    reals.fields.update(known)
    reals.known = known
    reals.block(function.body)
    return reals


def _is_math(value: Expr) -> bool:
    """Whether it calls a function of ``math``, which takes no complex numbers."""
    return isinstance(value, Call) and isinstance(value.fn, Ref) and value.fn.module == "math"


def _annotated(words: str) -> str:
    """What an annotation says: ``float``, ``NDArray[np.complex128]``; an array may hold anything."""
    if "complex" in words:
        return COMPLEX
    return REAL if words in ("float", "int", "bool") or ("NDArray[" in words and ("float" in words or "int" in words)) else ANY


def _meet(*fields: str) -> str:
    """The field of a value made of others."""
    return COMPLEX if COMPLEX in fields else ANY if ANY in fields else REAL


def _field_of(value: object) -> str:
    """The field of a value that is known."""
    if isinstance(value, complex):
        return COMPLEX
    if isinstance(value, type):
        return COMPLEX if value is complex or issubclass(value, complex) or value.__name__.startswith("complex") else REAL
    kind = getattr(getattr(value, "dtype", None), "kind", "")
    if kind:
        return COMPLEX if kind == "c" else REAL
    if isinstance(value, str) and value in ("c8", "c16", "complex", "complex64", "complex128"):
        return COMPLEX
    return REAL if value is None or value is Ellipsis or isinstance(value, int | float | str | Undef) else ANY
