"""A place and a level: what the zones there ask for, as for a flight that passes it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from routecheck.geometry.contact import contacts
from routecheck.geometry.ellipsoid import ERROR_KM
from routecheck.geometry.legs import checked_ends
from routecheck.risk.layout import lay_out
from routecheck.risk.levels import ZoneLevels, highest, rank, zone_levels
from routecheck.zones.ageing import Standing, lower, speaks, standings
from routecheck.zones.model import Level, Stamp, Zone, ZoneSet

__all__ = ["Presence", "check_position"]


@dataclass(frozen=True, slots=True, eq=False)
class Presence:
    """One zone at, or near, a place.

    ``away_km`` is the distance to the outline, 0 inside; ``standings`` is what stands that day.
    """

    zone: Zone
    level: Level
    away_km: float
    standings: tuple[Standing, ...]


def check_position(
    lon: float,
    lat: float,
    altitude_ft: float | None,
    zones: ZoneSet,
    when: Stamp,
    *,
    watch_km: float = 50.0,
    landing: bool = False,
    countries: Collection[str] = (),
) -> tuple[Presence, ...]:
    """Zones that speak of a place at a level, strictest first, then nearest.

    Parameters
    ----------
    lon, lat : float
        Degrees.
    altitude_ft : float or None
        None if it is not known: then the strictest level of any height counts.
    landing : bool
        Whether the aircraft was landing or taking off there: it then counts as within the levels
        of each notice that reaches down to 10,000 ft, as an end of a route does.
    countries : collection of str
        ISO 3166 codes of the countries where the flight took off and was to land, for notices
        that except their aerodromes.
    """
    laid_out = lay_out(zones)
    active = np.array([speaks(zone, when) for zone in zones], dtype=bool)
    limit_km = np.where(active, np.maximum(laid_out.buffer_km, watch_km), -1.0)
    here = checked_ends([[lon, lat, lon, lat]])
    found = contacts(here, laid_out.zones, laid_out.buffer_km, limit_km)
    presences = []
    for position, away_km in zip(found.zone.tolist(), found.closest_km.tolist(), strict=True):
        zone = zones[position]
        standing = standings(zone, when)
        levels = zone_levels(
            zone, standing, endpoint_inside=landing and away_km <= ERROR_KM, countries=countries
        )
        level = _level(zone, levels, altitude_ft, away_km, landing=landing)
        presences.append(Presence(zone, level, away_km, standing))
    presences.sort(key=lambda p: (-rank(p.level), p.away_km, p.zone.id))
    return tuple(presences)


def _level(
    zone: Zone,
    levels: ZoneLevels,
    altitude_ft: float | None,
    away_km: float,
    *,
    landing: bool,
) -> Level:
    if altitude_ft is None:
        inside = highest(s.level for s in levels.standings)
    else:
        inside = levels.level(altitude_ft)
        if landing:
            inside = highest((inside, levels.endpoint_level()))
    inside = inside or "watch"
    if away_km <= ERROR_KM:
        return inside
    return lower(inside) if away_km <= zone.buffer_km + ERROR_KM else "watch"
