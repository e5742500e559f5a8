"""The table of civil aircraft that were hit: what happened, where, and who had warned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from routecheck.tables import table_rows
from routecheck.zones.ageing import parse_stamp
from routecheck.zones.model import Stamp

__all__ = ["Incident", "incidents"]


@dataclass(frozen=True, slots=True)
class Incident:
    """One aircraft, as known; empty texts and None where the sources say nothing.

    Attributes
    ----------
    when : date or datetime
        Moment of the hit (UTC), or its day.
    places : tuple of str
        Origin, stops and destination as routecheck reads them; fewer than two: not replayable.
    hit_lat, hit_lon, position_km : float or None
        Where it was hit, degrees, and how far off that may be, km.
    hit_ft : float or None
        Level at which it was hit, ft.
    phase : str
        ``approach``, ``departure``, ``cruise`` or ``ground``.
    status : {"civil", "state", "military"}
    disputed, off_course, counted : bool
        Whether the cause is disputed, the aircraft was lost far off its course, and whether the
        case enters the statistics (if not, ``why_not_counted`` says why).
    known : date or None
        Day on which it was publicly said to be an attack: from then on it is an event too;
        ``known_source`` says who said so.
    warned : str
        Who had warned of the area, as far as known.
    """

    id: str
    when: Stamp
    flight: str
    operator: str
    aircraft: str
    places: tuple[str, ...]
    route_text: str
    hit_lat: float | None
    hit_lon: float | None
    position_km: float | None
    hit_ft: float | None
    phase: str
    weapon: str
    weapon_text: str
    killed: int | None
    on_board: int | None
    status: str
    disputed: bool
    off_course: bool
    counted: bool
    why_not_counted: str
    warned: str
    confidence: str
    source: str
    notes: str
    known: date | None = None
    known_source: str = ""

    @property
    def title(self) -> str:
        """Operator and flight, e.g. ``Malaysia Airlines MH17``."""
        return " ".join(part for part in (self.operator, self.flight) if part)

    @property
    def before(self) -> Stamp:
        """The last moment before it: a second earlier, or the day before if no time is known."""
        if isinstance(self.when, datetime):
            return self.when - timedelta(seconds=1)
        return self.when - timedelta(days=1)

    @property
    def day(self) -> date:
        """The day of it, UTC."""
        return self.when.date() if isinstance(self.when, datetime) else self.when


@cache
def incidents() -> tuple[Incident, ...]:
    """All incidents, oldest first, from the table shipped with the package."""
    found = [_incident(row) for row in table_rows("incidents.csv")]
    return tuple(sorted(found, key=lambda i: (i.day, str(i.when), i.id)))


def _incident(row: dict[str, str]) -> Incident:
    places = (row["origin"], *row["via"].split(), row["destination"])
    return Incident(
        id=row["id"],
        when=parse_stamp(row["when"]),
        flight=row["flight"],
        operator=row["operator"],
        aircraft=row["aircraft"],
        places=tuple(place for place in places if place),
        route_text=row["route_text"],
        hit_lat=_number(row["hit_lat"]),
        hit_lon=_number(row["hit_lon"]),
        position_km=_number(row["position_km"]),
        hit_ft=_number(row["hit_ft"]),
        phase=row["phase"],
        weapon=row["weapon"],
        weapon_text=row["weapon_text"],
        killed=_whole(row["killed"]),
        on_board=_whole(row["on_board"]),
        status=row["status"],
        disputed=row["disputed"] == "yes",
        off_course=row["off_course"] == "yes",
        counted=row["counted"] == "yes",
        why_not_counted=row["why_not_counted"],
        warned=row["warned"],
        confidence=row["confidence"],
        source=row["source"],
        notes=row["notes"],
        known=date.fromisoformat(row["known"]) if row.get("known") else None,
        known_source=row.get("known_source", ""),
    )


def _number(text: str) -> float | None:
    return float(text) if text else None


def _whole(text: str) -> int | None:
    return int(text) if text else None
