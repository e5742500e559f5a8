"""How far a place lies from a leg: the foot of the perpendicular on the geodesic."""

from __future__ import annotations

from typing import Final

import numpy as np

from routecheck.geometry.ellipsoid import geod
from routecheck.geometry.legs import Legs, split
from routecheck.geometry.nearest import foot_km

__all__ = ["offset_km"]

ROUNDS: Final = 6
"""Each round shrinks the error by the ellipsoid's 0.5 %: from 100 km to far below 1 mm."""


def offset_km(legs: Legs, lon: float, lat: float) -> float:
    """Least WGS84 distance, km, of a place (degrees) from some legs.

    The nearest way-point, at most 100 km from the foot, starts an iteration towards it.
    """
    pieces = split(legs)
    leg = np.concatenate((pieces.leg, pieces.leg))
    km = np.concatenate((pieces.start_km, pieces.start_km + pieces.length_km))
    there_lon, there_lat, _ = legs.at(leg, km)
    metres = _metres(there_lon, there_lat, lon, lat)[1]
    start = int(np.argmin(metres))
    which, s = leg[start : start + 1], km[start : start + 1].copy()
    best = float(metres[start])
    for _ in range(ROUNDS):
        at_lon, at_lat, heading = legs.at(which, s)
        azimuth, away = _metres(at_lon, at_lat, lon, lat)
        best = min(best, float(away[0]))
        s = np.clip(s + foot_km(away / 1000, azimuth - heading), 0.0, legs.length_km[which])
    return best / 1000


def _metres(
    lon: np.ndarray, lat: np.ndarray, to_lon: float, to_lat: float
) -> tuple[np.ndarray, np.ndarray]:
    """Azimuth, degrees, and distance, metres, to one place."""
    count = len(lon)
    azimuth, _, metres = geod().inv(lon, lat, np.full(count, to_lon), np.full(count, to_lat))
    return np.asarray(azimuth), np.asarray(metres)
