"""Geodesic legs between two points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from routecheck.geometry.ellipsoid import geod
from routecheck.geometry.geodesic import line_between

__all__ = ["Legs", "checked_ends"]

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

FEW: Final = 32
"""So many legs are measured by the kernel's own lines: importing PROJ takes longer."""

LONG_KM: Final = 19_300.0
"""Longer ones are nearly antipodal, and left to PROJ."""


@lru_cache(maxsize=1024)
def _length_km(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Length of one leg: a check asks for it several times."""
    return line_between(lon1, lat1, lon2, lat2).length_km


def checked_ends(ends: npt.ArrayLike) -> Array:
    """An (n, 4) float array of lon1, lat1, lon2, lat2 in degrees.

    Raises
    ------
    ValueError
        If the shape is not (n, 4), a number is not finite, or a place is none on Earth.
    """
    try:
        raw = np.asarray(ends)
        array = raw.astype(np.float64) if raw.dtype.kind in "iufO" else None
    except (TypeError, ValueError, OverflowError):
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
    return array


@dataclass(frozen=True, slots=True, eq=False)
class Legs:
    """Shortest WGS84 geodesics between pairs of points.

    Attributes
    ----------
    ends : (n, 4) float array
        lon1, lat1, lon2, lat2 in degrees.
    length_km : (n,) float array
    """

    ends: Array
    length_km: Array

    def __len__(self) -> int:
        return len(self.ends)

    @classmethod
    def between(cls, ends: npt.ArrayLike) -> Legs:
        """Legs for an (n, 4) array of lon1, lat1, lon2, lat2 in degrees.

        Raises
        ------
        ValueError
            If the shape is not (n, 4), a number is not finite, or a place is none on Earth.
        """
        array = checked_ends(ends)
        if len(array) <= FEW:
            return cls.each(array)
        _, _, metres = geod().inv(*array.T)
        return cls(array, np.asarray(metres) / 1000)

    @classmethod
    def each(cls, ends: npt.ArrayLike) -> Legs:
        """The same, each measured as if it were alone: to the last digit as in a single check."""
        array = checked_ends(ends)
        length_km = np.array([_length_km(*end) for end in array.tolist()], dtype=np.float64)
        far = np.flatnonzero(length_km > LONG_KM)
        if len(far):
            length_km[far] = np.asarray(geod().inv(*array[far].T)[2]) / 1000
        return cls(array, length_km)

    def take(self, which: Indices | slice) -> Legs:
        """The legs at these positions."""
        return Legs(self.ends[which], self.length_km[which])

    def at(self, leg: Indices, km: Array) -> tuple[Array, Array, Array]:
        """Longitude, latitude and forward azimuth, degrees, at distances along these legs."""
        lon1, lat1, lon2, lat2 = self.ends[leg].T
        azimuth, _, _ = geod().inv(lon1, lat1, lon2, lat2)
        lon, lat, back = geod().fwd(lon1, lat1, azimuth, km * 1000)
        return np.asarray(lon), np.asarray(lat), np.asarray(back) + 180.0
