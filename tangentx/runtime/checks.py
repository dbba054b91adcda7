"""What generated code checks while it runs: what nobody could know when it was made.  Each says the reason and the way out."""

from __future__ import annotations

import copy
import dataclasses
import functools
import inspect
import numbers
import sys
import types
from collections import deque
from typing import Any

import numpy as np

from tangentx.errors import ArgumentError, CotangentError, NonScalarOutput, NotDifferentiable
from tangentx.runtime.asked import PLAIN, check_operators, check_others, check_protocols, refuse_answers, refuse_matrix, refuse_operators
from tangentx.runtime.contents import holds_itself, parts
from tangentx.runtime.described import is_shadowed, worked_out

__all__ = [
    "array_module", "as_it_is", "check_annotated", "check_arrays", "check_class", "check_completed", "check_cotangent", "check_count", "check_dict",
    "check_dtype", "check_floats", "check_fractions", "check_given", "check_handed", "check_held", "check_input", "check_inputs",
    "check_keyed", "check_namesake", "check_no_dict", "check_no_list", "check_objects", "check_plain", "check_power", "check_real",
    "check_real_objects", "check_reals", "check_scalar", "check_tangent", "finite", "has_field", "shown_items", "yielded",
]  # fmt: skip

# what arrays have, and rules and facts go by
OF_ARRAYS = (
    "T", "mT", "copy", "size", "shape", "ndim", "real", "imag", "flat", "sum", "mean", "prod", "std", "var", "min", "max", "dot", "trace",
    "cumsum", "cumprod", "clip", "conj", "conjugate", "ravel", "reshape", "flatten", "transpose", "swapaxes", "squeeze", "diagonal",
    "repeat", "take", "round", "astype", "argmax", "argmin", "argsort", "any", "all", "dtype",
)  # fmt: skip


def check_inputs(*others: Any, **values: Any) -> None:
    """``check_inputs(w, x=x)``: x can be differentiated, a float or complex number, an array of these, or a container; what w means by
    ``w * x`` is what numbers and arrays mean.
    """
    check_others(others)
    for name, value in values.items():
        if type(value) is not float and not (type(value) is np.ndarray and value.dtype.kind in "fc"):
            check_input(name, value, "fc")


def check_reals(*others: Any, **values: Any) -> None:
    """``check_reals(w, x=x)``: the same where the value is sure to be real only if they are: complex ones are refused."""
    check_others(others)
    for name, value in values.items():
        if type(value) is not float and not (type(value) is np.ndarray and value.dtype.kind == "f"):
            check_input(name, value)


def check_objects(*others: Any, **values: Any) -> None:
    """``check_objects(w, p=p)``: the same where p is an object for certain: its class may have what arrays have, and mean something else."""
    check_others(others)
    for name, value in values.items():
        check_input(name, value, "fc", known=True)


def check_real_objects(*others: Any, **values: Any) -> None:
    """The same for real numbers."""
    check_others(others)
    for name, value in values.items():
        check_input(name, value, known=True)


def check_held(cls: type, kinds: str, **values: Any) -> None:
    """``check_held(Point, "f", ps=ps)``: the same where ps is a list, tuple or dict of such objects: what their operators mean is known."""
    for name, value in values.items():
        if not isinstance(value, list | tuple | dict | deque):
            check_input(name, value, kinds)
            continue
        for key, child in parts(value) or ():
            check_input(f"{name}[{key!r}]", child, kinds, True, type(child) is cls)


def check_arrays(*values: Any) -> None:
    """``check_arrays(data)``: what ``data.mean()`` or ``data.T`` gives is what it gives of an array."""
    waiting, seen = [v for v in values if type(v) not in PLAIN], dict[int, Any]()
    for value in waiting:
        if id(value) not in seen and not hasattr(type(value), "__array__"):  # it may hold itself
            seen[id(value)] = value
            refuse_namesakes(f"of class {type(value).__name__}", value)
            waiting += [child for _, child in parts(value) or () if type(child) not in PLAIN]


