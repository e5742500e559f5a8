"""A zone set laid out for measuring: once per set, however many routes and days are checked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from routecheck.geometry.ellipsoid import MAX_REACH_KM
from routecheck.geometry.index import ZoneIndex, index_of
from routecheck.geometry.rings import ring_area_km2
from routecheck.zones.ageing import Standing, speaks, standings
from routecheck.zones.model import Stamp, Zone, ZoneSet

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
    area_km2: Sequence[float]


class _Areas(Sequence[float]):
    """Sizes of zones, each worked out when it is asked for: few zones of many are ever met."""

    __slots__ = ("_found", "_zones")

    def __init__(self, zones: Sequence[Zone]) -> None:
        self._zones = zones
        self._found: dict[int, float] = {}

    def __len__(self) -> int:
        return len(self._zones)

    def __getitem__(self, index: Any) -> Any:
        if index not in self._found:
            outline = self._zones[index].outline
            lon, lat, start = outline.lon, outline.lat, outline.ring_start
            self._found[index] = sum(ring_area_km2(lon[a:b], lat[a:b]) for a, b in pairwise(start))
        return self._found[index]


class _Spread(Sequence[tuple[Standing, ...]]):
    """What stands of each zone, where many share their papers."""

    __slots__ = ("_each", "_which")

    def __init__(self, each: Sequence[tuple[Standing, ...]], which: npt.NDArray[np.int64]) -> None:
        self._each, self._which = each, which

    def __len__(self) -> int:
        return len(self._which)

    def __getitem__(self, index: Any) -> Any:
        return self._each[self._which[index]]


@lru_cache(maxsize=16)
def lay_out(zones: ZoneSet) -> LaidOut:
    """Lay out a set; the same set is not laid out again."""
    held: Any = zones.zones
    if not hasattr(held, "paper_of"):
        index = index_of([z.outline for z in held])
        buffer_km, accuracy_km = (
            np.array([getattr(z, name) for z in held], dtype=np.float64)
            for name in ("buffer_km", "accuracy_km")
        )
    else:
        index = held.laid_out()
        buffer_km, accuracy_km = held.numbers["buffer_km"], held.numbers["accuracy_km"]
    # A zone missed by less than its outline is accurate to is reported, however far it is.
    doubt_km = np.minimum(buffer_km + accuracy_km, MAX_REACH_KM)
    return LaidOut(index, buffer_km, doubt_km, _Areas(held))


class OnDay(NamedTuple):
    """What stands of each zone of a set on a day, and which zones speak."""

    standings: Sequence[tuple[Standing, ...]]
    active: npt.NDArray[np.bool_]


@lru_cache(maxsize=64)
def on_day(zones: ZoneSet, when: Stamp) -> OnDay:
    """Grade all notices of a set; the same day is not graded again."""
    samples = zones.samples
    standing = tuple(standings(zone, when) for zone in samples)
    # Where a notice stands the zone speaks: only those without one need be asked.
    active = np.array(
        [bool(s) or speaks(z, when) for s, z in zip(standing, samples, strict=True)], dtype=np.bool_
    )
    which = getattr(zones.zones, "paper_of", None)
    if which is None:
        return OnDay(standing, active)
    return OnDay(_Spread(standing, which), active[which])


@lru_cache(maxsize=64)
def limits_km(zones: ZoneSet, when: Stamp, watch_km: float) -> Array:
    """How far away each zone is reported on a day; negative for those that do not speak."""
    limit_km: Array = np.where(
        on_day(zones, when).active, np.maximum(lay_out(zones).doubt_km, watch_km), -1.0
    )
    return limit_km
