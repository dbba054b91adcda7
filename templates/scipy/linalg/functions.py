"""Functions of matrices.  The derivative is the upper right block of the function of ``[[a, e], [0, a]]`` (N. J. Higham, Functions of Matrices,
2008, theorem 3.6); that of a square root solves a Sylvester equation.
"""

import numpy as np
import scipy.linalg

import tangentx.runtime as rt
from tangentx.rules.declare import adjoint, d, primitive, refused, tangent

FUNCTIONS = (
    *(scipy.linalg.expm, scipy.linalg.logm, scipy.linalg.sinm, scipy.linalg.cosm, scipy.linalg.tanm),
    *(scipy.linalg.sinhm, scipy.linalg.coshm, scipy.linalg.tanhm),
)


@adjoint(*FUNCTIONS)
def function_of_matrix(y, A):
    """
    >>> scipy.linalg.expm(M)
    >>> scipy.linalg.expm(ZM)
    >>> scipy.linalg.expm(np.stack([M, SPD]))
    >>> scipy.linalg.logm(SPD)
    >>> scipy.linalg.logm(HPD)
    >>> scipy.linalg.sinm(M)
    >>> scipy.linalg.cosm(M)
    >>> scipy.linalg.tanm(0.2 * M)
    >>> scipy.linalg.sinhm(M)
    >>> scipy.linalg.coshm(M)
    >>> scipy.linalg.tanhm(M)
    """
    d[A] = rt.upper_block(primitive(rt.twofold(np.swapaxes(A, -1, -2), d[y])))


@tangent(*FUNCTIONS)
def function_of_matrix_tangent(y, A):
    d[y] = rt.upper_block(primitive(rt.twofold(A, d[A])))


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
