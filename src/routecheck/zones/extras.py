"""Reads what only files with a header say of a zone: the attack that makes it, and ratings."""

from __future__ import annotations

from dataclasses import fields as fields_of
from typing import Final

from routecheck.zones.fields import MAX_BUFFER_KM, Fields
from routecheck.zones.model import Event, Kind, Rating, day_of
from routecheck.zones.problems import join_pointer, show

__all__ = ["read_event", "read_ratings"]

_RATING: Final = tuple(f.name for f in fields_of(Rating))
_EVENT: Final = tuple(f.name for f in fields_of(Event))


def read_event(fields: Fields, kind: Kind) -> Event | None:
    """The reported attack that makes a zone; what else says what counts is not used then."""
    raw = fields.values.get("event")
    if raw is None:
        return None
    if not isinstance(raw, dict):
        fields.error("event", f"is {show(raw)}, not an object")
        return None
    if kind != "event":
        fields.error("event", f'belongs to zones of the kind "event", not {show(kind)}')
    if fields.values.get("advisories"):
        fields.error(
            "advisories",
            "must be [] where an event makes the zone: give a notice a zone of its own",
        )
    if not fields.absent("level"):
        fields.warn("level", "is not used: the zone's event says what counts")
    part = Fields(raw, fields.problems, fields.at("event"), fields.feature, strict=True)
    part.unknown(_EVENT, "member of an event")
    before = fields.problems.errors
    part.require(*_EVENT)
    ident, what, source, confidence = (
        part.text(key, may_be_empty=False) for key in ("id", "what", "source", "confidence")
    )
    day, known = part.stamp("date"), part.stamp("known", day_only=True)
    lat, lon = part.number("lat", -90, 90, "degrees"), part.number("lon", -180, 180, "degrees")
    radius_km = part.number("radius_km", 1, MAX_BUFFER_KM)
    if day is not None and known is not None and known < day_of(day):
        part.error("known", f"is {known}, before date, {day_of(day)}")
    if fields.problems.errors > before:
        return None
    # what is required and without an error is there
    assert day is not None
    assert known is not None
    assert lat is not None
    assert lon is not None
    assert radius_km is not None
    return Event(ident, day, day_of(known), lat, lon, radius_km, what, source, confidence)


def read_ratings(fields: Fields) -> tuple[Rating, ...]:
    """What others make of the zone's country, each with its day."""
    ratings = fields.values.get("context")
    if ratings is None:
        return ()
    if not isinstance(ratings, list):
        fields.error("context", f"is {show(ratings)}, not a list of ratings")
        return ()
    found = []
    for index, raw in enumerate(ratings):
        where = join_pointer(fields.pointer, "context", index)
        if not isinstance(raw, dict):
            fields.problems.error(
                f"context lists {show(raw)}, not an object", where, fields.feature
            )
            continue
        rating = Fields(raw, fields.problems, where, fields.feature, strict=True)
        rating.unknown(_RATING, "member of a rating")
        rating.require(*_RATING)
        rating.stamp("date", day_only=True)
        found.append(Rating(*(rating.text(key) for key in _RATING)))
    return tuple(found)
