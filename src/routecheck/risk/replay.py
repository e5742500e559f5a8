"""Back-test: each aircraft that was hit, checked with what was known just before.

Nothing issued at or after the moment of an incident counts. Outlines of zones may have been drawn
later (``Zone.hindsight`` says which), dates of notices never are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from routecheck.geometry.legs import Legs
from routecheck.geometry.offset import offset_km
from routecheck.risk.assess import assess
from routecheck.risk.incidents import Incident, incidents
from routecheck.risk.levels import rank
from routecheck.risk.model import Assessment, Verdict
from routecheck.risk.position import Presence, check_position
from routecheck.risk.sample import SAMPLE_SIZE, Shares, world_shares
from routecheck.routes.build import build_route
from routecheck.zones.model import LEVELS, Stamp, ZoneSet, day_of

__all__ = ["Replay", "Replayed", "Tally", "replay", "replay_one"]


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
    """

    incident: Incident
    line: Assessment | None
    presences: tuple[Presence, ...] | None
    off_km: float | None
    partial: bool

    @property
    def line_verdict(self) -> Verdict | None:
        """Verdict of the direct line."""
        return None if self.line is None else self.line.verdict

    @property
    def place_verdict(self) -> Verdict | None:
        """Verdict at the place and level of the hit; ``unknown`` for clear before ``covers``."""
        if self.presences is None:
            return None
        if self.presences:
            return self.presences[0].level
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

    ``world`` is empty if no sample was asked for; ``today`` is its last row.
    """

    rows: tuple[Replayed, ...]
    world: dict[Stamp, Shares]
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


def replay_one(incident: Incident, zones: ZoneSet) -> Replayed:
    """Check one incident with what stood at the last moment before it.

    Raises
    ------
    PlaceError, RouteError
        If the table names a place that routecheck does not know.
    """
    when = incident.before
    line = off_km = presences = None
    if len(incident.places) >= 2:
        route = build_route(incident.places)
        line = assess(route, zones, when, now=datetime.now(UTC))
    if incident.hit_lat is not None and incident.hit_lon is not None:
        presences = check_position(
            incident.hit_lon,
            incident.hit_lat,
            incident.hit_ft,
            zones,
            when,
            landing=incident.phase in ("approach", "departure", "ground"),
        )
        if line is not None:
            off_km = offset_km(Legs.between(line.route.ends), incident.hit_lon, incident.hit_lat)
    begins = zones.covers[0]
    return Replayed(incident, line, presences, off_km, begins is not None and day_of(when) < begins)


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
    days: list[Stamp] = list(dict.fromkeys([*(i.before for i in chosen), today]))
    shares = world_shares(zones, days, sample, progress) if sample else []
    return Replay(rows, {s.when: s for s in shares}, today, zones)
