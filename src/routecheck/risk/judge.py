"""What the papers make of a meeting of a route and a zone: the zone's verdict and its reason."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from routecheck.geometry.ellipsoid import ERROR_KM
from routecheck.risk.levels import ZoneLevels, highest, rank, zone_levels
from routecheck.risk.meeting import Meeting, Spans
from routecheck.risk.model import REASONS, Reason
from routecheck.risk.profile import Profile
from routecheck.zones.ageing import Standing, lower
from routecheck.zones.model import Level

__all__ = ["calling_levels", "carriers", "judge", "leg_levels"]


def leg_levels(m: Meeting, standings: tuple[Standing, ...], leg: int) -> ZoneLevels:
    """What the zone asks of a leg."""
    return zone_levels(
        m.zone,
        standings,
        endpoint_inside=m.place_inside[leg] or m.place_inside[leg + 1],
        countries=m.countries[leg : leg + 2],
    )


def calling_levels(m: Meeting, standings: tuple[Standing, ...]) -> ZoneLevels:
    """What the zone asks of a landing or take-off inside it."""
    return zone_levels(m.zone, standings, endpoint_inside=True)


def judge(
    m: Meeting, standings: tuple[Standing, ...], profiles: Sequence[Profile]
) -> tuple[Level, Reason]:
    """The strictest of all moments: at an end, in flight inside, within the buffer, nearby."""
    found: list[tuple[Level | None, Reason]] = [("watch", "near")]
    if any(m.place_inside):
        # Inside a zone none of whose notices speaks of this flight, watch remains.
        found.append((calling_levels(m, standings).endpoint_level() or "watch", "endpoint"))
    for place, near in enumerate(m.place_in_buffer):
        if near:
            country = m.countries[place : place + 1]
            beside = zone_levels(m.zone, standings, endpoint_inside=False, countries=country)
            level = beside.endpoint_level()
            found.append((lower(level) if level else None, "near"))
    for visit in m.visits:
        profile, levels = profiles[visit.leg], leg_levels(m, standings, visit.leg)
        inside = visit.inside
        if not inside and visit.closest_km <= ERROR_KM:
            inside = [(visit.closest_at_km, visit.closest_at_km)]  # a touch counts
        if inside:
            crossed = highest(_levels_along(inside, levels, profile))
            found.append((crossed or "watch", "overflight"))
        nearby = visit.buffered
        if not nearby and visit.closest_km <= m.zone.buffer_km + ERROR_KM:
            # A touch: whether it is within the buffer cannot be told, so it counts.
            nearby = [(0.0, float(profile.knots_km[-1]))]
        around = highest(_levels_along(nearby, levels, profile))
        found.append((lower(around) if around else None, "near"))
    level, reason = max(found, key=lambda pair: (rank(pair[0]), -REASONS.index(pair[1])))
    return level or "watch", reason


def carriers(
    m: Meeting,
    standings: tuple[Standing, ...],
    profiles: Sequence[Profile],
    verdict: tuple[Level, Reason],
) -> frozenset[str]:
    """Ids of the notices that the zone's verdict, as judged, rests on: each alone would give it.

    Those that say so themselves come before those that count one step lower.
    """
    alone = [s for s in standings if judge(m, (s,), profiles) == verdict]
    plain = [s for s in alone if s.level == verdict[0]]
    return frozenset(s.advisory.id for s in plain or alone)


def _levels_along(spans: Spans, levels: ZoneLevels, profile: Profile) -> list[Level | None]:
    """Levels met on stretches of a leg: at their ends, and between all places where it changes."""
    limits = {km for ft in levels.limits_ft() for km in profile.crossings_km(ft)}
    turns = sorted(limits | set(profile.knots_km.tolist()))
    met: list[Level | None] = []
    for low, high in spans:
        places = [low, *(km for km in turns if low < km < high), high]
        middles = [(a + b) / 2 for a, b in pairwise(places)]
        met += [levels.level(profile.altitude_ft(km)) for km in (*places, *middles)]
    return met
