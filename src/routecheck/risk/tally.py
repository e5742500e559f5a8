"""One route on many days: the geometry once, the verdict for each state of the papers.

For audits: the figures of a single check, by the same rules and from the same functions, without
its report.
"""

from __future__ import annotations

import marshal
import math
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from routecheck.geometry.contact import contacts
from routecheck.geometry.legs import Legs
from routecheck.geometry.nearest import FAR_KM, TIE_KM, nearest_zone, settled_km
from routecheck.risk.judge import judge
from routecheck.risk.layout import lay_out
from routecheck.risk.levels import highest
from routecheck.risk.meeting import Contact, Meeting, Visit, contact_list, meet
from routecheck.risk.model import REASONS, Reason, Verdict
from routecheck.risk.profile import fly
from routecheck.risk.score import Doses, add_doses, score, share
from routecheck.risk.survey import (
    FallOff,
    Met,
    endpoint_doses,
    falloff_nodes,
    flight_doses,
    gather,
    lengths,
    stretches,
)
from routecheck.zones.ageing import Standing
from routecheck.zones.model import Level, ZoneSet

__all__ = ["CLEAR", "Case", "Encounter", "Tally", "encounters", "nearest_zones"]

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

LIMITS_KM: Final = {
    FAR_KM: 4_096, 3_500.0: 2_048, 5_000.0: 1_024, 7_000.0: 512, 10_000.0: 256, 20_100.0: 256,
}  # fmt: skip
"""The nearest zone of a route that meets none is looked for up to here, then to the next limit; so
many routes at a time take some 10 MB. A far limit prunes little: the last takes 1.4 ms a route."""

SEVERAL: Final = 3
"""So many of the nearest zones are kept: on some days the first of them do not speak."""


class Tally(NamedTuple):
    """What a check finds, as figures.

    Attributes
    ----------
    verdict, reason, score
        As in an assessment, but never ``unknown``: which days can be answered, the caller knows.
    worst : int
        Position of the zone that sets the verdict, -1 if there is none.
    inside_km, inside_min, buffered_km : float
        Of that zone.
    closest : (int, float) or None
        Position of the nearest zone that was met and its distance, km.
    reports_only : bool
        Whether all that is met are reported attacks, which are nobody's word.
    """

    verdict: Verdict
    reason: Reason
    score: float
    worst: int = -1
    inside_km: float = 0.0
    inside_min: float = 0.0
    buffered_km: float = 0.0
    closest: tuple[int, float] | None = None
    reports_only: bool = False


CLEAR: Final = Tally("clear", "none", 0.0)
"""What is found where no zone that speaks is met."""


class Encounter(NamedTuple):
    """A route and every zone that it meets, whatever the day.

    Attributes
    ----------
    zones : tuple of int
        Positions of the zones met, ascending.
    distance_km : float
    facts : bytes
        What a :class:`Case` is made of: some 1 kB, an eighth of what it takes as objects; nothing
        for a route that meets no zone.
    """

    zones: tuple[int, ...]
    distance_km: float
    facts: bytes


Judged = tuple[Level, Reason]