def check_handed(owner: Any, **names: Any) -> None:
    """``check_handed(ops.np, sin=np.sin)``: an object that hands on what it is asked for still hands on this."""
    for name, was in names.items():
        if getattr(owner, name, None) is not was:
            reason = f"{type(owner).__name__} hands on another {name!r} than when this derivative was made"
            raise ArgumentError(reason, None, "Make the derivative again, or call the function by the name of its own module.")


def check_annotated(x: Any) -> None:
    """What is annotated as an array is no list: a slice of that is a copy, and no view."""
    if isinstance(x, list | tuple):
        reason = f"an argument that is annotated as an array is a {type(x).__name__}, and slices of it may be written"
        raise ArgumentError(reason, None, "Pass np.array(...), or annotate it as a list.")


def check_floats(*values: Any) -> None:
    """What is annotated as a number is one, though arrays are in sight that it could stand for."""
    for value in values:
        if type(value) not in (float, int) and np.ndim(value):
            reason = f"an argument that is annotated as a number is an array of shape {np.shape(value)}"
            raise ArgumentError(reason, None, "Leave the annotation out, or annotate it as np.ndarray.")


def check_input(name: str, value: Any, kinds: str = "f", inside: bool = False, known: bool = False) -> None:
    """One argument, of these kinds of dtype; in a container integers, strings and None are left alone.  ``known``: its class is."""
    refuse_matrix(value)
    children = parts(value)
    if children is not None:
        annotated = {key: str(kind) for key, kind in getattr(type(value), "__annotations__", {}).items()} if known else {}
        try:
            if not known:
                refuse_namesakes(name, value)
                said = type(value).__name__
                held = f"Annotate what holds it: list[{said}] for a parameter, if {said} has no subclasses, or a field of this class in a class."
                refuse_operators(value, held if inside else "", varied=True)
                refuse_answers(type(value), ("array",))
            for key, child in children:
                check_input(f"{name}[{key!r}]", child, kinds, True, type(child).__name__ in annotated.get(key, ""))
        except RecursionError:
            raise holds_itself(value) from None
        return
    kind = getattr(getattr(value, "dtype", None), "kind", "f" if isinstance(value, float) else "c" if isinstance(value, complex) else "")
    if kind == "c" and kind not in kinds:
        reason = f"argument {name} is complex, and then the value may be complex, too: grad needs a real one"
        raise ArgumentError(reason, None, "Return its np.real(...) or np.abs(...), or use vjp.")
    if (kind and kind in kinds) or inside:
        return
    if isinstance(value, bool | int):
        what = "a boolean" if isinstance(value, bool) else "an integer"
        raise ArgumentError(f"argument {name} is {what} and has no derivative: pass {float(value)!r}")
    if kind in "iub" and kind:
        raise ArgumentError(f"argument {name} is an array of dtype {value.dtype} and has no derivative: pass {name}.astype(float)")
    raise ArgumentError(f"argument {name} is of type {type(value).__name__} and has no derivative")


def refuse_namesakes(name: str, value: Any) -> None:
    """An object of a class that was not known, with something that is called as what arrays have."""
    if type(value) in (list, tuple, dict, deque):
        return
    held = getattr(value, "__dict__", {})
    found = [n for n in OF_ARRAYS if n in held or _own_member(type(value), n) or _answers(value, n)]
    if found:
        reason = f"argument {name} has {' and '.join(map(repr, found[:3]))} of its own, which is taken for that of an array"
        raise ArgumentError(reason, None, f"Annotate the parameter with its class ({type(value).__name__}), or give it another name.")


def _answers(value: Any, name: str) -> bool:
    """Whether an object answers for a name that neither it nor its class has, unless it is an array that it has around it."""
    if not _own_member(type(value), "__getattr__") or isinstance(getattr(getattr(value, "sum", None), "__self__", None), np.ndarray):
        return False
    return getattr(value, name, None) is not None


def _own_member(cls: type, name: str) -> bool:
    """Whether a class of somebody's has a member of that name."""
    return any(name in vars(c) for c in cls.__mro__ if c.__module__ not in ("builtins", "numpy", "collections"))


