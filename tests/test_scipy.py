"""What the walk over the table does not say of SciPy's rules: sparse operands, when they are read, what is refused, and at the edges."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from differences import difference
from scipy import integrate, signal, sparse, special, stats

import tangentx as tx

DENSE = np.array([[1.0, 2.0, 0.0], [0.0, 3.0, 1.0], [0.5, 0.0, 2.0]])
V, MATRIX = np.array([1.0, 2.0, -0.5]), np.array([[1.0, 0.5], [-2.0, 0.3], [0.2, 1.1]])
SPARSE = sparse.csr_matrix(DENSE)


def product(a: Any, v: Any) -> Any:
    return np.sum(np.sin(a @ v))


def product_from_the_left(a: Any, v: Any) -> Any:
    return np.sum(np.sin(v @ a))


def method(a: Any, v: Any) -> Any:
    return np.sum(np.sin(a.dot(v)))


def transposed(a: Any, v: Any) -> Any:
    return np.sum(np.sin(a.T @ v))


@pytest.mark.parametrize("kind", [sparse.csr_matrix, sparse.csc_array, sparse.coo_array])
@pytest.mark.parametrize("v", [V, MATRIX], ids=["vector", "matrix"])
@pytest.mark.parametrize("f", [product, product_from_the_left, method, transposed])
def test_products_of_sparse_matrices(f: Any, v: np.ndarray, kind: Any) -> None:
    if f is product_from_the_left:
        v = v.T
    a, dot = kind(DENSE), np.cos(v)
    np.testing.assert_allclose(tx.grad(f, 1)(a, v), tx.grad(f, 1)(DENSE, v))
    np.testing.assert_allclose(tx.jvp(f, 1)(a, v, v_dot=dot), tx.jvp(f, 1)(DENSE, v, v_dot=dot))
    np.testing.assert_allclose(tx.hvp(f, 1)(a, v, v_dot=dot), tx.hvp(f, 1)(DENSE, v, v_dot=dot))


def of_a_global(v: Any) -> Any:
    for _ in range(3):
        v = v + 0.1 * (SPARSE @ v)
    return np.sum(v * v)


def test_a_sparse_global() -> None:
    value, error = difference(lambda h: np.array(of_a_global(V + h * MATRIX[:, 0])), 0.01)
    assert np.dot(tx.grad(of_a_global)(V), MATRIX[:, 0]) == pytest.approx(float(value), rel=1e-8, abs=20 * float(np.max(error)))


def star(a: Any, v: Any) -> Any:
    return np.sum(a * v)


def star_of_a_sum(a: Any, v: Any) -> Any:
    twice = a + a.T
    return np.sum(twice * v)


def walk(a: Any, v: Any) -> Any:
    for _ in range(2):
        v = a * v
    return v


def star_inside(a: Any, v: Any) -> Any:
    return np.sum(walk(a, v))


@pytest.mark.parametrize("f", [star, star_of_a_sum, star_inside])
def test_the_star_of_a_sparse_argument(f: Any) -> None:
    """It is a product of matrices where the class is an older one; of newer ones it is taken element by element."""
    for derivative in (tx.grad(f, 1), tx.jvp(f, 1)):
        with pytest.raises(tx.errors.ArgumentError, match="a csr_matrix stands in an operator"):
            derivative(sparse.csr_matrix(DENSE), V, **({} if derivative.__name__.startswith("d") else {"v_dot": V}))
    np.testing.assert_allclose(tx.grad(star, 1)(sparse.csr_array(DENSE), V), tx.grad(star, 1)(DENSE, V))


def made_sparse(v: Any) -> Any:
    return np.sum(sparse.csr_matrix(np.outer(v, v)) @ v)


def diagonal_star(v: Any) -> Any:
    a = sparse.diags(DENSE[0]) + sparse.eye(3)
    return np.sum(a * v)


def frozen(v: Any) -> Any:
    return stats.norm(0.0, v[0]).logpdf(1.0)


def shape_of_gamma(v: Any) -> Any:
    return stats.gamma.cdf(1.0, v[0])


def count(v: Any) -> Any:
    return stats.poisson.logpmf(v[0], 2.0)


def integral(v: Any) -> Any:
    return integrate.quad(np.sin, 0.0, v[0])[0]


def there_and_back(v: Any) -> Any:
    return np.sum(signal.filtfilt([0.5, 0.5], [1.0], v))


def state(v: Any) -> Any:
    return signal.lfilter([0.5, 0.5], [1.0], v, zi=v[:1])[0][0]


def extended(v: Any) -> Any:
    return np.sum(signal.convolve2d(np.outer(v, v), np.ones((2, 2)), boundary="wrap"))


def order(v: Any) -> Any:
    return special.jv(v[0], 1.0)


REFUSED = [
    (made_sparse, "no derivative is known for sparse.csr_matrix"),
    (diagonal_star, "a is a matrix of scipy.sparse, whose * is a product of matrices"),
    (frozen, "stats.norm has no derivative: a frozen distribution is an object that keeps its parameters"),
    (shape_of_gamma, "gamma.cdf has no derivative with respect to 'a'"),
    (count, "poisson.logpmf has no derivative with respect to 'k'"),
    (integral, "integrate.quad has no derivative: the derivative of an integral with respect to what its integrand reads is another integral"),
    (there_and_back, "signal.filtfilt has no derivative: it has no rule yet"),
    (state, "this call of signal.lfilter has no derivative: got an unexpected keyword argument 'zi'"),
    (extended, "this call of signal.convolve2d has no derivative: got an unexpected keyword argument 'boundary'"),
    (order, "jv has no derivative with respect to 'v'"),
]


@pytest.mark.parametrize(("f", "message"), REFUSED, ids=[f.__name__ for f, _ in REFUSED])
def test_refused(f: Any, message: str) -> None:
    with pytest.raises(tx.errors.NotDifferentiable) as caught:
        tx.grad(f)(V)
    assert str(caught.value).splitlines()[0] == message


def test_rules_are_read_once_their_library_is_imported() -> None:
    program = """
