"""Reads the files of the NIST StRD: a header says in which lines the starting values, the certified values and the data stand."""

import re
from pathlib import Path
from typing import NamedTuple

import numpy as np

DATA = Path(__file__).parent / "data"

# file -> function in models.py; problems that differ in their data only share a model
MODELS = {
    "Misra1a": "misra1a",
    "Chwirut2": "chwirut",
    "Chwirut1": "chwirut",
    "Lanczos3": "lanczos",
    "Gauss1": "gauss",
    "Gauss2": "gauss",
    "DanWood": "danwood",
    "Misra1b": "misra1b",
    "Kirby2": "kirby2",
    "Nelson": "nelson",
    "Misra1c": "misra1c",
    "Misra1d": "misra1d",
    "ENSO": "enso",
    "Lanczos1": "lanczos",
    "MGH09": "mgh09",
    "BoxBOD": "misra1a",
    "MGH10": "mgh10",
    "Eckerle4": "eckerle4",
    "Rat42": "rat42",
}


class Problem(NamedTuple):
    name: str
    model: str
    difficulty: str
    starts: np.ndarray  # one row for each of the two starting points
    certified: np.ndarray
    x: np.ndarray  # the predictor, or one row for each of several
    y: np.ndarray


def read(name):
    lines = (DATA / f"{name}.dat").read_text(encoding="ascii").splitlines()

    def section(title):
        first, last = re.search(rf"{title}\s+\(lines\s+(\d+)\s+to\s+(\d+)\)", "\n".join(lines)).groups()
        return lines[int(first) - 1 : int(last)]

    # "b1 = start 1, start 2, certified value, its standard deviation"
    values = np.array([line.split("=")[1].split() for line in section("Starting Values")], dtype=float)
    data = np.array([line.split() for line in section("Data")], dtype=float)
    difficulty = re.search(r"(Lower|Average|Higher) Level of Difficulty", "\n".join(lines)).group(1).lower()
    y, x = data[:, 0], data[:, 1:].T
    if name == "Nelson":
        y = np.log(y)  # its model is that of the logarithm
    return Problem(name, MODELS[name], difficulty, values[:, :2].T, values[:, 2], x[0] if len(x) == 1 else x, y)