def check_namesake(x: Any, name: str) -> None:
    """``x.dot`` is what arrays have by that name, not what the class of an object means by it."""
    if type(x) in PLAIN or hasattr(type(x), "__array__") or type(x).__module__.partition(".")[0] in ("numpy", "scipy", "cupy"):
        return
    cls = type(x)
    if cls not in (list, tuple, dict, deque) and (name in getattr(x, "__dict__", ()) or _own_member(cls, name) or _answers(x, name)):
        reason = f".{name} is taken for that of an array, and is asked of a {cls.__name__}, which has its own"
        method = isinstance(inspect.getattr_static(cls, name, None), types.FunctionType)
        way_out = "Give it another name" + (f", or call it by its class: {cls.__name__}.{name}(...)." if method else ".")
        raise NotDifferentiable(reason, None, f"Call it by name: {x.__name__}.{name}(...)." if isinstance(x, types.ModuleType) else way_out)


def check_real(x: Any) -> None:
    """``x`` is real, of which ``np.sign`` is taken."""
    if np.iscomplexobj(x):
        reason = "np.sign of complex numbers is not constant, and that there are any is not known when the derivative is made"
        raise NotDifferentiable(reason, None, "Annotate the argument (z: complex), or write z / np.abs(z).")


def check_power(x: Any, y: Any) -> None:
    """``x ** y`` is real where x is: Python makes a complex number of a negative one to the power of a fraction, where NumPy has NaN."""
    if (type(x) is float or type(x) is int) and x < 0 and type(y) is float and not y.is_integer():
        reason = f"{x!r} ** {y!r} is complex, and what depends on it is taken for real"
        raise NotDifferentiable(reason, None, "Write np.power(x, y), which is nan there, or (x + 0j) ** y.")


def check_dtype(dtype: Any) -> None:
    """``dtype=`` holds fractions: a sum of whole numbers is a constant between its steps."""
    whole = [d for d in (dtype if isinstance(dtype, list | tuple) else [dtype]) if _is_whole(d)]
    if whole:
        raise NotDifferentiable(f"dtype={np.dtype(whole[0])} holds no fractions: there the value is rounded", None, "Leave dtype= out.")


def _is_whole(dtype: Any) -> bool:
    """Whether an array of that dtype holds no fractions; a package may have words of its own for dtypes: "numeric"."""
    try:
        return dtype is not None and np.dtype(dtype).kind in "biu"
    except (TypeError, ValueError):
        return False


def check_fractions(x: Any) -> None:
    """An array that numbers with derivatives are written into holds fractions, and no objects; no class of the user's says what that does."""
    check_protocols(x)
    if getattr(getattr(x, "dtype", None), "kind", "f") in "OV":
        raise NotDifferentiable(f"an array of dtype {x.dtype} is written, which may hold objects", None, "Make it with dtype=float, or write a list.")
    if getattr(getattr(x, "dtype", None), "kind", "f") in "biu":
        raise NotDifferentiable(f"an array of dtype {x.dtype} is written, where numbers are rounded", None, "Make it with dtype=float.")


def finite(x: Any) -> Any:
    """``np.isfinite(x)``, of complex numbers that are finite in both parts or in neither."""
    if np.iscomplexobj(x) and np.any(np.isfinite(np.real(x)) != np.isfinite(np.imag(x))):
        reason = "np.nan_to_num of a complex number that is finite in one part only has no derivative here"
        raise NotDifferentiable(reason, None, "Write np.nan_to_num(z.real) + 1j * np.nan_to_num(z.imag).")
    return np.isfinite(x)


def check_scalar(y: Any, init_grad: Any) -> None:
    """The output of ``grad`` is a scalar, and so is its cotangent."""
    if not isinstance(y, float | int) and (getattr(y, "shape", None) != () or y.dtype.kind not in "fiub"):
        what = f"shape {y.shape}" if getattr(y, "shape", ()) else f"type {type(y).__name__}"
        raise NonScalarOutput(f"grad needs a real scalar output, got {what}: use vjp or jacobian")
    if type(init_grad) is not float and np.shape(init_grad) != ():
        raise CotangentError(f"init_grad must be a scalar, as the output is, got shape {np.shape(init_grad)}")


