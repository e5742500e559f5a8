"""Geodesic legs between two points, and the short pieces they are cut into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from routecheck.geometry.ellipsoid import geod

__all__ = ["PIECE_KM", "Legs", "Pieces", "split"]

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

PIECE_KM: Final = 200.0
"""Longest piece: within it the geodesic stays 0.1 m from the local sphere's great circle."""


@dataclass(frozen=True, slots=True, eq=False)
class Legs:
    """Shortest WGS84 geodesics between pairs of points: all fields are (n,) arrays.

    Attributes
    ----------
    lon1, lat1, lon2, lat2 : degrees
    azimuth : degrees
        Direction at the start, clockwise from north.
    length_km : km
    """

    lon1: Array
    lat1: Array
    lon2: Array
    lat2: Array
    azimuth: Array
    length_km: Array

    def __len__(self) -> int:
        return len(self.lon1)

    @classmethod
    def between(cls, ends: npt.ArrayLike) -> Legs:
        """Legs for an (n, 4) array of lon1, lat1, lon2, lat2 in degrees.

        Raises
        ------
        ValueError
            If the shape is not (n, 4), a number is not finite, or a place is none on Earth.
        """
        try:
            raw = np.asarray(ends)
            array = raw.astype(np.float64) if raw.dtype.kind in "iufO" else None
        except (TypeError, ValueError):
            array = None
        if array is None:
            raise ValueError(
                "routes are not numbers: give an (n, 4) array of lon1, lat1, lon2, lat2 in degrees"
            )
        if array.ndim != 2 or array.shape[1] != 4:
            raise ValueError(
                f"routes must be an (n, 4) array of lon1, lat1, lon2, lat2, not {array.shape}"
            )
        bad = ~(
            np.isfinite(array).all(axis=1)
            & (np.abs(array[:, (1, 3)]) <= 90).all(axis=1)
            & (np.abs(array[:, (0, 2)]) <= 540).all(axis=1)
        )
        if bad.any():
            row = int(np.argmax(bad))
            raise ValueError(
                f"row {row} of routes is {array[row].tolist()}: write lon1, lat1, lon2, lat2 in "
                "degrees, latitudes within ±90, longitudes within ±540, nothing missing"
            )
        lon1, lat1, lon2, lat2 = (np.ascontiguousarray(column) for column in array.T)
        azimuth, _, length_m = geod().inv(lon1, lat1, lon2, lat2)
        return cls(lon1, lat1, lon2, lat2, np.asarray(azimuth), np.asarray(length_m) / 1000)

    def take(self, which: Indices | slice) -> Legs:
        """The legs at these positions."""
        return Legs(
            self.lon1[which], self.lat1[which], self.lon2[which], self.lat2[which],
            self.azimuth[which], self.length_km[which],
        )  # fmt: skip

    def at(self, leg: Indices, km: Array) -> tuple[Array, Array, Array]:
        """Longitude, latitude and forward azimuth, degrees, at distances along these legs."""
        lon, lat, back = geod().fwd(self.lon1[leg], self.lat1[leg], self.azimuth[leg], km * 1000)
        return np.asarray(lon), np.asarray(lat), np.asarray(back) + 180.0


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Pieces of legs, each at most ``PIECE_KM`` long: all fields are (m,) arrays, in order."""

    leg: Indices
    start_km: Array
    length_km: Array
    lon1: Array
    lat1: Array
    lon2: Array
    lat2: Array

    def __len__(self) -> int:
        return len(self.leg)


def split(legs: Legs) -> Pieces:
    """Cut legs into equal pieces at way-points on the geodesic."""
    count = np.maximum(1, np.ceil(legs.length_km / PIECE_KM)).astype(np.int64)
    leg = np.repeat(np.arange(len(legs)), count)
    first = np.cumsum(count) - count
    step = np.arange(len(leg)) - first[leg]
    length_km = (legs.length_km / count)[leg]
    start_km = step * length_km

    lon1, lat1 = legs.lon1[leg], legs.lat1[leg]
    inner = np.flatnonzero(step)
    lon1[inner], lat1[inner], _ = legs.at(leg[inner], start_km[inner])
    lon2, lat2 = np.roll(lon1, -1), np.roll(lat1, -1)
    last = first + count - 1
    lon2[last], lat2[last] = legs.lon2, legs.lat2
    return Pieces(leg, start_km, length_km, lon1, lat1, lon2, lat2)
