"""The models of the NIST StRD nonlinear regression problems, each as plain NumPy: parameters ``b``, predictor ``x``."""

import numpy as np


def misra1a(b, x):
    return b[0] * (1 - np.exp(-b[1] * x))


def misra1b(b, x):
    return b[0] * (1 - (1 + b[1] * x / 2) ** -2)


def misra1c(b, x):
    return b[0] * (1 - (1 + 2 * b[1] * x) ** -0.5)


def misra1d(b, x):
    return b[0] * b[1] * x / (1 + b[1] * x)


def chwirut(b, x):
    return np.exp(-b[0] * x) / (b[1] + b[2] * x)


def danwood(b, x):
    return b[0] * x ** b[1]


def lanczos(b, x):
    return b[0] * np.exp(-b[1] * x) + b[2] * np.exp(-b[3] * x) + b[4] * np.exp(-b[5] * x)


def gauss(b, x):
    baseline = b[0] * np.exp(-b[1] * x)
    first = b[2] * np.exp(-((x - b[3]) ** 2) / b[4] ** 2)
    second = b[5] * np.exp(-((x - b[6]) ** 2) / b[7] ** 2)
    return baseline + first + second


def kirby2(b, x):
    return (b[0] + b[1] * x + b[2] * x**2) / (1 + b[3] * x + b[4] * x**2)


def nelson(b, x):
    """The logarithm of the response."""
    time, temperature = x
    return b[0] - b[1] * time * np.exp(-b[2] * temperature)


def mgh09(b, x):
    return b[0] * (x**2 + x * b[1]) / (x**2 + x * b[2] + b[3])


def mgh10(b, x):
    return b[0] * np.exp(b[1] / (x + b[2]))


def rat42(b, x):
    return b[0] / (1 + np.exp(b[1] - b[2] * x))


def eckerle4(b, x):
    return b[0] / b[1] * np.exp(-0.5 * ((x - b[2]) / b[1]) ** 2)


def enso(b, x):
    annual = b[1] * np.cos(2 * np.pi * x / 12) + b[2] * np.sin(2 * np.pi * x / 12)
    el_nino = b[4] * np.cos(2 * np.pi * x / b[3]) + b[5] * np.sin(2 * np.pi * x / b[3])
    southern = b[7] * np.cos(2 * np.pi * x / b[6]) + b[8] * np.sin(2 * np.pi * x / b[6])
    return b[0] + annual + el_nino + southern
