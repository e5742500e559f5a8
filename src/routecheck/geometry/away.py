"""How far places of a route are from the outline of one zone."""

from __future__ import annotations

import math
from collections.abc import Sequence

from routecheck.geometry.approach import outline_km
from routecheck.geometry.geodesic import point_at
from routecheck.geometry.index import ZoneIndex
from routecheck.geometry.run import line_through

__all__ = ["away_km"]


def away_km(
    ends: Sequence[float], km: Sequence[float], index: ZoneIndex, zone: int, limit_km: float
) -> list[float]:
    """Distance from the outline at places along a leg, km; the limit where it is farther.

    Parameters
    ----------
    ends : (4,) sequence of float
        lon1, lat1, lon2, lat2 of the leg, degrees.
    km : sequence of float
        The places, km from its start, ascending.
    """
    line = line_through(ends)
    found: list[float] = []
    before_km, last_km = math.inf, limit_km
    for at_km in km:
        # It changes by no more than one moves: a small limit is quickly searched.
        least = min(limit_km, last_km + abs(at_km - before_km) + 0.001)
        away = outline_km(index.plain, zone, *point_at(line, at_km), least)
        last_km = min(limit_km, away)
        before_km = at_km
        found.append(last_km)
    return found
