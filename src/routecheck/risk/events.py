"""The reported attacks that make zones: a table of them, and the hits among the incidents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from routecheck.risk.incidents import Incident, incidents
from routecheck.tables import table_rows
from routecheck.zones.ageing import parse_stamp
from routecheck.zones.model import Event, day_of

__all__ = ["RADIUS_KM", "Reported", "event_of", "reported"]

RADIUS_KM: Final = 100.0
"""Of the circle round a hit: a round number, not fitted to any case."""

AIRPORT_KM: Final = 1.0
"""How far off the position of an attacked airport may be: its impacts lie about its middle."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A reported attack, the name of what was attacked, and how far off its place may be, km."""

    event: Event
    name: str
    accuracy_km: float


@cache
def reported() -> tuple[Reported, ...]:
    """All reported attacks, oldest first, from the tables shipped with the package."""
    found = [_listed(row) for row in table_rows("events.csv")]
    found += [hit for i in incidents() if (hit := event_of(i)) is not None]
    return tuple(sorted(found, key=lambda r: (day_of(r.event.date), r.event.id)))


def _listed(row: dict[str, str]) -> Reported:
    event = Event(
        id=row["id"],
        date=parse_stamp(row["date"]),
        known=date.fromisoformat(row["known"]),
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        radius_km=float(row["radius_km"]),
        what=row["what"],
        source=row["source"],
        confidence=row["confidence"],
    )
    return Reported(event, row["name"], AIRPORT_KM)


def event_of(incident: Incident) -> Reported | None:
    """A hit as a reported attack; None without its place, or the day on which it was known."""
    lat, lon, known = incident.hit_lat, incident.hit_lon, incident.known
    if lat is None or lon is None or known is None:
        return None
    event = Event(
        id=incident.id,
        date=incident.when,
        known=known,
        lat=lat,
        lon=lon,
        radius_km=RADIUS_KM,
        what=_what(incident),
        source=_source(incident),
        confidence=incident.confidence,
    )
    return Reported(event, incident.title or incident.aircraft, incident.position_km or 0.0)


def _source(incident: Incident) -> str:
    said = incident.known_source
    return f"{incident.source}; when it was known: {said}" if said else incident.source


def _what(incident: Incident) -> str:
    said = f"{incident.title or incident.aircraft}: {incident.weapon_text or 'hit'}"
    if not incident.killed:
        return said
    of = f" of {incident.on_board}" if incident.on_board else ""
    return f"{said}; {incident.killed}{of} killed"
