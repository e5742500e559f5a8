"""Reads advisories, and the file's header: the foreign member ``routecheck``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, Final, cast

from routecheck.zones.fields import Fields, read_stamp
from routecheck.zones.model import (
    APPLIES,
    AS_GIVEN,
    LEVELS,
    Advisory,
    Applies,
    Level,
    Stamp,
    stamp_text,
)
from routecheck.zones.problems import Problems, clean_text, join_pointer, printable, show

__all__ = ["ADVISORY_FIELDS", "SCHEMA_VERSION", "Header", "read_advisory", "read_header"]

SCHEMA_VERSION: Final = 1
"""The version of the zone file format that this reader knows."""

ADVISORY_FIELDS: Final = (
    "id", "issuer", "reference", "revision", "level", "binds", "floor_ft", "ceiling_ft", "issued",
    "expires", "ended", "applies", "aerodromes_in", "exceptions", "url", "confidence", "summary",
    "stated_level", "graded",
)  # fmt: skip
_REQUIRED: Final = ("issuer", "reference", "level", "issued", "confidence")
_HEADER_FIELDS: Final = (
    "schema", "dataset", "as_of", "covers", "licence", "credits", "gaps", "gap_countries",
    "advisories",
)  # fmt: skip
_ISSUER: Final = "your zone file"

_HIGHEST_FLIGHT_LEVEL: Final = 660
"""Ceilings up to this many feet are probably flight levels written by mistake."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says about itself. ``plain`` files say nothing and are always valid."""

    plain: bool
    dataset: str = ""
    as_of: date | None = None
    covers: tuple[date | None, date | None] = (None, None)
    licence: str = ""
    credits: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    gap_countries: tuple[str, ...] = ()
    advisories: Mapping[str, Advisory | None] = field(default_factory=dict)
    """By id; None where the record has errors of its own."""


def read_header(document: Mapping[str, Any], problems: Problems) -> Header | None:
    """Read the foreign member; None if this version of routecheck cannot read the file."""
    if "routecheck" not in document:
        return Header(plain=True)
    raw = document["routecheck"]
    where = "/routecheck"
    if not isinstance(raw, dict):
        problems.error(
            f"routecheck is {show(raw)}, not an object: write "
            '{"schema": 1, …}, or remove it to have the file read as plain GeoJSON',
            where,
        )
        return None
    version = raw.get("schema")
    if isinstance(version, bool) or version != SCHEMA_VERSION:
        if version is None:
            message = 'schema is missing: write "schema": 1'
        elif isinstance(version, int) and not isinstance(version, bool) and version > 1:
            message = (
                f"schema {show(version)} is newer than this routecheck reads "
                f"({SCHEMA_VERSION}): update routecheck"
            )
        else:
            message = f"schema is {show(version)}, not a version of the format: write 1"
        problems.error(message, join_pointer(where, "schema"))
        return None

    fields = Fields(raw, problems, where, None, strict=True)
    fields.unknown(_HEADER_FIELDS, "field of the header")
    as_of = fields.stamp("as_of", day_only=True)
    if raw.get("as_of") is None:
        problems.warn("as_of is missing: the file is taken as always up to date", where)
    return Header(
        plain=False,
        dataset=fields.text("dataset"),
        as_of=as_of,
        covers=_read_covers(fields),
        licence=fields.text("licence"),
        credits=fields.texts("credits"),
        gaps=fields.texts("gaps"),
        gap_countries=_read_countries(fields, "gap_countries"),
        advisories=_read_table(fields),
    )


_COUNTRY = re.compile(r"[A-Z]{2}")


def _read_countries(fields: Fields, key: str) -> tuple[str, ...]:
    countries = fields.texts(key)
    for index, country in enumerate(countries):
        if not _COUNTRY.fullmatch(country):
            fields.problems.error(
                f"{key} lists {show(country)}: write ISO 3166 codes such as ML",
                join_pointer(fields.pointer, key, index),
                fields.feature,
            )
    return countries


def _read_covers(fields: Fields) -> tuple[date | None, date | None]:
    value = fields.values.get("covers")
    if value is None:
        return (None, None)
    if not isinstance(value, list) or len(value) != 2:
        fields.error(
            "covers", f'is {show(value)}, not two dates: write ["2014-01-01", "2025-01-31"]'
        )
        return (None, None)
    days: list[date | None] = []
    for index, item in enumerate(value):
        day = None if item is None else read_stamp(item, day_only=True)
        if isinstance(day, str):
            fields.problems.error(f"covers {day}", join_pointer(fields.pointer, "covers", index))
            day = None
        days.append(day)
    first, last = days
    if first is not None and last is not None and last < first:
        fields.error("covers", f"ends on {last}, before it begins on {first}")
    return (first, last)


