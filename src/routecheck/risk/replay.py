"""Back-test: each aircraft that was hit, checked with what was known just before.

Nothing issued at or after the moment of an incident counts. Reported attacks count apart: each
aircraft is checked without them, and with those that were known before its day. Outlines of zones
may have been drawn later (``Zone.hindsight`` says which), dates of notices never are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple

from routecheck.geometry.legs import Legs
from routecheck.geometry.offset import offset_km
from routecheck.risk.assess import assess, considered
from routecheck.risk.incidents import Incident, incidents
from routecheck.risk.levels import rank
from routecheck.risk.model import Assessment, Verdict
from routecheck.risk.position import Presence, check_position
from routecheck.risk.sample import SAMPLE_SIZE, Shares, world_shares
from routecheck.routes.build import build_route
from routecheck.zones.ageing import speaks
from routecheck.zones.model import LEVELS, Event, Stamp, ZoneSet, day_of

__all__ = ["Replay", "Replayed", "Reports", "Tally", "replay", "replay_one"]


class Reports(NamedTuple):
    """A check of an incident that counts reported attacks too."""

    line: Assessment | None
    presences: tuple[Presence, ...] | None


@dataclass(frozen=True, slots=True, eq=False)
class Replayed:
    """One incident, and what a check just before it would have said.

    Attributes
    ----------
    line : Assessment or None
        Of the direct line; None if the route is not known.
    presences : tuple of Presence or None
        Zones at the place of the hit; None if the place is not known.
    off_km : float or None
        From the direct line to the place of the hit, km.
    partial : bool
        The day lies before the zone set claims to be complete: notices may be missing.
    events : Reports or None
        The same check with the reported attacks known before the day of the hit; None where none
        speaks then, which changes nothing.
    """

    incident: Incident
    line: Assessment | None
    presences: tuple[Presence, ...] | None
    off_km: float | None
    partial: bool
    events: Reports | None = None

    @property
    def line_verdict(self) -> Verdict | None:
        """Verdict of the direct line, by notices alone."""
        return None if self.line is None else self.line.verdict

    @property
    def place_verdict(self) -> Verdict | None:
        """Verdict at the place and level of the hit; ``unknown`` for clear before ``covers``."""
        return self._at_place(self.presences)

    @property
    def line_verdict_events(self) -> Verdict | None:
        """Verdict of the direct line with the reported attacks known before the day."""
        if self.events is None or self.events.line is None:
            return self.line_verdict
        return self.events.line.verdict

    @property
    def place_verdict_events(self) -> Verdict | None:
        """Verdict at the place with the reported attacks known before the day."""
        if self.events is None:
            return self.place_verdict
        return self._at_place(self.events.presences)

    @property
    def events_met(self) -> tuple[Event, ...]:
        """Reported attacks that the line or the place meets, the latest first."""
        if self.events is None:
            return ()
        zones = [e.zone for e in self.events.line.exposures] if self.events.line else []
        zones += [p.zone for p in self.events.presences or ()]
        found = {zone.id: zone.event for zone in zones if zone.event is not None}
        return tuple(sorted(found.values(), key=lambda e: (e.known, e.id), reverse=True))

    def _at_place(self, presences: tuple[Presence, ...] | None) -> Verdict | None:
        if presences is None:
            return None
        if presences:
            return presences[0].level
        return "unknown" if self.partial else "clear"

    @property
    def warned_by(self) -> tuple[str, ...]:
        """Titles of the notices behind the verdict at the place, or on the line, strictest first.

        Those at caution or above; empty if nobody whose word we hold had warned.
        """
        standing = [s for p in self.presences or () for s in p.standings if p.away_km == 0]
        if not standing and self.line is not None:
            standing = [s for e in self.line.exposures if e.verdict != "watch" for s in e.standings]
        strict = sorted(
            (s for s in standing if rank(s.level) >= rank("caution")),
            key=lambda s: -LEVELS.index(s.level),
        )
        return tuple(dict.fromkeys(s.advisory.title for s in strict))

    @property
    def hindsight(self) -> tuple[str, ...]:
        """Ids of zones met whose outline was drawn with later knowledge."""
        met = [e.zone for e in self.line.exposures] if self.line else []
        met += [p.zone for p in self.presences or ()]
        return tuple(dict.fromkeys(zone.id for zone in met if zone.hindsight))


@dataclass(frozen=True, slots=True)
class Tally:
    """Counted incidents by the verdict of the direct line, or of the place of the hit."""

    cases: int
    avoid: int
    caution: int
    watch: int
    missed: int

    @property
    def hits(self) -> int:
        """Cases at caution or avoid: a traveller would have been told to think twice."""
        return self.avoid + self.caution


@dataclass(frozen=True, slots=True, eq=False)
class Replay:
    """All incidents, and the verdicts of the fixed world sample on the same days and on ``today``.

    ``world`` is by notices alone, ``world_events`` with the reported attacks known before each
    day too. Both are empty if no sample was asked for; ``today`` is their last row.
    """

    rows: tuple[Replayed, ...]
    world: dict[Stamp, Shares]
    world_events: dict[Stamp, Shares]
    today: Stamp
    zones: ZoneSet

    def tally(self, verdicts: Sequence[Verdict | None]) -> Tally:
        """Count verdicts, one for each row: None, or a row that is not counted, is no case."""
        kept = [
            verdict
            for row, verdict in zip(self.rows, verdicts, strict=True)
            if verdict is not None and row.incident.counted
        ]
        return Tally(
            cases=len(kept),
            avoid=kept.count("avoid"),
            caution=kept.count("caution"),
            watch=kept.count("watch"),
            missed=kept.count("clear") + kept.count("unknown"),
        )

    @property
    def by_line(self) -> Tally:
        """Verdicts of the direct lines."""
        return self.tally([row.line_verdict for row in self.rows])

    @property
    def by_place(self) -> Tally:
        """Verdicts at the places of the hits."""
        return self.tally([row.place_verdict for row in self.rows])

    @property
    def by_line_events(self) -> Tally:
        """Verdicts of the direct lines with reported attacks."""
        return self.tally([row.line_verdict_events for row in self.rows])

    @property
    def by_place_events(self) -> Tally:
        """Verdicts at the places of the hits with reported attacks."""
        return self.tally([row.place_verdict_events for row in self.rows])


def replay_one(incident: Incident, zones: ZoneSet) -> Replayed:
    """Check one incident with what stood at the last moment before it.

    Of reported attacks those count that were known before the day of the hit: strictly, so that
    an aircraft is never warned of by its own loss, nor by one on the same day.

    Raises
    ------
    PlaceError, RouteError, ZoneError
        If the table names a place that routecheck does not know, or the set has no zone but
        reported attacks.
    """
    when = incident.before
    line, presences = _checked(incident, considered(zones, (), events=False))
    off_km = None
    if line is not None and incident.hit_lat is not None and incident.hit_lon is not None:
        off_km = offset_km(Legs.between(line.route.ends), incident.hit_lon, incident.hit_lat)
    begins = zones.covers[0]
    partial = begins is not None and day_of(when) < begins
    known = zones.with_events_before(incident.day)
    speak = any(zone.event is not None and speaks(zone, when) for zone in known)
    reports = Reports(*_checked(incident, known)) if speak else None
    return Replayed(incident, line, presences, off_km, partial, reports)


def _checked(
    incident: Incident, zones: ZoneSet
) -> tuple[Assessment | None, tuple[Presence, ...] | None]:
    """The direct line and the place of an incident, checked by a set at the last moment before."""
    line = presences = None
    if len(incident.places) >= 2:
        route = build_route(incident.places, incident.day)
        line = assess(route, zones, incident.before, now=datetime.now(UTC))
    if incident.hit_lat is not None and incident.hit_lon is not None:
        presences = check_position(
            incident.hit_lon,
            incident.hit_lat,
            incident.hit_ft,
            zones,
            incident.before,
            landing=incident.phase in ("approach", "departure", "ground"),
        )
    return line, presences


def replay(
    zones: ZoneSet,
    today: Stamp,
    *,
    sample: int = SAMPLE_SIZE,
    only: Sequence[str] = (),
    progress: Callable[[int], None] | None = None,
) -> Replay:
    """Replay all incidents, or those with the ids of ``only``.

    Parameters
    ----------
    sample : int
        How many pairs of the fixed world sample to judge on the same days, 0 for none.
    progress : callable, optional
        Told how many pairs of the sample are done.
    """
    chosen = [i for i in incidents() if not only or i.id in only]
    rows = tuple(replay_one(incident, zones) for incident in chosen)
    days: dict[Stamp, date | None] = {}
    for incident in chosen:
        days.setdefault(incident.before, incident.day)
    days.setdefault(today, None)
    pairs = world_shares(zones, days, sample, progress) if sample else []
    return Replay(
        rows,
        {without.when: without for without, _ in pairs},
        {counted.when: counted for _, counted in pairs},
        today,
        zones,
    )
