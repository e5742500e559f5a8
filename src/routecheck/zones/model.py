"""Zones, the advisories behind them, and sets of zones.

The data model is that of ``docs/zones-format.md``: a zone is an area with a reason, an advisory is
one issuer's published word about an area, one record per revision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import numpy.typing as npt

from routecheck.errors import RoutecheckError

__all__ = [
    "APPLIES",
    "AS_GIVEN",
    "KINDS",
    "LEFT_OUT",
    "LEVELS",
    "NOT_READ",
    "WIDE_EDGE",
    "Advisory",
    "Event",
    "Kind",
    "LeftOut",
    "Level",
    "Outline",
    "Problem",
    "Rating",
    "Stamp",
    "Zone",
    "ZoneSet",
    "day_of",
    "issuer_names",
    "renewals",
    "stamp_text",
]

Level = Literal["avoid", "caution", "watch"]
Kind = Literal["air-defence", "conflict", "closed", "border", "exercise", "gnss", "event"]
Applies = Literal["all", "overflight", "arrival-departure"]
Severity = Literal["error", "warning"]

LEVELS: Final[tuple[Level, ...]] = ("watch", "caution", "avoid")
KINDS: Final[tuple[Kind, ...]] = (
    "air-defence", "conflict", "closed", "border", "exercise", "gnss", "event",
)  # fmt: skip
APPLIES: Final[tuple[Applies, ...]] = ("all", "overflight", "arrival-departure")

AS_GIVEN: Final = "as-given"
"""Id of the advisory that stands for the ``level`` of a zone without any record."""

WIDE_EDGE: Final = "wide-edge"
"""Code of the warning about an edge that spans more than 180° of longitude, but not all 360°."""

NOT_READ: Final = "not-read"
"""Code of the warning that files in a folder were passed over."""

LEFT_OUT: Final = "left-out"
"""Code of the warning that features were left out, or that an outline was mended by a guess."""

Stamp = date | datetime
"""A day (UTC), or a moment with a time zone where the source gives one."""

Day = date
"""The type, for records that have a field of that name."""


def day_of(stamp: Stamp) -> date:
    """The day (UTC) that a stamp is, or lies on."""
    return stamp.date() if isinstance(stamp, datetime) else stamp


def stamp_text(stamp: Stamp | None) -> str | None:
    """Write a day as ``2024-12-24`` and a moment as ``2024-12-24T05:21:00Z``."""
    if isinstance(stamp, datetime):
        return stamp.isoformat().replace("+00:00", "Z")
    return None if stamp is None else stamp.isoformat()


SHORT_ISSUERS: Final = {
    "uk": "united kingdom",
    "gb": "united kingdom",
    "us": "faa",
    "usa": "faa",
    "de": "germany",
    "fr": "france",
    "ca": "canada",
    "it": "italy",
}
"""Short forms that people write for issuers; an issuer of that very name comes first."""


def issuer_names(issuers: Iterable[str] | str | None) -> tuple[str, ...]:
    """Names as a tuple, from a sequence or from one text separated by commas.

    Raises
    ------
    RoutecheckError
        If they are no names.
    """
    if issuers is None:
        return ()
    try:
        names = issuers.split(",") if isinstance(issuers, str) else list(issuers)
        return tuple(name.strip() for name in names if name.strip())
    except (TypeError, AttributeError):
        raise RoutecheckError(f"issuers are {issuers!r}: give names, like EASA,FAA") from None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, or doubtful, in a zone file.

    ``pointer`` is an RFC 6901 JSON pointer into the file, ``feature`` the zone's id, ``code`` a
    short name for the few kinds of problem that a verdict must know of.
    """

    severity: Severity
    message: str
    file: str = ""
    feature: str | None = None
    pointer: str = ""
    code: str = ""

    def __str__(self) -> str:
        where = self.file + (f"#{self.pointer}" if self.pointer else "")
        feature = f" [{self.feature}]" if self.feature else ""
        return f"{self.severity}: {where}{feature}: {self.message}"


