"""An array library as CuPy is one, for machines without a GPU: NumPy's functions under NumPy's names, for arrays of its own.

Its arrays refuse to become NumPy's, and its functions refuse NumPy's arrays: a program that runs on them copies nothing behind one's back.
A reduction gives an array of no dimensions, as CuPy's does.  NumPy's functions hand such arrays on to it.
"""

from __future__ import annotations

import functools
import sys
import types
from typing import Any

import numpy as np
import scipy.linalg
import scipy.special

__all__ = ["asnumpy", "fake"]


class ndarray(np.lib.mixins.NDArrayOperatorsMixin):
    """An array on the device; ``_held`` is where it really is."""

    __module__ = "cupy"  # as far as tangentx goes

    def __init__(self, held: Any) -> None:
        self._held = np.asarray(held)

    def __array__(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("Implicit conversion to a NumPy array is not allowed. Please use `.get()`.")

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, out: Any = None, **kwargs: Any) -> Any:
        if out is not None:
            kwargs["out"] = bare(out)
            getattr(ufunc, method)(*bare(inputs), **kwargs)
            return out[0]
        if method == "at":
            inputs = (inputs[0], bare(inputs[1], host=True), *inputs[2:])
            return getattr(ufunc, method)(bare(inputs[0]), inputs[1], *bare(inputs[2:]))
        return boxed(getattr(ufunc, method)(*bare(inputs), **bare(kwargs)))

    def __array_function__(self, function: Any, kinds: Any, args: Any, kwargs: Any) -> Any:
        return boxed(function(*bare(args), **bare(kwargs)))

    def __getitem__(self, index: Any) -> Any:
        return ndarray(self._held[bare(index, host=True)])

    def __setitem__(self, index: Any, value: Any) -> None:
        self._held[bare(index, host=True)] = bare(value)

    def __len__(self) -> int:
        return len(self._held)

    def __iter__(self) -> Any:
        return iter([self[k] for k in range(len(self))])

    def __float__(self) -> float:
        return float(self._held)

    def __int__(self) -> int:
        return int(self._held)

    def __index__(self) -> int:
        return self._held.__index__()

    def __bool__(self) -> bool:
        return bool(self._held)

    def __repr__(self) -> str:
        return f"fakecupy.{self._held!r}"

    def get(self) -> Any:
        """A copy on the host."""
        return self._held.copy()

    def __deepcopy__(self, memo: Any) -> Any:
        return ndarray(self._held.copy())


def _method(name: str) -> Any:
    def call(self: ndarray, *args: Any, **kwargs: Any) -> Any:
        return boxed(getattr(self._held, name)(*bare(args), **bare(kwargs)))

    return call


def _attribute(name: str) -> Any:
    return property(lambda self: boxed(getattr(self._held, name)), lambda self, value: setattr(self._held, name, bare(value)))


for _name in dir(np.ndarray):
    if not _name.startswith("_"):
        _found = getattr(np.ndarray, _name)
        setattr(ndarray, _name, _method(_name) if callable(_found) else _attribute(_name))


class _Slot:
    """A method that is no function of Python's, as those of CuPy's arrays are none."""

    def __init__(self, function: Any) -> None:
        self.function = function

    def __get__(self, array: Any, kind: Any = None) -> Any:
        return self if array is None else functools.partial(self.function, array)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.function(*args, **kwargs)


for _name in dir(ndarray):
    _found = getattr(ndarray, _name)
    if isinstance(_found, types.FunctionType) and _name != "__init__":
        setattr(ndarray, _name, _Slot(_found))


def bare(value: Any, host: bool = False) -> Any:
    """What the device holds; an array of NumPy's is refused, but as an index (``host``)."""
    if isinstance(value, ndarray):
        return value._held
    if isinstance(value, np.ndarray) and not host:
        raise TypeError("Unsupported type <class 'numpy.ndarray'>")
    if isinstance(value, tuple | list):
        items = [bare(v, host) for v in value]
        return type(value)(*items) if hasattr(value, "_fields") else type(value)(items)
    return {k: bare(v, host) for k, v in value.items()} if isinstance(value, dict) else value


def boxed(value: Any) -> Any:
    """The device's arrays for NumPy's, and for its numbers."""
    if isinstance(value, np.ndarray | np.generic):
        return ndarray(value)
    if isinstance(value, tuple | list):
        items = [boxed(v) for v in value]
        return type(value)(*items) if hasattr(value, "_fields") else type(value)(items)
    return value


class _Function(functools.partial):
    """A function of the library; written in another language, as CuPy's ufuncs are."""

    __module__ = "fakecupy"


def _of_numpy(function: Any, *args: Any, **kwargs: Any) -> Any:
    """A function of the library: what NumPy's does, for arrays that are here."""
    return boxed(function(*bare(args), **bare(kwargs)))


def asnumpy(a: Any) -> Any:
    """A copy on the host, as ``cupy.asnumpy``."""
    return a.get()


def _module(name: str, source: Any) -> types.ModuleType:
    module = types.ModuleType(name)
    for attr in dir(source):
        value = getattr(source, attr)
        if attr.startswith("_") or isinstance(value, types.ModuleType):
            continue
        same = isinstance(value, type) or not callable(value)
        setattr(module, attr, value if same else _Function(_of_numpy, value))
    sys.modules[name] = module
    return module


def _array(data: Any, *args: Any, **kwargs: Any) -> ndarray:
    """``cupy.array`` and ``cupy.asarray`` take what is on the host, and lists of arrays."""
    return ndarray(np.array(bare(data, host=True), *args, **kwargs))


def fake() -> types.ModuleType:
    """The library, with ``linalg``, ``fft``, and ``fakecupyx.scipy``, among Python's modules from now on."""
    if "fakecupy.linalg" not in sys.modules:
        me, scipyx = _module("fakecupy", np), types.ModuleType("fakecupyx.scipy")
        vars(me).update(linalg=_module("fakecupy.linalg", np.linalg), fft=_module("fakecupy.fft", np.fft))
        vars(me).update(ndarray=ndarray, asnumpy=asnumpy, array=_array, asarray=_array)
        vars(scipyx).update(special=_module("fakecupyx.scipy.special", scipy.special), linalg=_module("fakecupyx.scipy.linalg", scipy.linalg))
        sys.modules["fakecupyx"], sys.modules["fakecupyx.scipy"] = types.ModuleType("fakecupyx"), scipyx
        vars(sys.modules["fakecupyx"]).update(scipy=scipyx)
    return sys.modules["fakecupy"]
