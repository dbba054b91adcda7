import scipy.integrate


def f(x):
    return scipy.integrate.quad(lambda t: x * t, 0.0, 1.0)[0]

# error
# UnsupportedSyntax: scipy.integrate.quad has no derivative: the derivative of an integral with respect to what its integrand reads is another integral
#   File "model.py", line 5, in f
#     5 |     return scipy.integrate.quad(lambda t: x * t, 0.0, 1.0)[0]
#       |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
#   Add up samples (weights @ f(nodes) with np.polynomial.legendre.leggauss, or scipy.integrate.simpson), or declare a rule for it.
