"""Whether a route comes near what was left out of its zones: nothing is called clear there."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from routecheck.geometry.contact import contacts
from routecheck.geometry.ellipsoid import MAX_REACH_KM
from routecheck.geometry.index import ZoneIndex, index_of
from routecheck.zones.model import Box, LeftOut, Outline, ZoneSet

__all__ = ["left_out_near", "legs_in_doubt", "why_in_doubt"]

Array = npt.NDArray[np.float64]

SMALLEST_DEG: Final = 1e-4
"""Half a side of the box of a point: 11 m."""

LARGEST: Final = 0.4
"""Part of the Earth; a larger box is taken as all of it: outlines end at a hemisphere."""

NAMED: Final = 3


class _Areas(NamedTuple):
    """The boxes of what was left out: whose each is, and the stand-off; and what has none."""

    zones: ZoneIndex | None
    owner: npt.NDArray[np.int64]
    buffer_km: Array
    everywhere: tuple[int, ...]


@lru_cache(maxsize=16)
def _areas(items: tuple[LeftOut, ...]) -> _Areas:
    outlines: list[Outline] = []
    owner: list[int] = []
    everywhere: list[int] = []
    for number, item in enumerate(items):
        if item.boxes is None or any(_part_of_earth(box) > LARGEST for box in item.boxes):
            everywhere.append(number)
            continue
        for box in item.boxes:
            outlines.append(_outline(box))
            owner.append(number)
    buffer_km = np.array([items[number].buffer_km for number in owner], dtype=np.float64)
    return _Areas(
        index_of(outlines) if outlines else None,
        np.array(owner, dtype=np.int64),
        buffer_km,
        tuple(everywhere),
    )


def _part_of_earth(box: Box) -> float:
    west, south, east, north = np.radians(box)
    return float((east - west) / (2 * np.pi) * (np.sin(north) - np.sin(south)) / 2)


def _outline(box: Box) -> Outline:
    from routecheck.zones.outline import refined_outline  # noqa: PLC0415 - few sets need it

    west, south, east, north = box
    if east - west >= 360 - 2 * SMALLEST_DEG:
        west, east = -180.0, 180.0
    else:
        west, east = west - SMALLEST_DEG, east + SMALLEST_DEG
    south, north = max(-90.0, south - SMALLEST_DEG), min(90.0, north + SMALLEST_DEG)
    lon = np.array([west, east, east, west, west])
    lat = np.array([south, south, north, north, south])
    return refined_outline([[(lon, lat)]])


def legs_in_doubt(
    ends: Array, zones: ZoneSet, watch_km: float
) -> tuple[npt.NDArray[np.bool_], tuple[LeftOut, ...]]:
    """Which legs come within stand-off and watch of what was left out, and of what.

    Parameters
    ----------
    ends : (n, 4) float array
        lon1, lat1, lon2, lat2 of each leg, degrees.
    """
    near = np.zeros(len(ends), dtype=np.bool_)
    if not zones.left_out:
        return near, ()
    areas = _areas(zones.left_out)
    met = set(areas.everywhere)
    if areas.zones is not None and len(ends):
        limit_km = areas.buffer_km + watch_km
        beyond = limit_km > MAX_REACH_KM  # farther than a check looks: near to everything
        met |= set(areas.owner[beyond].tolist())
        limit_km = np.where(beyond, -1.0, limit_km)
        found = contacts(ends, areas.zones, np.zeros_like(limit_km), limit_km)
        near[found.leg] = True
        if beyond.any():
            near[:] = True
        met |= set(areas.owner[found.zone].tolist())
    if areas.everywhere:
        near[:] = True
    return near, tuple(zones.left_out[number] for number in sorted(met))


def left_out_near(ends: Array, zones: ZoneSet, watch_km: float) -> tuple[LeftOut, ...]:
    """What was left out that a route comes near to; nothing for nearly all sets."""
    return legs_in_doubt(ends, zones, watch_km)[1] if zones.left_out else ()


def why_in_doubt(near: tuple[LeftOut, ...]) -> str | None:
    """Why nothing is called clear near what was left out; None if nothing is near."""
    if not near:
        return None
    names = [f"{item.feature} {item.why}" for item in near[:NAMED]]
    more = f", and {len(near) - NAMED} more like this" if len(near) > NAMED else ""
    where = "" if any(item.boxes is None for item in near) else ", and the route comes near it"
    return f"{'; '.join(names)}{more}{where}"
