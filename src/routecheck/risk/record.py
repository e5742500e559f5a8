"""The evidence record: an assessment as plain JSON data, schema 1."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from routecheck._version import __version__
from routecheck.airports.model import Airport
from routecheck.risk.model import Assessment, Exposure
from routecheck.zones.ageing import Standing
from routecheck.zones.model import stamp_text
from routecheck.zones.plain import plain

__all__ = ["advisory_record", "to_dict"]


def _km(value: float) -> float:
    """Rounded to 1 m."""
    return round(value, 3)


def _min(value: float) -> float:
    return round(value, 1)


def _point(point: tuple[float, float]) -> list[float]:
    """[lon, lat] to 1e-6 degrees, 0.1 m."""
    return [round(point[0], 6) + 0.0, round(point[1], 6) + 0.0]


def _place(place: Airport) -> dict[str, Any]:
    return {
        "input": place.input,
        "iata": place.iata,
        "icao": place.icao,
        "name": place.name,
        "lat": place.lat,
        "lon": place.lon,
        "note": place.note,
    }


def advisory_record(standing: Standing, excepted: Collection[str] = ()) -> dict[str, Any]:
    """One advisory as it stands on the day; ``excepted``: ids that do not speak of the flight."""
    a = standing.advisory
    return {
        "issuer": a.issuer,
        "reference": " ".join(part for part in (a.reference, a.revision) if part),
        "level": standing.level,
        "issued_level": a.stated_level or a.level,
        "binds": a.binds,
        "floor_ft": a.floor_ft,
        "ceiling_ft": a.ceiling_ft,
        "applies": a.applies,
        "aerodromes_in": list(a.aerodromes_in),
        "counts": a.id not in excepted,
        "issued": stamp_text(a.issued),
        "expires": stamp_text(a.expires),
        "lapsed": standing.lapsed,
        "exceptions": a.exceptions or None,
        "confidence": a.confidence or None,
        "summary": a.summary or None,
        "url": a.url or None,
        **({"graded": a.graded} if a.graded else {}),
    }


def _exposure(a: Assessment, e: Exposure) -> dict[str, Any]:
    return {
        "zone": e.zone.id,
        "name": e.zone.name,
        "kind": e.zone.kind,
        "verdict": e.verdict,
        "reason": e.reason,
        "level": e.level,
        "inside_km": _km(e.inside_km),
        "inside_min": _min(e.inside_min),
        "buffered_km": _km(e.buffered_km),
        "buffered_min": _min(e.buffered_min),
        "buffer_km": e.zone.buffer_km,
        "closest_km": _km(e.closest_km),
        "closest_point": _point(e.closest_point),
        "zone_point": _point(e.zone_point),
        "intervals": [
            {
                "where": i.where,
                "enter_km": _km(i.enter_km),
                "exit_km": _km(i.exit_km),
                "enter_min": _min(i.enter_min),
                "exit_min": _min(i.exit_min),
            }
            for i in e.intervals
        ],
        "at_endpoint": e.at_endpoint,
        "places_inside": [a.route.places[i].code for i in e.places_inside],
        "score_share": round(e.score_share, 3),
        "borderline": e.borderline,
        "accuracy_km": e.zone.accuracy_km,
        "weapons": list(e.zone.weapons),
        "advisories": [advisory_record(s, e.excepted) for s in e.notices],
        "event": plain(e.zone.event),
    }


def to_dict(a: Assessment) -> dict[str, Any]:
    """All of an assessment that is evidence; lengths to 1 m, times to 0.1 minute."""
    return {
        "schema": 1,
        "version": __version__,
        "checked_at": a.checked_at,
        "route": {
            "from": _place(a.route.origin),
            "to": _place(a.route.destination),
            "via": [_place(place) for place in a.route.places[1:-1]],
            "path": a.route.path,
            "distance_km": _km(a.distance_km),
            "duration_min": _min(a.duration_min),
            "cruise_ft": round(a.cruise_ft),
            "date": stamp_text(a.when),
        },
        "verdict": a.verdict,
        "reason": a.reason,
        "headline": a.headline,
        "grounds": a.grounds,
        "score": a.score,
        "as_of": stamp_text(a.as_of),
        "exposures": [_exposure(a, e) for e in a.exposures],
        "nearest": None if a.nearest is None else {"zone": a.nearest[0], "km": _km(a.nearest[1])},
        "advice": [
            {"topic": item.topic, "text": item.text, "links": list(item.links)} for item in a.advice
        ],
        "zones": {
            "dataset": a.zones.dataset,
            "as_of": stamp_text(a.as_of),
            "age_days": a.age_days,
            "sha256": a.zones.sha256,
            "count": a.zone_count,
        },
        "caveats": list(a.caveats),
    }
