"""Finds zones in a set: by level on a day, kind, country, issuer, and reference of an advisory.

Conditions of one kind are alternatives, those of different kinds must all hold. A condition on
advisories also says which of a zone's advisories were meant: they come with the zone.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from routecheck.airports.countries import Country, airports_of, country_called, named_in
from routecheck.airports.names import fold
from routecheck.errors import RoutecheckError
from routecheck.geometry.inside import inside
from routecheck.zones.ageing import speaks, standing, standings
from routecheck.zones.model import AS_GIVEN, Advisory, Kind, Level, Stamp, Zone, ZoneSet, day_of

__all__ = [
    "NOT_IN_FORCE", "Census", "Found", "Phase", "Query", "census", "in_force", "level_on",
    "phase_on", "search", "similar_references",
]  # fmt: skip

Phase = Literal["in force", "history", "later"]

NOT_IN_FORCE: Final = "not in force"


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; an empty field asks for nothing.

    Attributes
    ----------
    levels : sequence of {"avoid", "caution", "watch"}
        The strictest level that stands on the day is one of these.
    kinds : sequence of str
        The zone is of one of these kinds.
    country : str
        Code or name: an airport of it lies inside the outline, or the zone's name names it.
    issuers : sequence of str
        One of these has issued an advisory, whatever the case.
    reference : str
        Part of issuer, reference and revision of an advisory, e.g. ``"CZIB 2025-01"``; case,
        accents and punctuation do not matter. Advisories of every date are searched.
    every_date : bool
        Also zones that do not stand on the day, and advisories that do not.
    """

    levels: Sequence[Level] = ()
    kinds: Sequence[Kind] = ()
    country: str = ""
    issuers: Sequence[str] = ()
    reference: str = ""
    every_date: bool = False

    @property
    def about_advisories(self) -> bool:
        """Whether it asks for advisories, not only for zones."""
        return bool(self.issuers or self.reference)

    @property
    def searches_history(self) -> bool:
        """Whether what does not stand on the day counts too."""
        return self.every_date or bool(self.reference)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A zone that was looked for.

    Attributes
    ----------
    level : str
        The strictest level that stands on the day, or ``"not in force"``.
    advisories : tuple of Advisory
        Those that were asked for by issuer or reference; empty if none were.
    """

    zone: Zone
    level: str
    advisories: tuple[Advisory, ...] = ()


@dataclass(frozen=True, slots=True)
class Census:
    """How many zones of a set stand on a day, are history by then, or begin later."""

    in_force: int
    history: int
    later: int

    @property
    def known(self) -> int:
        """All of them."""
        return self.in_force + self.history + self.later


def level_on(zone: Zone, when: Stamp) -> str:
    """The strictest level that stands on a day, ``"not in force"`` if the zone does not speak."""
    graded = standings(zone, when)
    if graded:
        return graded[0].level
    return "watch" if speaks(zone, when) else NOT_IN_FORCE


def phase_on(zone: Zone, when: Stamp) -> Phase:
    """Whether a zone stands on a day, did so only before it, or will only after it."""
    if speaks(zone, when):
        return "in force"
    if zone.event is not None:
        return "history" if day_of(when) > zone.event.known else "later"
    begun = any(standing(replace(a, ended=None), when) is not None for a in zone.advisories)
    return "history" if begun else "later"


def census(zones: ZoneSet, when: Stamp) -> Census:
    """Count the zones of a set by phase."""
    phases = [phase_on(zone, when) for zone in zones]
    return Census(*(phases.count(phase) for phase in ("in force", "history", "later")))


def in_force(zones: ZoneSet, when: Stamp) -> ZoneSet:
    """The zones of a set that stand on a day, each with all its advisories, past and present."""
    return replace(zones, zones=tuple(zone for zone in zones if speaks(zone, when)))


def search(zones: ZoneSet, when: Stamp, query: Query) -> list[Found]:
    """Find the zones of a set that a query asks for, in the order of their ids.

    Parameters
    ----------
    zones : ZoneSet
    when : date or datetime
        The day, or the moment, on which levels are taken.
    query : Query

    Returns
    -------
    list of Found

    Raises
    ------
    RoutecheckError
        If an issuer is nobody's here, or the reference has no letter or digit.
    PlaceError
        If no country goes by the name.
    """
    issuers = zones.issuer_keys(query.issuers)
    needle = fold(query.reference)
    if query.reference and not needle:
        raise RoutecheckError(
            f"the reference {query.reference!r} has no letter or digit: write a part of one, such "
            "as 'CZIB 2025-01'"
        )
    place = _Place(country_called(query.country)) if query.country else None
    found = []
    for zone in sorted(zones, key=lambda zone: zone.id):
        level = level_on(zone, when)
        if level == NOT_IN_FORCE and not query.searches_history:
            continue
        if (query.levels and level not in query.levels) or (
            query.kinds and zone.kind not in query.kinds
        ):
            continue
        advisories: tuple[Advisory, ...] = ()
        if query.about_advisories:
            advisories = tuple(
                a
                for a in zone.advisories
                if (not issuers or a.issuer.casefold() in issuers)
                and needle in fold(a.title)
                and (query.searches_history or standing(a, when) is not None)
            )
            if not advisories:
                continue
        if place is None or place.is_in(zone):
            found.append(Found(zone, level, advisories))
    return found


def similar_references(zones: ZoneSet, reference: str, limit: int = 3) -> list[str]:
    """Titles of advisories that look like a reference, best first."""
    titles = {
        fold(part): a.title
        for zone in zones
        for a in zone.advisories
        if a.id != AS_GIVEN
        for part in (a.title, f"{a.issuer} {a.reference}", a.reference)
    }
    near = difflib.get_close_matches(fold(reference), titles, 3 * limit, 0.6)
    return list(dict.fromkeys(titles[key] for key in near))[:limit]


class _Place:
    """A country, and its airports as arrays."""

    __slots__ = ("_country", "_lat", "_lon")

    def __init__(self, country: Country) -> None:
        self._country = country
        places = np.array(airports_of(country), dtype=np.float64).reshape(-1, 2)
        self._lat, self._lon = places[:, 0], places[:, 1]

    def is_in(self, zone: Zone) -> bool:
        """Whether an airport of the country lies inside the outline, or the zone's name names it.

        Point in polygon with edges straight in longitude and latitude, as they were published.
        """
        return named_in(self._country, zone.name) or bool(
            inside(zone.outline, self._lon, self._lat).any()
        )
