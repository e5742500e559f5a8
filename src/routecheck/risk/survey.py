"""Exposure of a route to a set of zones on a day: geometry and papers brought together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from routecheck.geometry.contact import Contacts, contacts
from routecheck.geometry.ellipsoid import ERROR_KM
from routecheck.geometry.index import ZoneIndex, build_index
from routecheck.geometry.legs import Legs
from routecheck.geometry.nearest import nearest_zone
from routecheck.geometry.rings import ring_area_km2
from routecheck.risk.levels import ZoneLevels, highest, rank, zone_levels
from routecheck.risk.model import REASONS, AtEndpoint, Exposure, Interval, Reason
from routecheck.risk.profile import Profile
from routecheck.risk.score import ENDPOINT_MIN, Doses, Stay, add_doses, leg_doses
from routecheck.zones.ageing import Standing, lower, standings
from routecheck.zones.model import Level, Stamp, Zone, ZoneSet

__all__ = ["Survey", "survey"]

Array = npt.NDArray[np.float64]
Spans = list[tuple[float, float]]

NODE_KM: Final = 2.0
"""Spacing of the places at which the fall-off in a buffer is read; straight in between."""

MAX_NODES: Final = 2000
"""On a long leg the spacing grows, so that there are no more of them."""

MAX_LIMIT_KM: Final = 1100.0
"""As far as zones are looked for: the conformal sphere is good to 6 m there."""


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """What a route has to do with the zones that speak on a day.

    ``dose`` is the whole dose, ``active`` counts the zones that speak.
    """

    exposures: tuple[Exposure, ...]
    dose: float
    nearest: tuple[str, float] | None
    active: int


class _LaidOut(NamedTuple):
    """A zone set ready for measuring."""

    zones: ZoneIndex
    buffer_km: Array
    doubt_km: Array
    area_km2: tuple[float, ...]


class _Visit(NamedTuple):
    """One zone and one leg."""

    leg: int
    inside: Spans
    buffered: Spans
    closest_km: float
    closest_at_km: float
    closest_point: tuple[float, float]
    zone_point: tuple[float, float]


class _Met(NamedTuple):
    """One zone and the whole route: visits by leg, and how each place of the route lies.

    ``passing`` is what the zone asks of a leg that does not land or take off inside it,
    ``calling`` of one that does.
    """

    position: int
    zone: Zone
    standings: tuple[Standing, ...]
    passing: ZoneLevels
    calling: ZoneLevels
    visits: list[_Visit]
    place_inside: tuple[bool, ...]
    place_in_buffer: tuple[bool, ...]

    def levels(self, leg: int) -> ZoneLevels:
        """What the zone asks of a leg."""
        calls = self.place_inside[leg] or self.place_inside[leg + 1]
        return self.calling if calls else self.passing


@lru_cache(maxsize=16)
def _laid_out(zones: ZoneSet) -> _LaidOut:
    """Made once per set."""
    areas = tuple(
        sum(
            ring_area_km2(z.outline.lon[a:b], z.outline.lat[a:b])
            for a, b in zip(z.outline.ring_start[:-1], z.outline.ring_start[1:], strict=True)
        )
        for z in zones
    )
    buffer_km = np.array([z.buffer_km for z in zones], dtype=np.float64)
    # A zone missed by less than its outline is accurate to is reported, however far it is.
    doubt_km = np.minimum(buffer_km + np.array([z.accuracy_km for z in zones]), MAX_LIMIT_KM)
    return _LaidOut(build_index([z.outline for z in zones]), buffer_km, doubt_km, areas)


def survey(
    ends: Array, zones: ZoneSet, when: Stamp, profiles: Sequence[Profile], watch_km: float
) -> Survey:
    """Find all exposures of a route.

    Parameters
    ----------
    ends : (legs, 4) float array
        lon1, lat1, lon2, lat2 of each leg, degrees.
    profiles : sequence of Profile
        One per leg.
    watch_km : float
        Distance up to which a zone is reported even outside its buffer.
    """
    laid_out = _laid_out(zones)
    standing = [standings(zone, when) for zone in zones]
    active = np.array(
        [bool(s) or not z.advisories for s, z in zip(standing, zones, strict=True)], dtype=bool
    )
    limit_km = np.where(active, np.maximum(laid_out.doubt_km, watch_km), -1.0)
    points = np.concatenate((ends[:1, :2], ends[:, 2:]))
    legs = Legs.between(np.concatenate((ends, np.hstack((points, points)))))
    found = contacts(legs, laid_out.zones, laid_out.buffer_km, limit_km)

    met = [
        _meet(found, z, zones[z], standing[z], len(ends)) for z in np.unique(found.zone).tolist()
    ]
    doses = add_doses(
        _flight_doses(met, legs, laid_out, profiles),
        _endpoint_doses(met, laid_out.area_km2, len(ends)),
    )
    dose = sum(doses.values())
    exposures = [_exposure(m, profiles, doses.get(m.position, 0.0) / (dose or 1.0)) for m in met]
    exposures.sort(key=lambda e: (-e.score_share, e.closest_km, e.zone.id))
    return Survey(
        exposures=tuple(exposures),
        dose=dose,
        nearest=_nearest(exposures, legs.take(slice(len(ends))), zones, laid_out.zones, active),
        active=int(active.sum()),
    )


def _nearest(
    exposures: Sequence[Exposure], legs: Legs, zones: ZoneSet, index: ZoneIndex,
    active: npt.NDArray[np.bool_],
) -> tuple[str, float] | None:  # fmt: skip
    if exposures:
        nearest = min(exposures, key=lambda e: (e.closest_km, e.zone.id))
        return nearest.zone.id, nearest.closest_km
    found = nearest_zone(legs, index, np.flatnonzero(active))
    return None if found is None else (zones[found[0]].id, found[1])


def _meet(
    found: Contacts, position: int, zone: Zone, standing: tuple[Standing, ...], leg_count: int
) -> _Met:
    """Gather the contacts of one zone: rows past the legs are the places of the route."""
    rows = np.flatnonzero(found.zone == position).tolist()
    visits = [
        _Visit(
            leg=int(found.leg[row]),
            inside=found.inside.of(row),
            buffered=found.buffered.of(row),
            closest_km=float(found.closest_km[row]),
            closest_at_km=float(found.leg_km[row]),
            closest_point=(float(found.leg_lon[row]), float(found.leg_lat[row])),
            zone_point=(float(found.zone_lon[row]), float(found.zone_lat[row])),
        )
        for row in rows
        if found.leg[row] < leg_count
    ]
    at_place = {int(found.leg[row]) - leg_count: row for row in rows}
    # On the border, to within the error, counts as inside: whether it is cannot be told.
    place_inside = [
        place in at_place and bool(found.closest_km[at_place[place]] <= ERROR_KM)
        for place in range(leg_count + 1)
    ]
    place_in_buffer = [
        place in at_place
        and not place_inside[place]
        and bool(found.closest_km[at_place[place]] <= zone.buffer_km + ERROR_KM)
        for place in range(leg_count + 1)
    ]
    return _Met(
        position,
        zone,
        standing,
        zone_levels(zone, standing, endpoint_inside=False),
        zone_levels(zone, standing, endpoint_inside=True),
        visits,
        tuple(place_inside),
        tuple(place_in_buffer),
    )


def _flight_doses(
    met: Sequence[_Met], legs: Legs, laid_out: _LaidOut, profiles: Sequence[Profile]
) -> Doses:
    """Dose of all legs; overlapping zones are not added up."""
    stays: list[list[Stay]] = [[] for _ in profiles]
    for m in met:
        for visit in m.visits:
            if not visit.buffered:
                continue
            nodes_km, away_km = _falloff_nodes(m, visit, legs, laid_out)
            stays[visit.leg].append(
                Stay(
                    zone=m.position,
                    levels=m.levels(visit.leg),
                    area_km2=laid_out.area_km2[m.position],
                    buffer_km=m.zone.buffer_km,
                    inside=visit.inside,
                    buffered=visit.buffered,
                    nodes_km=nodes_km,
                    away_km=away_km,
                )
            )
    return add_doses(
        *(leg_doses(profile, mine) for profile, mine in zip(profiles, stays, strict=True))
    )


def _falloff_nodes(m: _Met, visit: _Visit, legs: Legs, laid_out: _LaidOut) -> tuple[Array, Array]:
    """Distance to the zone where the leg is within its buffer only.

    The places do not depend on the zones, so that a zone more, or a larger buffer, changes
    nothing for the others.
    """
    outside = _without(visit.buffered, visit.inside)
    if not outside:
        return np.empty(0), np.empty(0)
    length_km = float(legs.length_km[visit.leg])
    step_km = length_km / min(MAX_NODES, math.ceil(length_km / NODE_KM))
    steps = {
        step
        for low, high in outside
        for step in range(math.floor(low / step_km), math.ceil(high / step_km) + 1)
    }
    km = np.minimum(np.array(sorted(steps)) * step_km, length_km)
    lon, lat, _ = legs.at(np.full(len(km), visit.leg), km)
    limit_km = np.full(len(laid_out.buffer_km), -1.0)
    limit_km[m.position] = m.zone.buffer_km + 2 * step_km
    here = contacts(
        Legs.between(np.stack((lon, lat, lon, lat), axis=1)),
        laid_out.zones, laid_out.buffer_km, limit_km,
    )  # fmt: skip
    away_km = np.full(len(km), limit_km[m.position])
    away_km[here.leg] = here.closest_km
    return km, away_km


def _endpoint_doses(met: Sequence[_Met], area_km2: Sequence[float], leg_count: int) -> Doses:
    """What take-offs and landings inside zones add: each counts once, for the heaviest zone."""
    doses: Doses = {}
    for place in range(leg_count + 1):
        here = [m for m in met if m.place_inside[place]]
        if not here:
            continue
        top = max(here, key=lambda m: (m.calling.endpoint_weight(), -area_km2[m.position]))
        events = 1 if place in (0, leg_count) else 2
        dose = ENDPOINT_MIN * top.calling.endpoint_weight() * events
        doses[top.position] = doses.get(top.position, 0.0) + dose
    return doses


def _without(spans: Spans, holes: Spans) -> Spans:
    """Disjoint ordered spans, less others that lie within them."""
    left: Spans = []
    for low, high in spans:
        start = low
        for enter, leave in holes:
            if leave < low or enter > high:
                continue
            if enter > start:
                left.append((start, enter))
            start = max(start, leave)
        if high > start:
            left.append((start, high))
    return left


def _exposure(m: _Met, profiles: Sequence[Profile], share: float) -> Exposure:
    """Sum one zone up over the legs; distances and times run on from leg to leg."""
    intervals: list[Interval] = []
    for visit in m.visits:
        before = profiles[: visit.leg]
        km = sum(float(p.knots_km[-1]) for p in before)
        minutes = sum(p.duration_min for p in before)
        profile = profiles[visit.leg]
        for where, spans in (
            ("inside", visit.inside),
            ("buffer", _without(visit.buffered, visit.inside)),
        ):
            intervals += [
                Interval(
                    where,  # type: ignore[arg-type]
                    km + low, km + high,
                    minutes + profile.minutes(low), minutes + profile.minutes(high),
                )
                for low, high in spans
            ]  # fmt: skip
    intervals.sort(key=lambda i: i.enter_km)
    inside = [i for i in intervals if i.where == "inside"]
    nearest = min(m.visits, key=lambda visit: visit.closest_km)
    level, reason = _verdict(m, profiles)
    missed_by = nearest.closest_km, nearest.closest_km - m.zone.buffer_km
    return Exposure(
        zone=m.zone,
        verdict=level,
        reason=reason,
        level=highest(s.level for s in m.standings) or "watch",
        standings=m.standings,
        inside_km=sum((i.exit_km - i.enter_km for i in inside), 0.0),
        inside_min=sum((i.exit_min - i.enter_min for i in inside), 0.0),
        buffered_km=sum((i.exit_km - i.enter_km for i in intervals), 0.0),
        buffered_min=sum((i.exit_min - i.enter_min for i in intervals), 0.0),
        closest_km=nearest.closest_km,
        closest_point=nearest.closest_point,
        zone_point=nearest.zone_point,
        intervals=tuple(intervals),
        at_endpoint=_at_endpoint(m.place_inside),
        places_inside=tuple(np.flatnonzero(m.place_inside).tolist()),
        legs=tuple(visit.leg for visit in m.visits),
        score_share=share,
        borderline=any(0 < km < m.zone.accuracy_km for km in missed_by),
    )


def _at_endpoint(place_inside: Sequence[bool]) -> AtEndpoint | None:
    if place_inside[0] and place_inside[-1]:
        return "both"
    if place_inside[0]:
        return "origin"
    if place_inside[-1]:
        return "destination"
    return "stop" if any(place_inside) else None


def _verdict(m: _Met, profiles: Sequence[Profile]) -> tuple[Level, Reason]:
    """The strictest of all moments: at an end, in flight inside, within the buffer, nearby."""
    found: list[tuple[Level | None, Reason]] = [("watch", "near")]
    if any(m.place_inside):
        # Inside a zone none of whose notices speaks of this flight, watch remains.
        found.append((m.calling.endpoint_level() or "watch", "endpoint"))
    beside = m.passing.endpoint_level()
    if beside is not None and any(m.place_in_buffer):
        found.append((lower(beside), "near"))
    for visit in m.visits:
        profile, levels = profiles[visit.leg], m.levels(visit.leg)
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