class Case:
    """A route and the zones that it meets, to be judged in one state of the papers after another.

    Parameters
    ----------
    facts : bytes
        Those of an encounter.
    zones : ZoneSet
        The set that it was measured against.
    """

    def __init__(self, facts: bytes, zones: ZoneSet) -> None:
        # What this process wrote itself, in _facts().
        leg_km, cruise_ft, speed_kt, countries, met = marshal.loads(facts)  # noqa: S302
        self._areas_km2 = lay_out(zones).area_km2
        self._profiles = [fly(km, cruise_ft, speed_kt) for km in leg_km]
        self._meetings: dict[int, Meeting] = {}
        self._nodes: dict[tuple[int, int], tuple[Array, Array]] = {}
        for position, inside, in_buffer, visits in met:
            its = [
                Visit(leg, within, near, km, at_km, _NOWHERE, _NOWHERE)
                for leg, within, near, km, at_km, *_ in visits
            ]
            self._meetings[position] = Meeting(
                position, zones[position], its, inside, in_buffer, countries
            )
            for leg, *_, nodes_km, away_km in visits:
                self._nodes[position, leg] = np.frombuffer(nodes_km), np.frombuffer(away_km)
        self._met: dict[tuple[int, int], tuple[Met, Judged]] = {}
        self._lengths: dict[int, tuple[float, float, float, float]] = {}
        self._doses: dict[Any, Doses] = {}

    def tally(self, standing: Sequence[tuple[int, int, tuple[Standing, ...]]]) -> Tally:
        """Judge the route by what stands.

        Parameters
        ----------
        standing : sequence of (position, state, standings)
            The zones met that speak, ascending; ``state`` is a number for the standings, which
            are not judged twice.
        """
        if not standing:
            return CLEAR
        found = [self._judged(*zone) for zone in standing]
        met, judged = [m for m, _ in found], [its for _, its in found]
        level = highest(its for its, _ in judged)
        assert level is not None  # of a zone that speaks something remains
        doses = self._doses_of(met)
        worst = min(
            (m.meeting for m, (its, _) in found if its == level),
            key=lambda m: (-share(doses, m.position), _closest_km(m), m.zone.id),
        )
        nearest = min((m.meeting for m in met), key=lambda m: (_closest_km(m), m.zone.id))
        inside_km, inside_min, buffered_km, _ = self._lengths_of(worst)
        return Tally(
            verdict=level,
            reason=min((reason for its, reason in judged if its == level), key=REASONS.index),
            score=score(level, sum(doses.values())),
            worst=worst.position,
            inside_km=inside_km,
            inside_min=inside_min,
            buffered_km=buffered_km,
            closest=(nearest.position, _closest_km(nearest)),
            reports_only=all(m.meeting.zone.event is not None for m in met),
        )

    def _judged(
        self, position: int, state: int, standings: tuple[Standing, ...]
    ) -> tuple[Met, Judged]:
        """What a zone makes of the route, judged once for each state of its papers."""
        found = self._met.get((position, state))
        if found is None:
            m = self._meetings[position]
            found = gather(m, standings), judge(m, standings, self._profiles)
            self._met[position, state] = found
        return found

    def _doses_of(self, met: Sequence[Met]) -> Doses:
        """The doses; those in flight are worked out once for notices that weigh the same."""
        key = tuple(
            (m.meeting.position, *(levels.graded for levels in m.levels.values()))
            for m in met
            if any(visit.buffered for visit in m.meeting.visits)
        )
        found = self._doses.get(key)
        if found is None:
            found = self._doses[key] = flight_doses(
                met, self._profiles, self._areas_km2, self._falloff
            )
        return add_doses(found, endpoint_doses(met, self._areas_km2, len(self._profiles)))

    def _falloff(self, m: Meeting, visit: Visit) -> tuple[Array, Array]:
        return self._nodes[m.position, visit.leg]

    def _lengths_of(self, m: Meeting) -> tuple[float, float, float, float]:
        found = self._lengths.get(m.position)
        if found is None:
            found = self._lengths[m.position] = lengths(stretches(m, self._profiles))
        return found


_NOWHERE: Final = (math.nan, math.nan)
"""Where zones are nearest is not asked of an audit."""


def _closest_km(m: Meeting) -> float:
    if len(m.visits) == 1:
        return m.visits[0].closest_km
    return min(visit.closest_km for visit in m.visits)


def encounters(
    legs: Legs,
    first_leg: Sequence[int],
    countries: Sequence[tuple[str, ...]],
    cruise_ft: Sequence[float | None],
    speed_kt: float,
    zones: ZoneSet,
    watch_km: float,
) -> Iterator[Encounter]:
    """Measure routes against all zones of a set, whatever the day.

    Parameters
    ----------
    legs : Legs
        Those of all routes, one after another.
    first_leg : sequence of int
        Number of each route's first leg, and of the legs in all.
    countries : sequence of tuple of str
        ISO 3166 code of each place of each route.
    cruise_ft : sequence of float or None
        Of each route.
    """
    laid_out = lay_out(zones)
    limit_km = np.maximum(laid_out.doubt_km, watch_km)
    found = contacts(legs.ends, laid_out.zones, laid_out.buffer_km, limit_km)
    rows = list(zip(found.zone.tolist(), contact_list(found), strict=True))
    starts = np.searchsorted(found.leg, first_leg).tolist()
    km = legs.length_km.tolist()
    for route, its_countries in enumerate(countries):
        first, last = first_leg[route], first_leg[route + 1]
        mine: dict[int, list[Contact]] = {}
        for zone, contact in rows[starts[route] : starts[route + 1]]:
            mine.setdefault(zone, []).append(contact)
        near = sorted(mine)
        facts = b""
        if near:
            meetings = [meet(mine[z], z, zones[z], first, its_countries) for z in near]
            nodes = partial(falloff_nodes, legs.take(slice(first, last)), laid_out)
            profile = km[first:last], cruise_ft[route], speed_kt, its_countries
            facts = marshal.dumps((*profile, [_facts(m, nodes) for m in meetings]))
        yield Encounter(tuple(near), sum(km[first:last]), facts)