def check_cotangent(y: Any, init_grad: Any, name: str = "init_grad") -> None:
    """``init_grad`` has the structure and the shapes of the output."""
    children = parts(y)
    if children is not None:
        alike = type(y) is type(init_grad) or (isinstance(y, dict) and isinstance(init_grad, dict))
        if not alike or [k for k, _ in children] != [k for k, _ in parts(init_grad) or ()]:
            raise CotangentError(f"{name} must have the structure of its value, a {type(y).__name__} of {len(children)}, got {init_grad!r:.80}")
        for (key, child), (_, cotangent) in zip(children, parts(init_grad) or ()):
            check_cotangent(child, cotangent, f"{name}[{key!r}]")
    elif y is not None and not isinstance(y, str) and np.shape(y) != np.shape(init_grad):
        raise CotangentError(f"{name} must have the shape of its value, {np.shape(y)}, got {np.shape(init_grad)}")


def check_tangent(x: Any, x_dot: Any, name: str = "tangent", known: bool = False) -> None:
    """A tangent has the structure and the shapes of its argument; an object whose class is not ``known`` has no operators of its own."""
    check_cotangent(x, x_dot, name)
    if not known and not isinstance(x, tuple):  # a named tuple that is asked for its fields alone is right, and check_inputs looks at others
        check_operators(x)


def check_class(x: Any, cls: type, *open_: str) -> None:
    """An object is of the class that its methods were taken from: a subclass may do something else, and so may a function that the object
    has in place of one, but for those that are open.
    """
    if type(x) is not cls:
        raise ArgumentError(f"expected an object of class {cls.__name__}, got one of {type(x).__name__}: annotate the parameter with its class")
    for name in getattr(x, "__dict__", ()):
        if name not in open_ and _is_method(cls, name):
            what = (
                "a value of its own in place of" if is_shadowed(inspect.getattr_static(cls, name)) else "a function of its own in place of the method"
            )
            reason = f"this {cls.__name__} has {what} {name!r} of its class"
            raise ArgumentError(reason, None, "Keep it in an attribute of another name, or give the object another class.")


def _is_method(cls: type, name: str) -> bool:
    """Whether a class has a method of that name which an attribute of an object stands before."""
    fields = [f.name for f in dataclasses.fields(cls)] if dataclasses.is_dataclass(cls) else []
    if name in fields or name.startswith("__"):
        return False
    found = inspect.getattr_static(cls, name, None)
    return isinstance(found, types.FunctionType | staticmethod | classmethod) or is_shadowed(found)


def check_count(n: Any) -> None:
    """A list of one item is repeated so often: a whole number, not an array, which would meet the list in arithmetic."""
    if not isinstance(n, numbers.Integral):
        reason = f"a list is repeated by a whole number, and this is a {type(n).__name__}"
        raise ArgumentError(reason, None, "Write np.array([...]) * x where the product of an array is meant.")


def check_no_list(x: Any) -> None:
    """``x`` stands in a sum that would join lists, or a slice of it is written, which may change the length of a list."""
    if isinstance(x, list | tuple):
        raise ArgumentError("a list is joined or resized, and that it is one is not known when the derivative is made", None, "Annotate it: x: list.")


def check_no_dict(x: Any) -> None:
    """What is gone through gives values, not the keys of a dict."""
    if isinstance(x, dict):
        raise ArgumentError(
            "the keys of a dict are gone through, and that it is one is not known when the derivative is made", None, "Annotate it: d: dict."
        )


def check_dict(x: Any) -> None:
    """What is gone through is asked for its items by what that gives: its keys."""
    if not isinstance(x, dict):
        reason = f"it is taken for a dict, since its items are read by what it is gone through for, and is a {type(x).__name__}"
        raise ArgumentError(reason, None, "Loop over range(len(xs)), or annotate it: xs: list.")


def check_keyed(x: Any) -> None:
    """What a dict is made of is a dict itself, whose keys are gone through: not pairs."""
    if isinstance(x, list | tuple) and any(isinstance(item, list | tuple) for item in x):
        reason = f"a dict is made of a {type(x).__name__} of pairs, and that it is one is only known now"
        raise ArgumentError(reason, None, "Write {key: value for key, value in pairs}.")