@dataclass(frozen=True, slots=True)
class Advisory:
    """One revision of one issuer's published word about an area.

    Attributes
    ----------
    id : str
        Key of the record in its file.
    issuer, reference, revision : str
        Who published it and under which number, e.g. ``"EASA"``, ``"CZIB 2025-01"``, ``"R3"``.
    level : {"avoid", "caution", "watch"}
        What it asks for within its levels.
    binds : str
        Who is bound by it, or to whom it is addressed.
    floor_ft, ceiling_ft : float or None
        Levels covered, feet; None is unlimited.
    issued, expires : date, datetime or None
        In force from ``issued`` to ``expires``, both inclusive.
    ended : date, datetime or None
        First moment not in force (withdrawn or superseded).
    applies : {"all", "overflight", "arrival-departure"}
        Which flights it speaks of: those that do not, or do, land or take off inside the zone or
        at an aerodrome in one of ``aerodromes_in``.
    aerodromes_in : tuple of str
        ISO 3166 codes of countries whose aerodromes count like those inside the zone.
    exceptions, url, confidence, summary : str
        Text as printed; ``confidence`` says how well the record is known.
    stated_level : {"avoid", "caution", "watch"} or None
        What it asks for by its letter, where ``level`` counts it lower; None: the same.
    graded : str
        Why it counts lower than its letter; empty if it does not.
    """

    id: str
    issuer: str
    reference: str
    level: Level
    revision: str = ""
    binds: str = ""
    floor_ft: float | None = None
    ceiling_ft: float | None = None
    issued: Stamp | None = None
    expires: Stamp | None = None
    ended: Stamp | None = None
    applies: Applies = "all"
    aerodromes_in: tuple[str, ...] = ()
    exceptions: str = ""
    url: str = ""
    confidence: str = ""
    summary: str = ""
    stated_level: Level | None = None
    graded: str = ""

    @property
    def title(self) -> str:
        """Issuer, reference and revision as people quote them, e.g. ``EASA CZIB 2025-01 R3``."""
        return " ".join(part for part in (self.issuer, self.reference, self.revision) if part)

    def by_its_letter(self) -> Advisory:
        """The same advisory, counted for what it says."""
        if self.stated_level is None:
            return self
        return replace(self, level=self.stated_level, stated_level=None, graded="")


RENEWED_WITHIN_DAYS: Final = 2
"""Days (UTC) between the end of one notice and the issue of the next that took over from it."""


def renewals(advisories: Sequence[Advisory]) -> frozenset[str]:
    """Ids of the advisories of one zone that took over from an earlier one of the same issuer.

    Whatever its number or kind, the earlier one ended within two days of the other's ``issued``;
    where nothing says when it ended, the day after it ran out stands for that.
    """
    ends: dict[str, list[tuple[int, Advisory]]] = {}
    for a in advisories:
        end = _end_of(a)
        if end is not None:
            ends.setdefault(a.issuer.casefold(), []).append((end, a))
    found = []
    for a in advisories:
        if a.issued is None:
            continue
        day = day_of(a.issued).toordinal()
        for end, other in ends.get(a.issuer.casefold(), ()):
            if abs(end - day) <= RENEWED_WITHIN_DAYS and _is_earlier(other.issued, a.issued):
                found.append(a.id)
                break
    return frozenset(found)


