"""What generated code checks of operators while it runs: which object Python asks, where only the run knows its class."""

from __future__ import annotations

import functools
import inspect
import sys
import types
from collections import deque
from typing import Any

import numpy as np

from tangentx.errors import ArgumentError, NotDifferentiable
from tangentx.runtime.compared import odd_comparisons
from tangentx.runtime.contents import attributes, parts

__all__ = [
    "check_answers", "check_bools", "check_first", "check_implemented", "check_left", "check_number", "check_operands", "check_operators",
    "check_protocols",
]  # fmt: skip

# what a class may say of its objects, and rules take for that of numbers, arrays and lists
OPERATORS = (
    "getitem", "iter", "setitem", "delitem", "add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "pow", "rpow", "matmul", "rmatmul",
    "neg", "abs", "floordiv", "rfloordiv", "mod", "rmod", "divmod", "rdivmod", "pos", "invert", "reversed", "round", "floor", "ceil", "trunc",
    "array_ufunc", "array_function", "iadd", "isub", "imul", "itruediv", "ipow", "imatmul", "ifloordiv", "imod",
    "and", "rand", "or", "ror", "xor", "rxor", "lshift", "rlshift", "rshift", "rrshift",
)  # fmt: skip
MADE_NUMBERS = ("float", "complex", "index")  # what makes a number of an object, for float(o), math.sqrt(o), z[0] = o
# the methods that functions of NumPy's of these names call: np.sqrt(o) is o.sqrt()
CALLED = (
    "sqrt", "cbrt", "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arcsin", "arccos",
    "arctan", "arcsinh", "arccosh", "arctanh", "radians", "degrees", "deg2rad", "rad2deg", "rint", "fabs",
)  # fmt: skip
ANSWERS = ("array_ufunc", "array_function", "matmul", "rmatmul")
ARITHMETIC = tuple(prefix + word for word in ("add", "sub", "mul", "truediv", "pow", "floordiv", "mod") for prefix in ("", "r"))
COMPARED = frozenset({"__lt__", "__le__", "__gt__", "__ge__", "__eq__", "__ne__"})  # of these the right operand is asked first if it is of a subclass
CONTAINERS = (list, tuple, dict, deque)  # a class that is derived from one of these may say what its items, or its length, are
LENGTHS = ("len",)
PLAIN = frozenset({bool, complex, float, int, str, type(None), np.ndarray})  # classes whose operators are known


def check_operands(*others: Any) -> None:
    """``check_operands(S)``: what S means by ``S @ x`` and ``S[i]`` is what arrays mean, and sparse matrices."""
    check_others(others, sparse=True)


def check_answers(*holders: Any) -> None:
    """``check_answers(p)``: nothing in p says itself what functions of NumPy's mean."""
    waiting, seen = [value for value in holders if type(value) not in PLAIN], dict[int, Any]()
    for value in waiting:
        if id(value) not in seen:
            seen[id(value)] = value
            refuse_answers(type(value))
            if not any(value is holder for holder in holders) and not hasattr(type(value), "__array__"):
                refuse_operators(value, "Call the method that is meant by its name.")  # np.add(x, o) asks it for x + o
            waiting += [child for _, child in parts(value) or () if type(child) not in PLAIN]


def refuse_answers(cls: type, words: tuple[str, ...] = ("array_ufunc", "array_function")) -> None:
    """A class of the user's that says these."""
    own = [] if is_installed(cls) else [word for word in words if isinstance(getattr(cls, f"__{word}__", None), types.FunctionType)]
    if own:
        reason = f"the class {cls.__name__} has its own __{own[0]}__, and says itself what operators and functions of NumPy mean"
        raise NotDifferentiable(reason, None, "Call a method of it by its name, or pass np.asarray(a).")


def is_installed(cls: type) -> bool:
    """Whether a class is one of a package that was installed, whose arrays mean what NumPy's mean."""
    file = getattr(sys.modules.get(cls.__module__), "__file__", None) or ""
    return "site-packages" in file or "dist-packages" in file


def check_left(x: Any) -> None:
    """``x`` leaves ``x * obj`` to the object: it is a number.  Another object would be asked first, and an array asks for each of its items."""
    check_others((x,))
    if isinstance(x, np.ndarray) and x.ndim:
        reason = f"an array of shape {x.shape} stands before an object in an operator: NumPy asks the object for each item of the array"
        raise NotDifferentiable(reason, None, "Write the object first, or give its class an __array_priority__.")


def check_first(x: Any, other: Any, reflected: str) -> None:
    """``x`` is asked first for ``x * other``: the other one is of no subclass with a ``__rmul__`` of its own; of a comparison, with any."""
    own, asked = inspect.getattr_static(type(x), reflected, None), inspect.getattr_static(type(other), reflected, None)
    if type(other) is type(x) or not isinstance(other, type(x)) or not isinstance(asked, types.FunctionType):
        return
    if asked is not own or reflected in COMPARED:
        reason = f"the class {type(other).__name__} is a subclass of {type(x).__name__} and has {reflected}: Python asks it first"
        raise ArgumentError(
            reason, None, f"Annotate the parameter with its class, {type(other).__name__}, or call the method that is meant by its name."
        )


def check_bools(x: Any) -> None:
    """A comparison gives true and false, which are computed with: an object may say that it gives something else."""
    if not isinstance(x, bool) and getattr(getattr(x, "dtype", None), "kind", "") != "b":
        reason = f"a comparison gives a {type(x).__name__}, as the class of an object says, and it is computed with"
        raise NotDifferentiable(reason, None, "Call the method that is meant by its name.")


