"""Linear algebra and transforms: what the samples of the table do not reach."""

from __future__ import annotations

import numpy as np
import pytest

import tangentx as tx


def test_active_subscripts_are_refused() -> None:
    with pytest.raises(NotImplementedError, match="with respect to 'subscripts'"):
        tx.grad(lambda x: np.sum(np.einsum(x, [0, 1], x, [1, 2])))
    with pytest.raises(NotImplementedError, match="with respect to 'subscripts'"):
        tx.grad(lambda x: np.sum(np.einsum(x, [0, 1])))