import sys
import numpy as np
import tangentx as tx

def f(x): return np.sin(x)
tx.grad(f)
assert not [name for name in sys.modules if name.startswith("scipy")]
from scipy import special
def g(x): return special.erf(x)
tx.grad(g)
assert "scipy.stats" not in sys.modules
from scipy import stats
def h(x): return stats.norm.logpdf(x)
print(tx.grad(h)(2.0))
"""
    with_source = f"import linecache\ntext = {program!r}\nlinecache.cache['program'] = (len(text), None, text.splitlines(True), 'program')\n"
    done = subprocess.run([sys.executable, "-c", f"{with_source}exec(compile(text, 'program', 'exec'))"], capture_output=True, text=True)
    assert done.stdout == "-2.0\n", done.stderr


@pytest.mark.parametrize(
    ("f", "x", "expected"),
    [
        (lambda x: special.xlogy(x, 0.0), 0.0, 0.0),
        (lambda x: special.xlogy(0.0, x), 0.0, 0.0),
        (lambda x: special.xlog1py(0.0, x), -1.0, 0.0),
        (lambda x: special.rel_entr(0.0, x), 0.0, 0.0),
        (lambda x: special.kl_div(0.0, x), 2.0, 1.0),
        (lambda x: special.rgamma(x), -1.0, -1.0),
        (lambda x: special.spence(x), 1.0, -1.0),
        (lambda x: special.exprel(x), 0.0, 0.5),
        (lambda x: special.diric(x, 5), 0.0, 0.0),
        (lambda x: special.eval_legendre(4, x), 1.0, 10.0),
        (lambda x: special.ellipk(x), 0.0, np.pi / 8),
        (lambda x: special.ellipe(x), 0.0, -np.pi / 8),
        (lambda x: special.ellipkinc(x, 0.3), 0.0, 1.0),
        (lambda x: special.ellipkinc(0.5, x), 1.0, (np.tan(0.5) / np.cos(0.5) - np.arctanh(np.sin(0.5))) / 4),
        (lambda x: special.logsumexp(np.array([x, -np.inf])), -np.inf, 0.0),
        (lambda x: special.logsumexp(np.array([1000.0, x]), b=np.array([0.0, 1.0])), 3.0, 1.0),
        (lambda x: stats.expon.pdf(x), -1.0, 0.0),
        (lambda x: stats.gamma.logpdf(x, 2.5), -1.0, 0.0),
        (lambda x: stats.uniform.cdf(x, 0.0, 2.0), 3.0, 0.0),
        (lambda x: stats.beta.pdf(x, 2.0, 3.0), 1.5, 0.0),
    ],
)  # fmt: skip
def test_at_the_edge(f: Any, x: float, expected: float) -> None:
    with np.errstate(all="ignore"):
        assert tx.grad(f)(x) == pytest.approx(expected)
        assert tx.jvp(f)(x, x_dot=1.0)[1] == pytest.approx(expected)
