"""A small call for each name that has no rule and works all the same: from its source, or because the compiler knows it.

The value names of ``rule_checker``; ``;`` separates statements.
"""

from __future__ import annotations

__all__ = ["EXAMPLES"]

EXAMPLES = {
    "numpy.apply_over_axes": "return np.apply_over_axes(np.sum, T, [0, 2])",
    "numpy.copyto": "y = np.zeros(3); np.copyto(y, V * V); return y",
    "numpy.fill_diagonal": "y = M * M; np.fill_diagonal(y, S); return y",
    "numpy.gradient": "return np.gradient(V)",
    "numpy.intersect1d": "return np.intersect1d(V, V)",
    "numpy.piecewise": "return np.piecewise(V, [V < 0, V >= 0], [np.sin, np.cos])",
    "numpy.place": "y = V * V; np.place(y, [True, False, True], [S, 2.0 * S]); return y",
    "numpy.poly": "return np.poly(V)",
    "numpy.polyadd": "return np.polyadd(V, A23[0])",
    "numpy.polyder": "return np.polyder(V)",
    "numpy.polydiv": "return np.polydiv(V, np.array([2.0, S]))[0]",
    "numpy.polyfit": "return np.polyfit(np.array([0.0, 1.0, 2.5]), V, 1)",
    "numpy.polysub": "return np.polysub(V, A23[0])",
    "numpy.polyval": "return np.polyval(V, S)",
    "numpy.put": "y = V * V; np.put(y, [0, 2], S); return y",
    "numpy.put_along_axis": "y = M * M; np.put_along_axis(y, np.argsort(M, axis=1)[:, :1], S, 1); return y",
    "numpy.putmask": "y = V * V; np.putmask(y, [True, False, True], A23[0]); return y",
    "numpy.row_stack": "return np.vstack([V, V * V])",
    "numpy.setdiff1d": "return np.setdiff1d(V, A23)",
    "numpy.setxor1d": "return np.setxor1d(V, A23[0])",
    "numpy.sort_complex": "return np.real(np.sort_complex(V))",
    "numpy.union1d": "return np.union1d(V, A23[0])",
    "numpy.unstack": "return np.unstack(M)[1]",
    "numpy.ndarray.fill": "y = V * V; y.fill(S); return y",
    "numpy.ndarray.partition": "y = V * V; y.partition(1); return y",
    "numpy.ndarray.put": "y = V * V; y.put([0, 2], S); return y",
    "numpy.ndarray.sort": "y = V * V; y.sort(); return y",
    "operator.setitem": "y = V * V; operator.setitem(y, 0, S); return y",
    "builtins.dict": "return dict(a=S, b=S * S)['b']",
    "builtins.enumerate": "return sum(i * v for i, v in enumerate(V))",
    "builtins.filter": "return sum(filter(lambda v: v > 0.0, V))",
    "builtins.frozenset": "return sum(v for v in frozenset((1.0, 2.0))) * S",
    "builtins.map": "return sum(map(np.sin, V))",
    "builtins.reversed": "return sum(v * k for k, v in enumerate(reversed(V)))",
    "builtins.set": "return sum(v for v in set((1.0, 2.0))) * S",
    "builtins.sorted": "return sorted(V)[0]",
    "builtins.zip": "return sum(a * b for a, b in zip(V, A23[0]))",
    "scipy.integrate.romb": "return integrate.romb(np.sin(np.linspace(0.0, 1.0, 5) * S))",
    "scipy.special.comb": "return special.comb(5.5 + S, 2.0)",
    "scipy.special.factorial": "return special.factorial(S)",
    "scipy.special.perm": "return special.perm(5.5 + S, 2.0)",
    "scipy.linalg.companion": "return linalg.companion(V)",
    "scipy.linalg.norm": "return linalg.norm(M)",
    "scipy.signal.chirp": "return signal.chirp(V, 1.0, 2.0, 3.0)",
    "scipy.signal.gausspulse": "return signal.gausspulse(V, fc=2.0)",
    "scipy.signal.sweep_poly": "return signal.sweep_poly(V, np.array([1.0, 2.0]))",
}
