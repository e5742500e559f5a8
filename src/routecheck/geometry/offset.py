"""How far a place lies from a leg: the foot of the perpendicular on the geodesic."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from routecheck.geometry.ellipsoid import geod
from routecheck.geometry.legs import Legs

__all__ = ["offset_km"]

STEP_KM: Final = 200.0
"""Spacing of the places that the search starts from."""

MEAN_RADIUS_KM: Final = 6371.0
"""Only steers the iteration; each round shrinks the error by the ellipsoid's 0.5 %."""

ROUNDS: Final = 6
"""From 100 km to far below 1 mm."""


def offset_km(legs: Legs, lon: float, lat: float) -> float:
    """Least WGS84 distance, km, of a place (degrees) from some legs.

    The nearest way-point, at most 100 km from the foot, starts an iteration towards it.
    """
    steps = [max(1, math.ceil(km / STEP_KM)) for km in legs.length_km.tolist()]
    leg = np.repeat(np.arange(len(legs)), np.add(steps, 1))
    km = np.concatenate(
        [np.linspace(0.0, length, n + 1) for length, n in zip(legs.length_km, steps, strict=True)]
    )
    there_lon, there_lat, _ = legs.at(leg, km)
    metres = _metres(there_lon, there_lat, lon, lat)[1]
    start = int(np.argmin(metres))
    which, s = leg[start : start + 1], km[start : start + 1].copy()
    best = float(metres[start])
    for _ in range(ROUNDS):
        at_lon, at_lat, heading = legs.at(which, s)
        azimuth, away = _metres(at_lon, at_lat, lon, lat)
        best = min(best, float(away[0]))
        s = np.clip(s + _ahead_km(away / 1000, azimuth - heading), 0.0, legs.length_km[which])
    return best / 1000


def _ahead_km(
    distance_km: npt.NDArray[np.float64], angle_deg: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """How far ahead on a line the foot of a point lies, km: a step towards it on the ellipsoid.

    The point is ``distance_km`` away, in a direction at ``angle_deg`` to the line. A rule of right
    spherical triangles: tan(step) = tan(d) cos(angle).
    """
    d = distance_km / MEAN_RADIUS_KM
    cosine = np.cos(np.radians(angle_deg))
    ahead: npt.NDArray[np.float64] = MEAN_RADIUS_KM * np.arctan2(np.sin(d) * cosine, np.cos(d))
    return ahead


def _metres(
    lon: np.ndarray, lat: np.ndarray, to_lon: float, to_lat: float
) -> tuple[np.ndarray, np.ndarray]:
    """Azimuth, degrees, and distance, metres, to one place."""
    count = len(lon)
    azimuth, _, metres = geod().inv(lon, lat, np.full(count, to_lon), np.full(count, to_lat))
    return np.asarray(azimuth), np.asarray(metres)
