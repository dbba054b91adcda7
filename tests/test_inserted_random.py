"""Random programs with inserted code against the same programs without: ``x_bar = c * x_bar`` is ``x = c * x + (1 - c) * stop(x)``."""

from __future__ import annotations

import random

import numpy as np
import pytest

import tangentx as tx
from tests.conftest import Write

FUNCTIONS = ("np.sin", "np.tanh", "np.cos")


class _Program:
    """The text of a function, ``hooked`` or with the same factors in the primal."""

    def __init__(self, seed: int, hooked: bool) -> None:
        self.rng, self.hooked, self.loops, self.hooks = random.Random(seed), hooked, 0, 0

    def text(self) -> str:
        name = "hooked" if self.hooked else "plain"
        return f"def {name}(x, y):\n    z = x * y\n{self.block(1)}    return x * y + z\n"

    def block(self, depth: int) -> str:
        return "".join(self.statement(depth) for _ in range(self.rng.randint(1, 3)))

    def statement(self, depth: int) -> str:
        rng, indent = self.rng, "    " * depth
        kind, (v, w, u) = rng.random(), (rng.choice("xyz") for _ in range(3))
        factor, limit = rng.choice([2.0, 0.5, -1.0]), rng.uniform(-0.5, 0.8)
        if kind < 0.35 or depth > 4:
            return f"{indent}{v} = {rng.choice(FUNCTIONS)}({w}) * {u} + 0.3\n"
        if kind < 0.65:
            self.hooks += 1
            if self.hooked:
                return f"{indent}with tx.insert_grad_of({v}) as g:\n{indent}    g = {factor} * g\n"
            return f"{indent}{v} = {factor} * {v} + {1.0 - factor} * tx.stop_gradient({v})\n"
        if kind < 0.8:
            return f"{indent}if {v} > {limit:.2f}:\n{self.block(depth + 1)}{indent}else:\n{self.block(depth + 1)}"
        self.loops += 1
        loop = f"{indent}for i{self.loops} in range({rng.randint(0, 3)}):\n{self.block(depth + 1)}"
        return loop + (f"{indent}    if {v} > 0.9:\n{indent}        break\n" if rng.random() < 0.3 else "")


@pytest.mark.parametrize("seed", range(25))
def test_a_factor_in_the_backward_pass(seed: int, write_module: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TANGENTX_VERIFY", "1")
    hooked, plain = _Program(seed, True), _Program(seed, False)
    module = write_module(f"inserted_{seed}", f"import numpy as np\nimport tangentx as tx\n\n\n{hooked.text()}\n\n{plain.text()}")
    assert hooked.hooks == plain.hooks
    args = (0.7, 0.4)
    assert module.hooked(*args) == pytest.approx(module.plain(*args), rel=1e-12)
    expected = tx.grad(module.plain, (0, 1))(*args)
    for optimise in (True, False):
        np.testing.assert_allclose(tx.grad(module.hooked, (0, 1), optimise=optimise)(*args), expected, rtol=1e-10, atol=1e-12)
