"""``cls(a, *xs)`` in a class method: the class that it stands in says how many arguments the star gives."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.programs import Case


class Quaternion:
    def __init__(self, w: Any, x: Any, y: Any, z: Any) -> None:
        self.w, self.x, self.y, self.z = w, x, y, z

    @classmethod
    def around(cls, axis: Any, angle: Any) -> Any:
        axis = axis / np.linalg.norm(axis)
        return cls(np.cos(angle / 2), *(np.sin(angle / 2) * axis))

    def rotate(self, v: Any) -> Any:
        u = np.array([self.x, self.y, self.z])
        return v + 2 * np.cross(u, np.cross(u, v) + self.w * v)


class Scaled(Quaternion):
    def __init__(self, w: Any, x: Any, y: Any, z: Any = 5.0, scale: Any = 7.0) -> None:
        super().__init__(w, x * scale, y, z)


def turned(angle: Any, v: Any) -> Any:
    return Quaternion.around(np.array([1.0, 1.0, 0.0]), angle).rotate(v)[0]


def turned_by_a_subclass(angle: Any, v: Any) -> Any:
    return Scaled.around(np.array([1.0, 1.0, 0.5]), angle).rotate(v)[2]


CASES = [
    Case(turned, (0.7, np.array([1.0, 2.0, 3.0])), (0, 1)),
    Case(turned_by_a_subclass, (0.7, np.array([1.0, 2.0, 3.0])), (0, 1)),
]
