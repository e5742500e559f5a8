"""One zone as a person reads it: how it is drawn, and its advisories past and present."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from routecheck.report.text import Paint, graded_text, levels_text, wrap
from routecheck.zones.ageing import standing
from routecheck.zones.model import Advisory, Stamp, Zone, stamp_text
from routecheck.zones.plain import plain
from routecheck.zones.weapons import weapons

__all__ = [
    "advisory_record", "advisory_status", "dates_text", "newest_first", "zone_history",
    "zone_record", "zone_text",
]  # fmt: skip


def advisory_status(advisory: Advisory, zone: Zone, when: Stamp) -> str:
    """What an advisory of a zone is on a day: in force, lapsed, or why it does not count."""
    now = standing(advisory, when, renewed=advisory.id in zone.renewed)
    if now is not None:
        return now.lapsed or "in force"
    began = standing(replace(advisory, issued=None), when) is None
    return f"ended {stamp_text(advisory.ended)}" if began else "not yet issued"


def dates_text(a: Advisory) -> str:
    """When an advisory was issued, and when it runs out or was ended where that is known."""
    dates = [f"issued {stamp_text(a.issued) or 'always'}"]
    dates += [
        f"{word} {stamp_text(stamp)}"
        for word, stamp in (("expires", a.expires), ("ended", a.ended))
        if stamp is not None
    ]
    return ", ".join(dates)


def zone_record(zone: Zone) -> dict[str, Any]:
    """What a zone is, without outline and advisories, as plain JSON data."""
    return {
        "id": zone.id,
        "name": zone.name,
        "kind": zone.kind,
        "group": zone.group,
        "buffer_km": zone.buffer_km,
        "accuracy_km": zone.accuracy_km,
        "weapons": list(zone.weapons),
        "basis": zone.basis,
        "notes": zone.notes,
        "since": stamp_text(zone.since),
        "hindsight": zone.hindsight,
        "context": plain(zone.context),
        "file": zone.file,
    }


def advisory_record(a: Advisory, zone: Zone, when: Stamp) -> dict[str, Any]:
    """One advisory of a zone, with what it is on a day, as plain JSON data."""
    return {
        "id": a.id,
        "issuer": a.issuer,
        "reference": a.reference,
        "revision": a.revision,
        "status": advisory_status(a, zone, when),
        "level": a.level,
        "binds": a.binds,
        "floor_ft": a.floor_ft,
        "ceiling_ft": a.ceiling_ft,
        "issued": stamp_text(a.issued),
        "expires": stamp_text(a.expires),
        "ended": stamp_text(a.ended),
        "applies": a.applies,
        "aerodromes_in": list(a.aerodromes_in),
        "exceptions": a.exceptions,
        "url": a.url,
        "confidence": a.confidence,
        "summary": a.summary,
        **({"stated_level": a.stated_level, "graded": a.graded} if a.stated_level else {}),
    }


def zone_history(zone: Zone, when: Stamp) -> list[dict[str, Any]]:
    """All advisories of a zone as plain JSON data, those that stand first, newest first."""
    return [advisory_record(a, zone, when) for a in newest_first(zone.advisories, when)]


def newest_first(advisories: Iterable[Advisory], when: Stamp) -> list[Advisory]:
    """Put advisories in order: those that stand on a day first, newest first.

    One without a date has stood always: it is the oldest.
    """
    newest = sorted(advisories, key=lambda a: stamp_text(a.issued) or "", reverse=True)
    return sorted(newest, key=lambda a: standing(a, when) is None)


def zone_text(zone: Zone, when: Stamp, paint: Paint) -> str:
    """The page of one zone."""
    lines = [paint(line, "heading") for line in wrap(f"{zone.id}: {zone.name}")]
    lines += wrap(
        f"{zone.kind}, buffer {zone.buffer_km:g} km, outline accurate to {zone.accuracy_km:g} km",
        "  ",
    )
    lines += wrap(f"Drawn from: {zone.basis}", "  ", "    ")
    if zone.notes:
        lines += wrap(f"Why: {zone.notes}", "  ", "    ")
    if zone.hindsight:
        lines += wrap(f"Hindsight: {zone.hindsight}", "  ", "    ")
    for weapon_id in zone.weapons:
        w = weapons()[weapon_id]
        lines += wrap(
            f"Weapon: {w.name} ({w.weapon_class}), up to {w.range_km:g} km and "
            f"{w.ceiling_ft:,.0f} ft; confidence: {w.confidence}",
            "  ",
            "    ",
        )
    for rating in zone.context:
        text = f"{rating.issuer} on {rating.about}, {rating.date}: {rating.rating}"
        lines += wrap(f"Context, no part of a verdict: {text}", "  ", "    ")
    lines += ["", paint(f"ADVISORIES, as they stand on {stamp_text(when)}", "heading")]
    for a in newest_first(zone.advisories, when):
        status = advisory_status(a, zone, when)
        lines += wrap(f"{a.title}: {a.level}, {levels_text(a)} ({status})", "  ", "    ")
        until = stamp_text(a.ended) or stamp_text(a.expires)
        dates = f"issued {stamp_text(a.issued) or 'always'}" + (f", to {until}" if until else "")
        lines += wrap(f"{dates}. {a.binds}", "    ")
        for label, text in (("", a.summary), ("except: ", a.exceptions), ("", graded_text(a)),
                            ("confidence: ", a.confidence), ("", a.url)):  # fmt: skip
            if text:
                lines += wrap(label + text, "    ")
    if not zone.advisories:
        lines.append("  no official notice known")
    return "\n".join(lines) + "\n"
