"""Samples of the short rules for SciPy's functions, whose domains and orders say more than their arity does.

One expression to a line; a rule takes those that call its primitive.  Names as in ``rule_checker``; ``U`` lies in (0, 1), ``P`` is positive.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Hashable

import scipy.fft
import scipy.linalg
import scipy.sparse.linalg
from scipy import integrate, signal, special, stats

from tangentx.rules.declare import identity

__all__ = ["IMPORTS", "LINES", "MODULES"]

MODULES = {
    "special": special,
    "scipy.fft": scipy.fft,
    "scipy.linalg": scipy.linalg,
    "integrate": integrate,
    "signal": signal,
    "stats": stats,
    "sla": scipy.sparse.linalg,
}
IMPORTS = """import scipy.fft
import scipy.linalg
import scipy.sparse.linalg as sla
from scipy import integrate, signal, special, stats
from scipy.sparse import csc_array

SPARSE = csc_array([[2.0, 1.0, 0.0], [0.0, 3.0, 0.5], [1.0, 0.0, 4.0]])
TRIANGULAR = csc_array([[2.0, 0.0, 0.0], [0.5, 3.0, 0.0], [1.0, 0.0, 4.0]])
"""

TEXT = """
special.gamma(P)
special.gamma(V - 0.05)
special.gammaln(P)
special.loggamma(P)
special.digamma(P)
special.digamma(V - 0.05)
special.polygamma(1, P)
special.polygamma(0, S)
special.poch(P, V)
special.poch(S, 1.5)
special.gammainc(2.5, P)
special.gammainc(0.8, P)
special.gammaincc(2.5, P)
special.gammaincinv(2.5, U)
special.gammainccinv(2.5, U)
special.betainc(2.5, 0.7, U)
special.betaincc(2.5, 0.7, U)
special.betaincinv(2.5, 0.7, U)
special.betainccinv(2.5, 0.7, U)
special.beta(P, P23)
special.beta(S, P)
special.betaln(P, P23)
special.betaln(P, S)
special.binom(5.0 + V, P23)
special.zeta(2.0, P)
special.zeta(3, S)
special.erf(V)
special.erf(A23)
special.erfc(V)
special.erfi(V)
special.erfinv(U)
special.erfcinv(2.0 * U)
special.ndtr(V)
special.log_ndtr(3.0 * V)
special.ndtri(U)
special.ndtri_exp(-P)
special.owens_t(V, A23)
special.owens_t(S, V)
special.expit(V)
special.expit(S)
special.log_expit(A23)
special.softplus(V)
special.logit(U)
special.entr(P)
special.rel_entr(P, P23)
special.rel_entr(S, P)
special.kl_div(P, P23)
special.kl_div(P, S)
special.exp2(V)
special.exp10(V)
special.expm1(V)
special.log1p(P)
special.cbrt(P)
special.powm1(P, A23)
special.exprel(V)
special.exprel(0.0 * V)
special.boxcox(P, V)
special.boxcox(P, 0.0 * S)
special.boxcox1p(P, V)
special.inv_boxcox(P, 0.3 * U)
special.inv_boxcox1p(P, 0.3 * U)
special.cosm1(V)
special.sindg(20.0 * V)
special.cosdg(20.0 * V)
special.tandg(20.0 * V)
special.cotdg(20.0 * P)
special.radian(V, S, A23)
special.diric(V, 5)
special.diric(0.0 * V, 4)
special.diric(V, 1)
special.huber(P, 3.0 * A23)
special.pseudo_huber(P, A23)
special.pseudo_huber(S, V)
special.exp1(P)
special.expi(P)
special.expn(0, P)
special.expn(1, P)
special.expn(3, P)
special.expn(3, 0.0 * S)
special.wrightomega(V)
special.spence(P)
special.spence(1.0 + 0.0 * S)
special.j0(V)
special.j1(V)
special.y0(P)
special.y1(P)
special.jv(2, V)
special.jv(0, V)
special.jv(1.5, P)
special.yn(0, P)
special.yn(2, P)
special.yv(1.5, P)
special.i0(V)
special.i1(V)
special.i0e(V)
special.i1e(V)
special.k0(P)
special.k1(P)
special.k0e(P)
special.k1e(P)
special.iv(2, V)
special.iv(0.5, P)
special.kv(1.5, P)
special.kn(0, P)
special.kn(2, P)
special.kve(1.5, P)
special.jve(1.5, P)
special.yve(1.5, P)
special.ive(1, V)
special.ive(1.5, P)
special.jvp(2, V)
special.jvp(2, V, 2)
special.yvp(1, P)
special.ivp(2, V)
special.kvp(1, P)
special.spherical_jn(0, P)
special.spherical_jn(2, P)
special.spherical_jn(2, P, derivative=True)
special.spherical_yn(0, P)
special.spherical_yn(2, P, True)
special.spherical_in(0, P)
special.spherical_in(2, P)
special.spherical_in(1, P, True)
special.spherical_kn(0, P)
special.spherical_kn(2, P)
special.spherical_kn(1, P, True)
special.struve(0, P)
special.struve(1.5, P)
special.modstruve(0, P)
special.modstruve(1.5, P)
special.ber(P)
special.bei(P)
special.ker(P)
special.kei(P)
special.berp(P)
special.beip(P)
special.kerp(P)
special.keip(P)
special.itstruve0(P)
special.itmodstruve0(P)
special.it2struve0(P)
special.ellipk(0.5 * U)
special.ellipk(-P)
special.ellipkm1(P)
special.ellipe(0.5 * U)
special.ellipe(-P)
special.agm(P, P23)
special.ellipkinc(3.0 * A23, 0.5 * U)
special.ellipkinc(S, -P)
special.ellipeinc(3.0 * A23, 0.5 * U)
special.ellipeinc(S, -P)
special.elliprc(P, P23)
special.elliprf(P, P23, 2.0 * S)
special.elliprg(P, P23, 2.0 * S)
special.elliprd(P, 0.3 * P23, 3.0 * S)
special.elliprj(P, 0.3 * P23, 3.0 * S, 5.0 * S)
special.hyp0f1(1.5, V)
special.hyp1f1(1.5, 2.5, V)
special.hyp2f1(1.5, 0.5, 2.5, U)
special.hyp2f1(1.5, 0.5, 2.5, -P)
special.hyperu(1.5, 2.5, P)
special.wright_bessel(1.5, 2.5, P)
special.log_wright_bessel(1.5, 2.5, P)
special.eval_jacobi(3, 0.5, 1.5, V)
special.eval_jacobi(0, 0.5, 1.5, V)
special.eval_jacobi(2.5, 0.5, 1.5, U)
special.eval_sh_jacobi(3, 2.5, 1.5, U)
special.eval_gegenbauer(3, 0.5, V)
special.eval_gegenbauer(0, 0.5, V)
special.eval_legendre(3, V)
special.eval_legendre(0, V)
special.eval_legendre(1, V)
special.eval_legendre(2, S / S)
special.eval_sh_legendre(3, U)
special.eval_chebyt(3, V)
special.eval_chebyt(0, V)
special.eval_chebyu(3, V)
special.eval_chebyu(0, V)
special.eval_sh_chebyt(3, U)
special.eval_sh_chebyu(3, U)
special.eval_chebyc(3, V)
special.eval_chebys(3, V)
special.eval_laguerre(3, V)
special.eval_laguerre(0, V)
special.eval_genlaguerre(3, 0.5, V)
special.eval_genlaguerre(0, 0.5, V)
special.assoc_laguerre(V, 3, 0.5)
special.assoc_laguerre(V, 2)
special.eval_hermite(3, V)
special.eval_hermite(0, V)
special.eval_hermitenorm(3, V)
special.eval_hermitenorm(0, V)
special.legendre_p(3, V)
special.lpmv(1, 3, U)
special.lpmv(0, 0, U)
special.lpmv(2, 3, -U)
special.stdtr(2.5, V)
special.stdtrit(2.5, U)
special.chdtr(2.5, P)
special.chdtr(2, P)
special.chdtrc(2.5, P)
special.chdtri(2.5, U)
special.gdtr(P, 2.5, P23)
special.gdtrc(P, 2.5, P23)
special.gdtrix(P, 2.5, U)
special.fdtr(2.5, 3.5, P)
special.fdtrc(2.5, 3.5, P)
special.fdtri(2.5, 3.5, U)
special.bdtr(2, 5, U)
special.bdtr(2.5, 5, U)
special.bdtrc(2, 5, U)
special.bdtri(2, 5, U)
special.pdtr(2, P)
special.pdtrc(2, P)
special.pdtri(2, U)
special.nbdtr(2, 5, U)
special.nbdtrc(2, 5, U)
special.nbdtri(2, 5, U)
special.tklmbda(V, 0.3)
special.tklmbda(P, 1.5)
special.nrdtrimn(U, P23, V)
"""

# methods of distributions: a sample of the standard form, and its shapes; of the first group all shapes vary
DENSITIES = {
    **dict.fromkeys(("norm", "laplace", "logistic", "cauchy", "gumbel_r", "gumbel_l", "expon", "halfnorm", "rayleigh"), "P23, 0.1 * S, P"),
    **dict.fromkeys(("t", "gamma", "invgamma", "chi2", "lognorm", "weibull_min", "skewnorm"), "P23, 1.0 + U, 0.1 * S, P"),
    "uniform": "P23, 0.1 * S, 5.0 * P",
    "pareto": "P23 + 4.0 * P, 1.0 + U, 0.1 * S, P",
    "beta": "P23, 1.5 + U, 1.0 + P, 0.1 * S, 5.0 * P",
    "f": "P23, 1.5 + U, 1.0 + P, 0.1 * S, P",
}
SHAPES = {"uniform": "", "beta": "2.5, 3.5, ", "f": "2.5, 3.5, "}
for _name, _args in DENSITIES.items():
    _shapes = SHAPES.get(_name, "1.5, " if "U," in _args else "")
    _x, _place = _args.partition(",")[0], _args[_args.index("0.1 * S") :]
    TEXT += "".join(f"stats.{_name}.{method}({_args})\n" for method in ("logpdf", "pdf"))
    TEXT += "".join(f"stats.{_name}.{method}({_x}, {_shapes}{_place})\n" for method in ("cdf", "sf", "logcdf", "logsf"))
    TEXT += "".join(f"stats.{_name}.{method}(U, {_shapes}{_place})\n" for method in ("ppf", "isf"))
COUNTS = {"poisson": "[0, 2, 5], P", "bernoulli": "[0, 1, 1], U", "binom": "[0, 2, 5], 5, U", "nbinom": "[0, 2, 5], P, U", "geom": "[1, 2, 5], U"}
TEXT += "".join(f"stats.{name}.{method}({args})\n" for name, args in COUNTS.items() for method in ("logpmf", "pmf"))
TEXT += "".join(f"stats.{name}.{method}({COUNTS[name]})\n" for name in ("poisson", "binom") for method in ("cdf", "sf"))

# by the identity of the primitive; what an older SciPy lacks is left out
LINES: dict[Hashable, list[str]] = defaultdict(list)
for _line in TEXT.strip().splitlines():
    _module, *_path = re.match(r"[\w.]+", _line)[0].split(".")  # type: ignore[index]
    if (_primitive := functools.reduce(lambda x, name: getattr(x, name, None), _path, MODULES[_module])) is not None:
        LINES[identity(_primitive)].append(_line)