def check_plain(x: Any, name: str) -> None:
    """``x.name`` is the method of lists, dicts or arrays, as which it is written out."""
    cls: Any = type(x)
    if cls not in (dict, list, np.ndarray) and says_itself(cls, name):
        reason = f"the method .{name} is taken for that of a list, dict or array, and is asked of a {cls.__name__}"
        raise ArgumentError(reason, None, f"Annotate the parameter with its class: {cls.__name__}.")


@functools.lru_cache(maxsize=1024)
def says_itself(cls: Any, name: str) -> bool:
    """Whether a class says itself what a method does; a dict of its own kind may say what ``x[k]`` gives, which ``get`` does not ask.

    >>> says_itself(dict, "get"), says_itself(np.ndarray, "fill"), says_itself(list, "get")
    (False, False, True)
    """

    def home(name: str) -> str:
        owner = next((c for c in cls.__mro__ if name in vars(c)), None)
        return "" if owner is None else str(owner.__module__).partition(".")[0]

    if name.startswith("__"):
        return isinstance(inspect.getattr_static(cls, name, None), types.FunctionType) and home(name) not in sys.stdlib_module_names - {"__main__"}
    if home(name) == "pandas":
        return name != "get" and cls.__name__ != "DataFrame"
    items = ("__getitem__", "__contains__", "__iter__") if issubclass(cls, dict) else ()
    return any(home(n) not in ("builtins", "collections", "numpy", "cupy") for n in (name, *items))


def array_module(xp: Any) -> Any:
    """``xp``, of which functions of NumPy's are asked: it is NumPy, CuPy, or a module that stands for one of them."""
    name = getattr(xp, "__name__", "")
    if not isinstance(xp, types.ModuleType) or name.rpartition(".")[2] not in ("numpy", "cupy") or name.startswith("jax"):
        what = f"the module {name}" if isinstance(xp, types.ModuleType) else f"of type {type(xp).__name__}"
        hint = "Use NumPy or CuPy; what is asked of another module or object has a name that no function of NumPy's has."
        raise NotDifferentiable(f"functions of an array module are asked of a value that is {what}", None, hint)
    return xp


def as_it_is(x: Any) -> Any:
    """A global variable as it is now; what it holds may be written later."""
    return copy.deepcopy(x) if isinstance(x, np.ndarray | list | dict | set | deque) else x


def check_completed(completed: bool, where: str) -> None:
    """The body of a ``with`` has come to its end: a context that ends exceptions leaves open what was done."""
    if not completed:
        reason = f"the context of {where} has ended an exception, and the derivative cannot follow"
        raise NotDifferentiable(reason, None, "Write it as try and except.")


def check_given(*values: Any, context: str) -> None:
    """What a context is given that writes to something: numbers, strings and their like, which cannot be written into."""
    for value in values:
        if not isinstance(value, str | bytes | bool | int | float | complex | np.generic | types.FunctionType | type | None):
            reason = f"the context {context} may write into what it is given, of class {type(value).__name__}, and it is not seen how"
            raise NotDifferentiable(reason, None, "Call the functions of the context, or give it a copy.")


def has_field(x: Any, name: str) -> bool:
    """Whether an object has an attribute, without asking its code: what a property gives is worked out where it is read."""
    found = inspect.getattr_static(x, name, None)
    if found is None and isinstance(inspect.getattr_static(type(x), "__getattr__", None), types.FunctionType):
        reason = f"getattr with a default asks an object of class {type(x).__name__} for {name!r}, which its __getattr__ works out"
        raise NotDifferentiable(reason, None, f"Read it by its name: x.{name}.")
    return (found is not None and worked_out(type(x), name)) or hasattr(x, name)


def shown_items(items: Any, shown: Any) -> Any:
    """The items of a dict where a function returns the view of it; only the compiler sees it, and whether the dict is written while they are kept."""
    return items


def yielded(value: Any = None) -> Any:
    """Where the generator of a context yields; only the compiler sees it."""
    raise NotDifferentiable("a generator has no value to differentiate")
