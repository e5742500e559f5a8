"""What differs between two zone sets, as a person and as a program read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from routecheck.report.text import Paint, levels_text, wrap
from routecheck.report.zone import advisory_record, dates_text, zone_record
from routecheck.zones.diff import AdvisoryChange, FieldChange, Moved, ZoneChange, ZonesDiff
from routecheck.zones.model import Advisory, Stamp, Zone, ZoneSet, stamp_text
from routecheck.zones.problems import count_of
from routecheck.zones.search import level_on

__all__ = ["diff_record", "diff_text", "summary_text"]

_LONG: Final = 40
"""Texts longer than this are written below each other."""


def diff_record(diff: ZonesDiff) -> dict[str, Any]:
    """The whole difference as plain JSON data."""
    return {
        "schema": 1,
        "date": stamp_text(diff.when),
        "same": not diff,
        "old": _set_record(diff.old),
        "new": _set_record(diff.new),
        "header": _field_records(diff.header),
        "added": [_zone(zone, diff.when) for zone in diff.added],
        "removed": [_zone(zone, diff.when) for zone in diff.removed],
        "changed": [_change(change, diff.when) for change in diff.changed],
    }


def _set_record(zones: ZoneSet) -> dict[str, Any]:
    return {
        "dataset": zones.dataset,
        "as_of": stamp_text(zones.as_of),
        "sha256": zones.sha256,
        "count": len(zones),
    }


def _zone(zone: Zone, when: Stamp) -> dict[str, Any]:
    advisories = [advisory_record(a, zone, when) for a in zone.advisories]
    return {**zone_record(zone), "level": level_on(zone, when), "advisories": advisories}


def _change(change: ZoneChange, when: Stamp) -> dict[str, Any]:
    return {
        "zone": change.new.id,
        "name": change.new.name,
        "level": {"old": change.level.old, "new": change.level.new} if change.level else None,
        "moved": _moved_record(change.moved),
        "fields": _field_records(change.fields),
        "advisories": {
            "added": [advisory_record(a, change.new, when) for a in change.added],
            "removed": [advisory_record(a, change.old, when) for a in change.removed],
            "changed": [
                {"id": c.new.id, "title": c.new.title, "fields": _field_records(c.fields)}
                for c in change.changed
            ],
        },
    }


def _moved_record(moved: Moved | None) -> dict[str, Any] | None:
    if moved is None:
        return None
    return {
        "apart_km": round(moved.apart_km, 3),
        "same_area": moved.same_area,
        "old_area_km2": round(moved.old_area_km2, 1),
        "new_area_km2": round(moved.new_area_km2, 1),
        "area_change_km2": round(moved.new_area_km2 - moved.old_area_km2, 1),
    }


def _field_records(changes: Sequence[FieldChange]) -> list[dict[str, Any]]:
    return [{"field": c.field, "old": c.old, "new": c.new} for c in changes]


def diff_text(diff: ZonesDiff, paint: Paint) -> str:
    """The difference in 80 columns, empty if there is none."""
    lines: list[str] = []
    if diff.header:
        lines += [paint("THE SET", "heading"), *_field_lines(diff.header, "  ")]
    for heading, zones in (("ZONES ADDED", diff.added), ("ZONES REMOVED", diff.removed)):
        if zones:
            lines += ["", paint(f"{heading} ({len(zones)})", "heading")]
            for zone in zones:
                lines += _zone_lines(zone, diff.when)
    if diff.changed:
        lines += ["", paint(f"ZONES CHANGED ({len(diff.changed)})", "heading")]
        for change in diff.changed:
            lines += _change_lines(change, diff.when)
    return "\n".join(lines).lstrip("\n") + "\n" if lines else ""


def summary_text(diff: ZonesDiff) -> str:
    """One line: how much differs, or that nothing does."""
    if not diff:
        return f"No difference: {count_of(len(diff.new), 'zone')}, as of {_as_of(diff.new)}."
    counts = [f"{len(diff.added)} added", f"{len(diff.removed)} removed",
              f"{len(diff.changed)} changed"]  # fmt: skip
    counts += ["the header changed"] if diff.header else []
    sizes = f"{count_of(len(diff.old), 'zone')} then, {len(diff.new):,} now"
    return f"{sizes}: {', '.join(counts)}."


def _as_of(zones: ZoneSet) -> str:
    return stamp_text(zones.as_of) or "no stated day"


def _zone_lines(zone: Zone, when: Stamp) -> Iterator[str]:
    yield from wrap(
        f"{zone.id}: {zone.name}; {level_on(zone, when)} on {stamp_text(when)}, {zone.kind}, "
        f"buffer {zone.buffer_km:g} km, {_advisories(len(zone.advisories))}", "  ", "    ",
    )  # fmt: skip


def _advisories(number: int) -> str:
    if not number:
        return "no notice known"
    return "1 advisory" if number == 1 else f"{number:,} advisories"


def _change_lines(change: ZoneChange, when: Stamp) -> Iterator[str]:
    yield from wrap(f"{change.new.id}: {change.new.name}", "  ", "    ")
    if change.level:
        level = f"level on {stamp_text(when)}: {change.level.old} -> {change.level.new}"
        yield from wrap(level, "    ", "      ")
    if change.moved:
        yield from wrap(_moved_text(change.moved), "    ", "      ")
    yield from _field_lines(change.fields, "    ")
    for word, advisories in (("added", change.added), ("removed", change.removed)):
        for a in advisories:
            yield from wrap(f"advisory {word}: {_advisory_text(a)}", "    ", "      ")
    for changed in change.changed:
        yield from _advisory_lines(changed)


def _moved_text(moved: Moved) -> str:
    if moved.same_area:
        return f"outline drawn in other parts, the same area ({moved.new_area_km2:,.0f} km²)"
    grown = moved.new_area_km2 - moved.old_area_km2
    part = 100 * grown / moved.old_area_km2 if moved.old_area_km2 else 0.0
    return (
        f"outline moved by up to {_km(moved.apart_km)}; area {moved.old_area_km2:,.0f} -> "
        f"{moved.new_area_km2:,.0f} km² ({grown:+,.0f} km², {part:+.2g} per cent)"
    )


def _km(km: float) -> str:
    if km >= 100:
        return f"{km:,.0f} km"
    return f"{km:.1f} km" if km >= 1 else f"{1000 * km:.0f} m"


def _advisory_text(a: Advisory) -> str:
    return f"{a.title}: {a.level}, {levels_text(a)}, {dates_text(a)}"


def _advisory_lines(change: AdvisoryChange) -> Iterator[str]:
    title = change.new.title
    yield from wrap(f"advisory changed: {title}", "    ", "      ")
    yield from _field_lines(change.fields, "      ")


def _field_lines(changes: Sequence[FieldChange], indent: str) -> Iterator[str]:
    for change in changes:
        old, new = _value(change.old), _value(change.new)
        if isinstance(change.old, list) and isinstance(change.new, list):
            yield from _list_lines(change, indent)
        elif max(len(old), len(new)) <= _LONG:
            yield from wrap(f"{change.field}: {old} -> {new}", indent, indent + "  ")
        else:
            yield f"{indent}{change.field}:"
            yield from wrap(f"- {old}", indent + "  ", indent + "    ")
            yield from wrap(f"+ {new}", indent + "  ", indent + "    ")


def _list_lines(change: FieldChange, indent: str) -> Iterator[str]:
    """Only what a list has no more, and what it has in addition; all of it if just reordered."""
    gone = [item for item in change.old if item not in change.new]
    come = [item for item in change.new if item not in change.old]
    if not (gone or come):
        gone, come = change.old, change.new
    yield f"{indent}{change.field}:"
    for mark, items in (("-", gone), ("+", come)):
        for item in items:
            yield from wrap(f"{mark} {_value(item)}", indent + "  ", indent + "    ")


def _value(value: Any) -> str:
    """A field's value in words."""
    if value is None:
        return "none"
    if isinstance(value, float):
        return f"{value:,g}" if abs(value) < 1e6 else f"{value:,.0f}"
    if isinstance(value, list):
        return ", ".join(map(_value, value)) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_value(item)}" for key, item in value.items())
    return str(value) or "none"
