"""Names of temporaries, after their operation.

    x * x -> x_times_x    np.sin(x) -> sin_x    x ** 2 -> x_sq    x[i] -> x_i    x.sum() -> sum_x    a < b -> a_lt_b

The algorithm: the words of the operands (a name is its own word, a small whole number its digits, spelled out where it
stands first) are joined by the word of the operation.  If an operand has no word, or the name would have more than
``LIMIT`` characters, it is the name of the kind of result instead: ``product``, ``total``, ``sin_value``.  Names that
collide get versions (``x_times_x_1``), which the printer spells.
"""

from __future__ import annotations

import keyword

from tangentx.ir.nodes import Atom, Attribute, Build, Call, Const, Expr, Local, Method, Ref, Var

__all__ = ["LIMIT", "temporary"]

LIMIT = 24

# operator -> (the word between the operands, the name of the result where that gets too long)
BINARY = {
    "add": ("plus", "total"), "sub": ("minus", "difference"), "mul": ("times", "product"), "truediv": ("over", "quotient"),
    "floordiv": ("floordiv", "quotient"), "mod": ("mod", "remainder"), "pow": ("pow", "power"), "matmul": ("matmul", "product"),
    "lt": ("lt", "test"), "le": ("le", "test"), "gt": ("gt", "test"), "ge": ("ge", "test"), "eq": ("eq", "test"), "ne": ("ne", "test"),
    "is_": ("is", "test"), "is_not": ("is_not", "test"), "and_": ("and", "mask"), "or_": ("or", "mask"), "xor": ("xor", "mask"),
    "lshift": ("lshift", "shifted"), "rshift": ("rshift", "shifted"),
}  # fmt: skip
UNARY = {"neg": ("minus", "negative"), "pos": ("plus", "positive"), "invert": ("not", "mask"), "not_": ("not", "test")}
POWERS = {2: "sq", 3: "cubed"}
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
BUILDS = {"tuple": "parts", "list": "items", "set": "items", "dict": "table", "fstring": "text", "format": "text", "and": "test", "or": "test"}


def temporary(value: Expr) -> str:
    """The name for the value of an expression.

    >>> temporary(Build("tuple", ()))
    'parts'
    """
    if isinstance(value, Build):
        return BUILDS.get(value.kind, "value")
    if not isinstance(value, Call):
        return _word(value, first=True) or "value"
    name, fallback = _parts(value)
    if name is None or len(name) > LIMIT or not name.isidentifier() or keyword.iskeyword(name):
        name = fallback
    return name if name.isidentifier() and not keyword.iskeyword(name) else "value"


def _parts(call: Call) -> tuple[str | None, str]:
    fn = call.fn
    if isinstance(fn, Ref) and fn.module == "operator":
        return _operator(fn.attr.lstrip("i") if fn.attr.lstrip("i") in BINARY and fn.text.endswith("=") else fn.attr, call.args)
    if isinstance(fn, Ref) and fn.obj is slice:
        return None, "part"
    name = fn.base if isinstance(fn, Var) else fn.name if isinstance(fn, Method | Attribute | Local) else fn.attr.rpartition(".")[2]
    name = name.lstrip("_") or "call"
    if isinstance(fn, Attribute):
        return _join(_word(call.args[0], first=True), name), name
    args = call.args if call.args and not call.kwargs and len(call.args) <= 2 else call.args[:1]
    return _join(name, *map(_word, args)), f"{name}_value"


def _operator(name: str, args: tuple[Atom, ...]) -> tuple[str | None, str]:
    if name == "getitem":
        index = _word(args[1]) if isinstance(args[1], Const) or (isinstance(args[1], Var) and len(args[1].base) <= 3) else "part"
        return _join(_word(args[0], first=True), index), "part"
    if name == "contains":
        return _join(_word(args[1], first=True), "in", _word(args[0])), "test"
    if name in UNARY or len(args) == 1:
        word, fallback = UNARY.get(name, (name, "value"))
        return _join(word, _word(args[0])), fallback
    if name == "pow" and isinstance(args[1], Const) and args[1].value in POWERS and type(args[1].value) is int:
        return _join(_word(args[0], first=True), POWERS[args[1].value]), "power"
    word, fallback = BINARY.get(name, (name, "value"))
    return _join(_word(args[0], first=True), word, _word(args[1])), fallback


def _join(*words: str | None) -> str | None:
    return None if None in words else "_".join(str(w).strip("_") for w in words)


def _word(atom: Atom, first: bool = False) -> str | None:
    if isinstance(atom, Var):
        return atom.base
    if isinstance(atom, Ref):
        return atom.attr.rpartition(".")[2] or None
    value = atom.value
    if type(value) is float and value.is_integer() and 0 <= value < 1000:
        value = int(value)
    if type(value) is int and -1000 < value < 0 and not first:
        return f"minus_{-value}"
    if type(value) is not int or not 0 <= value < 1000:
        return None
    if first:
        return NUMBERS[value] if value < len(NUMBERS) else None
    return str(value)