def _end_of(advisory: Advisory) -> int | None:
    """The first day, as an ordinal, on which a notice was over by what is known of it."""
    if advisory.ended is not None:
        return day_of(advisory.ended).toordinal()
    return None if advisory.expires is None else day_of(advisory.expires).toordinal() + 1


Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees; east is never below west and may pass 180."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A feature that may be a zone, and was not read, or not in every way that it can be meant.

    Attributes
    ----------
    feature, file : str
        Its id or name, and where it is.
    why : str
        What is wrong with it, as an end of a sentence that begins with its name.
    boxes : tuple of boxes, or None
        Nothing of it lies outside these; None where that cannot be told.
    buffer_km : float
        Its stand-off and what its outline may be off, km.
    kept : bool
        Whether the set has a zone for it all the same: one reading of several.
    bad : bool
        Whether it would be an error without ``skip_bad``.
    """

    feature: str
    file: str
    why: str
    boxes: tuple[Box, ...] | None = None
    buffer_km: float = 0.0
    kept: bool = False
    bad: bool = True


def _is_earlier(one: Stamp | None, other: Stamp) -> bool:
    """Whether a notice was issued before another; one without a date has stood always."""
    if one is None or day_of(one) != day_of(other):
        return one is None or day_of(one) < day_of(other)
    # of one day: only moments can follow each other, a day begins at midnight
    return isinstance(other, datetime) and (
        one < other if isinstance(one, datetime) else other.time() > time.min
    )


@dataclass(frozen=True, slots=True)
class Event:
    """A dated, sourced report that a weapon was fired at civil aircraft or an airport.

    It is nobody's notice and binds nobody: a zone with one asks for caution at most.

    Attributes
    ----------
    date : date or datetime
        Day or moment of the attack.
    known : date
        Day on which it was publicly said to be an attack: the zone is silent before.
    lat, lon : float
        Where, degrees.
    radius_km : float
        The zone is the circle of this radius round the place.
    what, source, confidence : str
        What happened, who says so, and how sure that is.
    """

    id: str
    date: Stamp
    known: Day
    lat: float
    lon: float
    radius_km: float
    what: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Rating:
    """What somebody else makes of a country: context beside a zone, never part of a verdict.

    ``about`` is the country, ``rating`` the words of ``issuer`` on the day ``date``.
    """

    issuer: str
    about: str
    rating: str
    date: str


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """The rings of a zone, refined so that geodesic edges follow the published lines.

    Attributes
    ----------
    lon, lat : (n,) float arrays, degrees
        Vertices of all rings one after another, each ring closed (first vertex repeated).
        Longitudes run on continuously within a ring and may pass 180.
    ring_start : (rings + 1,) int array
        Ring ``k`` is ``lon[ring_start[k]:ring_start[k + 1]]``. Exteriors run counter-clockwise,
        holes clockwise.
    polygon : (rings,) int array
        The polygon each ring belongs to, 0 the first; its first ring is the exterior, the others
        are holes.
    given : (n,) bool array or None
        Which vertices were published; the others refine the lines between them. None where the
        zone's ``geometry`` says it.
    """

    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    ring_start: npt.NDArray[np.int64]
    polygon: npt.NDArray[np.int64]
    given: npt.NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Zone:
    """An area on the map with a reason, its advisories and the weapons present.

    Attributes
    ----------
    buffer_km : float
        Stand-off around the outline, km.
    advisories : tuple of Advisory
        Every revision known, in no particular order. Empty: no notice known, never above watch.
    since : date or None
        First day on which a zone without any notice speaks; None is always. Not used with notices.
    renewed : frozenset of str
        Ids of advisories that took over from an earlier one, as :func:`renewals` finds them; those
        found are added to those given, so that a zone cut down to one day's notices still knows.
    accuracy_km : float
        How far the outline may be off, km; ``basis`` says how it was drawn.
    hindsight : str
        What was known only later when the outline of a historic zone was drawn; empty if nothing.
    context : tuple of Rating
        Ratings of others, shown beside the zone.
    event : Event or None
        The report that makes the zone; it has no advisories then.
    geometry : mapping
        The GeoJSON Polygon or MultiPolygon as it was read.
    """

    id: str
    name: str
    kind: Kind
    outline: Outline
    geometry: Mapping[str, Any] = field(repr=False)
    group: str | None = None
    buffer_km: float = 0.0
    weapons: tuple[str, ...] = ()
    advisories: tuple[Advisory, ...] = ()
    basis: str = "as given"
    accuracy_km: float = 0.0
    notes: str = ""
    since: date | None = None
    hindsight: str = ""
    context: tuple[Rating, ...] = ()
    event: Event | None = None
    file: str = ""
    renewed: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "renewed", self.renewed | renewals(self.advisories))

    if not TYPE_CHECKING:  # else every misspelt attribute would pass for one

        def __getattr__(self, name: str) -> Any:
            """Draw the geometry of a built-in zone, which few checks ask for, on first use."""
            if name != "geometry":
                raise AttributeError(f"a Zone has no attribute {name!r}")
            from routecheck.zones.outline import drawn  # noqa: PLC0415 - needs this model

            geometry = drawn(self.outline)
            object.__setattr__(self, name, geometry)
            return geometry


@dataclass(frozen=True, slots=True, eq=False)
class ZoneSet(Sequence[Zone]):
    """Zones that are checked together, with their provenance.

    Attributes
    ----------
    as_of : date or None
        State of knowledge. None for plain GeoJSON, which is taken as always valid.
    covers : tuple of (date or None, date or None)
        First and last day for which the set claims to be complete.
    gaps : tuple of str
        Areas known to be missing from the set: printed with every verdict but avoid.
    gap_countries : tuple of str
        ISO 3166 codes of countries known to be missing: a route that lands there is not called
        clear.
    sha256 : str
        Over the sorted hashes of the files, hexadecimal.
    file_hashes : tuple of str
        SHA-256 of each file, in the order of ``files``.
    problems : tuple of Problem
        What the reader found and repaired, or doubts.
    left_out : tuple of LeftOut
        Features that were left out, or can be read in other ways: near them nothing is called
        clear.
    """

    zones: Sequence[Zone]
    dataset: str = ""
    as_of: date | None = None
    covers: tuple[date | None, date | None] = (None, None)
    licence: str = ""
    credits: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    gap_countries: tuple[str, ...] = ()
    sha256: str = ""
    files: tuple[str, ...] = ()
    file_hashes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def __len__(self) -> int:
        return len(self.zones)

    def __iter__(self) -> Iterator[Zone]:
        return iter(self.zones)

    def __getitem__(self, index: Any) -> Any:
        return self.zones[index]

    @property
    def samples(self) -> Sequence[Zone]:
        """A zone for each kind of papers: all that differ in more than name, place and stand-off.

        Of a set that is not kept as columns, all zones.
        """
        ask: Callable[[], Sequence[Zone]] | None = getattr(self.zones, "samples", None)
        return self.zones if ask is None else ask()

    def named(self, ident: str) -> Zone:
        """The zone with an id, which is there."""
        position: Callable[[str], int] | None = getattr(self.zones, "position", None)
        if position is not None:
            return self.zones[position(ident)]
        return next(zone for zone in self.zones if zone.id == ident)

    @property
    def read_two_ways(self) -> tuple[str, ...]:
        """Ids of zones with an edge that may be meant to go the other way round the Earth."""
        found = (p.feature or p.file for p in self.problems if p.code == WIDE_EDGE)
        return tuple(dict.fromkeys(found))

    @property
    def skipped_bad(self) -> bool:
        """Whether features with errors were left out, or were kept in all their readings."""
        return any(item.bad for item in self.left_out)

    @property
    def issuers(self) -> tuple[str, ...]:
        """Names of all who issued an advisory here, sorted; a user's own zones have none."""
        named = {a.issuer for zone in self.samples for a in zone.advisories if a.id != AS_GIVEN}
        return tuple(sorted(named))

    @property
    def known_until(self) -> date | None:
        """Last day that the set can know of: it claims neither to be newer nor to cover more."""
        return min((day for day in (self.as_of, self.covers[1]) if day is not None), default=None)

    def lint(self) -> tuple[Problem, ...]:
        """Everything the reader found and repaired, or doubts, as :class:`Problem` records."""
        return self.problems

    def issuer_keys(self, names: Iterable[str]) -> set[str]:
        """The issuers that are meant, in lower case; short forms (UK, FR) stand for the names.

        Raises
        ------
        RoutecheckError
            If a name is nobody's here.
        """
        known = self.issuers
        there = {issuer.casefold() for issuer in known}
        meant = {name: name.strip().casefold() for name in names}
        keys = {
            name: key if key in there else SHORT_ISSUERS.get(key, key)
            for name, key in meant.items()
        }
        unknown = sorted(name.strip() for name, key in keys.items() if key not in there)
        if unknown:
            nobody = " or ".join(map(repr, unknown))
            raise RoutecheckError(
                f"no advisory in this zone set is by {nobody}: issuers are "
                f"{', '.join(known) or 'not named in it'}"
            )
        return set(keys.values())

    def by_issuers(self, issuers: Sequence[str] | str) -> ZoneSet:
        """Keep only the advisories of these issuers (case-insensitive), and their zones.

        ``issuers`` may be one text, separated by commas; none at all keeps everything.

        A zone that had advisories and has none left is dropped; one that never had any stays, and
        so does a user's own zone, whose level is nobody's advisory. Who names an issuer is bound by
        its letter: advisories that count lower than that count in full (``stated_level``).

        Raises
        ------
        RoutecheckError
            If a name is nobody's here: it would silence all zones without a word.
        """
        names = issuer_names(issuers)
        if not names:
            return self
        wanted = self.issuer_keys(names)
        kept = []
        for zone in self.zones:
            advisories = tuple(
                a.by_its_letter()
                for a in zone.advisories
                if a.id == AS_GIVEN or a.issuer.casefold() in wanted
            )
            if advisories or not zone.advisories:
                kept.append(replace(zone, advisories=advisories))
        return replace(self, zones=tuple(kept))

    def without_events(self) -> ZoneSet:
        """Leave out all zones of the kind ``event``; the set itself if there are none."""
        if all(z.kind != "event" for z in self.samples):
            return self
        kept = tuple(z for z in self.zones if z.kind != "event")
        return replace(self, zones=kept)

    def with_events_before(self, day: date) -> ZoneSet:
        """Keep of the zones that a reported attack makes those known before a day."""
        if all(z.event is None or z.event.known < day for z in self.samples):
            return self
        kept = tuple(z for z in self.zones if z.event is None or z.event.known < day)
        return replace(self, zones=kept)

    def on(self, when: Stamp | str) -> ZoneSet:
        """Keep the zones that speak on a day (or at a moment), each with what is then in force.

        Lapsed advisories stay, as :func:`routecheck.zones.ageing.standing` grades them.
        """
        from routecheck.zones.ageing import zones_on  # noqa: PLC0415 - ageing needs this model

        return zones_on(self, when)
