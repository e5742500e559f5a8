"""The result of a check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from routecheck.routes.model import Route
from routecheck.zones.ageing import Standing
from routecheck.zones.model import Level, Stamp, Zone, ZoneSet

__all__ = [
    "REASONS",
    "VERDICTS",
    "Advice",
    "Assessment",
    "Exposure",
    "Interval",
    "Reason",
    "Verdict",
]

Verdict = Literal["avoid", "caution", "watch", "clear", "unknown"]
Reason = Literal["endpoint", "overflight", "near", "none"]
AtEndpoint = Literal["origin", "destination", "stop", "both"]

REASONS: tuple[Reason, ...] = ("endpoint", "overflight", "near", "none")
"""Among equally strict findings the first of these names the reason."""

VERDICTS: tuple[Verdict, ...] = ("avoid", "caution", "watch", "clear", "unknown")


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of the route inside a zone, or within its buffer only.

    Distances (km) and times (minutes, without time on the ground) run from the first take-off.
    """

    where: Literal["inside", "buffer"]
    enter_km: float
    exit_km: float
    enter_min: float
    exit_min: float


@dataclass(frozen=True, slots=True, eq=False)
class Exposure:
    """What one route has to do with one zone.

    Attributes
    ----------
    verdict, reason
        What the zone alone would make of the route, and by what.
    level : {"avoid", "caution", "watch"}
        Strictest level that stands for the zone on the day, whatever the altitude.
    inside_km, inside_min, buffered_km, buffered_min : float
        Within the outline; within the buffer of it, inside included.
    closest_km : float
        Least WGS84 distance from the route to the outline, 0 inside.
    closest_point, zone_point : (lon, lat)
        The two nearest points, degrees; the same one where the route is inside.
    at_endpoint : {"origin", "destination", "both", "stop"} or None
        Which ends of the route lie inside the outline; ``stop`` if only a place in between does.
    places_inside : tuple of int
        Positions in ``route.places`` of all places inside.
    legs : tuple of int
        Legs that come near the zone, 0 the first.
    score_share : float
        The zone's part of the dose, 0 to 1.
    borderline : bool
        The zone, or its buffer, is missed by less than the outline is accurate to.
    excepted : frozenset of str
        Ids of the advisories that do not speak of this flight, by where it takes off or lands.
    ask_carriers : callable
        Works out ``carriers``: many checks end at the verdict.
    """

    zone: Zone
    verdict: Level
    reason: Reason
    level: Level
    standings: tuple[Standing, ...]
    inside_km: float
    inside_min: float
    buffered_km: float
    buffered_min: float
    closest_km: float
    closest_point: tuple[float, float]
    zone_point: tuple[float, float]
    intervals: tuple[Interval, ...]
    at_endpoint: AtEndpoint | None
    places_inside: tuple[int, ...]
    legs: tuple[int, ...]
    score_share: float
    borderline: bool
    excepted: frozenset[str] = frozenset()
    ask_carriers: Callable[[], frozenset[str]] = frozenset

    @property
    def notices(self) -> tuple[Standing, ...]:
        """What stands of the zone's advisories; a reported attack is nobody's."""
        return () if self.zone.event is not None else self.standings

    @property
    def carriers(self) -> frozenset[str]:
        """Ids of the advisories that the verdict rests on."""
        return self.ask_carriers()


@dataclass(frozen=True, slots=True)
class Advice:
    """One piece of advice, with the pages it rests on."""

    topic: Literal["safety", "flight-path", "legal", "official"]
    text: str
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """All exposures of a route on a day, with score, verdict, reason, advice and provenance.

    Attributes
    ----------
    verdict : {"avoid", "caution", "watch", "clear", "unknown"}
        ``clear`` is *clear of the listed zones, as of the set's date*, never more.
    reason : {"endpoint", "overflight", "near", "none"}
        What decided it.
    score : float or None
        Exposure index from 0 to 100, for ranking; not a probability. None when unknown.
    distance_km, duration_min, cruise_ft : float
        Of the whole route, by geodesic legs and the profile of :mod:`routecheck.risk.profile`.
    nearest : (zone id, km) or None
        The nearest zone that speaks on the day, however far.
    headline : str
        The verdict in a sentence.
    """

    route: Route
    when: Stamp
    verdict: Verdict
    reason: Reason
    score: float | None
    exposures: tuple[Exposure, ...]
    advice: tuple[Advice, ...]
    nearest: tuple[str, float] | None
    caveats: tuple[str, ...]
    headline: str
    distance_km: float
    duration_min: float
    cruise_ft: float
    zones: ZoneSet
    zone_count: int
    age_days: int | None
    checked_at: str
    leg_km: tuple[float, ...]

    @property
    def as_of(self) -> date | None:
        """State of knowledge of the zone set."""
        return self.zones.as_of

    @property
    def grounds(self) -> str:
        """Whose word the headline rests on, with dates; may be empty."""
        from routecheck.risk.wording import grounds  # noqa: PLC0415 - the wording needs this model

        return grounds(self.verdict, self.reason, self.exposures)

    def at_least(self, verdict: Verdict) -> bool:
        """Whether the verdict is this one or stricter; ``unknown`` satisfies every one."""
        return self.verdict == "unknown" or VERDICTS.index(self.verdict) <= VERDICTS.index(verdict)

    def to_dict(self) -> dict[str, Any]:
        """The evidence record: schema 1 of ``docs/json.md``, ready for :func:`json.dumps`."""
        from routecheck.risk.record import to_dict  # noqa: PLC0415 - the record needs this model

        return to_dict(self)

    def to_geojson(self) -> dict[str, Any]:
        """A FeatureCollection: route pieces, zones met, nearest points (RFC 7946)."""
        from routecheck.risk.features import to_geojson  # noqa: PLC0415 - likewise

        return to_geojson(self)

    @property
    def __geo_interface__(self) -> Mapping[str, Any]:
        """The same as :meth:`to_geojson`, for libraries that speak this protocol."""
        return self.to_geojson()