def _read_table(fields: Fields) -> dict[str, Advisory | None]:
    table = fields.values.get("advisories")
    if table is None:
        return {}
    if not isinstance(table, dict):
        fields.error("advisories", f'is {show(table)}, not an object: write {{"id": {{…}}, …}}')
        return {}
    found: dict[str, Advisory | None] = {}
    for key, raw in table.items():
        where = join_pointer(fields.pointer, "advisories", key)
        found[key] = read_advisory(raw, clean_text(key)[0], fields.problems, where, strict=True)
    return found


def read_advisory(
    raw: Any,
    ident: str,
    problems: Problems,
    pointer: str,
    feature: str | None = None,
    *,
    strict: bool,
) -> Advisory | None:
    """Read one advisory; None if it has an error.

    In a plain file only ``level`` is required.
    """
    if not isinstance(raw, dict):
        problems.error(f"an advisory is {show(raw)}, not an object", pointer, feature)
        return None
    before = problems.errors
    fields = Fields(raw, problems, pointer, feature, strict)
    fields.unknown(ADVISORY_FIELDS, "field of an advisory")
    fields.require(*(_REQUIRED if strict else ("level",)))

    level = cast(Level, fields.choice("level", LEVELS, "avoid"))
    applies = cast(Applies, fields.choice("applies", APPLIES, "all"))
    floor = fields.number("floor_ft", unit="feet")
    ceiling = fields.number("ceiling_ft", unit="feet")
    if floor is not None and ceiling is not None and floor > ceiling:
        fields.error("floor_ft", f"is {show(floor)}, above ceiling_ft, {show(ceiling)}")
    if ceiling is not None and 0 < ceiling <= _HIGHEST_FLIGHT_LEVEL:
        fields.warn(
            "ceiling_ft",
            f"is {ceiling:g} feet, below any airliner: if FL{ceiling:03.0f} is meant, "
            f"write {ceiling * 100:.0f}",
        )
    aerodromes_in = _read_countries(fields, "aerodromes_in")
    if aerodromes_in and applies == "all":
        fields.warn("aerodromes_in", "changes nothing: applies is all")
    issued, expires, ended = (fields.stamp(key) for key in ("issued", "expires", "ended"))
    _check_order(fields, issued, expires, ended)

    advisory = Advisory(
        id=fields.text("id", ident, may_be_empty=False),
        issuer=fields.text("issuer", _ISSUER, may_be_empty=False),
        reference=fields.text("reference", printable(problems.file), may_be_empty=False),
        level=level,
        revision=fields.text("revision"),
        binds=fields.text("binds"),
        floor_ft=floor,
        ceiling_ft=ceiling,
        issued=issued,
        expires=expires,
        ended=ended,
        applies=applies,
        aerodromes_in=aerodromes_in,
        exceptions=fields.text("exceptions"),
        url=_read_url(fields),
        confidence=fields.text("confidence", "" if strict else "as given", may_be_empty=False),
        summary=fields.text("summary"),
        stated_level=_read_stated(fields, level),
        graded=fields.text("graded"),
    )
    if advisory.id == AS_GIVEN:
        fields.error(
            "id", f"is {show(AS_GIVEN)}, which stands for a zone's own level: choose another"
        )
    return advisory if problems.errors == before else None


def _read_stated(fields: Fields, level: Level) -> Level | None:
    """The level by the letter, which must be stricter than what counts, and have a reason."""
    if fields.absent("stated_level"):
        if fields.values.get("graded"):
            fields.warn("graded", "gives a reason for nothing: there is no stated_level")
        return None
    stated = cast(Level, fields.choice("stated_level", LEVELS, level))
    if LEVELS.index(stated) <= LEVELS.index(level):
        fields.error("stated_level", f"is {show(stated)}, not stricter than level, {show(level)}")
    if not fields.text("graded"):
        fields.error("graded", "is missing: say why the advisory counts lower than its letter")
    return stated


def _check_order(
    fields: Fields, issued: Stamp | None, expires: Stamp | None, ended: Stamp | None
) -> None:
    if issued is None:
        return
    if expires is not None and _moment(expires, time.max) < _moment(issued, time.min):
        fields.error("expires", f"is {stamp_text(expires)}, before issued, {stamp_text(issued)}")
    if ended is None:
        return
    gap = _moment(ended, time.min) - _moment(issued, time.min)
    if gap.total_seconds() < 0:
        fields.error("ended", f"is {stamp_text(ended)}, before issued, {stamp_text(issued)}")
    elif not gap:
        fields.warn("ended", "is the moment it was issued: it was never in force")


def _moment(stamp: Stamp, of_day: time) -> datetime:
    return stamp if isinstance(stamp, datetime) else datetime.combine(stamp, of_day, UTC)


def _read_url(fields: Fields) -> str:
    """Only web addresses: reports turn this into a link."""
    url = fields.text("url")
    if url and not url.startswith(("https://", "http://")):
        fields.problems.add(
            fields.strict,
            f"url is {show(url)}, not a web address: it must begin with https:// or http://",
            fields.at("url"),
            fields.feature,
        )
        return ""
    return url
