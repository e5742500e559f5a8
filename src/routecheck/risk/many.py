"""Verdicts of many direct routes on many days: the geometry once, the papers for each day.

The same engine and the same rules as a single check, without its report: for statistics.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from routecheck.geometry.contact import Contacts, contacts
from routecheck.geometry.legs import Legs
from routecheck.risk.judge import judge
from routecheck.risk.layout import lay_out
from routecheck.risk.levels import rank
from routecheck.risk.meeting import Meeting, contact_list, meet
from routecheck.risk.model import REASONS
from routecheck.risk.profile import Profile, fly
from routecheck.zones.ageing import speaks, standings
from routecheck.zones.model import Level, Stamp, Zone, ZoneSet

__all__ = ["Day", "judge_many"]

Indices = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int8]

CHUNK: Final = 1000
"""Routes measured at a time: some 100 MB."""


@dataclass(frozen=True, slots=True, eq=False)
class Day:
    """What every zone makes of every route on one day.

    Attributes
    ----------
    when : date or datetime
    route, zone : (m,) int arrays
        Positions of the routes and zones that meet; ordered by route.
    level : (m,) int8 array
        1 watch, 2 caution, 3 avoid: the zone's own verdict.
    reason : (m,) int8 array
        Position in ``REASONS``: endpoint, overflight, near.
    routes : int
        How many routes were judged.
    """

    when: Stamp
    route: Indices
    zone: Indices
    level: Codes
    reason: Codes
    routes: int

    def of_zones(self, kept: npt.NDArray[np.bool_]) -> Day:
        """The same day by some of the zones only: ``kept`` says of each whether it counts."""
        mine = kept[self.zone]
        return replace(
            self, route=self.route[mine], zone=self.zone[mine], level=self.level[mine],
            reason=self.reason[mine],
        )  # fmt: skip

    def verdicts(self) -> Codes:
        """(routes,) array: the strictest level of each route, 0 where no zone speaks."""
        found = np.zeros(self.routes, dtype=np.int8)
        np.maximum.at(found, self.route, self.level)
        return found


def judge_many(
    ends: npt.ArrayLike,
    countries: Sequence[tuple[str, str]],
    zones: ZoneSet,
    days: Sequence[Stamp],
    *,
    watch_km: float = 50.0,
    progress: Callable[[int], None] | None = None,
) -> list[Day]:
    """Judge direct routes on several days.

    Parameters
    ----------
    ends : (n, 4) float array
        lon1, lat1, lon2, lat2 in degrees.
    countries : sequence of (str, str)
        ISO 3166 codes of both ends of each route.
    days : sequence of date or datetime
        Moments to judge by.
    watch_km : float
        A zone this near is worth watching even outside its buffer, km.
    progress : callable, optional
        Told how many routes are done.

    Returns
    -------
    list of Day
        In the order of ``days``.

    Raises
    ------
    ValueError
        If ``ends`` is not (n, 4) finite degrees, or ``countries`` not as long.
    """
    legs = Legs.between(ends)
    if len(countries) != len(legs):
        raise ValueError(
            f"{len(legs)} routes need as many pairs of countries, not {len(countries)}"
        )
    laid_out = lay_out(zones)
    limit_km = np.maximum(laid_out.doubt_km, watch_km)
    papers = [_Papers(zone, days) for zone in zones]

    rows: list[list[tuple[int, int, int, int]]] = [[] for _ in days]
    for first in range(0, len(legs), CHUNK):
        some = legs.take(slice(first, first + CHUNK))
        found = contacts(some.ends, laid_out.zones, laid_out.buffer_km, limit_km)
        for leg, m in _meetings(found, zones, countries[first : first + CHUNK]):
            profile = fly(float(some.length_km[leg]))
            for number, day_level, day_reason in papers[m.position].judged(m, profile):
                rows[number].append((first + leg, m.position, day_level, day_reason))
        if progress is not None:
            progress(min(first + CHUNK, len(legs)))
    return [
        Day(when, *_columns(found_rows), len(legs))
        for when, found_rows in zip(days, rows, strict=True)
    ]


def _columns(rows: list[tuple[int, int, int, int]]) -> tuple[Indices, Indices, Codes, Codes]:
    table = np.array(sorted(rows), dtype=np.int64).reshape(-1, 4)
    return table[:, 0], table[:, 1], table[:, 2].astype(np.int8), table[:, 3].astype(np.int8)


def _meetings(
    found: Contacts, zones: ZoneSet, countries: Sequence[tuple[str, str]]
) -> Iterator[tuple[int, Meeting]]:
    """Every pair of route and zone that meet."""
    for contact, zone in zip(contact_list(found), found.zone.tolist(), strict=True):
        route = contact.visit.leg
        yield route, meet([contact], zone, zones[zone], route, countries[route])


class _Papers:
    """The notices of one zone on all days; days with the same notices are judged once."""

    __slots__ = ("_groups",)

    def __init__(self, zone: Zone, days: Sequence[Stamp]) -> None:
        groups: dict[tuple[tuple[str, Level], ...], list[int]] = {}
        kept = {}
        for number, day in enumerate(days):
            if not speaks(zone, day):
                continue
            standing = standings(zone, day)
            key = tuple((s.advisory.id, s.level) for s in standing)
            groups.setdefault(key, []).append(number)
            kept[key] = standing
        self._groups = [(kept[key], numbers) for key, numbers in groups.items()]

    def judged(self, m: Meeting, profile: Profile) -> Iterator[tuple[int, int, int]]:
        """Day's position, level and reason, for each day on which the zone speaks."""
        for standing, numbers in self._groups:
            level, reason = judge(m, standing, [profile])
            for number in numbers:
                yield number, rank(level), REASONS.index(reason)
