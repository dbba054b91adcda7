"""The models of astropy: static methods that may be given quantities with units."""

from __future__ import annotations

import astropy.modeling  # noqa: F401

from tests.packages import POSITIVE, VECTOR, VECTOR_2, Found


def every(where: str, *args: object) -> Found:
    """A model with respect to its position and its parameters."""
    return Found(f"astropy.modeling.{where}.evaluate", args, tuple(range(len(args))))


def fitted(where: str, *args: object) -> Found:
    """A model with respect to its parameters, whose derivatives astropy knows."""
    return Found(f"astropy.modeling.{where}.evaluate", args, tuple(range(1, len(args))), own=f"astropy.modeling.{where}.fit_deriv")


FOUND = [
    every("functional_models:Gaussian1D", VECTOR, 1.1, 0.5, 0.8),
    every("functional_models:Gaussian2D", VECTOR, VECTOR_2, 1.1, 0.5, 0.8, 1.3, 0.2, 0.4),
    every("functional_models:Lorentz1D", VECTOR, 1.1, 0.5, 0.8),
    every("functional_models:Moffat1D", VECTOR, 1.1, 0.5, 0.8, 1.3),
    every("functional_models:Sine1D", VECTOR, 1.1, 0.5, 0.8),
    every("functional_models:RickerWavelet1D", VECTOR, 1.1, 0.5, 0.8),
    every("functional_models:Exponential1D", VECTOR, 1.1, 0.5),
    every("powerlaws:PowerLaw1D", POSITIVE, 1.1, 0.5, 0.8),
    every("powerlaws:BrokenPowerLaw1D", POSITIVE, 1.1, 1.0, 0.8, 1.2),
    every("powerlaws:SmoothlyBrokenPowerLaw1D", POSITIVE, 1.1, 1.0, 0.8, 1.2, 0.5),
    every("powerlaws:LogParabola1D", POSITIVE, 1.1, 0.5, 0.8, 0.3),
    fitted("functional_models:Gaussian1D", VECTOR, 1.1, 0.5, 0.8),
    fitted("functional_models:Lorentz1D", VECTOR, 1.1, 0.5, 0.8),
    fitted("functional_models:Moffat1D", VECTOR, 1.1, 0.5, 0.8, 1.3),
    fitted("functional_models:Sine1D", VECTOR, 1.1, 0.5, 0.8),
    fitted("functional_models:Exponential1D", VECTOR, 1.1, 0.5),
    fitted("powerlaws:PowerLaw1D", POSITIVE, 1.1, 0.5, 0.8),
    fitted("powerlaws:BrokenPowerLaw1D", POSITIVE, 1.1, 1.0, 0.8, 1.2),
    fitted("powerlaws:LogParabola1D", POSITIVE, 1.1, 0.5, 0.8, 0.3),
]
