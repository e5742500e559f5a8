"""Exposure of a route to a set of zones on a day: geometry and papers brought together."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from routecheck.geometry.away import away_km
from routecheck.geometry.contact import contacts
from routecheck.geometry.index import ZoneIndex
from routecheck.geometry.legs import Legs
from routecheck.geometry.nearest import nearest_zone
from routecheck.risk.judge import calling_levels, carriers, judge, leg_levels
from routecheck.risk.layout import LaidOut, lay_out, limits_km, on_day
from routecheck.risk.levels import ZoneLevels, highest
from routecheck.risk.meeting import Contact, Meeting, Visit, contact_list, meet, without
from routecheck.risk.model import AtEndpoint, Exposure, Interval, Reason
from routecheck.risk.profile import Profile
from routecheck.risk.score import ENDPOINT_MIN, Doses, Stay, add_doses, leg_doses, share
from routecheck.zones.ageing import Standing
from routecheck.zones.model import Level, Stamp, ZoneSet

__all__ = [
    "FallOff",
    "Met",
    "Survey",
    "endpoint_doses",
    "falloff_nodes",
    "flight_doses",
    "gather",
    "lengths",
    "stretches",
    "survey",
]

Array = npt.NDArray[np.float64]

FallOff = Callable[[Meeting, Visit], tuple[Array, Array]]
"""Places on a leg, and how far they are from the zone, where it is within the buffer only."""

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


class Met(NamedTuple):
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
    standing, active = on_day(zones, when)
    limit_km = limits_km(zones, when, watch_km)
    legs = Legs.between(ends)
    found = contacts(ends, laid_out.zones, laid_out.buffer_km, limit_km)

    rows: dict[int, list[Contact]] = {}
    for zone, contact in zip(found.zone.tolist(), contact_list(found), strict=True):
        rows.setdefault(zone, []).append(contact)
    met = [
        gather(meet(rows[z], z, zones[z], 0, tuple(countries)), standing[z]) for z in sorted(rows)
    ]
    doses = add_doses(
        flight_doses(met, profiles, laid_out.area_km2, partial(falloff_nodes, legs, laid_out)),
        endpoint_doses(met, laid_out.area_km2, len(ends)),
    )
    dose = sum(doses.values())
    exposures = [_exposure(m, profiles, doses) for m in met]
    exposures.sort(key=lambda e: (-e.score_share, e.closest_km, e.zone.id))
    return Survey(
        exposures=tuple(exposures),
        dose=dose,
        nearest=_nearest(exposures, ends, zones, laid_out.zones, active),
        active=int(active.sum()),
    )


def _nearest(
    exposures: Sequence[Exposure], ends: Array, zones: ZoneSet, index: ZoneIndex,
    active: npt.NDArray[np.bool_],
) -> tuple[str, float] | None:  # fmt: skip
    if exposures:
        nearest = min(exposures, key=lambda e: (e.closest_km, e.zone.id))
        return nearest.zone.id, nearest.closest_km
    found = nearest_zone(ends, index, np.flatnonzero(active))
    return None if found is None else (zones[found[0]].id, found[1])


def gather(m: Meeting, standings: tuple[Standing, ...]) -> Met:
    """A meeting, and what the zone asks of each leg."""
    levels = {visit.leg: leg_levels(m, standings, visit.leg) for visit in m.visits}
    return Met(m, standings, levels, calling_levels(m, standings))


def flight_doses(
    met: Sequence[Met], profiles: Sequence[Profile], area_km2: Sequence[float], falloff: FallOff
) -> Doses:
    """Dose of all legs; overlapping zones are not added up."""
    stays: list[list[Stay]] = [[] for _ in profiles]
    for m, _, levels, _ in met:
        for visit in m.visits:
            if not visit.buffered:
                continue
            nodes_km, away_km = falloff(m, visit)
            stays[visit.leg].append(
                Stay(
                    zone=m.position,
                    levels=levels[visit.leg],
                    area_km2=area_km2[m.position],
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


def falloff_nodes(legs: Legs, laid_out: LaidOut, m: Meeting, visit: Visit) -> tuple[Array, Array]:
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
    km = [min(step * step_km, length_km) for step in sorted(steps)]
    limit_km = m.zone.buffer_km + 2 * step_km
    away = away_km(legs.ends[visit.leg].tolist(), km, laid_out.zones, m.position, limit_km)
    inside = [any(low <= at <= high for low, high in visit.inside) for at in km]
    return np.array(km), np.where(inside, 0.0, away)


def endpoint_doses(met: Sequence[Met], area_km2: Sequence[float], leg_count: int) -> Doses:
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


def stretches(m: Meeting, profiles: Sequence[Profile]) -> list[Interval]:
    """Where the route is inside a zone or its buffer; distances and times run on over the legs."""
    intervals: list[Interval] = []
    for visit in m.visits:
        before = profiles[: visit.leg]
        km = sum(p.km[-1] for p in before)
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
    return intervals


def lengths(intervals: Sequence[Interval]) -> tuple[float, float, float, float]:
    """Km and minutes inside, and km and minutes within the buffer, inside included."""
    inside = [i for i in intervals if i.where == "inside"]
    return (
        sum((i.exit_km - i.enter_km for i in inside), 0.0),
        sum((i.exit_min - i.enter_min for i in inside), 0.0),
        sum((i.exit_km - i.enter_km for i in intervals), 0.0),
        sum((i.exit_min - i.enter_min for i in intervals), 0.0),
    )


def _exposure(met: Met, profiles: Sequence[Profile], doses: Doses) -> Exposure:
    """Sum one zone up over the legs."""
    m = met.meeting
    intervals = stretches(m, profiles)
    inside_km, inside_min, buffered_km, buffered_min = lengths(intervals)
    nearest = min(m.visits, key=lambda visit: visit.closest_km)
    level, reason = judge(m, met.standings, profiles)
    missed_by = nearest.closest_km, nearest.closest_km - m.zone.buffer_km
    return Exposure(
        zone=m.zone,
        verdict=level,
        reason=reason,
        level=highest(s.level for s in met.standings) or "watch",
        standings=met.standings,
        inside_km=inside_km,
        inside_min=inside_min,
        buffered_km=buffered_km,
        buffered_min=buffered_min,
        closest_km=nearest.closest_km,
        closest_point=nearest.closest_point,
        zone_point=nearest.zone_point,
        intervals=tuple(intervals),
        at_endpoint=_at_endpoint(m.place_inside),
        places_inside=tuple(i for i, inside in enumerate(m.place_inside) if inside),
        legs=tuple(visit.leg for visit in m.visits),
        score_share=share(doses, m.position),
        borderline=any(0 < km < m.zone.accuracy_km for km in missed_by),
        excepted=_excepted(met),
        ask_carriers=partial(_carried, met, profiles, (level, reason)),
    )


def _carried(
    met: Met, profiles: Sequence[Profile], verdict: tuple[Level, Reason]
) -> frozenset[str]:
    """The notices that a zone's verdict rests on."""
    return carriers(met.meeting, met.standings, profiles, verdict) - _excepted(met)


def _excepted(met: Met) -> frozenset[str]:
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
