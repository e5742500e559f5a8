"""A zone set laid out for measuring: once per set, however many routes and days are checked."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from routecheck.geometry.ellipsoid import MAX_REACH_KM
from routecheck.geometry.index import ZoneIndex, index_of
from routecheck.geometry.rings import ring_area_km2
from routecheck.zones.ageing import Standing, speaks, standings
from routecheck.zones.model import Stamp, ZoneSet

__all__ = ["LaidOut", "OnDay", "lay_out", "limits_km", "on_day"]

Array = npt.NDArray[np.float64]


class LaidOut(NamedTuple):
    """Outlines, stand-offs and sizes of the zones of a set, in its order.

    ``doubt_km`` is how far away a zone is still reported: its stand-off, and what its outline may
    be off.
    """

    zones: ZoneIndex
    buffer_km: Array
    doubt_km: Array
    area_km2: tuple[float, ...]


@lru_cache(maxsize=16)
def lay_out(zones: ZoneSet) -> LaidOut:
    """Lay out a set; the same set is not laid out again."""
    areas = tuple(
        sum(
            ring_area_km2(z.outline.lon[a:b], z.outline.lat[a:b])
            for a, b in zip(z.outline.ring_start[:-1], z.outline.ring_start[1:], strict=True)
        )
        for z in zones
    )
    buffer_km = np.array([z.buffer_km for z in zones], dtype=np.float64)
    # A zone missed by less than its outline is accurate to is reported, however far it is.
    doubt_km = np.minimum(buffer_km + np.array([z.accuracy_km for z in zones]), MAX_REACH_KM)
    return LaidOut(index_of([z.outline for z in zones]), buffer_km, doubt_km, areas)


class OnDay(NamedTuple):
    """What stands of each zone of a set on a day, and which zones speak."""

    standings: tuple[tuple[Standing, ...], ...]
    active: npt.NDArray[np.bool_]


@lru_cache(maxsize=64)
def on_day(zones: ZoneSet, when: Stamp) -> OnDay:
    """Grade all notices of a set; the same day is not graded again."""
    standing = tuple(standings(zone, when) for zone in zones)
    # Where a notice stands the zone speaks: only those without one need be asked.
    active = [bool(s) or speaks(z, when) for s, z in zip(standing, zones, strict=True)]
    return OnDay(standing, np.array(active, dtype=np.bool_))


@lru_cache(maxsize=64)
def limits_km(zones: ZoneSet, when: Stamp, watch_km: float) -> Array:
    """How far away each zone is reported on a day; negative for those that do not speak."""
    limit_km: Array = np.where(
        on_day(zones, when).active, np.maximum(lay_out(zones).doubt_km, watch_km), -1.0
    )
    return limit_km
