"""Fits the NIST StRD nonlinear regression problems with derivatives that tangentx wrote, and compares with the certified values.

The models stand in models.py, their derivatives in derivatives/, written by ../write_derivatives.py; nothing here needs tangentx.
Every problem is treated alike: from each of NIST's two starting points scipy's trust region method, its parameters scaled by the
Jacobian, then a few Gauss-Newton steps as polish.  The same fit with finite differences ("2-point") stands beside it.

The polish is for the last digits: without it every exact fit keeps six.  With noisy differences it can also lose some: those of ENSO
come to 6.3 and 6.0 digits without it, to 5.8 and 5.9 with it.
"""

import importlib
import sys

import numpy as np
from problems import MODELS, read
from rich.console import Console
from rich.table import Table
from scipy.optimize import least_squares

REQUIRED = 6  # correct digits, from start 2, with exact derivatives
MOST = 11  # the certified values have eleven digits
TIGHT = 1e-15
POLISH_STEPS = 20
ROUNDING = 1e-11  # of a sum of squares


class Counted:
    """Residuals and Jacobian of one problem; an evaluation is one call of the model or of its derivative in one direction."""

    def __init__(self, problem, exact):
        self.problem = problem
        self.evaluations = 0
        self.model = getattr(importlib.import_module("models"), problem.model)
        self.jvp = getattr(importlib.import_module(f"derivatives.{problem.model}"), f"{problem.model}_jvp")
        self.jacobian = self.exact if exact else self.differences

    def residuals(self, b):
        self.evaluations += 1
        return self.model(b, self.problem.x) - self.problem.y

    def exact(self, b):
        self.evaluations += len(b)
        return np.stack([self.jvp(b, self.problem.x, b_dot=unit)[1] for unit in np.eye(len(b))], axis=1)

    def differences(self, b):
        """Forward differences, as scipy's "2-point" takes them; here to count their evaluations and to polish with them."""
        steps = np.sqrt(np.finfo(float).eps) * np.where(b < 0, -1.0, 1.0) * np.maximum(1.0, np.abs(b))
        here = self.residuals(b)
        moved = b + np.diag(steps)
        return np.stack([(self.residuals(row) - here) / (row[i] - b[i]) for i, row in enumerate(moved)], axis=1)


def fit(problem, start, exact=True):
    """The parameters, and the number of evaluations."""
    counted = Counted(problem, exact)
    with np.errstate(over="ignore", invalid="ignore"):  # a step too long overflows; the trust region takes it back
        found = least_squares(counted.residuals, start, counted.jacobian, x_scale="jac", ftol=TIGHT, xtol=TIGHT, gtol=TIGHT, max_nfev=2000)
    return polish(counted, found.x), counted.evaluations


def polish(counted, b):
    """Full Gauss-Newton steps while they get shorter and the sum of squares does not grow.

    Near the minimum the sum of squares cannot tell points apart that agree to eight digits; the gradient can.
    """
    residuals, shortest = counted.residuals(b), 1e-3  # relative to the parameters; a longer step is no polish
    for _ in range(POLISH_STEPS):
        jacobian = counted.jacobian(b)
        scale = np.linalg.norm(jacobian, axis=0)
        if not (np.all(np.isfinite(jacobian)) and np.all(scale > 0)):
            break
        step = np.linalg.lstsq(jacobian / scale, -residuals, rcond=None)[0] / scale
        length = np.max(np.abs(step / b))
        next_residuals = counted.residuals(b + step)
        if not (length < shortest and next_residuals @ next_residuals <= residuals @ residuals * (1 + ROUNDING)):
            break
        b, residuals, shortest = b + step, next_residuals, length
    return b


def correct_digits(b, certified):
    """The smallest number of correct significant digits over the parameters, between 0 and 11."""
    error = np.max(np.abs(b - certified) / np.abs(certified))
    return float(np.clip(-np.log10(max(error, 10.0**-MOST)), 0, MOST))


def measure(problem):
    """Correct digits and evaluations: exact from starts 1 and 2, then finite differences from starts 1 and 2."""
    results = []
    for exact in (True, False):
        for start in problem.starts:
            b, evaluations = fit(problem, start, exact)
            results.append((correct_digits(b, problem.certified), evaluations))
    return results


def main():
    table = Table(title="NIST StRD: correct digits of the worst parameter (at most 11), and evaluations")
    for heading in ("problem", "level"):
        table.add_column(heading)
    for derivatives in ("exact", "2-point"):
        for start in (1, 2):
            table.add_column(f"{derivatives}\nstart {start}", justify="right")
            table.add_column("\nevals", justify="right", style="dim")
    missed, lost = [], []
    for name in MODELS:
        problem = read(name)
        results = measure(problem)
        (first, _), (second, _) = results[:2]
        missed += [name] if second < REQUIRED else []
        lost += [name] if first < REQUIRED else []
        cells = [cell for digits, evaluations in results for cell in (colour(digits), str(evaluations))]
        table.add_row(name, problem.difficulty, *cells)
    console = Console(width=100 if not sys.stdout.isatty() else None)
    console.print(table)
    console.print(
        f"fewer than {REQUIRED} digits with exact derivatives from start 1: {', '.join(lost) or 'none'}; from start 2: {', '.join(missed) or 'none'}"
    )
    return 1 if missed else 0


def colour(digits):
    return f"{digits:.1f}" if digits >= REQUIRED else f"[red]{digits:.1f}[/red]"


if __name__ == "__main__":
    sys.exit(main())
