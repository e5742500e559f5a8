"""Distances of places from lines, many at once: whole arrays, in the tangent plane of each place.

Seen from straight above a place (orthographic), a line that passes near it is all but straight: a
piece of 50 km bulges by 49 m, of which 2.3 m show at 300 km. What is d km away is R sin(d/R) km
from the middle of that picture. So distances up to ``NEAR_KM`` are right to 4 m, those up to 1 km
to 5 cm (``tests/test_near_lines.py``).
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from routecheck.geometry.ellipsoid import A_KM, B_KM
from routecheck.geometry.index import positions

__all__ = ["NEAR_KM", "NearLines"]

Array = npt.NDArray[np.float64]

NEAR_KM: Final = 300.0

PIECE_KM: Final = 50.0

AT_ONCE: Final = 30_000
"""Pairs of place and piece: some MB."""

R_KM: Final = 6371.0

BEND_KM: Final = 0.01
"""More than edges of 100 km bend off the lines that they are drawn beside here."""


class NearLines:
    """Edges of at most 100 km cut into pieces, to measure from.

    Parameters
    ----------
    edges : (n, 4) float array
        lon1, lat1, lon2, lat2, degrees.
    """

    __slots__ = ("_begin", "_length2", "_step")

    def __init__(self, edges: Array) -> None:
        begin, end = positions(edges[:, 0], edges[:, 1]), positions(edges[:, 2], edges[:, 3])
        step = end - begin
        parts = np.maximum(1, np.ceil(np.sqrt((step * step).sum(axis=1)) / PIECE_KM)).astype(int)
        edge = np.repeat(np.arange(len(edges)), parts)
        number = np.arange(len(edge)) - np.repeat(np.cumsum(parts) - parts, parts)
        up = _normals((begin + end) / 2)[edge]
        low, high = number / parts[edge], (number + 1) / parts[edge]
        first = _on_surface(begin[edge] + low[:, None] * step[edge], up)
        last = _on_surface(begin[edge] + high[:, None] * step[edge], up)
        self._begin, self._step = first, last - first

    def away_km(self, lon: Array, lat: Array) -> Array:
        """Distance of places from the nearest line; inf where that is more than ``NEAR_KM``."""
        found = np.empty(len(lon))
        places = positions(lon, lat)
        share = max(1, AT_ONCE // max(1, len(self._begin)))
        for first in range(0, len(lon), share):
            some = slice(first, first + share)
            found[some] = self._away_km(places[some])
        return found

    def at_least_km(self, lon: Array, lat: Array) -> Array:
        """No place is nearer to the lines than this."""
        centre = (self._begin.max(axis=0) + self._begin.min(axis=0)) / 2
        ends = np.vstack((self._begin, self._begin + self._step)) - centre
        radius = float(np.sqrt((ends * ends).sum(axis=1).max()))
        away = positions(lon, lat) - centre
        # through the Earth is shorter than along it
        low: Array = np.sqrt((away * away).sum(axis=1)) - radius - 1.0
        return low

    def covers(self, edges: Array, within_km: float) -> npt.NDArray[np.bool_]:
        """Which edges surely lie within some km, at most ``NEAR_KM``, of the lines throughout.

        That is where both ends lie so near to one and the same piece: the distance from a straight
        line has no maximum between them. Edges of which that cannot be said may do so too.
        """
        start, end = positions(edges[:, 0], edges[:, 1]), positions(edges[:, 2], edges[:, 3])
        most2 = max(0.0, within_km - BEND_KM) ** 2
        found = np.empty(len(edges), dtype=np.bool_)
        share = max(1, AT_ONCE // max(1, len(self._begin)))
        for first in range(0, len(edges), share):
            some = slice(first, first + share)
            both = (self._flat2(start[some]) <= most2) & (self._flat2(end[some]) <= most2)
            found[some] = both.any(axis=1)
        return found

    def _away_km(self, places: Array) -> Array:
        flat = np.sqrt(np.maximum(self._flat2(places).min(axis=1), 0.0))
        away = R_KM * np.arcsin(np.minimum(flat / R_KM, 1.0))
        return np.where(flat <= NEAR_KM, away, np.inf)

    def _flat2(self, places: Array) -> Array:
        """Square of the distance of each place from each piece, seen from above the place."""
        up = _normals(places)
        # from_place = begin - place, written out so that no array has three axes
        middle = self._begin.mean(axis=0)
        begin, place, step = self._begin - middle, places - middle, self._step
        height = up @ begin.T - (up * place).sum(axis=1)[:, None]
        rise = up @ step.T
        length2 = (step * step).sum(axis=1) - rise**2
        along = (begin * step).sum(axis=1) - place @ step.T - height * rise
        square = (
            (begin * begin).sum(axis=1) - 2.0 * (place @ begin.T)
            + (place * place).sum(axis=1)[:, None]
        )  # fmt: skip
        part = np.clip(-along / np.maximum(length2, 1e-12), 0.0, 1.0)
        flat2: Array = square - height**2 + part * (2.0 * along + part * length2)
        flat2[square > (1.2 * NEAR_KM) ** 2] = np.inf  # the far side of the Earth looks near
        return flat2


def _normals(points: Array) -> Array:
    """Unit vectors straight up."""
    up = points * np.array([1.0, 1.0, (A_KM / B_KM) ** 2])
    unit: Array = up / np.sqrt((up * up).sum(axis=1))[:, None]
    return unit


def _on_surface(points: Array, up: Array) -> Array:
    """Points below the surface by less than 1 km, brought up to it: two steps leave nothing."""
    scale = np.array([1.0 / A_KM, 1.0 / A_KM, 1.0 / B_KM])
    for _ in range(3):
        q, d = points * scale, up * scale
        missing = 1.0 - (q * q).sum(axis=1)
        points = points + (missing / (2.0 * (q * d).sum(axis=1)))[:, None] * up
    return points
