"""Functions of matrices.  The derivative is the upper right block of the function of ``[[a, e], [0, a]]`` (N. J. Higham, Functions of Matrices,
2008, theorem 3.6); that of a square root solves a Sylvester equation.
"""

import numpy as np
import scipy.linalg

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, refused, tangent


@adjoint(scipy.linalg.expm)
def expm(y, A):
    """
    >>> scipy.linalg.expm(M)
    >>> scipy.linalg.expm(ZM)
    >>> scipy.linalg.expm(np.stack([M, SPD]))
    """
    d[A] = rt.upper_block(scipy.linalg.expm(rt.twofold(np.swapaxes(A, -1, -2), d[y])))


@tangent(scipy.linalg.expm)
def expm_tangent(y, A):
    d[y] = rt.upper_block(scipy.linalg.expm(rt.twofold(A, d[A])))


@adjoint(scipy.linalg.logm)
def logm(y, A):
    """
    >>> scipy.linalg.logm(SPD)
    >>> scipy.linalg.logm(HPD)
    """
    d[A] = rt.upper_block(scipy.linalg.logm(rt.twofold(np.swapaxes(A, -1, -2), d[y])))


@tangent(scipy.linalg.logm)
def logm_tangent(y, A):
    d[y] = rt.upper_block(scipy.linalg.logm(rt.twofold(A, d[A])))


@adjoint(scipy.linalg.sinm)
def sinm(y, A):
    """
    >>> scipy.linalg.sinm(M)
    """
    d[A] = rt.upper_block(scipy.linalg.sinm(rt.twofold(np.swapaxes(A, -1, -2), d[y])))


@tangent(scipy.linalg.sinm)
def sinm_tangent(y, A):
    d[y] = rt.upper_block(scipy.linalg.sinm(rt.twofold(A, d[A])))


@adjoint(scipy.linalg.cosm)
def cosm(y, A):
    """
    >>> scipy.linalg.cosm(M)
    """
    d[A] = rt.upper_block(scipy.linalg.cosm(rt.twofold(np.swapaxes(A, -1, -2), d[y])))


@tangent(scipy.linalg.cosm)
def cosm_tangent(y, A):
    d[y] = rt.upper_block(scipy.linalg.cosm(rt.twofold(A, d[A])))


@adjoint(scipy.linalg.tanm)
def tanm(y, A):
    """
    >>> scipy.linalg.tanm(0.2 * M)
    """
    d[A] = rt.upper_block(scipy.linalg.tanm(rt.twofold(np.swapaxes(A, -1, -2), d[y])))


@tangent(scipy.linalg.tanm)
def tanm_tangent(y, A):
    d[y] = rt.upper_block(scipy.linalg.tanm(rt.twofold(A, d[A])))


@adjoint(scipy.linalg.sinhm)
def sinhm(y, A):
    """
    >>> scipy.linalg.sinhm(M)
    """
    d[A] = rt.upper_block(scipy.linalg.sinhm(rt.twofold(np.swapaxes(A, -1, -2), d[y])))


@tangent(scipy.linalg.sinhm)
def sinhm_tangent(y, A):
    d[y] = rt.upper_block(scipy.linalg.sinhm(rt.twofold(A, d[A])))


@adjoint(scipy.linalg.coshm)
def coshm(y, A):
    """
    >>> scipy.linalg.coshm(M)
    """
    d[A] = rt.upper_block(scipy.linalg.coshm(rt.twofold(np.swapaxes(A, -1, -2), d[y])))


@tangent(scipy.linalg.coshm)
def coshm_tangent(y, A):
    d[y] = rt.upper_block(scipy.linalg.coshm(rt.twofold(A, d[A])))


@adjoint(scipy.linalg.tanhm)
def tanhm(y, A):
    """
    >>> scipy.linalg.tanhm(M)
    """
    d[A] = rt.upper_block(scipy.linalg.tanhm(rt.twofold(np.swapaxes(A, -1, -2), d[y])))


@tangent(scipy.linalg.tanhm)
def tanhm_tangent(y, A):
    d[y] = rt.upper_block(scipy.linalg.tanhm(rt.twofold(A, d[A])))


@adjoint(scipy.linalg.fractional_matrix_power)
def fractional_matrix_power(y, A, t):
    """
    >>> scipy.linalg.fractional_matrix_power(SPD, 0.3)
    >>> scipy.linalg.fractional_matrix_power(SPD, -1.5)
    """
    d[A] = rt.upper_block(scipy.linalg.fractional_matrix_power(rt.twofold(np.transpose(A), d[y]), t))


@tangent(scipy.linalg.fractional_matrix_power)
def fractional_matrix_power_tangent(y, A, t):
    d[y] = rt.upper_block(scipy.linalg.fractional_matrix_power(rt.twofold(A, d[A]), t))


@adjoint(scipy.linalg.sqrtm)
def sqrtm(y, A):
    """
    >>> scipy.linalg.sqrtm(SPD)
    >>> scipy.linalg.sqrtm(HPD)
    """
    d[A] = scipy.linalg.solve_sylvester(np.transpose(y), np.transpose(y), d[y])


@tangent(scipy.linalg.sqrtm)
def sqrtm_tangent(y, A):
    d[y] = scipy.linalg.solve_sylvester(y, y, d[A])


refused(
    scipy.linalg.funm,
    reason="the function is only known by its values",
    way_out="Use expm, logm, sqrtm, or np.linalg.eigh and the function of the eigenvalues.",
)
refused(scipy.linalg.signm, reason="it is piecewise constant for real eigenvalues only", way_out="Use A @ inv(sqrtm(A @ A)).")
