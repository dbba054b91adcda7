"""Sparse matrices, which are constants: ``A @ x``, ``x @ A`` and ``A.dot(x)`` are products as any other, and equations are solved for dense sides.

What makes a sparse matrix of active values is refused.  The ``*`` of the older matrix classes (``csr_matrix``) is a product of matrices: write ``@``.
It is refused, of an argument when it is met.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse.linalg as sla

from tangentx.rules.declare import d, linear, refused


@linear(sla.spsolve)
def spsolve(x, A, b, permc_spec=None, use_umfpack=True):
    """
    >>> sla.spsolve(SPARSE, V)
    >>> sla.spsolve(SPARSE, A34)
    >>> sla.spsolve(SPARSE, M[:, :1], "NATURAL")
    """
    d[b] = np.reshape(sla.spsolve(A.T, d[x], permc_spec, use_umfpack), np.shape(b))


@linear(sla.spsolve_triangular)
def spsolve_triangular(x, A, b, lower=True, *, unit_diagonal=False):
    """
    >>> sla.spsolve_triangular(TRIANGULAR, V)
    >>> sla.spsolve_triangular(TRIANGULAR.T, A34, lower=False, unit_diagonal=True)
    """
    d[b] = sla.spsolve_triangular(A.T, d[x], not lower, unit_diagonal=unit_diagonal)


refused(
    *(sla.splu, sla.spilu, sla.factorized, sla.cg, sla.cgs, sla.gmres, sla.lgmres, sla.bicg, sla.bicgstab, sla.minres, sla.qmr, sla.gcrotmk),
    *(sla.lsqr, sla.lsmr),
    reason="its result is an object, or comes with the number of iterations",
    way_out="Use scipy.sparse.linalg.spsolve(A, b), which is differentiated with respect to b.",
)
