"""Zones that were looked for, as a person and as a program read them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any, Final

from routecheck.report.text import Paint, graded_text, levels_text, wrap
from routecheck.report.zone import (
    advisory_record,
    advisory_status,
    dates_text,
    newest_first,
    zone_record,
)
from routecheck.risk.assess import MAX_AGE_DAYS
from routecheck.risk.wording import too_early
from routecheck.zones.ageing import standings
from routecheck.zones.model import Advisory, Stamp, Zone, ZoneSet, day_of, stamp_text
from routecheck.zones.problems import count_of
from routecheck.zones.search import Census, Found

__all__ = ["census_text", "doubts", "found_records", "found_text", "matches_text"]

WIDE: Final = 120
"""From this width on a table has room for kind, buffer and issuers."""


def found_records(found: Sequence[Found], when: Stamp) -> list[dict[str, Any]]:
    """Zones as plain JSON data; with ``advisories``, where some were asked for."""
    records = []
    for one in found:
        record = {**zone_record(one.zone), "level": one.level}
        if one.advisories:
            ordered = newest_first(one.advisories, when)
            record["advisories"] = [advisory_record(a, one.zone, when) for a in ordered]
        records.append(record)
    return records


def found_text(found: Sequence[Found], when: Stamp, paint: Paint, width: int = 80) -> str:
    """A table of zones, a line or two for each; none at all for no zone.

    In a narrow table the number of notices that stand takes the place of their issuers.
    """
    if not found:
        return ""
    from rich.console import Console  # noqa: PLC0415 - 50 ms, for tables only
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    wide = width >= WIDE
    table = Table(box=None, pad_edge=False)
    for heading in ("zone", "level", *(("buffer", "kind") if wide else ("notices",))):
        table.add_column(heading, no_wrap=True)
    for heading in ("name", *(("issuers",) if wide else ())):
        table.add_column(heading, overflow="fold")
    for one in found:
        zone, standing = one.zone, standings(one.zone, when)
        cells = [zone.id, one.level]
        if wide:
            issuers = dict.fromkeys(s.advisory.issuer for s in standing)
            cells += [f"{zone.buffer_km:g} km", zone.kind, zone.name, ", ".join(issuers)]
        else:
            cells += [f"{len(standing)}", zone.name]
        table.add_row(*(Text(cell) for cell in cells))
    out = io.StringIO()
    Console(file=out, width=width, color_system=None, highlight=False).print(table)
    header, *lines = (line.rstrip() for line in out.getvalue().splitlines())
    return "\n".join([paint(header, "heading"), *lines]) + "\n"


def matches_text(found: Sequence[Found], when: Stamp, paint: Paint) -> str:
    """Zones one after another, each with the advisories that were asked for."""
    lines: list[str] = []
    for one in found:
        zone = one.zone
        heading = list(wrap(f"{zone.id}: {zone.name}"))
        lines += [paint(line, "heading") for line in heading]
        lines += wrap(f"{one.level}, {zone.kind}, buffer {zone.buffer_km:g} km", "  ")
        for advisory in newest_first(one.advisories, when):
            lines += _advisory_lines(advisory, zone, when)
    return "\n".join(lines) + "\n" if lines else ""


def _advisory_lines(a: Advisory, zone: Zone, when: Stamp) -> Iterator[str]:
    yield from wrap(
        f"{a.title}: {a.level}, {levels_text(a)} ({advisory_status(a, zone, when)})", "  ", "    "
    )
    yield from wrap(dates_text(a), "    ")
    for text in (graded_text(a), f"confidence: {a.confidence}" if a.confidence else ""):
        if text:
            yield from wrap(text, "    ")


def census_text(counts: Census, when: Stamp) -> str:
    """How many zones are known, and how they stand, in one sentence."""
    parts = [f"{count_of(counts.in_force, 'zone')} in force on {stamp_text(when)}"]
    parts.append(f"{counts.history:,} in history only")
    if counts.later:
        parts.append(f"{counts.later:,} not yet begun")
    return f"{', '.join(parts)}: {counts.known:,} known in all."


def doubts(zones: ZoneSet, when: Stamp) -> list[str]:
    """Why a list for this day may lack zones: the day lies outside what the set can know."""
    day, known_until = day_of(when), zones.known_until
    said = too_early(zones, day)
    if known_until is not None and (day - known_until).days > MAX_AGE_DAYS:
        said.append(
            f"The set is as of {known_until}, more than {MAX_AGE_DAYS} days before {day}: too old "
            "to say what stands on that day. Update routecheck."
        )
    return said
