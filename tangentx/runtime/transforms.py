"""What the adjoints of Fourier, cosine and sine transforms need: other sizes, weights of some entries, axes."""

from __future__ import annotations

from typing import Any

import numpy as np

from tangentx.errors import NotDifferentiable

__all__ = [
    "fft_axes", "fft_sizes", "inverse_type", "is_orthogonal", "resized", "weighted", "weighted_after", "weighted_before",
]  # fmt: skip


def resized(g: Any, shape: tuple[int, ...]) -> Any:
    """``g`` cut off, or filled up with zeros, at the end of each axis: the transforms do so with ``n=`` and ``s=``, and so do their adjoints."""
    if g.shape == shape:
        return g
    whole = np.zeros_like(g, shape=shape)
    part = tuple([slice(0, min(n, m)) for n, m in zip(g.shape, shape)])
    whole[part] = g[part]
    return whole


def weighted(g: Any, factor: float, start: int, stop: int | None, axis: int = -1) -> Any:
    """``g`` with its entries ``start:stop`` along an axis multiplied by ``factor``."""
    result = g.copy()
    np.moveaxis(result, axis, 0)[start:stop] *= factor
    return result


def inverse_type(type: int) -> int:
    """The type of a cosine or sine transform that is the inverse of this one, and but for weights its transpose."""
    return {2: 3, 3: 2}.get(type, type)


def is_orthogonal(g: Any, norm: str | None, orthogonalize: bool | None) -> bool:
    """Whether a cosine (or sine) transform is; SciPy takes no notice of ``orthogonalize`` for complex numbers."""
    if orthogonalize is None or orthogonalize == (norm == "ortho"):
        return norm == "ortho"
    if np.iscomplexobj(g):
        reason = "scipy.fft takes no notice of orthogonalize= for complex numbers"
        raise NotDifferentiable(reason, None, "Transform the real and the imaginary part, or leave it out.")
    return orthogonalize


def weighted_before(g: Any, type: int, norm: str | None = None, orthogonalize: bool | None = None, axis: int = -1, sine: bool = False) -> Any:
    """What the transpose of a cosine (or sine) transform transforms: ``g`` with other weights where the transform itself is not orthogonal."""
    if type not in (1, 2) or is_orthogonal(g, norm, orthogonalize) or (type == 1 and sine):
        return g
    if type == 1:
        return weighted(g, 0.5, 1, -1, axis)
    return weighted(g, 2.0, -1, None, axis) if sine else weighted(g, 2.0, 0, 1, axis)


def weighted_after(g: Any, type: int, norm: str | None = None, orthogonalize: bool | None = None, axis: int = -1, sine: bool = False) -> Any:
    """What becomes of it: the weights that undo those, of type 1, or of the other one of types 2 and 3."""
    if type not in (1, 3) or is_orthogonal(g, norm, orthogonalize) or (type == 1 and sine):
        return g
    if type == 1:
        return weighted(g, 2.0, 1, -1, axis)
    return weighted(g, 0.5, -1, None, axis) if sine else weighted(g, 0.5, 0, 1, axis)


def fft_axes(ndim: int, s: Any = None, axes: Any = None) -> tuple[int, ...]:
    """The axes of a transform of several, counted from the front; the last one is that of the real values."""
    if axes is None:
        axes = range(0 if s is None else ndim - len(s), ndim)
    found = tuple([i % ndim for i in (axes if np.ndim(axes) or isinstance(axes, range) else (axes,))])
    if len(set(found)) < len(found):
        raise NotDifferentiable(
            "a transform of real values takes an axis twice", None, "Write one np.fft.rfft or irfft, and np.fft.fft for each of the others."
        )
    return found


def fft_sizes(shape: tuple[int, ...], s: Any = None, axes: Any = None) -> Any:
    """The sizes ``s`` of a complex transform, of which an axis that comes twice has one only.

    Raises:
        NotDifferentiable: it has two.
    """
    found = [i % len(shape) for i in (range(len(shape) - len(s), len(shape)) if axes is None else axes)]
    sizes = dict(zip(found, s))
    if any(sizes[i] != n for i, n in zip(found, s)):
        raise NotDifferentiable("a transform takes an axis twice, in two sizes", None, "Write one np.fft.fft for each of them.")
    return s
