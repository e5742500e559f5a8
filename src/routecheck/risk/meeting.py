"""Where a route meets a zone: visits by leg, and how each place of the route lies to it.

Geometry only, no dates: what the papers make of it is said by :mod:`routecheck.risk.judge`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from routecheck.geometry.contact import Contacts
from routecheck.zones.model import Zone

__all__ = ["Contact", "Meeting", "Spans", "Visit", "contact_list", "meet", "without"]

Spans = list[tuple[float, float]]
"""Disjoint stretches of a leg, km from its start, in order."""


class Visit(NamedTuple):
    """One zone and one leg."""

    leg: int
    inside: Spans
    buffered: Spans
    closest_km: float
    closest_at_km: float
    closest_point: tuple[float, float]
    zone_point: tuple[float, float]


class Meeting(NamedTuple):
    """One zone and the whole route.

    ``position`` is the zone's in its set. ``place_inside`` and ``place_in_buffer`` say how each
    place of the route lies, ``countries`` in which country it is (``""`` if nobody asked).
    """

    position: int
    zone: Zone
    visits: list[Visit]
    place_inside: tuple[bool, ...]
    place_in_buffer: tuple[bool, ...]
    countries: tuple[str, ...]


class Contact(NamedTuple):
    """One row of :class:`Contacts` as plain numbers: a visit, and how the leg's ends lie."""

    visit: Visit
    start: int
    end: int


def contact_list(found: Contacts) -> list[Contact]:
    """All rows, in order; legs are numbered as in ``found``."""
    inside, buffered = found.inside.by_row(len(found)), found.buffered.by_row(len(found))
    columns = (
        found.leg, found.closest_km, found.leg_km, found.leg_lon, found.leg_lat, found.zone_lon,
        found.zone_lat, found.start, found.end,
    )  # fmt: skip
    return [
        Contact(
            Visit(
                leg, ins, ins if buf == ins else buf, km, at_km, (lon, lat), (zone_lon, zone_lat)
            ),
            start,
            end,
        )
        for ins, buf, leg, km, at_km, lon, lat, zone_lon, zone_lat, start, end in zip(
            inside, buffered, *(column.tolist() for column in columns), strict=True
        )
    ]


def meet(
    found: Sequence[Contact],
    position: int,
    zone: Zone,
    first_leg: int,
    countries: tuple[str, ...],
) -> Meeting:
    """Gather the contacts of one zone and one route.

    Parameters
    ----------
    found : sequence of Contact
        Those of the route's legs and this zone.
    first_leg : int
        The number that the route's first leg has in them.
    countries : tuple of str
        One for each place.
    """
    visits = []
    lies = [0] * len(countries)
    for visit, start, end in found:
        leg = visit.leg - first_leg
        visits.append(visit._replace(leg=leg) if first_leg else visit)
        lies[leg] = max(lies[leg], start)
        lies[leg + 1] = max(lies[leg + 1], end)
    inside = tuple(how == 2 for how in lies)
    in_buffer = tuple(how == 1 for how in lies)
    return Meeting(position, zone, visits, inside, in_buffer, countries)


def without(spans: Spans, holes: Spans) -> Spans:
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
