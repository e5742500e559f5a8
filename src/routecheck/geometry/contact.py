"""What legs have to do with zones: how near, where inside, where within the buffer."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from routecheck.geometry.ellipsoid import A_KM, B_KM
from routecheck.geometry.index import ZoneIndex
from routecheck.geometry.run import run

__all__ = ["Contacts", "Spans", "contacts"]

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Disjoint stretches of legs, ordered by row and distance: all fields are (k,) arrays.

    ``row`` is the position in the :class:`Contacts` they belong to; km run along the leg.
    """

    row: Indices
    enter_km: Array
    exit_km: Array

    def length_km(self, rows: int) -> Array:
        """Total length for each of so many rows, km."""
        total: Any = np.bincount(self.row, self.exit_km - self.enter_km, minlength=rows)
        return np.asarray(total, dtype=np.float64)

    def by_row(self, rows: int) -> list[list[tuple[float, float]]]:
        """The stretches of each of so many rows."""
        spans = list(zip(self.enter_km.tolist(), self.exit_km.tolist(), strict=True))
        first = np.searchsorted(self.row, np.arange(rows + 1)).tolist()
        return [spans[low:high] for low, high in pairwise(first)]


@dataclass(frozen=True, slots=True, eq=False)
class Contacts:
    """One row per leg and zone that come near each other, ordered by (leg, zone).

    Attributes
    ----------
    leg, zone : (m,) int arrays
        Positions in the legs and in the zone index.
    closest_km : (m,) float array
        WGS84 distance from the leg to the zone, 0 inside.
    leg_km, leg_lon, leg_lat, zone_lon, zone_lat : (m,) float arrays
        Where: distance along the leg (km), and the two nearest points (degrees). For a leg that
        passes through, where it enters.
    start, end : (m,) int arrays
        How the ends of the leg lie: 2 inside the zone, 1 within its buffer, 0 neither. On the
        border, to within the error, counts as in.
    inside, buffered : Spans
        Within the outline; within the buffer of it, inside included.
    """

    leg: Indices
    zone: Indices
    closest_km: Array
    leg_km: Array
    leg_lon: Array
    leg_lat: Array
    zone_lon: Array
    zone_lat: Array
    start: Indices
    end: Indices
    inside: Spans
    buffered: Spans

    def __len__(self) -> int:
        return len(self.leg)


def contacts(ends: Array, index: ZoneIndex, buffer_km: Array, limit_km: Array) -> Contacts:
    """Measure all legs against all zones.

    Parameters
    ----------
    ends : (n, 4) float array
        lon1, lat1, lon2, lat2 of each leg, degrees. A place is a leg of no length.
    index : ZoneIndex
        Of ``z`` zones.
    buffer_km, limit_km : (z,) float arrays
        Stand-off of each zone, and the distance up to which a row is wanted (at least the
        buffer), km. A negative limit leaves the zone out.

    Returns
    -------
    Contacts
        Rows with ``closest_km`` up to ``limit_km`` + ``ERROR_KM``: one whose distance is within
        the error of the limit is in, never silently dropped.
    """
    rows: Any = run(ends, index, buffer_km, limit_km, detailed=True)
    leg_lon, leg_lat = _degrees(rows.px, rows.py, rows.pz)
    zone_lon, zone_lat = _degrees(rows.qx, rows.qy, rows.qz)
    return Contacts(
        leg=rows.route,
        zone=rows.zone,
        closest_km=rows.closest_km,
        leg_km=rows.km,
        leg_lon=leg_lon,
        leg_lat=leg_lat,
        zone_lon=zone_lon,
        zone_lat=zone_lat,
        start=rows.start,
        end=rows.end,
        inside=Spans(rows.in_row, rows.in_low, rows.in_high),
        buffered=Spans(rows.by_row, rows.by_low, rows.by_high),
    )


def _degrees(x: Array, y: Array, z: Array) -> tuple[Array, Array]:
    """Longitudes and latitudes of points of the surface."""
    return (
        np.degrees(np.arctan2(y, x)),
        np.degrees(np.arctan2(z * (A_KM / B_KM) ** 2, np.hypot(x, y))),
    )
