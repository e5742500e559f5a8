"""Exposure of a route to a set of zones on a day: geometry and papers brought together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from routecheck.geometry.contact import Contacts, contacts
from routecheck.geometry.index import ZoneIndex, distinct
from routecheck.geometry.legs import Legs
from routecheck.geometry.nearest import nearest_zone
from routecheck.risk.judge import calling_levels, carriers, judge, leg_levels
from routecheck.risk.layout import LaidOut, lay_out
from routecheck.risk.levels import ZoneLevels, highest, rank
from routecheck.risk.meeting import Meeting, Visit, meet, without
from routecheck.risk.model import AtEndpoint, Exposure, Interval
from routecheck.risk.profile import Profile
from routecheck.risk.score import ENDPOINT_MIN, Doses, Stay, add_doses, leg_doses
from routecheck.zones.ageing import Standing, speaks, standings
from routecheck.zones.model import Stamp, Zone, ZoneSet

__all__ = ["Survey", "survey"]

Array = npt.NDArray[np.float64]

NODE_KM: Final = 2.0
"""Spacing of the places at which the fall-off in a buffer is read; straight in between."""

MAX_NODES: Final = 2000
"""On a long leg the spacing grows, so that there are no more of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """What a route has to do with the zones that speak on a day.

    ``dose`` is the whole dose, ``active`` counts the zones that speak.
    """

    exposures: tuple[Exposure, ...]
    dose: float
    nearest: tuple[str, float] | None
    active: int


class _Met(NamedTuple):
    """A meeting, and what the papers of the day make of each leg of it."""

    meeting: Meeting
    standings: tuple[Standing, ...]
    levels: dict[int, ZoneLevels]
    calling: ZoneLevels


def survey(
    ends: Array,
    zones: ZoneSet,
    when: Stamp,
    profiles: Sequence[Profile],
    watch_km: float,
    countries: Sequence[str],
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
    countries : sequence of str
        ISO 3166 code of each place, ``""`` where no advisory asks for it.
    """
    laid_out = lay_out(zones)
    standing = [standings(zone, when) for zone in zones]
    # Where a notice stands the zone speaks: only those without one need be asked.
    active = np.array(
        [bool(s) or speaks(z, when) for s, z in zip(standing, zones, strict=True)], dtype=bool
    )
    limit_km = np.where(active, np.maximum(laid_out.doubt_km, watch_km), -1.0)
    points = np.concatenate((ends[:1, :2], ends[:, 2:]))
    legs = Legs.between(np.concatenate((ends, np.hstack((points, points)))))
    found = contacts(legs, laid_out.zones, laid_out.buffer_km, limit_km)

    met = [
        _meet(found, z, zones[z], standing[z], tuple(countries))
        for z in distinct(found.zone).tolist()
    ]
    doses = add_doses(
        _flight_doses(met, legs, laid_out, profiles),
        _endpoint_doses(met, laid_out.area_km2, len(ends)),
    )
    dose = sum(doses.values())
    exposures = _with_carriers(met, [_exposure(m, profiles, doses) for m in met], profiles)
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
    found: Contacts, position: int, zone: Zone, standings: tuple[Standing, ...],
    countries: tuple[str, ...],
) -> _Met:  # fmt: skip
    """Gather the contacts of one zone: rows past the legs are the places of the route."""
    leg_count = len(countries) - 1
    rows = np.flatnonzero(found.zone == position).tolist()
    m = meet(
        found,
        [row for row in rows if found.leg[row] < leg_count],
        [(int(found.leg[row]) - leg_count, row) for row in rows if found.leg[row] >= leg_count],
        position,
        zone,
        0,
        countries,
    )
    levels = {visit.leg: leg_levels(m, standings, visit.leg) for visit in m.visits}
    return _Met(m, standings, levels, calling_levels(m, standings))


def _flight_doses(
    met: Sequence[_Met], legs: Legs, laid_out: LaidOut, profiles: Sequence[Profile]
) -> Doses:
    """Dose of all legs; overlapping zones are not added up."""
    stays: list[list[Stay]] = [[] for _ in profiles]
    for m, _, levels, _ in met:
        for visit in m.visits:
            if not visit.buffered:
                continue
            nodes_km, away_km = _falloff_nodes(m, visit, legs, laid_out)
            stays[visit.leg].append(
                Stay(
                    zone=m.position,
                    levels=levels[visit.leg],
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


def _falloff_nodes(m: Meeting, visit: Visit, legs: Legs, laid_out: LaidOut) -> tuple[Array, Array]:
    """Distance to the zone where the leg is within its buffer only.

    The places do not depend on the zones, so that a zone more, or a larger buffer, changes
    nothing for the others.
    """
    outside = without(visit.buffered, visit.inside)
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
        here = [
            (m.calling.endpoint_weight(), -area_km2[m.meeting.position], m.meeting.position)
            for m in met
            if m.meeting.place_inside[place]
        ]
        if not here:
            continue
        weight, _, position = max(here)
        events = 1 if place in (0, leg_count) else 2
        doses[position] = doses.get(position, 0.0) + ENDPOINT_MIN * weight * events
    return doses


def _exposure(met: _Met, profiles: Sequence[Profile], doses: Doses) -> Exposure:
    """Sum one zone up over the legs; distances and times run on from leg to leg."""
    m = met.meeting
    intervals: list[Interval] = []
    for visit in m.visits:
        before = profiles[: visit.leg]
        km = sum(float(p.knots_km[-1]) for p in before)
        minutes = sum(p.duration_min for p in before)
        profile = profiles[visit.leg]
        for where, spans in (
            ("inside", visit.inside),
            ("buffer", without(visit.buffered, visit.inside)),
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
    level, reason = judge(m, met.standings, profiles)
    missed_by = nearest.closest_km, nearest.closest_km - m.zone.buffer_km
    return Exposure(
        zone=m.zone,
        verdict=level,
        reason=reason,
        level=highest(s.level for s in met.standings) or "watch",
        standings=met.standings,
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
        score_share=doses.get(m.position, 0.0) / (sum(doses.values()) or 1.0),
        borderline=any(0 < km < m.zone.accuracy_km for km in missed_by),
        excepted=_excepted(met),
    )


def _with_carriers(
    met: Sequence[_Met], exposures: list[Exposure], profiles: Sequence[Profile]
) -> list[Exposure]:
    """Name the notices behind the zones that set the route's verdict; the others need it not."""
    top = max((rank(e.verdict) for e in exposures), default=0)
    named = []
    for m, e in zip(met, exposures, strict=True):
        if rank(e.verdict) < top:
            named.append(e)
            continue
        behind = carriers(m.meeting, m.standings, profiles, (e.verdict, e.reason))
        named.append(replace(e, carriers=behind - e.excepted))
    return named


def _excepted(met: _Met) -> frozenset[str]:
    """Advisories that count for no part of the flight, because of where it takes off or lands."""
    asked = [*met.levels.values(), *([met.calling] if any(met.meeting.place_inside) else [])]
    counting = {s.advisory.id for levels in asked for s in levels.standings}
    return frozenset(s.advisory.id for s in met.standings) - counting


def _at_endpoint(place_inside: Sequence[bool]) -> AtEndpoint | None:
    if place_inside[0] and place_inside[-1]:
        return "both"
    if place_inside[0]:
        return "origin"
    if place_inside[-1]:
        return "destination"
    return "stop" if any(place_inside) else None