def check_implemented(y: Any) -> None:
    """An operator has not left it to the other operand."""
    if y is NotImplemented:
        reason = "an operator returns NotImplemented, and then Python asks the other operand"
        raise NotDifferentiable(reason, None, "Call the method that is meant by its name.")


def check_protocols(x: Any) -> None:
    """What ``x[i]``, ``for v in x`` or ``abs(x)`` mean is what arrays, lists and numbers mean."""
    if type(x) not in PLAIN and type(x) not in (list, tuple, dict):
        refuse_operators(x, "Annotate the parameter with its class, or call a method of the object by its name.", varied=True)


def check_number(x: Any) -> None:
    """``x`` is a number, as ``float(x)`` takes it for: no object whose class says which one it makes."""
    if type(x) is not float:
        check_protocols(x)


def check_others(values: tuple[Any, ...], sparse: bool = False) -> None:
    """Values that are no arguments of the derivative, and meet these in operators; the older ``sparse`` matrices in ``@`` only."""
    for value in values:
        if type(value) not in PLAIN:
            check_operators(value, ("numpy", "scipy", "cupy"), sparse)


def check_operators(x: Any, known: tuple[str, ...] = (), sparse: bool = False) -> None:
    """What an object's class says of ``+``, ``[]`` or ``for`` holds for its values, not for its tangents."""
    waiting, seen = [x], dict[int, Any]()
    for value in waiting:
        refuse_matrix(value, sparse)
        if known:
            refuse_array(type(value), known)
        of_library = hasattr(type(value), "__array__") or type(value).__module__.partition(".")[0] in known
        if of_library:
            refuse_answers(type(value), (*ANSWERS, *(() if sparse else ARITHMETIC)))
        if id(value) in seen or known and of_library:  # it may hold itself; the operators of libraries are those of numbers and arrays
            continue
        seen[id(value)] = value
        refuse_operators(value, varied=not known)
        waiting += [child for _, child in parts(value) or () if type(child) not in PLAIN]


def refuse_operators(x: Any, hint: str = "", varied: bool = False) -> None:
    """An object whose class is not known has no operators of its own; one that is ``varied`` is no number, either: ``float(o)``, ``np.sqrt(o)``."""
    cls = type(x)
    if cls in PLAIN or cls in (list, tuple, dict, deque) or isinstance(x, np.ndarray) or attributes(x) is None and not isinstance(x, CONTAINERS):
        return
    own: str = _said(cls, varied)  # type: ignore[arg-type]
    if own:
        reason = f"the class {cls.__name__}, which has its own {own}, is not known when the derivative is made"
        raise ArgumentError(reason, None, hint or f"Annotate the parameter with its class: {cls.__name__}.")


@functools.lru_cache(maxsize=1024)
def _said(cls: Any, varied: bool) -> str:
    """The first of what a class says itself of operators: ``__mul__``; "" if there is nothing."""
    container = issubclass(cls, CONTAINERS)
    words = (*OPERATORS, *MADE_NUMBERS, *LENGTHS * container) if varied else OPERATORS[4 * container :]  # what items are is right where none varies
    found = [f"__{word}__" for word in words if _is_own(cls, f"__{word}__", container)]
    found += [f"__{word}__" for word in odd_comparisons(cls)]
    found += [word for word in CALLED if varied and _is_own(cls, word, True) and _needs_nothing(getattr(cls, word))]
    return found[0] if found else ""


def _is_own(cls: type, name: str, ours: bool) -> bool:
    """Whether a class has a method of that name written in Python; ``ours``: of no class of a library, such as Counter."""
    owner = next((c for c in cls.__mro__ if name in vars(c)), None)
    library = owner is not None and (owner.__module__.partition(".")[0] in sys.stdlib_module_names - {"__main__"} or is_installed(owner))
    return isinstance(getattr(cls, name, None), types.FunctionType) and not (ours and library)


def _needs_nothing(method: types.FunctionType) -> bool:
    """Whether it can be called as ``o.sqrt()``."""
    code = method.__code__
    return code.co_argcount - len(method.__defaults__ or ()) <= 1


def refuse_array(cls: type, known: tuple[str, ...] = ("numpy", "scipy", "cupy")) -> None:
    """A class of arrays that somebody has derived from NumPy's says nothing else of arithmetic than this."""
    if not issubclass(cls, np.ndarray) or cls.__module__.partition(".")[0] in known:
        return
    own = [word for word in OPERATORS[2:] if isinstance(getattr(cls, f"__{word}__", None), types.FunctionType)]
    if own:
        reason = f"the class {cls.__name__} of arrays has its own __{own[0]}__, which is not followed"
        raise NotDifferentiable(reason, None, "Pass np.asarray(a), and call a function for what the class says.")


def refuse_matrix(x: Any, sparse: bool = False) -> None:
    """``a * b`` of ``np.matrix`` is a product of matrices, which rules do not know; that of older ``sparse`` matrices, too."""
    if isinstance(x, np.matrix):
        raise ArgumentError("np.matrix means another thing by * and by its shapes than an array", None, "Pass np.asarray(a), and write a @ b.")
    if not sparse and type(x).__module__.startswith("scipy.sparse") and type(x).__name__.endswith("_matrix"):
        reason = f"a {type(x).__name__} stands in an operator, and means a product of matrices by *"
        raise ArgumentError(reason, None, f"Write @, or pass a sparse array: {type(x).__name__.replace('_matrix', '_array')}(S).")
