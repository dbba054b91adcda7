"""Integrals of samples.  ``simpson`` and ``romb`` are differentiated by their source; integrals of functions are refused."""

from __future__ import annotations

import numpy as np
from scipy import integrate

import tangentx.runtime as rt
from tangentx.rules.declare import d, multilinear, refused


@multilinear(integrate.trapezoid)
def trapezoid(r, y, x=None, dx=1.0, axis=-1):
    """
    >>> integrate.trapezoid(T)
    >>> integrate.trapezoid(T, dx=0.5, axis=1)
    >>> integrate.trapezoid(A23, x=V)
    >>> integrate.trapezoid(A23, 2.0 * A23)
    >>> integrate.trapezoid(V)
    """
    d[y] = rt.untrapezoid(d[r], np.shape(y), x, dx, axis)
    d[x] = rt.untrapezoid_x(d[r], y, np.shape(x), axis)


@multilinear(integrate.cumulative_trapezoid)
def cumulative_trapezoid(r, y, x=None, dx=1.0, axis=-1, initial=None):
    """
    >>> integrate.cumulative_trapezoid(T)
    >>> integrate.cumulative_trapezoid(T, dx=0.5, axis=1, initial=0)
    >>> integrate.cumulative_trapezoid(A34[:, :3].T, x=V, axis=0)
    >>> integrate.cumulative_trapezoid(A23, 2.0 * A23)
    >>> integrate.cumulative_trapezoid(A23, 2.0 * A23, axis=0, initial=0)
    >>> integrate.cumulative_trapezoid(V)
    """
    last = np.moveaxis(d[r], axis, -1) if initial is None else np.moveaxis(d[r], axis, -1)[..., 1:]
    g = 0.5 * np.flip(np.cumsum(np.flip(last, -1), -1), -1)
    widths = dx if x is None else np.diff(x) if np.ndim(x) == 1 else np.moveaxis(np.diff(x, axis=axis), axis, -1)
    values = np.moveaxis(y, axis, -1)
    d[y] = np.moveaxis(rt.widened(g * widths, -1, 0, 1) + rt.widened(g * widths, -1, 1, 0), -1, axis)
    steps = g * (values[..., 1:] + values[..., :-1])
    to_x = rt.widened(steps, -1, 1, 0) - rt.widened(steps, -1, 0, 1)
    d[x] = rt.unbroadcast_shape(to_x if np.ndim(x) == 1 else np.moveaxis(to_x, -1, axis), np.shape(x))


QUADRATURE = ("quad", "quad_vec", "dblquad", "tplquad", "nquad", "fixed_quad", "romberg", "cubature", "tanhsinh", "nsum", "qmc_quad")
refused(
    *(getattr(integrate, name, None) for name in QUADRATURE),
    reason="the derivative of an integral with respect to what its integrand reads is another integral",
    way_out="Add up samples (weights @ f(nodes) with np.polynomial.legendre.leggauss, or scipy.integrate.simpson), or declare a rule for it.",
)
SOLVERS = ("solve_ivp", "odeint", "ode", "complex_ode", "solve_bvp", "RK23", "RK45", "DOP853", "Radau", "BDF", "LSODA")
refused(
    *(getattr(integrate, name, None) for name in SOLVERS),
    reason="the solver chooses its steps by the error, and is not to be differentiated step by step",
    way_out="Write the steps as a loop (Runge-Kutta is differentiated as it stands), or declare a rule by the adjoint equation.",
)
