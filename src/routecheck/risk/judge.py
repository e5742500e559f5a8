"""What the papers make of a meeting of a route and a zone: the zone's verdict and its reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, Final

from routecheck.geometry.ellipsoid import ERROR_KM
from routecheck.risk.levels import ZoneLevels, highest, rank, zone_levels
from routecheck.risk.meeting import Meeting, Spans
from routecheck.risk.model import REASONS, Reason
from routecheck.risk.profile import Profile
from routecheck.zones.ageing import Standing, lower
from routecheck.zones.model import Level, Zone

__all__ = ["calling_levels", "carriers", "heights_met", "judge", "leg_levels"]


def leg_levels(m: Meeting, standings: tuple[Standing, ...], leg: int) -> ZoneLevels:
    """What the zone asks of a leg."""
    inside = m.place_inside[leg] or m.place_inside[leg + 1]
    return _levels(m.zone, standings, m.countries[leg : leg + 2], endpoint_inside=inside)


def calling_levels(m: Meeting, standings: tuple[Standing, ...]) -> ZoneLevels:
    """What the zone asks of a landing or take-off inside it."""
    return _levels(m.zone, standings, (), endpoint_inside=True)


_KEPT: Final[dict[tuple[Any, ...], tuple[Any, ...]]] = {}
MOST_KEPT: Final = 4_096


def _levels(
    zone: Zone,
    standings: tuple[Standing, ...],
    countries: tuple[str, ...],
    *,
    endpoint_inside: bool,
) -> ZoneLevels:
    """What a zone asks, graded once for the many legs of which it asks the same.

    What is kept holds the very objects whose ids are its key, so that no other can have them.
    """
    asked = countries if any(s.advisory.aerodromes_in for s in standings) else ()
    key = id(zone), id(standings), endpoint_inside, asked
    kept = _KEPT.get(key)
    if kept is None:
        levels = zone_levels(zone, standings, endpoint_inside=endpoint_inside, countries=countries)
        if len(_KEPT) >= MOST_KEPT:
            _KEPT.clear()
        kept = _KEPT[key] = zone, standings, levels
    found: ZoneLevels = kept[2]
    return found


Heights = tuple[frozenset[float], frozenset[float]]
"""Altitudes, ft, at which a leg is inside a zone, and at which it is within the buffer only."""


def judge(
    m: Meeting,
    standings: tuple[Standing, ...],
    profiles: Sequence[Profile],
    heights: Sequence[Heights] | None = None,
) -> tuple[Level, Reason]:
    """The strictest of all moments: at an end, in flight inside, within the buffer, nearby.

    ``heights`` are those of each visit, if they are known (:func:`heights_met`).
    """
    found: list[tuple[Level | None, Reason]] = [("watch", "near")]
    if any(m.place_inside):
        # Inside a zone none of whose notices speaks of this flight, watch remains.
        found.append((calling_levels(m, standings).endpoint_level() or "watch", "endpoint"))
    for place, near in enumerate(m.place_in_buffer):
        if near:
            country = m.countries[place : place + 1]
            beside = _levels(m.zone, standings, country, endpoint_inside=False)
            level = beside.endpoint_level()
            found.append((lower(level) if level else None, "near"))
    if heights is None:
        heights = heights_met(m, standings, profiles)
    for visit, (inside, nearby) in zip(m.visits, heights, strict=True):
        levels = leg_levels(m, standings, visit.leg)
        if inside:
            crossed = highest([levels.level(height_ft) for height_ft in inside])
            found.append((crossed or "watch", "overflight"))
        around = highest([levels.level(height_ft) for height_ft in nearby])
        found.append((lower(around) if around else None, "near"))
    level, reason = max(found, key=_strictest)
    return level or "watch", reason


def _strictest(found: tuple[Level | None, Reason]) -> tuple[int, int]:
    return rank(found[0]), -REASONS.index(found[1])


def heights_met(
    m: Meeting, standings: tuple[Standing, ...], profiles: Sequence[Profile]
) -> list[Heights]:
    """The altitudes that decide, for each visit: where any of the notices may change its mind."""
    met: list[Heights] = []
    for visit in m.visits:
        profile = profiles[visit.leg]
        limits_ft = leg_levels(m, standings, visit.leg).limits_ft()
        inside = visit.inside
        if not inside and visit.closest_km <= ERROR_KM:
            inside = [(visit.closest_at_km, visit.closest_at_km)]  # a touch counts
        nearby = visit.buffered
        if not nearby and visit.closest_km <= m.zone.buffer_km + ERROR_KM:
            # A touch: whether it is within the buffer cannot be told, so it counts.
            nearby = [(0.0, profile.km[-1])]
        elif nearby == visit.inside:
            nearby = []  # without a buffer nothing is near but what is inside, which counts more
        met.append((_heights(inside, limits_ft, profile), _heights(nearby, limits_ft, profile)))
    return met


def carriers(
    m: Meeting,
    standings: tuple[Standing, ...],
    profiles: Sequence[Profile],
    verdict: tuple[Level, Reason],
) -> frozenset[str]:
    """Ids of the notices that the zone's verdict, as judged, rests on: each alone would give it.

    Those that say so themselves come before those that count one step lower; of a zone that is only
    near, where all count lower, the strictest.
    """
    # No notice counts for more than it says.
    strict = (s for s in standings if rank(s.level) >= rank(verdict[0]))
    heights = heights_met(m, standings, profiles)
    alone = [s for s in strict if judge(m, (s,), profiles, heights) == verdict]
    says = verdict[0]
    if verdict[1] == "near":
        says = highest(s.level for s in alone) or says
    plain = [s for s in alone if s.level == says]
    return frozenset(s.advisory.id for s in plain or alone)


def _heights(spans: Spans, limits_ft: Iterable[float], profile: Profile) -> frozenset[float]:
    """Altitudes met on stretches of a leg: at their ends, and between all places where it turns."""
    if not spans:
        return frozenset()
    limits = {km for ft in limits_ft for km in profile.crossings_km(ft)}
    turns = sorted(limits.union(profile.km))
    found: list[float] = []
    for low, high in spans:
        places = [low, *(km for km in turns if low < km < high), high]
        found += places
        found += [(a + b) / 2 for a, b in pairwise(places)]
    return frozenset([profile.altitude_ft(km) for km in found])