def _facts(m: Meeting, nodes: FallOff) -> tuple[Any, ...]:
    """What is kept of a meeting, as plain values."""
    visits = [
        (
            visit.leg, visit.inside, visit.buffered, visit.closest_km, visit.closest_at_km,
            *(part.tobytes() for part in nodes(m, visit)),
        )
        for visit in m.visits
    ]  # fmt: skip
    return m.position, m.place_inside, m.place_in_buffer, visits


def nearest_zones(
    routes: Sequence[Array], without: Sequence[Collection[int]], zones: ZoneSet
) -> list[list[tuple[int, float]]]:
    """The nearest zones of each of some routes and how far they are, km, nearest first.

    One at least, if there is one, and up to ``SEVERAL``: none is left out that is nearer than one
    of them. Each is what a check finds among those that come after it.

    Parameters
    ----------
    routes : sequence of (legs, 4) float arrays
        lon1, lat1, lon2, lat2, degrees.
    without : sequence of collections of int
        Zones that do not count for each route: those that it meets must be among them.
    """
    found: list[list[tuple[int, float]]] = [[] for _ in routes]
    barred = np.zeros((len(routes), len(zones)), np.bool_)
    for route, some in enumerate(without):
        barred[route, list(some)] = True
    left = np.flatnonzero(~barred.all(axis=1))
    for limit_km, at_once in LIMITS_KM.items():
        for first in range(0, len(left), at_once):
            some_left = left[first : first + at_once]
            _nearest_of_some(routes, some_left, barred, limit_km, found, zones)
        left = np.array([i for i in left.tolist() if not found[i]], dtype=np.int64)
    for i in left.tolist():
        nearest = nearest_zone(routes[i], lay_out(zones).zones, np.flatnonzero(~barred[i]))
        found[i] = [] if nearest is None else [nearest]
    return found


def _nearest_of_some(
    routes: Sequence[Array], some: Indices, barred: npt.NDArray[np.bool_], limit_km: float,
    found: list[list[tuple[int, float]]], zones: ZoneSet,
) -> None:  # fmt: skip
    """Fill in the nearest zones of some routes, as far as they lie within a limit."""
    index = lay_out(zones).zones
    parts = [routes[i] for i in some.tolist()]
    ends = np.concatenate(parts)
    owner = np.repeat(some, [len(part) for part in parts])
    near = contacts(ends, index, np.zeros(len(index)), np.full(len(index), limit_km))
    row = np.flatnonzero(~barred[owner[near.leg], near.zone] & (near.closest_km <= limit_km))
    if not len(row):
        return
    route, zone, km = owner[near.leg[row]], near.zone[row], near.closest_km[row]
    order = np.lexsort((km, route))
    # Of each route, its nearest few: one more than is kept, as of two legs one zone may be twice.
    start = np.flatnonzero(np.append(True, np.diff(route[order]) > 0))
    rank = np.arange(len(order)) - np.repeat(start, np.diff(np.append(start, len(order))))
    kept = order[rank < 2 * SEVERAL]
    far = kept[km[kept] > FAR_KM]
    settled = km.copy()
    if len(far):
        leg = near.leg[row[far]]
        settled[far] = settled_km(
            ends[leg], near.leg_km[row[far]], near.zone_lon[row[far]], near.zone_lat[row[far]]
        )
    by_route: dict[int, list[tuple[float, int, float]]] = {}
    columns = (route[kept], km[kept], zone[kept], settled[kept])
    for its, least, number, true in zip(*(c.tolist() for c in columns), strict=True):
        by_route.setdefault(its, []).append((least, number, true))
    for its, ranked in by_route.items():
        found[its] = _in_turn(ranked)


def _in_turn(ranked: list[tuple[float, int, float]]) -> list[tuple[int, float]]:
    """Zones by distance; of those within 1 mm the one that comes first in the set."""
    turn: list[tuple[int, float]] = []
    seen: set[int] = set()
    while ranked and len(turn) < SEVERAL:
        first = 0
        if len(ranked) > 1 and ranked[1][0] <= ranked[0][0] + TIE_KM:
            tied = [i for i, (km, *_) in enumerate(ranked) if km <= ranked[0][0] + TIE_KM]
            first = min(tied, key=lambda i: ranked[i][1])
        _, zone, km = ranked.pop(first)
        if zone not in seen:
            seen.add(zone)
            turn.append((zone, km))
    return turn
