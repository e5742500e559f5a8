"""The WGS84 ellipsoid: its numbers, the geodesics of PROJ, and rigorous bounds.

*Geodesics* outside the kernel come from PROJ's routines (Karney, "Algorithms for geodesics",
J. Geodesy 87, 2013), through :class:`pyproj.Geod`: 15 nm. The *geodetic sphere* takes geodetic
latitude for spherical latitude. A curve of spherical length σ is between ``R_MIN_KM`` σ and
``R_MAX_KM`` σ long on the ellipsoid, because every radius of curvature is: bounds that hold
everywhere.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from pyproj import Geod

__all__ = [
    "ERROR_KM",
    "MAX_REACH_KM",
    "R_MAX_KM",
    "R_MIN_KM",
    "angle_between",
    "geod",
    "unit_vectors",
    "wrap_degrees",
]

Array = npt.NDArray[np.float64]

A_KM: Final = 6378.137
"""Equatorial radius of WGS84, km."""

FLATTENING: Final = 1.0 / 298.257223563
B_KM: Final = A_KM * (1.0 - FLATTENING)
E2: Final = FLATTENING * (2.0 - FLATTENING)
E: Final = E2**0.5
SECOND_E2: Final = E2 / (1.0 - E2)

R_MIN_KM: Final = B_KM**2 / A_KM
"""Smallest radius of curvature: the meridian's at the equator, 6335.439 km."""

R_MAX_KM: Final = A_KM**2 / B_KM
"""Largest radius of curvature: at the poles, 6399.594 km."""

ERROR_KM: Final = 0.010
"""Stated bound of every distance to a zone, km. Measured errors stay below 2 m; the rest is
the refinement of zone edges (2 m) and reserve."""

MAX_REACH_KM: Final = 1100.0
"""As far from an outline as a check looks: stand-off and doubt together."""


@cache
def geod() -> Geod:
    """The WGS84 geodesic solver, made once (pyproj takes 50 ms to import)."""
    from pyproj import Geod  # noqa: PLC0415

    return Geod(ellps="WGS84")


def wrap_degrees(lon: Array) -> Array:
    """Longitudes, degrees, brought to [-180, 180)."""
    return (lon + 180.0) % 360.0 - 180.0


def unit_vectors(lon: Array, lat: Array) -> Array:
    """(n, 3) unit vectors on the geodetic sphere for longitudes and latitudes in degrees."""
    lam, phi = np.radians(lon), np.radians(lat)
    cos_phi = np.cos(phi)
    return np.stack((cos_phi * np.cos(lam), cos_phi * np.sin(lam), np.sin(phi)), axis=-1)


def angle_between(u: Array, v: Array) -> Array:
    """Angle between unit vectors (…, 3), radians, from the chord: exact for small angles too."""
    step = u - v
    chord = np.sqrt(np.einsum("...i,...i->...", step, step))
    angle: Array = 2.0 * np.arcsin(np.minimum(1.0, chord / 2.0))
    return angle
