"""Interpolants are objects that keep what they were made of: refused by name."""

from __future__ import annotations

from scipy import interpolate

from tangentx.rules.declare import refused

ONE = ("interp1d", "CubicSpline", "PchipInterpolator", "Akima1DInterpolator", "CubicHermiteSpline", "make_interp_spline", "BarycentricInterpolator")
FITTED = ("UnivariateSpline", "InterpolatedUnivariateSpline", "LSQUnivariateSpline", "make_lsq_spline", "make_smoothing_spline", "splrep", "splprep")
MANY = ("RegularGridInterpolator", "RectBivariateSpline", "SmoothBivariateSpline", "griddata", "interpn", "RBFInterpolator", "LinearNDInterpolator")
refused(
    *(getattr(interpolate, name, None) for name in (*ONE, *FITTED, *MANY)),
    reason="an interpolant is an object that keeps its points",
    way_out="Use np.interp, which is differentiated, or solve for the coefficients with np.linalg.solve and evaluate them yourself.",
)
