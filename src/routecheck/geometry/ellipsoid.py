"""The WGS84 ellipsoid: exact geodesics, rigorous bounds, and a local sphere good to a metre.

Three views of the same Earth are used, each where it is exact enough:

*   *Geodesics* come from PROJ's geodesic routines (Karney, "Algorithms for geodesics", J. Geodesy
    87, 2013), through :class:`pyproj.Geod`: 15 nm. They place way-points and settle closest
    approaches.
*   The *geodetic sphere* takes geodetic latitude for spherical latitude. A curve of spherical
    length σ is between ``R_MIN_KM`` σ and ``R_MAX_KM`` σ long on the ellipsoid, because every
    radius of curvature is: bounds that hold everywhere, which is what pruning needs.
*   *Gauss's conformal sphere* (1844; also the first step of the oblique stereographic projection,
    EPSG Guidance Note 7-2, 3.2.4) maps the ellipsoid to a sphere with a scale that is 1 to third
    order in the latitude difference from its centre. Within 600 km of the centre distances are
    right to 1 m and a geodesic of 200 km stays within 0.1 m of the great circle
    (``tests/test_conformal.py`` measures both), so that intersections and interval ends have
    closed forms there.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from pyproj import Geod

__all__ = [
    "ERROR_KM",
    "MAX_REACH_KM",
    "R_MAX_KM",
    "R_MIN_KM",
    "ConformalSphere",
    "conformal_sphere",
    "geod",
    "isometric_latitude",
    "on_sphere",
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
"""As far from an outline as a check looks: stand-off and doubt together. The conformal sphere is
good to 6 m there."""

POLAR_DEG: Final = 85.0
"""From here on the conformal sphere is centred on the pole itself, where it has no seam."""


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


def isometric_latitude(lat: Array) -> Array:
    """Isometric latitude ψ of geodetic latitudes in degrees: asinh tan φ - e atanh(e sin φ).

    It stays finite (about ±38) at the poles, where cosh ψ is then 1e16.
    """
    phi = np.radians(lat)
    psi: Array = np.arcsinh(np.tan(phi)) - E * np.arctanh(E * np.sin(phi))
    return psi


class ConformalSphere(NamedTuple):
    """Gauss's conformal sphere about a centre: χ has isometric latitude α ψ + shift."""

    lon0: Array
    alpha: Array
    shift: Array
    radius_km: Array

    def take(self, which: npt.NDArray[np.int64]) -> ConformalSphere:
        """The spheres at these positions."""
        return ConformalSphere(*(field[which] for field in self))


def conformal_sphere(lon0: Array, lat0: Array) -> ConformalSphere:
    """Spheres centred at longitudes and latitudes in degrees (arrays of the same length)."""
    polar = np.abs(lat0) > POLAR_DEG
    sin0, cos0 = np.sin(np.radians(lat0)), np.cos(np.radians(lat0))
    alpha = np.where(polar, 1.0, np.sqrt(1.0 + SECOND_E2 * cos0**4))
    with np.errstate(divide="ignore", invalid="ignore"):
        shift = np.arctanh(sin0 / alpha) - alpha * isometric_latitude(lat0)
    shift = np.where(polar, np.copysign(E * np.arctanh(E), lat0), shift)
    radius_km = np.where(polar, R_MAX_KM, A_KM * (1.0 - E2) ** 0.5 / (1.0 - E2 * sin0**2))
    return ConformalSphere(np.where(polar, 0.0, lon0), alpha, shift, radius_km)


def on_sphere(lon: Array, psi: Array, sphere: ConformalSphere) -> Array:
    """(n, 3) unit vectors of points (longitude in degrees, isometric latitude) on their spheres.

    The seam lies opposite the centre. At 85° of latitude, where a neighbourhood may cross it on
    the far side of the pole, it gapes by 0.5 m.
    """
    lam = sphere.alpha * np.radians(wrap_degrees(lon - sphere.lon0))
    q = sphere.alpha * psi + sphere.shift
    cos_chi = 1.0 / np.cosh(q)
    return np.stack((cos_chi * np.cos(lam), cos_chi * np.sin(lam), np.tanh(q)), axis=-1)
