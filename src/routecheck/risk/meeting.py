"""Where a route meets a zone: visits by leg, and how each place of the route lies to it.

Geometry only, no dates: what the papers make of it is said by :mod:`routecheck.risk.judge`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from routecheck.geometry.contact import Contacts
from routecheck.zones.model import Zone

__all__ = ["Meeting", "Spans", "Visit", "meet", "without"]

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


def meet(
    found: Contacts,
    rows: Sequence[int],
    position: int,
    zone: Zone,
    first_leg: int,
    countries: tuple[str, ...],
) -> Meeting:
    """Gather the contacts of one zone and one route.

    Parameters
    ----------
    rows : sequence of int
        Rows of ``found`` that are legs of the route and this zone.
    first_leg : int
        The leg of ``found`` that is the route's first.
    countries : tuple of str
        One for each place.
    """
    visits = []
    lies = [0] * len(countries)
    for row in rows:
        leg = int(found.leg[row]) - first_leg
        visits.append(
            Visit(
                leg=leg,
                inside=found.inside.of(row),
                buffered=found.buffered.of(row),
                closest_km=float(found.closest_km[row]),
                closest_at_km=float(found.leg_km[row]),
                closest_point=(float(found.leg_lon[row]), float(found.leg_lat[row])),
                zone_point=(float(found.zone_lon[row]), float(found.zone_lat[row])),
            )
        )
        lies[leg] = max(lies[leg], int(found.start[row]))
        lies[leg + 1] = max(lies[leg + 1], int(found.end[row]))
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
